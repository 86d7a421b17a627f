"""The numbers a clinic sets for the figures it shows: small numbers, pooling, process limits."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Disclosure:
    """Which counts are hidden, how others are rounded, and which causes are too small to show."""

    floor: int
    base: int
    fewest_to_break_down: int
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Trends:
    """The numbers of an individuals and moving range chart."""

    xmr_factor: Decimal
    screen_factor: Decimal
    run: int
    trend: int
    near_points: int
    near_of: int
    trial_points: int
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Pooling:
    """What has to stand behind every pooled count; shares are whole percent.

    ``clinicians``: so many different ones at least. ``largest_share``: the most that one of them
    may have of it. ``remainder``: what is left without any two of them, at least, of what either
    has. ``wait_quarters``: whole quarters that outcomes are waited for after the sign-off.
    ``never_one_in``: one record in so many is never counted (docs/small_numbers.md).
    """

    clinicians: int
    largest_share: int
    remainder: int
    wait_quarters: int
    never_one_in: int
    sources: tuple[str, ...]
    doubt: str = ""
