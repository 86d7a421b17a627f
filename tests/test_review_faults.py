"""What is acknowledged stays, and what is altered is found: kills, full disks, tampering, decay."""

import contextlib
import dataclasses
import os
import random
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import review_makers as makers
from circulation import errors, ledger, review_schema, review_store, reviews

HERE = Path(__file__).parent


@pytest.fixture
def store(tmp_path: Path):
    """A store of twelve events about two records."""
    opened = review_store.ReviewStore(makers.address(tmp_path))
    makers.add(opened, *makers.EVERYTHING_OWED, makers.SIGN_OFF)
    makers.add(opened, makers.note("cold foot"), record="A-2", actor="Clinician 2")
    makers.add(opened, makers.note("warm foot"), record="A-2", actor="Clinician 2")
    yield opened
    opened.close()


@contextlib.contextmanager
def behind_its_back(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file as someone with a database program has it, the guards taken away and put back."""
    connection = sqlite3.connect(folder / "reviews.sqlite")
    guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    guards = guards.fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    for _, text in guards:
        connection.execute(text)
    connection.commit()
    connection.close()


def forge(connection: sqlite3.Connection) -> None:
    """Seal the whole chain anew, so that it and what stands hold together again."""
    rows = connection.execute(str(review_schema.events_in_order()))
    events = [ledger.Event(*row) for row in rows]
    told = [field.name for field in dataclasses.fields(ledger.Entry)]
    entries = [ledger.Entry(**{name: getattr(one, name) for name in told}) for one in events]
    forged: list[ledger.Event] = []
    for act in sorted({one.act for one in events}):
        head = ledger.head_after(forged[-1]) if forged else ledger.START
        of_act = [entry for entry, one in zip(entries, events, strict=True) if one.act == act]
        forged += ledger.seal(head, of_act)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM review_events")
    connection.execute("DELETE FROM review_states")
    for one in forged:
        put(connection, review_schema.EVENTS, vars(one))
    for record in {one.record_id for one in forged}:
        mine = [one for one in forged if one.record_id == record]
        put(connection, review_schema.STATES, review_schema.values(reviews.fold(record, mine)))
    connection.execute("DELETE FROM review_head")
    put(connection, review_schema.HEAD, vars(ledger.head_after(forged[-1])))


def put(connection: sqlite3.Connection, table: sa.Table, row: dict[str, object]) -> None:
    connection.execute(str(sa.insert(table)), row)


TAMPERING = {
    "a word": "UPDATE review_events SET new = 'vein_disease' WHERE field = 'agreed_cause'",
    "a reason": "UPDATE review_events SET reason = 'was right' WHERE sequence = 3",
    "an actor": "UPDATE review_events SET actor = 'Clinician 9' WHERE sequence = 3",
    "a time": "UPDATE review_events SET at = '2026-11-21T14:32:05.000000Z' WHERE sequence = 3",
    "a role": "UPDATE review_events SET role = 'manager' WHERE sequence = 3",
    "a data set": "UPDATE review_events SET data_set = 'b' WHERE sequence = 3",
    "a record": "UPDATE review_events SET record_id = 'A-3' WHERE sequence = 3",
    "an event gone": "DELETE FROM review_events WHERE sequence = 3",
    "the first gone": "DELETE FROM review_events WHERE sequence = 1",
    "the last gone": "DELETE FROM review_events WHERE sequence = 12",
    "two places changed": """UPDATE review_events SET sequence =
        CASE sequence WHEN 3 THEN 104 WHEN 4 THEN 103 END WHERE sequence IN (3, 4);
        UPDATE review_events SET sequence = sequence - 100 WHERE sequence > 100""",
    "what stands": "UPDATE review_states SET standing = replace(standing, 'refer', 'treat')",
    "a state gone": "DELETE FROM review_states WHERE record_id = 'A-2'",
    "a state more": "INSERT INTO review_states VALUES ('A-3', 3, '', '', '[]')",
    "a version": "UPDATE review_states SET version = 11 WHERE record_id = 'A-2'",
    "the head": "UPDATE review_head SET sequence = 11",
    "two heads": "INSERT INTO review_head SELECT * FROM review_head",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_is_altered_behind_its_back_is_found(
    tmp_path: Path, store: review_store.ReviewStore, what: str
) -> None:
    assert store.verify().problems == ()
    with behind_its_back(tmp_path) as connection:
        connection.executescript(TAMPERING[what])
    found = store.verify()
    assert not found.whole
    assert not [one for one in found.problems if "A-" in one or "foot" in one], "no value is shown"


def cut_tail(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM review_events WHERE sequence > 9")
    forge(connection)


def another_actor(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE review_events SET actor = 'Clinician 9'")
    forge(connection)


@pytest.mark.parametrize("tamper", [cut_tail, another_actor])
def test_a_forged_chain_that_holds_together_is_found_by_the_anchor(
    tmp_path: Path,
    store: review_store.ReviewStore,
    tamper: Callable[[sqlite3.Connection], None],
) -> None:
    anchor = store.anchor()
    with behind_its_back(tmp_path) as connection:
        tamper(connection)
    assert store.verify().problems == (), "without the anchor it cannot be told"
    assert not store.verify(anchor).whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_events SET new = 'x' WHERE sequence = 1",
        "DELETE FROM review_events WHERE sequence = 12",
        "INSERT OR REPLACE INTO review_events SELECT * FROM review_events WHERE sequence = 1",
        """INSERT INTO review_events SELECT 14, act, at, ordered_at, actor, role, record_id, field,
        about, old, new, reason, data_set, knowledge, previous_hash, hash FROM review_events
        WHERE sequence = 12""",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(
    tmp_path: Path, store: review_store.ReviewStore, statement: str
) -> None:
    connection = sqlite3.connect(tmp_path / "reviews.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is never changed"):
        connection.execute(statement)
    connection.close()
    assert store.verify().whole


def test_a_guard_that_was_taken_away_is_found(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    connection = sqlite3.connect(tmp_path / "reviews.sqlite")
    connection.execute("DROP TRIGGER review_events_never_removed")
    connection.close()
    assert store.verify().problems == (
        "review store: its tables or their guards are not as they were made",
    )


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    url = makers.address(tmp_path)
    paths = os.pathsep.join([str(HERE), str(HERE.parent / "dashboard")])
    told = 0
    for round_of_kill in range(5):
        child = subprocess.Popen(
            [sys.executable, str(HERE / "keep_saving.py"), url],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(7 + 11 * round_of_kill)]
        child.kill()
        lines += child.stdout.readlines()
        child.wait()
        acknowledged = [line.rstrip("\n").split("\t") for line in lines if line.endswith("\n")]
        store = review_store.ReviewStore(url)
        assert store.verify().problems == ()
        kept = {event.sequence: event.new for event in store.history("A-KEPT")}
        assert [kept[int(version)] for version, _ in acknowledged] == [
            text for _, text in acknowledged
        ]
        told += len(acknowledged)
        store.close()
    assert told >= 5 * 7


def test_a_disk_without_room_says_not_saved_and_keeps_what_was_there(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    before, stood = store.anchor(), store.current("A-2")
    room = (tmp_path / "reviews.sqlite-wal").stat().st_size
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, unlimited[1]))
    try:
        with pytest.raises(review_store.NotSaved, match="not saved"):
            makers.add(store, makers.note("too much"), record="A-2")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert store.anchor() == before
    assert store.current("A-2") == stood
    after = makers.add(store, makers.note("there is room again"), record="A-2")
    assert (after.version, after.note) == (before.count + 1, "there is room again")
    assert store.verify(before).problems == ()


def test_a_file_taken_away_or_replaced_while_in_use_is_not_written_into_the_void(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    path = tmp_path / "reviews.sqlite"
    path.rename(tmp_path / "elsewhere.sqlite")
    with pytest.raises(errors.DashboardError, match="moved or replaced"):
        makers.add(store, makers.note("lost?"))
    path.write_bytes((tmp_path / "elsewhere.sqlite").read_bytes())
    with pytest.raises(errors.DashboardError, match="moved or replaced"):
        makers.add(store, makers.note("lost?"))


def test_a_flipped_bit_in_what_is_kept_is_found_or_the_file_is_refused(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    whole = store.backup(tmp_path / "whole.sqlite").path
    sound, content = whole.read_bytes(), contents(whole)
    chance = random.Random(20261122)
    flipped, unnoticed = 0, 0
    for number in range(60):
        place, bit = chance.randrange(len(sound)), chance.randrange(8)
        path = tmp_path / f"flip-{number}.sqlite"
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :])
        if noticed(path):
            flipped += 1
        elif contents(path) != content:
            unnoticed += 1
    assert unnoticed == 0
    assert flipped >= 10, "the flips did reach what is kept"


def contents(path: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        tables = review_schema.METADATA.sorted_tables
        queries = [*(str(sa.select(table)) for table in tables), "SELECT * FROM sqlite_schema"]
        return [row for query in queries for row in connection.execute(query)]


def noticed(path: Path) -> bool:
    try:
        store = review_store.ReviewStore(f"sqlite:///{path}")
        found = store.verify()
        store.close()
    except errors.DashboardError:
        return True
    return not found.whole
