"""What is odd across the columns of a record that was taken: said in the account, never changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from circulation.knowledge_base import columns
from circulation.records import intake

Codes = npt.NDArray[np.int64]
LEGS = ("left", "right")
INDEX = "ankle_brachial_index"
ANKLE = ("ankle_pressure_dp", "ankle_pressure_pt")
ARM = "arm_pressure_systolic"
AGREES_WITHIN = 1
"""In units of the index's last decimal: both were rounded, so they may differ by one."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Rows of a chunk that were taken although something in them does not fit."""

    text: str
    rows: npt.NDArray[np.int64]


class Checks:
    """The checks across columns, counted over a whole file."""

    def __init__(self, layout: Iterable[columns.Column]) -> None:
        self._layout = {column.name: column for column in layout}
        self._attached = list(_attached(self._layout))
        self.legs = self.agree = 0

    def find(
        self, codes: Mapping[str, Codes], values: Callable[[str], Sequence[str]]
    ) -> Iterator[Oddity]:
        """What is odd in some records; a column left out of ``codes`` is blank."""
        yield from self._index(codes)
        for name, parent, wanted in self._attached:
            if name not in codes:
                continue
            given = codes[name] != intake.BLANK
            if parent in codes:
                given &= codes[parent] != list(values(parent)).index(wanted)
            if given.any():
                text = f"'{name}' is given although '{parent}' is not '{wanted}'"
                yield Oddity(text, np.flatnonzero(given))

    def remarks(self) -> list[str]:
        """What the comparison of the index came to, for the account."""
        if not self.legs:
            return []
        counts = f"{self.agree:,} of {self.legs:,} legs"
        return [f"The index worked out from the pressures agrees with the recorded one in {counts}"]

    def _index(self, codes: Mapping[str, Codes]) -> Iterator[Oddity]:
        arm = _highest([self._whole(f"{ARM}_{side}", codes) for side in LEGS])
        for leg in LEGS:
            recorded = codes.get(f"{INDEX}_{leg}")
            ankle = _highest([self._whole(f"{name}_{leg}", codes) for name in ANKLE])
            if recorded is None or ankle is None or arm is None:
                continue
            known = (recorded != intake.NOT_MEASURED) & (ankle > 0) & (arm > 0)
            parts = 10 ** self._layout[f"{INDEX}_{leg}"].decimals
            # half up: whole pressures, both in the same unit, so the division is exact until here
            worked_out = (2 * parts * ankle + arm) // np.where(known, 2 * arm, 1)
            apart = known & (np.abs(worked_out - recorded) > AGREES_WITHIN)
            self.legs += int(known.sum())
            self.agree += int(known.sum() - apart.sum())
            if apart.any():
                text = f"the index recorded for the {leg} leg does not follow from its pressures"
                yield Oddity(text, np.flatnonzero(apart))

    def _whole(self, name: str, codes: Mapping[str, Codes]) -> Codes | None:
        """A pressure in thousandths of its unit, whatever its decimals; -1 when not measured."""
        if name not in codes or name not in self._layout:
            return None
        found = codes[name]
        factor = 10 ** (3 - self._layout[name].decimals)
        return np.where(found == intake.NOT_MEASURED, -1, found * factor)


def _highest(sides: Sequence[Codes | None]) -> Codes | None:
    known = [side for side in sides if side is not None]
    return np.maximum.reduce(known) if known else None


def _attached(layout: Mapping[str, columns.Column]) -> Iterator[tuple[str, str, str]]:
    """Columns that mean something only when another one has a certain value."""
    for name in layout:
        stem, _, end = name.rpartition("_")
        if stem not in layout:
            continue
        if end in ("side", "onset", "duration"):
            yield name, stem, columns.PRESENT
        elif end == "result":
            yield name, stem, "done"
