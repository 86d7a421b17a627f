"""Demonstration records for tests: in a store, as text, and many of them for shares."""

import tempfile
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

import makers
import review_makers
from circulation.demonstration_data import (
    demonstration,
    demonstration_reviews,
    synthetic,
    synthetic_files,
    synthetic_numbers,
)
from circulation.judgement import assessment
from circulation.knowledge_base import columns
from circulation.records import batches
from circulation.reviewing import review_store

GENERATOR = Path(__file__).parents[1] / "data" / "intake" / "generator.toml"
LAST_DAY = date(2026, 11, 22)
SEED = 5
MISSING = np.iinfo(np.int64).min


@lru_cache(maxsize=1)
def shipped() -> synthetic_numbers.Numbers:
    """The shipped numbers."""
    return synthetic_files.load(GENERATOR, makers.knowledge())


def made(
    records: int,
    seed: int | None = None,
    numbers: synthetic_numbers.Numbers | None = None,
) -> synthetic.SyntheticRecords:
    """So many records, by the seed and the numbers of the demo unless others are given."""
    chosen = numbers or shipped()
    return synthetic.generate(
        chosen,
        makers.knowledge(),
        seed=chosen.demo.seed if seed is None else seed,
        records=records,
        last_day=LAST_DAY,
    )


def frame(records: synthetic.SyntheticRecords) -> pd.DataFrame:
    """The records as a file holds them: text in our own columns, blank where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.csv"
        records.write_csv(path)
        return pd.read_csv(path, dtype=str, keep_default_na=False)


def fill(store: Path, *, records: int, reviewed: bool = False) -> None:
    """Imports so many records of SEED into a store, some of them reviewed where that is wanted."""
    known = makers.knowledge()
    demonstration.fill(
        store,
        GENERATOR,
        known,
        at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        by="a test",
        last_day=LAST_DAY,
        records=records,
        seed=SEED,
    )
    if reviewed:
        table = batches.load(store, known)
        ledger = review_store.ReviewStore(review_makers.address(store))
        assessed = assessment.assess(table, known)
        demonstration_reviews.fill(ledger, table, assessed, known, last_day=LAST_DAY)
        ledger.close()


@lru_cache(maxsize=1)
def demo() -> pd.DataFrame:
    """What a fresh installation shows, as text."""
    return frame(made(shipped().demo.records))


@lru_cache(maxsize=1)
def many() -> synthetic.SyntheticRecords:
    """Enough records for shares."""
    return made(40_000, seed=7)


def has(name: str, value: str = columns.PRESENT) -> np.ndarray:
    """Which of the many records have a value."""
    coded = many().coded(name)
    return np.asarray(coded.codes == coded.values.index(value))
