"""What a test can show: one frozen entry for each result named in data/knowledge."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A result that a test can have; ``sets`` is what it writes, as pairs of column and value."""

    id: str
    test: str
    label: str
    sets: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    doubt: str = ""
