"""Review stores as earlier versions of the program left them, with some reviews in them."""

import contextlib
import sqlite3
from pathlib import Path

import sqlalchemy as sa

import review_makers as makers
from circulation.reviewing import review_postgres, review_store

FORMS = (1, 2)
EVENTS = len(makers.EVERYTHING_OWED) + 4  # with two starts, a sign-off and a note
_LATER = {  # the tables that a form did not have yet
    1: ("review_views", "review_filters"),  # no views kept with decisions
    2: ("review_filters",),  # saved filters lay in a file
}


def fill(url: str) -> None:
    store = review_store.ReviewStore(url)
    makers.add(store, *makers.EVERYTHING_OWED, makers.SIGN_OFF)
    makers.add(store, makers.note("cold foot"), record="A-2", actor="Clinician 2")
    store.close()


def sqlite_of(form: int, folder: Path) -> str:
    """The address of a store of an older form in a folder."""
    url = makers.address(folder)
    fill(url)
    with contextlib.closing(sqlite3.connect(folder / "reviews.sqlite")) as connection:
        for table in _LATER[form]:
            connection.execute(f"DROP TABLE {table}")
        connection.execute(f"PRAGMA user_version = {form}")
    return url


def postgres_of(form: int, url: str) -> str:
    """The same in an empty database."""
    fill(url)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for table in _LATER[form]:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        mark = f"{review_postgres.MARK}{form}"
        connection.exec_driver_sql(f"COMMENT ON TABLE review_events IS '{mark}'")
    engine.dispose()
    return url
