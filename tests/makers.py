"""Small made-up records for tests: a table of a few rows, given in the words of the CSV."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from circulation.judgement import explanation, standing
from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_loading import knowledge_files
from circulation.records import intake

KNOWLEDGE = Path(__file__).parents[1] / "data" / "knowledge"
NOT_MEASURED = np.iinfo(np.int64).min


@lru_cache(maxsize=1)
def knowledge() -> knowledge_base.Knowledge:
    """The shipped knowledge, loaded once."""
    return knowledge_files.load(KNOWLEDGE)


def table(
    known: knowledge_base.Knowledge,
    records: Iterable[Mapping[str, str]],
    *,
    version: str = "test",
    synthetic: bool = True,
) -> intake.Intake:
    """Records as {column: text as in the CSV}; a column left out is blank, an id is made up."""
    rows = list(records)
    layout = columns.by_name(known)
    strange = {name for row in rows for name in row} - set(layout)
    assert not strange, f"no such column: {', '.join(sorted(strange))}"
    ids = [row.get("record_id", f"R{place:05d}") for place, row in enumerate(rows, start=1)]
    return intake.build(
        columns.of(known),
        version=version,
        synthetic=synthetic,
        ids=np.array([name.encode() for name in ids], dtype=np.bytes_),
        days=np.array([_day(row.get("received_on", "")) for row in rows], dtype=np.int32),
        coded=lambda name: _coded(layout[name], [row.get(name, "") for row in rows]),
        numbers=lambda name: _numbers(layout[name], [row.get(name, "") for row in rows]),
    )


def row(loaded: intake.Intake, number: int = 1) -> int:
    """The row of the record that was given as the number-th, counted from 1."""
    found = loaded.row_of(f"R{number:05d}")
    assert found is not None
    return found


def explained(
    loaded: intake.Intake, place: int, known: knowledge_base.Knowledge
) -> explanation.RecordAssessment:
    """What the engine says of a row, by its intake alone, with every reason."""
    return explanation.explain_record(standing.Record(loaded, place), known)


def _day(text: str) -> int:
    return (date.fromisoformat(text) - intake.EPOCH).days if text else int(intake.NO_DAY)


def _coded(column: columns.Column, texts: list[str]) -> intake.Coded:
    values = column.values or tuple(sorted({text for text in texts if text}))
    strange = {text for text in texts if text} - set(values)
    assert not strange, f"{column.name} has no value {', '.join(sorted(strange))}"
    codes = [values.index(text) if text else -1 for text in texts]
    return intake.Coded(np.array(codes, dtype=np.int16), values)


def _numbers(column: columns.Column, texts: list[str]) -> npt.NDArray[np.int64]:
    return np.array([_whole(column, text) for text in texts], dtype=np.int64)


def _whole(column: columns.Column, text: str) -> int:
    if not text:
        return int(NOT_MEASURED)
    number = Decimal(text)
    assert column.low <= number <= column.high, f"{column.name} cannot be {text}"
    scaled = number.scaleb(column.decimals)
    assert scaled == int(scaled), f"{column.name} has at most {column.decimals} decimals"
    return int(scaled)
