"""The numbers of one measurement over all rows of the table, exact and in little memory."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from circulation.knowledge_base import columns

Whole: TypeAlias = npt.NDArray[Any]  # int8 to int64, whichever is the smallest that holds all


@dataclass(frozen=True, slots=True)
class Measure:
    """Numbers as exact whole multiples of 10**-decimals; the type's minimum is 'not measured'."""

    values: Whole
    decimals: int

    @property
    def missing(self) -> int:
        """The value that stands for 'not measured'."""
        return int(np.iinfo(self.values.dtype).min)

    def part(self, start: int, stop: int) -> "Measure":
        """Some rows, without copying."""
        return Measure(self.values[start:stop], self.decimals)

    def among(self, rows: npt.NDArray[np.int64]) -> Whole:
        """The numbers of some rows, the type's minimum where not measured."""
        return self.values[rows]

    def at(self, row: int) -> int | None:
        """One row's number, None when not measured."""
        value = int(self.values[row])
        return None if value == self.missing else value


@dataclass(frozen=True, slots=True)
class SparseMeasure:
    """A measure that few rows have: those rows, ascending, and their numbers in step."""

    rows: npt.NDArray[np.int32]
    kept: Whole
    decimals: int

    def part(self, start: int, stop: int) -> Measure:
        """Some rows as a measure in full."""
        first, last = np.searchsorted(self.rows, (start, stop))
        values = np.full(stop - start, np.iinfo(self.kept.dtype).min, dtype=self.kept.dtype)
        values[self.rows[first:last] - start] = self.kept[first:last]
        values.flags.writeable = False
        return Measure(values, self.decimals)

    def among(self, rows: npt.NDArray[np.int64]) -> Whole:
        """The numbers of some rows, the type's minimum where not measured."""
        values = np.full(len(rows), np.iinfo(self.kept.dtype).min, dtype=self.kept.dtype)
        if len(self.rows):
            places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
            there = self.rows[places] == rows
            values[there] = self.kept[places[there]]
        return values

    def at(self, row: int) -> int | None:
        """One row's number, None when not measured."""
        place = int(np.searchsorted(self.rows, row))
        found = place < len(self.rows) and int(self.rows[place]) == row
        return int(self.kept[place]) if found else None


def of(
    places: npt.NDArray[np.int64],
    numbers: npt.NDArray[np.int64],
    total: int,
    column: columns.Column,
) -> Measure | SparseMeasure:
    """The measure of ``total`` rows with these numbers at these places, in the smaller form."""
    kind = _kind(column)
    if len(places) * (np.int32().nbytes + kind().nbytes) >= total * kind().nbytes:
        full = np.full(total, np.iinfo(kind).min, dtype=kind)
        full[places] = numbers
        full.flags.writeable = False
        return Measure(full, column.decimals)
    order = np.argsort(places)
    rows, kept = places[order].astype(np.int32), numbers[order].astype(kind)
    rows.flags.writeable = kept.flags.writeable = False
    return SparseMeasure(rows, kept, column.decimals)


def _kind(column: columns.Column) -> type[np.int16] | type[np.int32]:
    """The smallest type that holds every allowed number, its minimum left for 'not measured'."""
    highest = int(column.high.scaleb(column.decimals))
    lowest = int(column.low.scaleb(column.decimals))
    small = np.iinfo(np.int16)
    return np.int16 if small.min < lowest and highest <= small.max else np.int32
