"""Fill a store with the demonstration records, through the same door as every other file."""

from datetime import date, datetime
from pathlib import Path

from circulation import durable
from circulation.demonstration_data import synthetic, synthetic_files
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.records import accounts, batches
from circulation.way_in import importing

NAME = "demonstration records"


def fill(
    store: Path,
    generator: Path,
    known: knowledge_base.Knowledge,
    *,
    at: datetime,
    by: str,
    last_day: date,
    records: int | None = None,
    seed: int | None = None,
) -> accounts.Account:
    """Generates records that end on a day and imports them; the file says how many by default.

    Raises DashboardError when the store holds real records.
    """
    numbers = synthetic_files.load(generator, known)
    made = synthetic.generate(
        numbers,
        known,
        seed=numbers.demo.seed if seed is None else seed,
        records=numbers.demo.records if records is None else records,
        last_day=last_day,
    )
    batches.make(batches.folder(store))
    path = batches.folder(store) / f"demonstration{durable.PART}"
    try:
        made.write_csv(path)
        request = importing.Request(path=path, name=NAME, at=at, by=by, today=last_day)
        return importing.import_file(store, request, known)
    finally:
        path.unlink(missing_ok=True)
