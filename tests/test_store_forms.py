"""A store of an earlier form becomes one of this form, whole, or stays as it was; no other does."""

import contextlib
import itertools
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

import older_stores
import postgres_server
import review_makers as makers
from circulation import errors
from circulation.reviewing import review_postgres, review_sqlite, review_store
from faults import migrations

NUMBERS = itertools.count(1)


@pytest.fixture(params=older_stores.FORMS)
def form(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def older(request: pytest.FixtureRequest, tmp_path: Path, form: int) -> str:
    """The address of a store of an older form."""
    if request.param == "SQLite":
        return older_stores.sqlite_of(form, tmp_path)
    server = request.getfixturevalue("postgres")
    return older_stores.postgres_of(form, postgres_server.fresh(server))


def test_the_older_stores_of_these_tests_are_laid_out_as_their_form_was(
    form: int, older: str
) -> None:
    module = review_sqlite if older.startswith("sqlite") else review_postgres
    engine = sa.create_engine(older)
    with engine.connect() as connection:
        assert module.layout(connection) == module.LAYOUTS[form]
    engine.dispose()


def test_all_that_was_said_is_there_and_views_can_be_kept_from_now_on(older: str) -> None:
    store = review_store.ReviewStore(older)
    assert store.verify().problems == ()
    assert (store.version(), store.current("A-2").note) == (older_stores.EVENTS, "cold foot")
    makers.add(store, makers.REOPEN)
    signed = makers.add(store, makers.SIGN_OFF, basis=makers.SEEN)
    assert store.view(signed.value(makers.Field.AS_SEEN)) == "what was shown"
    assert store.verify().problems == ()
    store.close()
    again = review_store.ReviewStore(older)
    assert again.version() == older_stores.EVENTS + 3
    again.close()


def test_the_file_as_it_was_stays_beside_the_new_one(tmp_path: Path, form: int) -> None:
    url = older_stores.sqlite_of(form, tmp_path)
    (tmp_path / f"reviews.sqlite.form-{form}").write_text("an earlier copy")
    review_store.ReviewStore(url).close()
    assert (tmp_path / f"reviews.sqlite.form-{form}").read_text() == "an earlier copy"
    copy = tmp_path / f"reviews.sqlite.form-{form}-2"
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (form,)
        assert connection.execute("SELECT count(*) FROM review_events").fetchone() == (
            older_stores.EVENTS,
        )
    assert copy.stat().st_mode & 0o077 == 0, "only its owner may read it"


def test_the_tables_as_they_were_stay_beside_the_new_ones(postgres: sa.URL, form: int) -> None:
    url = older_stores.postgres_of(form, postgres_server.fresh(postgres))
    review_store.ReviewStore(url).close()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        kept = sa.select(sa.func.count()).select_from(sa.table(f"form_{form}_of_review_events"))
        assert connection.execute(kept).scalar_one() == older_stores.EVENTS
    engine.dispose()


def alter(url: str, statement: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_store_not_laid_out_as_its_form_is_refused_and_not_changed(older: str, form: int) -> None:
    alter(older, "CREATE INDEX review_extra ON review_events (at)")
    alter(older, "ALTER TABLE review_events ADD COLUMN more TEXT")
    for _ in range(2):
        with pytest.raises(errors.DashboardError, match=f"says that it has form {form}, but"):
            review_store.ReviewStore(older)


@pytest.mark.parametrize("form", ["99", "0", "x"])
def test_a_form_that_is_newer_or_unknown_is_refused(postgres: sa.URL, form: str) -> None:
    url = postgres_server.fresh(postgres)
    older_stores.fill(url)
    alter(url, f"COMMENT ON TABLE review_events IS '{review_postgres.MARK}{form}'")
    with pytest.raises(errors.DashboardError, match="not changed"):
        review_store.ReviewStore(url)


def test_two_programs_that_open_it_at_once_both_find_the_new_form(older: str) -> None:
    outcome = makers.at_once(4, lambda _: review_store.ReviewStore(older).verify().problems)
    assert outcome == [()] * 4


def test_a_program_killed_in_the_middle_leaves_the_old_store_or_the_new_one(
    tmp_path: Path,
) -> None:
    """From form 1 all steps are taken; `make faults` begins at each form."""

    def fresh() -> str:
        folder = tmp_path / str(next(NUMBERS))
        folder.mkdir()
        return older_stores.sqlite_of(1, folder)

    outcome = migrations.kill(fresh, every=4)
    assert outcome.harmless
    assert outcome.kills > 2, "it died at several places"


def test_the_same_on_postgresql(postgres: sa.URL) -> None:
    def fresh() -> str:
        return older_stores.postgres_of(1, postgres_server.fresh(postgres))

    assert migrations.kill(fresh, every=7).harmless
