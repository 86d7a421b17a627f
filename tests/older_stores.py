"""Review stores as earlier versions of the program left them, with some reviews in them."""

import contextlib
import sqlite3
from pathlib import Path

import sqlalchemy as sa

import review_makers as makers
from circulation.reviewing import review_postgres, review_store

EVENTS = len(makers.EVERYTHING_OWED) + 4  # with two starts, a sign-off and a note


def fill(url: str) -> None:
    store = review_store.ReviewStore(url)
    makers.add(store, *makers.EVERYTHING_OWED, makers.SIGN_OFF)
    makers.add(store, makers.note("cold foot"), record="A-2", actor="Clinician 2")
    store.close()


def sqlite_of_form_1(folder: Path) -> str:
    """Form 1: no views kept with decisions. Its address."""
    url = makers.address(folder)
    fill(url)
    with contextlib.closing(sqlite3.connect(folder / "reviews.sqlite")) as connection:
        connection.execute("DROP TABLE review_views")
        connection.execute("PRAGMA user_version = 1")
    return url


def postgres_of_form_1(url: str) -> str:
    fill(url)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE review_views")
        mark = f"{review_postgres.MARK}1"
        connection.exec_driver_sql(f"COMMENT ON TABLE review_events IS '{mark}'")
    engine.dispose()
    return url
