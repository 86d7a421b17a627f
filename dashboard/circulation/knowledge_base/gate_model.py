"""What holds an advice back, and which order of tests is caught: the entries of these two files."""

from dataclasses import dataclass
from enum import StrEnum


class Shows(StrEnum):
    """What a gate shows beside the advice it stands before, the strictest first."""

    ESCALATE = "escalate"
    STOP = "stop"
    UNUSABLE = "unusable"
    UNKNOWN = "unknown"
    REDUCED = "reduced"
    CAUTION = "caution"
    NO_STOP = "no_stop"
    HELPS = "helps"


@dataclass(frozen=True)
class Gate:
    """A condition before an advice. Of those that hold, the one with the lowest rank is shown."""

    id: str
    version: int
    advice: tuple[str, ...]
    when: str
    shows: Shows
    rank: int
    says: str
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Guard:
    """An order of tests that guidance warns of; ``tests`` are those it is shown beside."""

    id: str
    version: int
    label: str
    tests: tuple[str, ...]
    when: str
    says: str
    instead: str
    sources: tuple[str, ...]
    doubt: str = ""
