"""The ledger as a text file: one event a line as JSON, in order, the same from every database.

What stands for each record is not in it: it follows from the events.
"""

import dataclasses
import json
import os
import pathlib
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from circulation import errors
from circulation.reviewing import ledger, review_schema, reviews

PLACE = "reviews of the backup"
_AT_ONCE = 2000
_TYPES = {field.name: field.type for field in dataclasses.fields(ledger.Event)}


def line(event: ledger.Event) -> str:
    """One event has exactly one such line."""
    return json.dumps(vars(event), sort_keys=True, separators=(",", ":"), ensure_ascii=True) + "\n"


def write(connection: sa.Connection, path: pathlib.Path) -> ledger.Anchor:
    """Write every event into a new file; raises DashboardError where the chain does not hold."""
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(review_schema.events_in_order())
    with path.open("x", encoding="ascii") as out:
        head = ledger.START
        for event in _checked(review_schema.event(row) for row in rows):
            out.write(line(event))
            head = ledger.head_after(event)
        out.flush()
        os.fsync(out.fileno())
    return ledger.Anchor(head.sequence, head.hash)


def read(path: pathlib.Path) -> Iterator[ledger.Event]:
    """The events of a file; raises DashboardError where one is not as it was written."""
    with path.open(encoding="ascii") as lines:
        yield from _checked(_event(text, number) for number, text in enumerate(lines, start=1))


def put(connection: sa.Connection, path: pathlib.Path) -> None:
    """Put all events of a file into an empty store, and what follows from them."""
    head = connection.execute(sa.select(review_schema.HEAD).with_for_update()).one()
    if tuple(head) != dataclasses.astuple(ledger.START):
        raise errors.DashboardError(
            "review store", "is in use; nothing was restored", "Restore into an empty store."
        )
    folded: dict[str, reviews.RecordReview] = {}
    last: ledger.Event | None = None
    for event in read(path):
        connection.execute(sa.insert(review_schema.EVENTS).values(vars(event)))
        before = folded.get(event.record_id) or reviews.RecordReview(event.record_id)
        folded[event.record_id] = reviews.follow(before, event)
        last = event
    if last is None:
        return
    states = [review_schema.values(review) for review in folded.values()]
    connection.execute(sa.insert(review_schema.STATES), states)
    connection.execute(sa.update(review_schema.HEAD).values(vars(ledger.head_after(last))))


def _checked(events: Iterable[ledger.Event]) -> Iterator[ledger.Event]:
    head = ledger.START
    for event in events:
        found = ledger.faults(head, event)
        if found:
            raise errors.DashboardError("review store", found[0], "Verify it; use another backup.")
        head = ledger.head_after(event)
        yield event


def _event(text: str, number: int) -> ledger.Event:
    try:
        found = ledger.Event(**json.loads(text))
        exact = line(found) == text
    except (ValueError, TypeError):
        exact = False
    if not exact or any(type(getattr(found, name)) is not kind for name, kind in _TYPES.items()):
        raise errors.DashboardError(f"{PLACE}, line {number}", "is not an event as it was written")
    return found
