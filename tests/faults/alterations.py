"""A store altered behind its back: by hand, by a forger, by one bit that turned over."""

import contextlib
import dataclasses
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

import review_makers as makers
from circulation import access, errors
from circulation.reviewing import (
    kept_filters,
    ledger,
    review_audit,
    review_postgres,
    review_schema,
    review_store,
    saved_filters,
)

FILTER = kept_filters.Filter("urgent in North", {"urgency": ["same_day"], "site": ["North"]})


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How many alterations were made to what is kept, and which went unnoticed."""

    made: int
    unnoticed: tuple[str, ...]

    @property
    def harmless(self) -> bool:
        return not self.unnoticed


def two_reviews(folder: Path) -> review_store.ReviewStore:
    """A store of reviews of two records, one of them signed off with its view kept, and
    a saved filter."""
    return two_reviews_at(makers.address(folder))


def two_reviews_at(url: str) -> review_store.ReviewStore:
    """The same at an address."""
    store = review_store.ReviewStore(url)
    makers.add(store, *makers.EVERYTHING_OWED, makers.SIGN_OFF, basis=makers.SEEN)
    makers.add(store, makers.note("cold foot"), record="A-2", actor="Clinician 2")
    saved_filters.save(store, access.Role.CLINICIAN, FILTER, today=makers.NOW.date())
    return store


def tamper() -> Outcome:
    """Every alteration of the table, each in a store of its own; the forged ones by the anchor."""
    unnoticed = []
    for what, statements in TAMPERING.items():
        with tempfile.TemporaryDirectory() as name, _store(Path(name)) as store:
            with behind_its_back(Path(name)) as connection:
                connection.executescript(statements)
            if store.verify().whole:
                unnoticed.append(what)
    for forgery in FORGERIES:
        with tempfile.TemporaryDirectory() as name, _store(Path(name)) as store:
            anchor = store.anchor()
            with behind_its_back(Path(name)) as connection:
                forgery(connection)
            if store.verify(anchor).whole:
                unnoticed.append(forgery.__name__)
    return Outcome(len(TAMPERING) + len(FORGERIES), tuple(unnoticed))


def tamper_postgres(url: str) -> Outcome:
    """Every alteration of the table by someone whom no guard stops, each taken back after it."""
    two_reviews_at(url).close()
    engine = sa.create_engine(url)
    unnoticed = []
    for what, statements in TAMPERING.items():
        with engine.connect() as connection:
            connection.exec_driver_sql("SET session_replication_role = replica")  # no guards
            connection.exec_driver_sql(statements.replace("x'00'", r"'\x00'::bytea"))
            connection.exec_driver_sql("SET session_replication_role = origin")
            if review_audit.verify(connection, None, review_postgres.damage).whole:
                unnoticed.append(what)
            connection.rollback()
    with engine.connect() as connection:
        assert review_audit.verify(connection, None, review_postgres.damage).whole
    engine.dispose()
    return Outcome(len(TAMPERING), tuple(unnoticed))


@contextlib.contextmanager
def _store(folder: Path) -> Iterator[review_store.ReviewStore]:
    store = two_reviews(folder)
    try:
        yield store
    finally:
        store.close()


def flip_bits(*, flips: int, seed: int) -> Outcome:
    """Turn single bits over until so many touched what is kept; each time a fresh copy."""
    chance = random.Random(seed)
    unnoticed: list[str] = []
    made = 0
    with tempfile.TemporaryDirectory() as name:
        two_reviews(Path(name)).close()
        path = Path(name) / "reviews.sqlite"
        sound, content = path.read_bytes(), contents(path)
        while made < flips:
            place, bit = chance.randrange(len(sound)), chance.randrange(8)
            path = Path(name) / f"{place}-{bit}.sqlite"
            path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :])
            touched = contents(path) != content
            told = noticed(path)
            path.unlink()
            made += touched
            if touched and not told:
                unnoticed.append(f"byte {place}, bit {bit}")
    return Outcome(made, tuple(unnoticed))


@contextlib.contextmanager
def behind_its_back(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file as someone with a database program has it, the guards taken away and put back."""
    connection = sqlite3.connect(folder / "reviews.sqlite")
    listed = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    guards = listed.fetchall()
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
        put(connection, review_schema.STATES, review_schema.values(makers.fold(record, mine)))
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
    "the last gone": "DELETE FROM review_events WHERE sequence = 13",
    "two places changed": """UPDATE review_events SET sequence =
        CASE sequence WHEN 3 THEN 104 WHEN 4 THEN 103 END WHERE sequence IN (3, 4);
        UPDATE review_events SET sequence = sequence - 100 WHERE sequence > 100""",
    "what stands": "UPDATE review_states SET standing = replace(standing, 'refer', 'treat')",
    "a state gone": "DELETE FROM review_states WHERE record_id = 'A-2'",
    "a state more": "INSERT INTO review_states VALUES ('A-3', 3, '', '', '[]')",
    "a version": "UPDATE review_states SET version = 11 WHERE record_id = 'A-2'",
    "a view": "UPDATE review_views SET content = x'00'",
    "a view gone": "DELETE FROM review_views",
    "a view more": "INSERT INTO review_views VALUES ('a', x'00')",
    "a filter": "UPDATE review_filters SET parts = replace(parts, 'North', 'South')",
    "a filter's name": "UPDATE review_filters SET name = 'routine'",
    "a filter's role": "UPDATE review_filters SET role = 'manager'",
    "a filter more": "INSERT INTO review_filters VALUES ('clinician', 'mine', '{}', 'x')",
    "the head": "UPDATE review_head SET sequence = 11",
    "two heads": "INSERT INTO review_head SELECT * FROM review_head",
}


def cut_tail(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM review_events WHERE sequence > 10")
    forge(connection)


def another_actor(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE review_events SET actor = 'Clinician 9'")
    forge(connection)


FORGERIES = (cut_tail, another_actor)


def contents(path: Path) -> list[tuple[object, ...]]:
    """Every row of every table; nothing when the file is not readable."""
    address = f"file:{path}?mode=ro&immutable=1"
    tables = review_schema.METADATA.sorted_tables
    queries = [*(str(sa.select(table)) for table in tables), "SELECT * FROM sqlite_schema"]
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            return [row for query in queries for row in connection.execute(query)]
    except (sqlite3.Error, UnicodeError):
        return []


def noticed(path: Path) -> bool:
    """Whether the store refuses the file or finds it not whole."""
    try:
        store = review_store.ReviewStore(f"sqlite:///{path}")
        found = store.verify()
        store.close()
    except errors.DashboardError:
        return True
    return not found.whole
