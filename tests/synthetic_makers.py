"""Demonstration records for tests: the shipped demo as text, and many records for shares."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

import makers
from circulation.demonstration_data import synthetic, synthetic_files, synthetic_numbers
from circulation.records import columns

GENERATOR = Path(__file__).parents[1] / "data" / "intake" / "generator.toml"
LAST_DAY = date(2026, 11, 22)
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


@lru_cache(maxsize=1)
def demo() -> pd.DataFrame:
    """What a fresh installation shows, as text."""
    return made(shipped().demo.records).to_frame()


@lru_cache(maxsize=1)
def many() -> synthetic.SyntheticRecords:
    """Enough records for shares."""
    return made(40_000, seed=7)


def has(name: str, value: str = columns.PRESENT) -> np.ndarray:
    """Which of the many records have a value."""
    coded = many().coded(name)
    return np.asarray(coded.codes == coded.values.index(value))
