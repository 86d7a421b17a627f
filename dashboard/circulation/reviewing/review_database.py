"""The database behind a review store's address: SQLite's file or a PostgreSQL server."""

import dataclasses
import functools
import pathlib
from collections.abc import Callable

import sqlalchemy as sa

from circulation import errors
from circulation.reviewing import review_postgres, review_sqlite


@dataclasses.dataclass(frozen=True)
class Database:
    """Connections for reading and for saving, and what only this kind of database can tell."""

    reading: sa.Engine
    writing: sa.Engine
    check_in_place: Callable[[], None]
    damage: Callable[[sa.Connection], tuple[str, ...]]

    def close(self) -> None:
        """Gives its connections back."""
        self.reading.dispose()


def at(url: str) -> Database:
    """Open the store at an SQLAlchemy URL; made where there is none.

    The URL may hold a password, so no error repeats it.
    """
    try:
        parts = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise errors.DashboardError(
            review_sqlite.PLACE, "its address is not a database URL", "Use sqlite:////path/file."
        ) from None
    if parts.drivername in ("postgresql", "postgresql+psycopg"):
        engine = review_postgres.engine(parts)
        return Database(
            engine, review_postgres.writing(engine), lambda: None, review_postgres.damage
        )
    file = review_sqlite.open_file(_path(parts))
    engine = review_sqlite.engine(file)
    return Database(
        engine,
        review_sqlite.writing(engine),
        functools.partial(review_sqlite.check_in_place, file),
        review_sqlite.damage,
    )


def _path(url: sa.URL) -> pathlib.Path:
    named = url.database or ":memory:"
    plain = url.drivername in ("sqlite", "sqlite+pysqlite") and not url.query
    if not plain or named.startswith((":", "file:")):
        raise errors.DashboardError(
            review_sqlite.PLACE,
            "only an SQLite file or a PostgreSQL database is offered",
            "Use sqlite:////path/reviews.sqlite or postgresql://user@host/database.",
        )
    return pathlib.Path(named)
