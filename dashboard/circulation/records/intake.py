"""The loaded intake records as one frozen, columnar table that every reader shares.

Rows are sorted by the day received, then by record id. Each day begins on a word of 64 rows, so
that a period is a slice of words and a count per day is a sum over whole words; rows that only fill
up a day hold no record (``real`` is not set). Records without a day stand behind all others.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from mmap import mmap
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from circulation.knowledge_base import columns
from circulation.records import category_bits, measured, ternary
from circulation.records.measured import Measure, SparseMeasure, Whole
from circulation.records.ternary import Bits, Ternary

NO_DAY = np.iinfo(np.int32).min
EPOCH = date(1970, 1, 1)
Codes: TypeAlias = npt.NDArray[Any]  # int64 for numbers and days, int16 for all else
BLANK = -1
"""The code of an answer, a category or a site that was not given."""
NOT_MEASURED = int(np.iinfo(np.int64).min)
"""The code of a number that was not taken; others are whole multiples of 10**-decimals."""


def blank(kind: columns.Kind) -> int:
    """The code of an empty cell in a column of this kind."""
    return {columns.Kind.MEASURE: NOT_MEASURED, columns.Kind.DAY: int(NO_DAY)}.get(kind, BLANK)


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts as codes: ``codes`` (records,) index ``values``; BLANK is blank."""

    codes: Whole
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Intake:
    """The table. Arrays are read-only; ``version`` changes with every set of batches."""

    version: str
    synthetic: bool
    count: int
    real: Bits
    record_ids: npt.NDArray[np.bytes_]
    by_id: npt.NDArray[np.int32]
    first_day: date | None
    day_words: npt.NDArray[np.int64]
    ternaries: Mapping[str, Ternary]
    categories: Mapping[str, Mapping[str, Bits]]
    measures: Mapping[str, Measure | SparseMeasure]
    mapped: mmap | None = None
    """The file that the arrays lie in; None when they are in memory only."""

    @property
    def words(self) -> int:
        """Words in every bitset."""
        return len(self.real)

    @property
    def last_day(self) -> date | None:
        """The latest day received, None when no record has a day."""
        return self.first_day and self.first_day + timedelta(days=len(self.day_words) - 2)

    @property
    def dated_words(self) -> int:
        """Words that hold dated records; the undated stand behind them."""
        return int(self.day_words[-1])

    def window(self, start: int = 0, stop: int | None = None) -> "Window":
        """Some words of the table, without copying."""
        return Window(self, start, self.words if stop is None else stop)

    def period(self, first: date, last: date) -> slice:
        """The words of the days first..last, both included."""
        if self.first_day is None:
            return slice(0, 0)
        days = len(self.day_words) - 1
        begin = min(max((first - self.first_day).days, 0), days)
        end = min(max((last - self.first_day).days + 1, begin), days)
        return slice(int(self.day_words[begin]), int(self.day_words[end]))

    def day_of(self, row: int) -> date | None:
        """The day a row was received, None when not recorded."""
        if self.first_day is None or row // ternary.WORD >= self.dated_words:
            return None
        day = int(np.searchsorted(self.day_words, row // ternary.WORD, side="right")) - 1
        return self.first_day + timedelta(days=day)

    def record_id(self, row: int) -> str:
        """The record id of a row."""
        return bytes(self.record_ids[row]).decode()

    def row_of(self, record_id: str) -> int | None:
        """The row of a record id, None when it is not loaded."""
        sought = record_id.encode()
        place = bisect_left(self.by_id, sought, key=lambda row: bytes(self.record_ids[row]))
        if place == len(self.by_id) or bytes(self.record_ids[self.by_id[place]]) != sought:
            return None
        return int(self.by_id[place])

    def value(self, category: str, row: int) -> str:
        """One row's value of a category, '' when blank."""
        word = row // ternary.WORD
        for value, bits in self.window(word, word + 1).category(category).items():
            if ternary.holds(bits, row % ternary.WORD):
                return value
        return ""

    def number(self, measure: str, row: int) -> int | None:
        """One row's measurement as a whole multiple of 10**-decimals, None when not measured."""
        return self.measures[measure].at(row)

    def text(self, measure: str, row: int) -> str:
        """One row's measurement as it was recorded, '' when not measured."""
        value = self.number(measure, row)
        return "" if value is None else f"{Decimal(value).scaleb(-self.measures[measure].decimals)}"


@dataclass(frozen=True, slots=True)
class Window:
    """Some words of a table: what a rule reads."""

    intake: Intake
    start: int
    stop: int

    @property
    def words(self) -> int:
        """Words in this window."""
        return self.stop - self.start

    @property
    def real(self) -> Bits:
        """The rows that hold a record."""
        return self.intake.real[self.start : self.stop]

    def answer(self, name: str) -> Ternary:
        """A three-state question."""
        found = self.intake.ternaries[name]
        span = slice(self.start, self.stop)
        return Ternary(found.present[span], found.absent[span])

    def category(self, name: str) -> Mapping[str, Bits]:
        """A category's bitset per value."""
        return category_bits.part(self.intake.categories[name], self.start, self.stop)

    def measure(self, name: str) -> Measure:
        """A measurement."""
        found = self.intake.measures[name]
        return found.part(self.start * ternary.WORD, self.stop * ternary.WORD)


def build(
    layout: Iterable[columns.Column],
    *,
    version: str,
    synthetic: bool,
    ids: npt.NDArray[np.bytes_],
    days: npt.NDArray[np.int32],
    coded: Callable[[str], Coded],
    numbers: Callable[[str], npt.NDArray[np.int64]],
) -> Intake:
    """The table of records given column by column, each array (records,).

    ``days`` are days since 1970-01-01, NO_DAY where not recorded; ``numbers`` gives whole
    multiples of 10**-decimals with the int64 minimum where not measured.
    """
    named = np.argsort(ids, kind="stable")
    places, day_words, first_day = _places(days, named)
    total = int(day_words[-1]) * ternary.WORD + _padded(int(np.count_nonzero(days == NO_DAY)))
    real = np.zeros(total, dtype=np.bool_)
    real[places] = True
    record_ids = np.zeros(total, dtype=ids.dtype if ids.size else "S1")
    record_ids[places] = ids
    by_id = places[named].astype(np.int32)
    for array in (record_ids, by_id, day_words):
        array.flags.writeable = False
    maker = _Maker(places, total)
    parts = maker.table(layout, coded, numbers)
    return Intake(
        version=version,
        synthetic=synthetic,
        count=len(ids),
        real=ternary.pack(real),
        record_ids=record_ids,
        by_id=by_id,
        first_day=first_day,
        day_words=day_words,
        ternaries=parts.ternaries,
        categories=parts.categories,
        measures=parts.measures,
    )


def _padded(rows: int) -> int:
    return -(-rows // ternary.WORD) * ternary.WORD


def _places(
    days: npt.NDArray[np.int32], named: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], date | None]:
    """The row of each record, the first word of each day (and one past the last), the first day."""
    dated = days[days != NO_DAY]
    first = int(dated.min()) if dated.size else 0
    span = int(dated.max()) - first + 1 if dated.size else 0
    per_day = np.bincount(dated - first, minlength=span) if dated.size else np.zeros(0, np.int64)
    words = -(-per_day // ternary.WORD)
    day_words = np.concatenate([[0], np.cumsum(words)]).astype(np.int64)
    group = np.where(days == NO_DAY, span, days - first if dated.size else 0)
    order = named[np.argsort(group[named], kind="stable")]
    sizes = np.bincount(group, minlength=span + 1)
    begins = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    within = np.arange(len(days)) - np.repeat(begins, sizes)
    places = np.empty(len(days), dtype=np.int64)
    places[order] = np.repeat(day_words * ternary.WORD, sizes) + within
    return places, day_words, EPOCH + timedelta(days=first) if dated.size else None


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table by name."""

    ternaries: dict[str, Ternary]
    categories: dict[str, Mapping[str, Bits]]
    measures: dict[str, Measure | SparseMeasure]


@dataclass(frozen=True, slots=True)
class _Maker:
    """Turns columns of records into columns of rows."""

    places: npt.NDArray[np.int64]
    total: int

    def table(
        self,
        layout: Iterable[columns.Column],
        coded: Callable[[str], Coded],
        numbers: Callable[[str], npt.NDArray[np.int64]],
    ) -> _Columns:
        made = _Columns({}, {}, {})
        for column in layout:
            name = column.name
            match column.kind:
                case columns.Kind.TERNARY:
                    made.ternaries[name] = self.three_state(coded(name))
                case columns.Kind.CATEGORY | columns.Kind.SITE:
                    made.categories[name] = self.category(coded(name), column.values)
                case columns.Kind.MEASURE:
                    made.measures[name] = self.measure(numbers(name), column)
        return made

    def three_state(self, column: Coded) -> Ternary:
        made = self.category(column, (columns.PRESENT, columns.ABSENT))
        return Ternary(made[columns.PRESENT], made[columns.ABSENT])

    def category(self, column: Coded, values: tuple[str, ...]) -> Mapping[str, Bits]:
        rows = np.full(self.total, -1, dtype=column.codes.dtype)
        rows[self.places] = column.codes
        return category_bits.of(rows, column.values, values or sorted(column.values))

    def measure(
        self, values: npt.NDArray[np.int64], column: columns.Column
    ) -> Measure | SparseMeasure:
        known = values != np.iinfo(np.int64).min
        return measured.of(self.places[known], values[known], self.total, column)
