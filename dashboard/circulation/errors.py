"""The one kind of error a user can meet: where it is, what is wrong, what to do."""

from pathlib import Path

FREE = "See who may read and write there, and that the disk is not full"
"""The way out where the disk refused."""


class DashboardError(Exception):
    """A refusal that a page or the command line shows as it stands.

    It names the place (file, row, column, page), the fault and the way out, and never holds a
    value from a patient's record.
    """

    def __init__(self, place: str, fault: str, way_out: str = "") -> None:
        super().__init__(place, fault, way_out)
        self.place = place
        self.fault = fault
        self.way_out = way_out

    def __str__(self) -> str:
        first = f"{self.place}: {self.fault}" if self.place else self.fault
        return f"{first}. {self.way_out}" if self.way_out else first


def of_disk(refused: OSError) -> DashboardError:
    """What the disk refused, in words: one that is full, or a folder that may not be written in."""
    place = Path(str(refused.filename)).name if refused.filename else "the disk"
    return DashboardError(place, refused.strerror or "cannot be used", FREE)
