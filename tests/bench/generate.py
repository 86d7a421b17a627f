"""The generated records that the benchmarks run on: the demonstration's generator, any number."""

import hashlib
from datetime import date
from pathlib import Path

from circulation.demonstration_data import synthetic, synthetic_files
from circulation.knowledge_base import columns, knowledge
from circulation.records import intake

GENERATOR = Path(__file__).parents[2] / "data" / "intake" / "generator.toml"
LAST_DAY = date(2026, 11, 22)
SEED = 1


def records(count: int, known: knowledge.Knowledge) -> synthetic.SyntheticRecords:
    """So many records of 24 months, column by column."""
    numbers = synthetic_files.load(GENERATOR, known)
    return synthetic.generate(numbers, known, seed=SEED, records=count, last_day=LAST_DAY)


def table(made: synthetic.SyntheticRecords) -> intake.Intake:
    """The records as the table that the server holds: 1,000,000 take about 15 seconds."""
    return intake.build(
        columns.of(made.knowledge),
        version=f"generated-{made.count}",
        synthetic=True,
        ids=made.ids,
        days=made.days,
        coded=made.coded,
        numbers=made.numbers,
    )


def csv(count: int, known: knowledge.Knowledge, cache: Path) -> Path:
    """The records as a file of our own format, written once: 1,000,000 take about a minute."""
    parts = (GENERATOR.read_bytes(), known.version.encode(), f"{SEED} {LAST_DAY}".encode())
    mark = hashlib.sha256(b" ".join(parts)).hexdigest()[:12]
    path = cache / f"{count}-{mark}.csv"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        records(count, known).write_csv(part)
        part.rename(path)
    return path
