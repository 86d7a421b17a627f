"""One record with some answers changed: a table of the one word that holds it.

Another way than the one the pages use, to prove that one by.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np

from circulation.knowledge_base import columns
from circulation.records import intake, measured, ternary
from circulation.records.ternary import Bits, Ternary


def altered(
    table: intake.Intake, row: int, changes: Mapping[str, str], layout: Mapping[str, columns.Column]
) -> intake.Intake:
    """The word of a row as a table of its own, in which the row answers as ``changes`` say.

    ``changes`` maps a column to its text as in the CSV, '' for blank; the row's place in the new
    table is ``row % 64``. Raises KeyError for a column that the table does not have.
    """
    word = row // ternary.WORD
    alone = _alone(table, word)
    bit = np.uint64(1 << row % ternary.WORD)
    ternaries, categories = dict(alone.ternaries), dict(alone.categories)
    measures = dict(alone.measures)
    for name, text in changes.items():
        match layout[name].kind:
            case columns.Kind.TERNARY:
                ternaries[name] = _answered(ternaries[name], bit, text)
            case columns.Kind.MEASURE:
                measures[name] = _measured(alone.window().measure(name), row % ternary.WORD, text)
            case _:
                categories[name] = {
                    value: _set(bits, bit, wanted=value == text)
                    for value, bits in categories[name].items()
                }
    return replace(alone, ternaries=ternaries, categories=categories, measures=measures)


def _alone(table: intake.Intake, word: int) -> intake.Intake:
    one = slice(word, word + 1)
    rows = slice(word * ternary.WORD, (word + 1) * ternary.WORD)
    window = table.window(word, word + 1)
    return replace(
        table,
        count=ternary.count(table.real[one]),
        real=table.real[one],
        record_ids=table.record_ids[rows],
        by_id=np.zeros(0, dtype=np.int32),
        ternaries={name: window.answer(name) for name in table.ternaries},
        categories={name: window.category(name) for name in table.categories},
        measures={name: window.measure(name) for name in table.measures},
    )


def _set(bits: Bits, bit: np.uint64, *, wanted: bool) -> Bits:
    return ternary.frozen(bits | bit if wanted else bits & ~bit)


def _answered(answer: Ternary, bit: np.uint64, text: str) -> Ternary:
    return Ternary(
        _set(answer.present, bit, wanted=text == columns.PRESENT),
        _set(answer.absent, bit, wanted=text == columns.ABSENT),
    )


def _measured(measure: measured.Measure, place: int, text: str) -> measured.Measure:
    values = measure.values.copy()
    values[place] = int(Decimal(text).scaleb(measure.decimals)) if text else measure.missing
    values.flags.writeable = False
    return measured.Measure(values, measure.decimals)
