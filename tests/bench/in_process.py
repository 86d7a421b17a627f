"""What happens inside the process: the core query, all rules, loading, and the size of it all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

import queries
import repeats
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.records import batches, intake, table_files

WHOLE, LEAN = "whole.parquet", "lean.parquet"
QUERY_RUNS, RULE_RUNS, LOAD_RUNS = 15, 7, 3


@dataclass(frozen=True)
class Ways:
    """Seconds of each way to work out the same counts."""

    ours: repeats.Spread
    pandas: repeats.Spread
    """With its own three-state type."""
    integers: repeats.Spread
    """pandas with small integers."""
    polars: repeats.Spread


@dataclass(frozen=True)
class Figures:
    """Seconds of queries, rules and loading; bytes of what is held."""

    page: Ways
    """As many findings and causes as the page has."""
    smaller: Ways
    rules: repeats.Spread
    first_load: repeats.Spread
    """From the batches, with the table's file written for the next one."""
    load: repeats.Spread
    """From the table's file, which the first load wrote."""
    table_bytes: int
    assessment_bytes: int


def measured(store: Path, known: knowledge.Knowledge) -> Figures:
    """Measures the records of a store."""
    first, again = _loads(store, known)
    table = batches.load(store, known)
    assessed = assessment.assess(table, known)
    asked = queries.question(table, known)
    rules = repeats.in_turn({"rules": lambda: assessment.assess(table, known)}, RULE_RUNS)
    return Figures(
        page=_ways(table, assessed, asked),
        smaller=_ways(table, assessed, queries.smaller(asked)),
        rules=rules["rules"],
        first_load=first,
        load=again,
        table_bytes=size(table),
        assessment_bytes=size(assessed),
    )


def write_for_naive_page(store: Path, known: knowledge.Knowledge, folder: Path) -> None:
    """The records of a store for the naive page: every column, and only those that it shows."""
    table = batches.load(store, known)
    asked = queries.question(table, known)
    findings = {name: f"finding_{name}" for name in asked.findings}
    queries.whole_frame(table).rename(columns=findings).to_parquet(folder / WHOLE)
    queries.frame(table, asked).rename(columns=findings).to_parquet(folder / LEAN)


def _ways(table: intake.Intake, assessed: assessment.Assessment, asked: queries.Question) -> Ways:
    frame = queries.frame(table, asked)
    nullable, polar = queries.nullable(frame, asked), pl.from_pandas(frame)
    ways: dict[str, Callable[[], queries.Answer]] = {
        "ours": lambda: queries.ours(table, assessed, asked),
        "pandas": lambda: queries.by_nullable_pandas(nullable, asked),
        "integers": lambda: queries.by_pandas(frame, asked),
        "polars": lambda: queries.by_polars(polar, asked),
    }
    check_equal([way() for way in ways.values()])
    return Ways(**repeats.in_turn(ways, QUERY_RUNS))


def check_equal(answers: list[queries.Answer]) -> None:
    """Raises AssertionError unless all ways counted the same, and something."""
    for present, asked in answers:
        np.testing.assert_array_equal(present, answers[0][0])
        np.testing.assert_array_equal(asked, answers[0][1])
        assert asked.any()


def _loads(store: Path, known: knowledge.Knowledge) -> tuple[repeats.Spread, repeats.Spread]:
    def first() -> intake.Intake:
        table_files.forget(store)
        return batches.load(store, known)

    def again() -> intake.Intake:
        return batches.load(store, known)

    seconds = repeats.in_turn({"first": first, "again": again}, LOAD_RUNS)
    return seconds["first"], seconds["again"]


def size(value: object) -> int:
    """Bytes of all arrays in a value, each array counted once."""
    return sum({id(array): array.nbytes for array in _arrays(value)}.values())


def _arrays(value: object) -> Iterator[npt.NDArray[np.generic]]:
    if isinstance(value, np.ndarray):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _arrays(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _arrays(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _arrays(part)
