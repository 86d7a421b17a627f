"""Some rows of the table as a table of their own, each as often as it is named, without days."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from circulation.records import intake, measured, ternary
from circulation.records.ternary import Bits, Ternary

Rows = npt.NDArray[np.int64]


def take(table: intake.Intake, rows: Rows) -> intake.Intake:
    """A table whose row ``i`` is the record of ``rows[i]``; what fills it up is no record."""
    padded = np.resize(rows, -(-len(rows) // ternary.WORD) * ternary.WORD)
    real = np.arange(len(padded)) < len(rows)
    return replace(
        table,
        count=len(rows),
        real=ternary.pack(real),
        record_ids=table.record_ids[padded],
        by_id=np.zeros(0, dtype=np.int32),
        first_day=None,
        day_words=np.zeros(1, dtype=np.int64),
        ternaries={name: _answers(one, padded) for name, one in table.ternaries.items()},
        categories={
            name: {value: _picked(bits, padded) for value, bits in table.categories[name].items()}
            for name in table.categories
        },
        measures={name: _numbers(one, padded) for name, one in table.measures.items()},
    )


def _picked(bits: Bits, rows: Rows) -> Bits:
    return ternary.pack(ternary.holding(bits, rows))


def _answers(answer: Ternary, rows: Rows) -> Ternary:
    return Ternary(_picked(answer.present, rows), _picked(answer.absent, rows))


def _numbers(measure: measured.Measure | measured.SparseMeasure, rows: Rows) -> measured.Measure:
    values = measure.among(rows)
    values.flags.writeable = False
    return measured.Measure(values, measure.decimals)
