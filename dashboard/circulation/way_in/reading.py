"""Check every value of a file's records: typed, within its limits, out of its closed values.

A file that could name a person is refused as a whole; a row that cannot be taken is refused with
its line, column, reason and way out; nothing is guessed, filled in or rounded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from circulation.knowledge_base import columns
from circulation.records.intake import Codes
from circulation.way_in import cells, csv_guards, identifiers, screening
from circulation.way_in.csv_chunks import Chunk, Texts

IN_A_DAY = (identifiers.Kind.DAY, identifiers.Kind.LONG_NUMBER)
"""What a wrongly written day may look like without naming anyone."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Some records after the checks: lines, ids, codes (records,), and which cannot be taken.

    A column left out of ``codes`` is blank. Codes are places in ``Reader.values``, whole multiples
    of 10**-decimals, or days since 1970-01-01; cells.Judge.blank says what a blank is.
    """

    lines: Codes
    record_ids: tuple[str, ...]
    codes: Mapping[str, Codes]
    faulty: npt.NDArray[np.bool_]


class Reader:
    """Checks a file chunk by chunk against the columns of our own format."""

    def __init__(
        self, layout: Iterable[columns.Column], *, today: date, screen: screening.Screen
    ) -> None:
        self._judges = {
            column.name: cells.Judge(column, today)
            for column in layout
            if column.kind is not columns.Kind.ID
        }
        self._screen = screen
        self._ids = identifiers.CodeShare()
        self._loose: dict[str, int] = {}

    def values(self, column: str) -> tuple[str, ...]:
        """What the codes of a column stand for, as far as the file has been read."""
        return self._judges[column].values

    def check(self, chunk: Chunk, faulty: npt.NDArray[np.bool_]) -> Checked:
        """The chunk's values; ``faulty`` (records,) is added to. Raises when it names persons."""
        ids = self._record_ids(chunk, faulty)
        codes = {}
        for name, texts in chunk.columns.items():
            if name in self._judges and texts.values not in ((), ("",)):
                codes[name] = self._column(name, texts, chunk.lines, faulty)
        return Checked(chunk.lines, ids, codes, faulty)

    def finish(self) -> list[str]:
        """What was read loosely, for the account. Raises when the record ids name persons."""
        kind = self._ids.verdict()
        if kind:
            place = f"{self._screen.name}, column '{columns.RECORD_ID}'"
            fault = f"holds what looks like {kind.value} in most rows"
            csv_guards.refuse(place, fault, screening.AWAY)
        return [
            f"Column '{name}': read without regard to capitals or blanks in {rows:,} "
            f"{'cell' if rows == 1 else 'cells'}"
            for name, rows in self._loose.items()
        ]

    def _record_ids(self, chunk: Chunk, faulty: npt.NDArray[np.bool_]) -> tuple[str, ...]:
        texts = chunk.columns[columns.RECORD_ID]
        values = list(texts.values)
        array = pa.array(values, pa.string())
        sound = pc.match_substring_regex(array, cells.SOUND_ID.pattern).to_numpy(False)
        footers = pc.is_in(pc.utf8_lower(array), pa.array(cells.FOOTERS)).to_numpy(False)
        faults: dict[int, cells.Fault] = {}
        for place in np.flatnonzero(~sound | footers):
            found = cells.record_id(values[place])
            if isinstance(found, str):
                values[place] = found
                self._count_loose(columns.RECORD_ID, texts, [int(place)])
            else:
                faults[int(place)] = found
        self._screen.persons(columns.RECORD_ID, texts, sorted(faults), chunk.lines)
        self._screen.set_aside(columns.RECORD_ID, texts, faults, chunk.lines, faulty)
        self._ids.add(values)
        return tuple(np.array(values, dtype=object)[texts.codes]) if values else ()

    def _column(
        self, name: str, texts: Texts, lines: Codes, faulty: npt.NDArray[np.bool_]
    ) -> Codes:
        judge = self._judges[name]
        found = judge.codes(texts.values)
        if judge.column.kind is columns.Kind.SITE:
            self._screen.persons(name, texts, range(len(texts.values)), lines)
        if judge.faults:
            faults = {
                place: judge.faults[text]
                for place, text in enumerate(texts.values)
                if text in judge.faults
            }
            allowed = IN_A_DAY if judge.column.kind is columns.Kind.DAY else ()
            self._screen.persons(name, texts, sorted(faults), lines, allowed=allowed)
            self._screen.set_aside(name, texts, faults, lines, faulty)
        if judge.loose:
            read = judge.loose - judge.faults.keys()
            places = [place for place, text in enumerate(texts.values) if text in read]
            self._count_loose(name, texts, places)
        return np.asarray(found[texts.codes])

    def _count_loose(self, name: str, texts: Texts, places: list[int]) -> None:
        rows = int(np.isin(texts.codes, places).sum())
        if not rows:
            return
        self._loose[name] = self._loose.get(name, 0) + rows
