"""Everything about the review store that is SQLite's own; no other file speaks its dialect.

A store is one file that carries the mark of this program. A file without the mark is never opened
by SQLite, so it cannot be changed; a missing one is built aside and put in place whole.
"""

import contextlib
import dataclasses
import hashlib
import os
import pathlib
import sqlite3
import urllib.parse
from collections.abc import Iterator

import sqlalchemy as sa

from circulation import durable, errors
from circulation.reviewing import disks, review_schema, store_forms

APPLICATION_ID = 0x4C434944  # "LCID" in the header of the file, at byte 68
HEADER = 100  # bytes
LAYOUTS = {  # SHA-256 of the tables and guards of each form
    1: "f609d655751aeb9e5342ee01c9970c8d2c91f554ba8199235906cfb8eea87e79",
    2: "27b6c04272f49b06a9acd406dda6b6630fcd570d8289039651f33352a97d7124",
    3: "c7fadcb33fd9522361c5a2e186d2572453930c15bad87d1d4b4303664e703f05",
}
WAIT_FOR_OTHERS_MS = 5000  # for a writer in another process
PLACE = "review store"
# A damaged file can make SQLite's own message unreadable: Python then raises UnicodeError.
FAULTS = (sa.exc.SQLAlchemyError, UnicodeError)

_SERVERS_WORDS = {  # of PostgreSQL's errors that a reader can meet
    "DiskFull": "the database server has no room left",
    "LockNotAvailable": "others kept the ledger for too long",
    "OperationalError": "the database server does not answer",
}
_PRAGMAS: tuple[str, ...] = (
    "journal_mode = WAL",
    "synchronous = FULL",  # a commit is on the disk before it is acknowledged
    f"busy_timeout = {WAIT_FOR_OTHERS_MS}",
    "foreign_keys = ON",
    "trusted_schema = OFF",
)
# The insert guard also stops REPLACE, which removes a row without asking the delete guard.
_GUARDS = {
    "review_events_never_changed": "BEFORE UPDATE ON review_events",
    "review_events_never_removed": "BEFORE DELETE ON review_events",
    "review_events_only_at_the_end": (
        "BEFORE INSERT ON review_events WHEN NEW.sequence IS NOT "
        "(SELECT coalesce(max(sequence), 0) + 1 FROM review_events)"
    ),
    "review_views_never_changed": "BEFORE UPDATE ON review_views",
    "review_views_never_removed": "BEFORE DELETE ON review_views",
    "review_views_never_replaced": (
        "BEFORE INSERT ON review_views WHEN NEW.hash IN (SELECT hash FROM review_views)"
    ),
}


@dataclasses.dataclass(frozen=True)
class StoreFile:
    """One file as it was opened: its place and which file on the disk that was."""

    path: pathlib.Path
    device: int
    inode: int


def open_file(path: pathlib.Path) -> StoreFile:
    """The store at this path, made when there is none; raises DashboardError for another file."""
    if not path.parent.is_dir():
        raise errors.DashboardError(PLACE, "the folder it should be in does not exist")
    disks.check_near(path.parent, place=PLACE)
    if not path.exists():
        _create(path)
    _check_mark(path)
    status = path.stat()
    return StoreFile(path, status.st_dev, status.st_ino)


def engine(file: StoreFile) -> sa.Engine:
    """Connections to an existing store, brought to this program's form; they create no file.

    Raises DashboardError for a newer or foreign form; such a file is left as it is.
    """
    made = _engine(file.path)
    try:
        with reading_errors():
            with made.connect() as connection:
                found = _form(connection)
            if found != store_forms.FORM:
                store_forms.check_known(found)
                _migrate(made, file.path)
    except errors.DashboardError:
        made.dispose()
        raise
    return made


def writing(engine: sa.Engine) -> sa.Engine:
    """The same connections for saves: each takes the file at once."""
    return engine.execution_options(writes=True)


def check_in_place(file: StoreFile) -> None:
    """Raises DashboardError when the file was moved or replaced since it was opened."""
    try:
        status = file.path.stat()
    except OSError:
        status = None
    if status is None or (status.st_dev, status.st_ino) != (file.device, file.inode):
        raise errors.DashboardError(
            PLACE, "the file was moved or replaced while in use", "Start the program again."
        )


def damage(connection: sa.Connection) -> tuple[str, ...]:
    """What SQLite itself finds wrong with the file, and whether it is laid out as it was made."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    found = [f"{PLACE}: the file is damaged: {row}" for row in rows if row != "ok"]
    if layout(connection) != LAYOUTS[store_forms.FORM]:
        found.append(f"{PLACE}: its tables or their guards are not as they were made")
    return tuple(found)


def layout(connection: sa.Connection) -> str:
    """SHA-256 over the statements that made the tables, their indexes and their guards."""
    made = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
    text = "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(made))
    return hashlib.sha256(text.encode()).hexdigest()


@contextlib.contextmanager
def reading_errors() -> Iterator[None]:
    """The database's own refusals as a DashboardError without any value in it."""
    try:
        yield
    except FAULTS as fault:
        raise errors.DashboardError(
            PLACE, f"cannot be read: {words(fault)}", "See its database or file, or a backup."
        ) from fault


