"""What the server does before its first reader: fill a new store, load what every page needs."""

import contextlib

from circulation import errors
from circulation.demonstration_data import (
    demonstration,
    demonstration_begun,
    demonstration_reviews,
    demonstration_second_looks,
)
from circulation.records import batches
from ui import session, shared_data


def warm() -> None:
    """Loads what every page needs."""
    prepare()
    shared_data.everything()
    with contextlib.suppress(errors.DashboardError):  # /readyz says so while reviews are not there
        shared_data.board()


def prepare() -> None:
    """Fills a store that has never been used with demonstration records; any other stays as is."""
    known = shared_data.knowledge()
    if batches.folder(shared_data.store()).exists():
        return
    demonstration.fill(
        shared_data.store(),
        shared_data.ROOT / "data" / "intake" / "generator.toml",
        known,
        at=session.now(),
        by="first start",
        last_day=session.today(),
    )
    loaded = shared_data.everything()
    table, assessed = loaded.table, loaded.assessment
    store = shared_data.reviews()
    demonstration_reviews.fill(store, table, assessed, known, last_day=session.today())
    demonstration_second_looks.fill(store, table, assessed, known)
    demonstration_begun.fill(store, table, assessed, known, last_day=session.today())
