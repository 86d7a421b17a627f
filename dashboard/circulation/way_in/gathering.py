"""Gathers refusals, duplicates and notes while a file is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from circulation.records import accounts
from circulation.way_in import cells

LISTED = 100_000
"""Refusals that the list beside a batch keeps."""


@dataclass
class Gathering:
    """What was found so far; ``listed`` is in line order."""

    listed: list[accounts.Refusal] = field(default_factory=list)
    refusal_count: int = 0
    duplicates: list[accounts.Refusal] = field(default_factory=list)
    note_count: int = 0
    notes: list[accounts.Note] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _tallies: dict[tuple[str, str], int] = field(default_factory=dict)
    _open: list[tuple[str, cells.Fault, npt.NDArray[np.int64]]] = field(default_factory=list)

    def refuse(self, column: str, fault: cells.Fault, lines: npt.NDArray[np.int64]) -> None:
        """Takes in that these lines cannot be taken for this fault."""
        self._open.append((column, fault, lines))
        self.refusal_count += len(lines)
        key = (column, fault.reason)
        self._tallies[key] = self._tallies.get(key, 0) + len(lines)

    def sort_in(self) -> None:
        """Puts the refusals of the rows read since the last call into line order."""
        if self._open and len(self.listed) < LISTED:
            lines = np.concatenate([part for *_, part in self._open])
            which = np.repeat(np.arange(len(self._open)), [len(part) for *_, part in self._open])
            for place in np.argsort(lines, kind="stable")[: LISTED - len(self.listed)]:
                column, fault, _ = self._open[which[place]]
                line = int(lines[place])
                self.listed.append(accounts.Refusal(line, column, fault.reason, fault.way_out))
        self._open.clear()

    def repeat(self, line: int, where: str) -> None:
        """Takes in that a row bears a record id that was taken before."""
        if len(self.duplicates) < accounts.KEPT:
            reason = f"repeats a record id that {where}"
            self.duplicates.append(
                accounts.Refusal(line, "record_id", reason, "Keep one row for each record id")
            )

    def note(self, text: str, lines: npt.NDArray[np.int64], record_ids: Sequence[str]) -> None:
        """Takes in that these rows (lines and ids in step) were taken although odd."""
        self.note_count += len(lines)
        room = accounts.KEPT - len(self.notes)
        for line, record_id in zip(lines[:room], record_ids, strict=False):
            self.notes.append(accounts.Note(int(line), record_id, text))

    @property
    def tallies(self) -> tuple[accounts.Tally, ...]:
        """Every reason with its rows, the most frequent first."""
        ordered = sorted(self._tallies.items(), key=lambda item: -item[1])
        found = (accounts.Tally(column, reason, rows) for (column, reason), rows in ordered)
        return tuple(islice(found, accounts.KEPT))
