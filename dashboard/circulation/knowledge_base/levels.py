"""The two ordinal scales: how far a suspicion goes, and how soon a record needs a clinician."""

from enum import IntEnum


class Level(IntEnum):
    """How far a suspicion goes. Ordinal: never a probability."""

    NOT_SUPPORTED = 0
    OPEN = 1
    POSSIBLE = 2
    SUPPORTED = 3
    STRONG = 4
    URGENT = 5

    @property
    def code(self) -> str:
        """The word used in the knowledge files and exports."""
        return self.name.lower()


class Urgency(IntEnum):
    """How soon a record needs a clinician; higher is sooner."""

    ROUTINE = 0
    WITHIN_2_WEEKS = 1
    SAME_DAY = 2

    @property
    def code(self) -> str:
        """The word used in the knowledge files and exports."""
        return self.name.lower()
