"""Saved filters as the review store keeps them: one row each, under a seal of its own.

They are the only rows of the store that readers may change and delete. The seal shows a row that
was changed otherwise; a row taken away cannot be told from one that a reader deleted.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from circulation import errors
from circulation.reviewing import review_schema

PLACE = "saved filters"
_TABLE = review_schema.FILTERS


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name and the parts of the address that it stands for, with their codes."""

    name: str
    parts: Mapping[str, Sequence[str]]


def row(role: str, kept: Filter) -> dict[str, str]:
    """A filter as the values of its row; one filter has exactly one such row."""
    told = {name: list(codes) for name, codes in kept.parts.items()}
    parts = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return {"role": role, "name": kept.name, "parts": parts, "hash": _seal(role, kept.name, parts)}


def of(connection: sa.Connection, role: str) -> tuple[Filter, ...]:
    """The filters of a role, by name. Raises DashboardError for one that was changed outside."""
    rows = connection.execute(sa.select(_TABLE).where(_TABLE.c.role == role)).all()
    if not all(map(_whole, rows)):
        raise errors.DashboardError(PLACE, "one was changed or damaged", "Verify the store.")
    found = (Filter(one.name, json.loads(one.parts)) for one in rows)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))


def put(connection: sa.Connection, role: str, kept: Filter) -> None:
    """Keep a filter whose name is free."""
    connection.execute(sa.insert(_TABLE).values(row(role, kept)))


def remove(connection: sa.Connection, role: str, name: str) -> None:
    """Forget a filter."""
    connection.execute(sa.delete(_TABLE).where(_TABLE.c.role == role, _TABLE.c.name == name))


def problems(connection: sa.Connection) -> Iterator[str]:
    """What a check of the whole store says of its saved filters; never a name."""
    for one in connection.execute(sa.select(_TABLE)):
        if not _whole(one):
            yield "a saved filter: was changed or damaged"


def text(connection: sa.Connection) -> str:
    """All filters as text for a backup, one a line, the same from every database."""
    rows = [dict(one._mapping) for one in connection.execute(sa.select(_TABLE))]
    return "".join(_line(one) for one in sorted(rows, key=lambda one: (one["role"], one["name"])))


def put_text(connection: sa.Connection, told: str) -> None:
    """Put the filters of a backup into a store. Raises DashboardError for another text."""
    rows = [_read(one) for one in told.splitlines(keepends=True)]
    if rows:
        connection.execute(sa.insert(_TABLE), rows)


def _line(values: Mapping[str, str]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True) + "\n"


def _read(line: str) -> dict[str, str]:
    try:
        told = json.loads(line)
        found = row(told["role"], Filter(told["name"], json.loads(told["parts"])))
        exact = _line(found) == line
    except (ValueError, TypeError, KeyError, AttributeError):
        exact = False
    if not exact:
        raise errors.DashboardError(f"{PLACE} of the backup", "are not as they were written")
    return found


def _whole(found: review_schema.Row) -> bool:
    try:
        return bool(found.hash == _seal(found.role, found.name, found.parts))
    except TypeError:  # a damaged cell may come back as bytes
        return False


def _seal(role: str, name: str, parts: str) -> str:
    content = json.dumps([role, name, parts], separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()
