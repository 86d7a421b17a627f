"""When figures about the work of clinicians may be pooled for managers: [pooling] in knowledge."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pooling:
    """What has to stand behind every pooled count; shares are whole percent.

    ``clinicians``: so many different ones at least. ``largest_share``: the most that one of them
    may have of it. ``remainder``: what is left without any two of them, at least, of what either
    has. ``wait_quarters``: whole quarters that outcomes are waited for after the sign-off.
    """

    clinicians: int
    largest_share: int
    remainder: int
    wait_quarters: int
    sources: tuple[str, ...]
    doubt: str = ""
