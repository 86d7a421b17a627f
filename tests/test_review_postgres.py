"""What only PostgreSQL can get wrong: guards, layout, tables of others, lost connections."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

import postgres_server
import review_makers as makers
from circulation import access, errors
from circulation.reviewing import backups, kept_filters, review_store, saved_filters
from faults import alterations, kills


@pytest.fixture
def address(postgres: sa.URL) -> str:
    return postgres_server.fresh(postgres)


@pytest.fixture
def store(address: str):
    opened = review_store.ReviewStore(address)
    makers.add(opened, *makers.EVERYTHING_OWED, makers.SIGN_OFF, basis=makers.SEEN)
    yield opened
    opened.close()


def behind_its_back(address: str, *statements: str) -> None:
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_events SET new = 'x' WHERE sequence = 1",
        "DELETE FROM review_events WHERE sequence = 9",
        "TRUNCATE review_events CASCADE",
        "UPDATE review_views SET content = ''",
        "DELETE FROM review_views",
        "TRUNCATE review_views",
        """INSERT INTO review_events SELECT 14, act, at, ordered_at, actor, role, record_id, field,
        about, old, new, reason, data_set, knowledge, previous_hash, hash FROM review_events
        WHERE sequence = 9""",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(
    address: str, store: review_store.ReviewStore, statement: str
) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="the ledger is never changed"):
        behind_its_back(address, statement)
    assert store.verify().problems == ()


def test_what_is_altered_behind_its_back_is_found(address: str) -> None:
    found = alterations.tamper_postgres(address)
    assert found == alterations.Outcome(len(alterations.TAMPERING), ())


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE review_events DISABLE TRIGGER review_events_never_changed",
        "DROP TRIGGER review_events_never_emptied ON review_events",
        "ALTER TABLE review_states ALTER standing DROP NOT NULL",
    ],
)
def test_a_guard_that_was_taken_away_is_found(
    address: str, store: review_store.ReviewStore, statement: str
) -> None:
    behind_its_back(address, statement)
    assert store.verify().problems == (
        "review store: its tables or their guards are not as they were made",
    )


def documented_grants() -> list[str]:
    """The statements in the documents that make the user the servers connect as."""
    text = (Path(__file__).parents[1] / "docs" / "operating.md").read_text("utf-8")
    drawn = re.search(r"```sql\n(.*?)```", text, re.DOTALL)
    assert drawn
    return [one.strip() for one in drawn[1].split(";") if one.strip()]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_events SET actor = 'x'",
        "DELETE FROM review_views",
        "TRUNCATE review_events",
        "ALTER TABLE review_events DISABLE TRIGGER ALL",
        "DROP TABLE review_states",
    ],
)
def test_the_user_of_the_documents_saves_and_verifies_but_cannot_touch_the_ledger(
    address: str, store: review_store.ReviewStore, statement: str
) -> None:
    behind_its_back(address, "DROP ROLE IF EXISTS dashboard", *documented_grants())
    limited = sa.make_url(address).set(username="dashboard")
    text = limited.render_as_string(hide_password=False)
    own = review_store.ReviewStore(text)
    makers.add(own, makers.note("cold foot"), record="A-2", basis=makers.SEEN)
    makers.undo(own, record="A-2")
    urgent = kept_filters.Filter("urgent", {"urgency": ["same_day"]})
    saved_filters.save(own, access.Role.CLINICIAN, urgent, today=makers.NOW.date())
    saved_filters.delete(own, access.Role.CLINICIAN, urgent.name)
    assert own.verify().problems == ()
    own.close()
    with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"):
        behind_its_back(text, statement)
    behind_its_back(address, "DROP OWNED BY dashboard", "DROP ROLE dashboard")


@pytest.mark.parametrize("table", ["review_events", "review_states"])
def test_tables_of_others_are_refused_and_left_as_they_are(address: str, table: str) -> None:
    behind_its_back(address, f"CREATE TABLE {table} (mine integer)")
    with pytest.raises(errors.DashboardError):
        review_store.ReviewStore(address)
    behind_its_back(address, f"ALTER TABLE {table} ADD still_theirs integer")


def test_a_connection_that_broke_is_made_anew(
    address: str, store: review_store.ReviewStore
) -> None:
    before = store.anchor()
    behind_its_back(
        address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    makers.add(store, makers.note("there again"), record="A-2")
    assert store.verify(before).problems == ()


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(address: str) -> None:
    outcome = kills.kill(address, kills=3, seed=20261122)
    assert (outcome.kills, outcome.lost, outcome.problems) == (3, 0, ())


def test_reviews_move_from_one_kind_of_database_to_the_other(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    at, known = "2026-11-22T14:32:05+00:00", "2026.1"
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    manifest = backups.make(here, store, tmp_path / "1.tar", at=at, knowledge=known)
    other = review_store.ReviewStore(makers.address(there))
    assert backups.restore(tmp_path / "1.tar", there, other) == manifest
    assert dict(other.all_current()) == dict(store.all_current())
    backups.make(there, other, tmp_path / "2.tar", at=at, knowledge=known)
    assert (tmp_path / "1.tar").read_bytes() == (tmp_path / "2.tar").read_bytes()
    other.close()
