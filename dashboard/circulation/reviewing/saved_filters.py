"""Filters of the worklist under a name, kept per role beside the reviews.

A filter is parts of an address: codes of tabs, urgencies, sites and the like, never a record id.
Without sign-in all who work in a role share its filters, on every server of one database.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from circulation import access, durable, errors
from circulation.reviewing import kept_filters, review_fields, review_store
from circulation.reviewing.kept_filters import PLACE, Filter

MOST = 20
LONGEST_NAME = 40
OLDER_FILE = "saved_filters.json"
"""Where form 2 of the store kept them, for one server and outside the backup."""


def of(store: review_store.ReviewStore, role: access.Role) -> tuple[Filter, ...]:
    """The filters of a role, by name."""
    access.check(role, access.Act.SEE_RECORDS)
    return store.read(lambda found: kept_filters.of(found, role))


def save(store: review_store.ReviewStore, role: access.Role, new: Filter, *, today: date) -> None:
    """Keep a filter; one of the same name is replaced.

    Raises DashboardError for a name that could name a person, and when there are too many.
    """
    access.check(role, access.Act.SEE_RECORDS)
    name = _checked(new.name, today)

    def act(connection: sa.Connection) -> None:
        held = kept_filters.of(connection, role)
        same = [one for one in held if one.name.casefold() == name.casefold()]
        if not same and len(held) >= MOST:
            raise errors.DashboardError(PLACE, f"{MOST} are kept already", "Delete one first.")
        for one in same:
            kept_filters.remove(connection, role, one.name)
        kept_filters.put(connection, role, Filter(name, new.parts))

    store.change(act)


def rename(
    store: review_store.ReviewStore, role: access.Role, name: str, new: str, *, today: date
) -> None:
    """Give a filter another name. Raises DashboardError when another one has it."""
    access.check(role, access.Act.SEE_RECORDS)
    wanted = _checked(new, today)

    def act(connection: sa.Connection) -> None:
        held = kept_filters.of(connection, role)
        if any(one.name.casefold() == wanted.casefold() for one in held if one.name != name):
            raise errors.DashboardError(PLACE, "another one has this name", "Choose another name.")
        for one in held:
            if one.name == name:
                kept_filters.remove(connection, role, name)
                kept_filters.put(connection, role, Filter(wanted, one.parts))

    store.change(act)


def delete(store: review_store.ReviewStore, role: access.Role, name: str) -> None:
    """Forget a filter."""
    access.check(role, access.Act.SEE_RECORDS)
    store.change(lambda connection: kept_filters.remove(connection, role, name))


def take_over(store: review_store.ReviewStore, folder: Path) -> None:
    """Put the filters that form 2 kept in a file of a folder into the store, and set it aside.

    A name that the store has already stays as it is there; what cannot be read stays in the file.
    """
    path = folder / OLDER_FILE
    if not path.exists():
        return
    older = _older(path)

    def act(connection: sa.Connection) -> None:
        for role, filters in older.items():
            names = {one.name.casefold() for one in kept_filters.of(connection, role)}
            for one in filters:
                if one.name.casefold() not in names:
                    kept_filters.put(connection, role, one)
                    names.add(one.name.casefold())

    store.change(act)
    with contextlib.suppress(FileNotFoundError):  # another server of the folder was first
        path.replace(path.with_name(f"{path.name}.form-2"))
        durable.sync(folder)


def _older(path: Path) -> dict[access.Role, list[Filter]]:
    try:
        found = json.loads(path.read_text("utf-8"))
        return {access.Role(role): [_filter(one) for one in some] for role, some in found.items()}
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _filter(told: Mapping[str, Mapping[str, Sequence[str]]]) -> Filter:
    parts = {str(name): [str(code) for code in codes] for name, codes in told["parts"].items()}
    return Filter(str(told["name"]), parts)


def _checked(name: str, today: date) -> str:
    told = name.strip()
    if not told:
        raise errors.DashboardError(PLACE, "the name is blank", "Give it a name.")
    review_fields.check_free_text(told, today, longest=LONGEST_NAME, place="name of the filter")
    return told
