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
from ui import session


def warm() -> None:
    """Loads what every page needs."""
    prepare()
    session.everything()
    with contextlib.suppress(errors.DashboardError):  # /readyz says so while reviews are not there
        session.board()


def prepare() -> None:
    """Fills a store that has never been used with demonstration records; any other stays as is."""
    known = session.knowledge()
    if batches.folder(session.store()).exists():
        return
    demonstration.fill(
        session.store(),
        session.ROOT / "data" / "intake" / "generator.toml",
        known,
        at=session.now(),
        by="first start",
        last_day=session.today(),
    )
    loaded = session.everything()
    table, assessed = loaded.table, loaded.assessment
    store = session.reviews()
    demonstration_reviews.fill(store, table, assessed, known, last_day=session.today())
    demonstration_second_looks.fill(store, table, assessed, known)
    demonstration_begun.fill(store, table, assessed, known, last_day=session.today())
