"""The rows that one save writes, inside its transaction: events, view, what stands, the head."""

import dataclasses
from collections.abc import Sequence

import sqlalchemy as sa

from circulation.reviewing import kept_views, ledger, review_schema, reviews


def put(connection: sa.Connection, events: Sequence[ledger.Event], *, view: bytes) -> None:
    """The events of a save, and the view that one of them names."""
    connection.execute(
        sa.insert(review_schema.EVENTS), [dataclasses.asdict(event) for event in events]
    )
    _keep_view(connection, view, events)


def _keep_view(connection: sa.Connection, content: bytes, events: Sequence[ledger.Event]) -> None:
    """The view that an event names, once however many name it."""
    seal = kept_views.seal(content)
    named = any(event.field == reviews.Field.AS_SEEN and event.new == seal for event in events)
    if content and named and not connection.execute(review_schema.view_of(seal)).one_or_none():
        row = {"hash": seal, "content": content}
        connection.execute(sa.insert(review_schema.VIEWS).values(row))


def replace(
    connection: sa.Connection, before: reviews.RecordReview, after: reviews.RecordReview
) -> None:
    """What stands for a record after a save, in the place of what stood."""
    table = review_schema.STATES
    row = review_schema.values(after)
    if before.version == 0:
        connection.execute(sa.insert(table).values(row))
        return
    same = (table.c.record_id == before.record_id) & (table.c.version == before.version)
    moved = connection.execute(sa.update(table).where(same).values(row))
    assert moved.rowcount == 1, "the state was read in this transaction"


def move_head(connection: sa.Connection, head: ledger.Head, to: ledger.Head) -> None:
    """The end of the chain after a save."""
    table = review_schema.HEAD
    moved = connection.execute(
        sa.update(table).where(table.c.sequence == head.sequence).values(dataclasses.asdict(to))
    )
    assert moved.rowcount == 1, "the head was locked in this transaction"
