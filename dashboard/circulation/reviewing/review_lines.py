"""The ledger as a text file: one event a line as JSON, in order, the same from every database.

A view kept with a decision has a line of its own before the first event that names it. What stands
for each record is not in the file: it follows from the events.
"""

import base64
import dataclasses
import itertools
import json
import os
import pathlib
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from circulation import errors
from circulation.reviewing import kept_views, ledger, review_schema, reviews
from circulation.reviewing.reviews import Field

PLACE = "reviews of the backup"
_AT_ONCE = 500
_VIEW = '{"content":'
_TYPES = {field.name: field.type for field in dataclasses.fields(ledger.Event)}


def line(event: ledger.Event) -> str:
    """One event has exactly one such line."""
    return f"{ledger.canonical(vars(event))}\n"


def view_line(view: kept_views.View) -> str:
    """One kept view has exactly one such line."""
    told = {"content": base64.b64encode(view.content).decode(), "view": view.hash}
    return json.dumps(told, sort_keys=True, separators=(",", ":")) + "\n"


def write(connection: sa.Connection, path: pathlib.Path) -> ledger.Anchor:
    """Write every event and view into a new file; raises DashboardError where one does not hold."""
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        review_schema.events_with_views()
    )
    with path.open("x", encoding="ascii") as out:
        checker = _Checker()
        for *fields, content in rows:
            event = ledger.Event(*fields)
            if content and event.new not in checker.views:
                view = kept_views.View(event.new, content)
                checker.view(view)
                out.write(view_line(view))
            checker.event(event)
            out.write(line(event))
        checker.end()
        out.flush()
        os.fsync(out.fileno())
    return ledger.Anchor(checker.head.sequence, checker.head.hash)


def read(path: pathlib.Path) -> Iterator[ledger.Event | kept_views.View]:
    """The lines of a file; raises DashboardError where one is not as it was written."""
    checker = _Checker()
    with path.open(encoding="ascii") as lines:
        for number, text in enumerate(lines, start=1):
            if text.startswith(_VIEW):
                view = _view(text, number)
                checker.view(view)
                yield view
            else:
                event = _event(text, number)
                checker.event(event)
                yield event
    checker.end()


def put(connection: sa.Connection, path: pathlib.Path) -> None:
    """Put all events of a file into an empty store, and what follows from them."""
    head = connection.execute(sa.select(review_schema.HEAD).with_for_update()).one()
    if tuple(head) != dataclasses.astuple(ledger.START):
        raise errors.DashboardError(
            "review store", "is in use; nothing was restored", "Restore into an empty store."
        )
    folded: dict[str, reviews.RecordReview] = {}
    last: ledger.Event | None = None
    lines = read(path)
    while some := list(itertools.islice(lines, _AT_ONCE)):
        views = [one for one in some if isinstance(one, kept_views.View)]
        events = [one for one in some if isinstance(one, ledger.Event)]
        named = [{"hash": one.hash, "content": one.content} for one in views]
        _put_rows(connection, review_schema.VIEWS, named)
        _put_rows(connection, review_schema.EVENTS, [vars(one) for one in events])
        for event in events:
            before = folded.get(event.record_id) or reviews.RecordReview(event.record_id)
            folded[event.record_id] = reviews.follow(before, event)
            last = event
    if last is None:
        return
    states = [review_schema.values(review) for review in folded.values()]
    connection.execute(sa.insert(review_schema.STATES), states)
    connection.execute(sa.update(review_schema.HEAD).values(vars(ledger.head_after(last))))


def _put_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


class _Checker:
    """Follows the chain line by line: each event in its place, each view whole and named."""

    def __init__(self) -> None:
        self.head = ledger.START
        self.views: set[str] = set()
        self._unnamed: set[str] = set()

    def view(self, view: kept_views.View) -> None:
        if not view.whole or view.hash in self.views:
            self._refuse(f"the view before event {self.head.sequence + 1} is not as it was kept")
        self.views.add(view.hash)
        self._unnamed.add(view.hash)

    def event(self, event: ledger.Event) -> None:
        for fault in ledger.faults(self.head, event):
            self._refuse(fault)
        if event.field == Field.AS_SEEN and event.new:
            if event.new not in self.views:
                self._refuse(f"the view kept with event {event.sequence} is missing")
            self._unnamed.discard(event.new)
        self.head = ledger.head_after(event)

    def end(self) -> None:
        if self._unnamed:
            self._refuse("it holds a view that no decision names")

    def _refuse(self, fault: str) -> None:
        raise errors.DashboardError("review store", fault, "Verify it; use another backup.")


def _view(text: str, number: int) -> kept_views.View:
    try:
        told = json.loads(text)
        found = kept_views.View(told["view"], base64.b64decode(told["content"], validate=True))
        exact = view_line(found) == text
    except (ValueError, TypeError, KeyError):
        exact = False
    if not exact:
        raise errors.DashboardError(f"{PLACE}, line {number}", "is not a view as it was kept")
    return found


def _event(text: str, number: int) -> ledger.Event:
    try:
        found = ledger.Event(**json.loads(text))
        exact = line(found) == text
    except (ValueError, TypeError):
        exact = False
    if not exact or any(type(getattr(found, name)) is not kind for name, kind in _TYPES.items()):
        raise errors.DashboardError(f"{PLACE}, line {number}", "is not an event as it was written")
    return found