def words(fault: Exception) -> str:
    """What the database said of itself; never the statement, which holds what a user typed."""
    if isinstance(fault, sa.exc.DBAPIError):
        # PostgreSQL's own text may hold the row; the name of its error does not.
        kind = type(fault.orig)
        if kind.__module__ == "sqlite3":
            return str(fault.orig)
        return _SERVERS_WORDS.get(kind.__name__, kind.__name__)
    return "the file is damaged" if isinstance(fault, UnicodeError) else type(fault).__name__


def _create(path: pathlib.Path) -> None:
    made = path.with_name(f"{path.name}.{os.getpid()}.new")
    made.unlink(missing_ok=True)
    made.touch(mode=0o600)
    fresh = _engine(made)
    with writing(fresh).begin() as connection:
        review_schema.create(connection)
        _guard(connection, *review_schema.METADATA.tables)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {store_forms.FORM}")
    fresh.dispose()
    durable.sync(made)
    try:
        durable.put_in_place(made, path)
    except FileExistsError:
        made.unlink()  # another process was first; its store is as good


def _guard(connection: sa.Connection, *tables: str) -> None:
    """The guards of some tables."""
    for name, when in _GUARDS.items():
        if name.startswith(tables):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} {when} BEGIN "
                "SELECT RAISE(ABORT, 'the ledger is never changed'); END"
            )


def _form(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _migrate(engine: sa.Engine, path: pathlib.Path) -> None:
    """Every step to this program's form in one transaction, after a copy was put beside the file.

    Whoever opens the file first does it; the others wait for the lock and find it done.
    """
    with writing(engine).begin() as connection:
        found = _form(connection)
        if found == store_forms.FORM:
            return  # another program was first
        store_forms.check_layout(layout(connection), LAYOUTS[found], found)
        copy = _copy(path, path.with_name(f"{path.name}.form-{found}"))
        for step in store_forms.steps_from(found):
            for table in step.tables:
                table.create(connection)
                _guard(connection, table.name)
        connection.exec_driver_sql(f"PRAGMA user_version = {store_forms.FORM}")
        store_forms.check_layout(layout(connection), LAYOUTS[store_forms.FORM], found)
    store_forms.tell(found, copy.name)


def _copy(path: pathlib.Path, copy: pathlib.Path) -> pathlib.Path:
    """The store as it is, whole and under a name of its own; an earlier copy stays."""
    part = copy.with_name(f"{copy.name}{durable.PART}")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with (
        contextlib.closing(_open(path, "mode=ro")) as source,
        contextlib.closing(_open(part, "mode=rw")) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without others beside it
    durable.sync(part)
    names = (copy.with_name(f"{copy.name}-{again}") for again in range(2, 100))
    free = next(name for name in (copy, *names) if not name.exists())
    durable.put_in_place(part, free)
    return free


def _check_mark(path: pathlib.Path) -> None:
    """Raises DashboardError unless the file's header says that it is a review store.

    `immutable` lets SQLite read the header and touch nothing.
    """
    fault = "the file is empty"
    if path.stat().st_size:
        try:
            with contextlib.closing(_open(path, "mode=ro&immutable=1")) as connection:
                mark = connection.execute("PRAGMA application_id").fetchone()[0]
            fault = "" if mark == APPLICATION_ID else "the file belongs to another program"
        except sqlite3.DatabaseError:
            fault = "" if _cut_short(path) else "the file is not a database"
    if fault:
        raise errors.DashboardError(
            PLACE, f"{fault}; it was not changed", "Name another file, or restore a backup."
        )


def _cut_short(path: pathlib.Path) -> bool:
    """Whether it is a store that a power cut left in the middle of taking in its write-ahead log.

    The file alone is then no sound database; SQLite makes it one again from the log. The handle is
    left open: closing it would drop the locks that this process may hold on the file (POSIX).
    """
    if not path.with_name(f"{path.name}-wal").exists():
        return False
    header = os.pread(os.open(path, os.O_RDONLY), HEADER, 0)
    mark = int.from_bytes(header[68:72], "big")
    return header.startswith(b"SQLite format 3\x00") and mark == APPLICATION_ID


def _engine(path: pathlib.Path) -> sa.Engine:
    made = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        creator=lambda: _connect(path),
        poolclass=sa.QueuePool,
        hide_parameters=True,  # no note of a reviewer in an error or a log
    )
    sa.event.listen(made, "begin", _begin)
    return made


def _connect(path: pathlib.Path) -> sqlite3.Connection:
    connection = _open(path, "mode=rw")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _open(path: pathlib.Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{urllib.parse.quote(str(path.absolute()))}?{options}",
        uri=True,
        isolation_level=None,  # this program says BEGIN itself
        check_same_thread=False,  # the pool lends a connection to one thread at a time
    )


def _begin(connection: sa.Connection) -> None:
    """A writer takes the file at once, so that what it read before writing still holds."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
