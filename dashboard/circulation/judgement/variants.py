"""Records answered otherwise, many ways at once: each way is a row of a small table for the engine.

A preview of sixty results is then one run over one word, not sixty runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from circulation.knowledge_base import columns
from circulation.records import excerpt, intake, measured, ternary
from circulation.records.ternary import Bits, Ternary


def of(
    table: intake.Intake,
    row: int,
    ways: Sequence[Mapping[str, str]],
    layout: Mapping[str, columns.Column],
) -> intake.Intake:
    """A table, without days, of one record answered otherwise: row ``i`` as ``ways[i]`` says.

    Each way maps a column to its text as in the CSV, '' for blank. Raises KeyError for a column
    that the table does not have.
    """
    word = row // ternary.WORD
    maker = _Maker(table.window(word, word + 1), row % ternary.WORD, len(ways))
    made = replace(
        table,
        count=len(ways),
        real=maker.every,
        record_ids=np.repeat(table.record_ids[row : row + 1], maker.words * ternary.WORD),
        by_id=np.zeros(0, dtype=np.int32),
        first_day=None,
        day_words=np.zeros(1, dtype=np.int64),
        ternaries={name: maker.answer(name) for name in table.ternaries},
        categories={name: maker.category(name) for name in table.categories},
        measures={name: maker.measure(name) for name in table.measures},
    )
    return _altered(made, ways, layout)


def each(
    table: intake.Intake,
    rows: npt.NDArray[np.int64],
    ways: Sequence[Mapping[str, str]],
    layout: Mapping[str, columns.Column],
) -> intake.Intake:
    """A table whose row ``i`` is the record of ``rows[i]`` with the answers of ``ways[i]``."""
    return _altered(excerpt.take(table, rows), ways, layout)


def _altered(
    made: intake.Intake, ways: Sequence[Mapping[str, str]], layout: Mapping[str, columns.Column]
) -> intake.Intake:
    ternaries, categories = dict(made.ternaries), dict(made.categories)
    measures = dict(made.measures)
    for name, texts in _by_column(ways).items():
        match layout[name].kind:
            case columns.Kind.TERNARY:
                ternaries[name] = _answered(ternaries[name], texts)
            case columns.Kind.MEASURE:
                measures[name] = _measured(made.window().measure(name), texts, layout[name])
            case _:
                categories[name] = {
                    value: _with(bits, texts, value) for value, bits in categories[name].items()
                }
    return replace(made, ternaries=ternaries, categories=categories, measures=measures)


@dataclass(frozen=True)
class _Maker:
    """Repeats one row of a table in every row of a small one; reads the row's word only."""

    window: intake.Window
    place: int
    count: int

    @property
    def words(self) -> int:
        return -(-self.count // ternary.WORD)

    @cached_property
    def every(self) -> Bits:
        """All the small table's rows."""
        rows = np.zeros(self.words * ternary.WORD, dtype=np.bool_)
        rows[: self.count] = True
        return ternary.pack(rows)

    @cached_property
    def none(self) -> Bits:
        """None of them."""
        return ternary.nothing(self.words)

    def answer(self, name: str) -> Ternary:
        found = self.window.answer(name)
        return Ternary(self._repeated(found.present), self._repeated(found.absent))

    def category(self, name: str) -> dict[str, Bits]:
        return {value: self._repeated(b) for value, b in self.window.category(name).items()}

    def measure(self, name: str) -> measured.Measure:
        found = self.window.measure(name)
        values = np.repeat(found.values[self.place : self.place + 1], self.words * ternary.WORD)
        values.flags.writeable = False
        return measured.Measure(values, found.decimals)

    def _repeated(self, bits: Bits) -> Bits:
        return self.every if ternary.holds(bits, self.place) else self.none


def _by_column(ways: Sequence[Mapping[str, str]]) -> dict[str, dict[int, str]]:
    """For every changed column, its new text by the row that changes it."""
    found: dict[str, dict[int, str]] = {}
    for place, way in enumerate(ways):
        for name, text in way.items():
            found.setdefault(name, {})[place] = text
    return found


def _with(bits: Bits, texts: Mapping[int, str], wanted: str) -> Bits:
    changed = bits.copy()
    for place, text in texts.items():
        bit = np.uint64(1 << place % ternary.WORD)
        word = place // ternary.WORD
        changed[word] = changed[word] | bit if text == wanted else changed[word] & ~bit
    return ternary.frozen(changed)


def _answered(answer: Ternary, texts: Mapping[int, str]) -> Ternary:
    return Ternary(
        _with(answer.present, texts, columns.PRESENT), _with(answer.absent, texts, columns.ABSENT)
    )


def _measured(
    measure: measured.Measure, texts: Mapping[int, str], column: columns.Column
) -> measured.Measure:
    values = measure.values.copy()
    for place, text in texts.items():
        values[place] = int(Decimal(text).scaleb(column.decimals)) if text else measure.missing
    values.flags.writeable = False
    return measured.Measure(values, measure.decimals)
