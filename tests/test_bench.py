"""A small share of `make bench`: what it compares is the same, and it runs from end to end."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import generate
import in_process
import makers
import postgres_server
import queries
import repeats
import review_makers
import reviewers
from circulation.judgement import assessment

TESTS = Path(__file__).parent
LIMIT = 10  # seconds of the processor: other work on the machine does not count


def test_the_four_ways_of_the_core_query_count_the_same() -> None:
    known = makers.knowledge()
    table = generate.table(generate.records(2_000, known))
    asked = queries.question(table, known)
    frame = queries.frame(table, asked)
    assessed = assessment.assess(table, known)
    answers = [
        queries.ours(table, assessed, asked),
        queries.by_pandas(frame, asked),
        queries.by_nullable_pandas(queries.nullable(frame, asked), asked),
        queries.by_polars(pl.from_pandas(frame), asked),
    ]
    in_process.check_equal(answers)


@pytest.mark.parametrize(
    ("share", "figure"), [(0, 1), (0.05, 1), (0.5, 10), (0.51, 11), (0.95, 19), (0.99, 20), (1, 20)]
)
def test_the_least_figure_that_so_many_did_not_pass(share: float, figure: int) -> None:
    assert repeats.Spread(tuple(range(20, 0, -1))).percentile(share) == figure


def test_the_benchmark_runs_from_end_to_end(tmp_path: Path) -> None:
    command = f"{sys.executable} {TESTS}/bench/run.py --sizes 1000 --imports 1"
    command += " --no-browser --review-seconds 0"
    begin = _processor_seconds()
    told = subprocess.run(
        [*command.split(), "--cache", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS.parent / 'dashboard'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert _processor_seconds() - begin < LIMIT
    for figure in ("import / pandas", "polars", "all rules", "bytes a record", "whole server"):
        assert figure in told.stdout
    assert [path.suffix for path in tmp_path.iterdir()] == [".csv"]


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_fifty_reviewers_at_once_lose_no_save_and_each_is_served(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = review_makers.address(tmp_path)
    if kind == "PostgreSQL":
        url = postgres_server.fresh(request.getfixturevalue("postgres"))
    found = reviewers.at_work(url, seconds=0.5, rate=100)
    assert [len(waits) for waits in found.by_reviewer] == [1] * 50
    assert found.percentile(0.5) <= found.percentile(0.99) <= found.percentile(1)
