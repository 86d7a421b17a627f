"""Filters of the worklist under a name, kept per role in one file of the store.

A filter is parts of an address: codes of tabs, urgencies, sites and the like, never a record id.
Without sign-in all who work in a role share its filters.
"""

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from circulation import access, durable, errors
from circulation.reviewing import review_fields

FILE = "saved_filters.json"
MOST = 20
LONGEST_NAME = 40
PLACE = "saved filters"


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name and the parts of the address that it stands for, with their codes."""

    name: str
    parts: Mapping[str, Sequence[str]]


def of(store: Path, role: access.Role) -> tuple[Filter, ...]:
    """The filters of a role, by name."""
    access.check(role, access.Act.SEE_RECORDS)
    return _read(store).get(role, ())


def save(store: Path, role: access.Role, new: Filter, *, today: date) -> None:
    """Keep a filter; one of the same name is replaced.

    Raises DashboardError for a name that could name a person, and when there are too many.
    """
    name = _checked(new.name, today)
    with _changing(store, role) as held:
        held[:] = [one for one in held if one.name.casefold() != name.casefold()]
        if len(held) >= MOST:
            raise errors.DashboardError(PLACE, f"{MOST} are kept already", "Delete one first.")
        held.append(Filter(name, new.parts))


def rename(store: Path, role: access.Role, name: str, new: str, *, today: date) -> None:
    """Give a filter another name. Raises DashboardError when another one has it."""
    wanted = _checked(new, today)
    with _changing(store, role) as held:
        if any(one.name.casefold() == wanted.casefold() for one in held if one.name != name):
            raise errors.DashboardError(PLACE, "another one has this name", "Choose another name.")
        held[:] = [Filter(wanted, one.parts) if one.name == name else one for one in held]


def delete(store: Path, role: access.Role, name: str) -> None:
    """Forget a filter."""
    with _changing(store, role) as held:
        held[:] = [one for one in held if one.name != name]


def _checked(name: str, today: date) -> str:
    told = name.strip()
    if not told:
        raise errors.DashboardError(PLACE, "the name is blank", "Give it a name.")
    review_fields.check_free_text(told, today, longest=LONGEST_NAME, place="name of the filter")
    return told


@contextmanager
def _changing(store: Path, role: access.Role) -> Iterator[list[Filter]]:
    """The filters of a role, to be changed by one writer at a time and written whole."""
    access.check(role, access.Act.SEE_RECORDS)
    with (store / f".{FILE}.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        every = {one: list(some) for one, some in _read(store).items()}
        held = every.setdefault(role, [])
        yield held
        told = {
            one.value: [{"name": each.name, "parts": dict(each.parts)} for each in some]
            for one, some in every.items()
        }
        durable.write(store / FILE, json.dumps(told, indent=1))


def _read(store: Path) -> dict[access.Role, tuple[Filter, ...]]:
    path = store / FILE
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
        return {
            access.Role(role): tuple(
                sorted((_filter(one) for one in some), key=lambda one: one.name.casefold())
            )
            for role, some in found.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise errors.DashboardError(
            PLACE, f"the file {FILE} in the store is damaged", "Remove it; no review is in it."
        ) from fault


def _filter(told: Mapping[str, Mapping[str, Sequence[str]]]) -> Filter:
    parts = {str(name): [str(code) for code in codes] for name, codes in told["parts"].items()}
    return Filter(str(told["name"]), parts)
