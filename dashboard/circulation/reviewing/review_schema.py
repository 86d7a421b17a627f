"""The tables of the review store and their rows as values; the same on every database.

review_events  the ledger: one row per event, never changed
review_states  one row per record with events: what stands, kept for speed and proven by the fold
review_head    one row: where the chain ends; writers lock it
review_views   one row per view that a sign-off was made on, named by the seal in its event
review_filters one row per saved filter of the worklist; readers may change and delete them
"""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from circulation import errors
from circulation.reviewing import kept_views, ledger, reviews

Row: TypeAlias = sa.Row[*tuple[Any, ...]]
Select: TypeAlias = sa.Select[*tuple[Any, ...]]

METADATA = sa.MetaData()

EVENTS = sa.Table(
    "review_events",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("act", sa.Integer, nullable=False),
    *(
        sa.Column(field.name, sa.Text, nullable=False)
        for field in dataclasses.fields(ledger.Event)
        if field.name not in ("sequence", "act")
    ),
    sa.Index("review_events_of_record", "record_id", "sequence"),
    sqlite_strict=True,
)

STATES = sa.Table(
    "review_states",
    METADATA,
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("version", sa.ForeignKey(EVENTS.c.sequence), nullable=False, index=True),
    sa.Column("last_at", sa.Text, nullable=False),
    sa.Column("last_actor", sa.Text, nullable=False),
    sa.Column("standing", sa.Text, nullable=False),
    sqlite_strict=True,
)

HEAD = sa.Table(
    "review_head",
    METADATA,
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("ordered_at", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sqlite_strict=True,
)

VIEWS = sa.Table(
    "review_views",
    METADATA,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sqlite_strict=True,
)

FILTERS = sa.Table(
    "review_filters",
    METADATA,
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("parts", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sqlite_strict=True,
)

_EVENT_COLUMNS = [EVENTS.c[field.name] for field in dataclasses.fields(ledger.Event)]


def create(connection: sa.Connection) -> None:
    """The empty tables, and the head of an empty chain."""
    METADATA.create_all(connection, checkfirst=False)  # never adopt a table of others
    connection.execute(sa.insert(HEAD).values(dataclasses.asdict(ledger.START)))


def events_in_order() -> Select:
    """The whole ledger, from the first event to the last."""
    return sa.select(*_EVENT_COLUMNS).order_by(EVENTS.c.sequence)


def events_with_views() -> Select:
    """The whole ledger, each event with the content of the view it names, NULL for none."""
    names = (EVENTS.c.field == reviews.Field.AS_SEEN.value) & (EVENTS.c.new == VIEWS.c.hash)
    both = EVENTS.outerjoin(VIEWS, names)
    columns = (*_EVENT_COLUMNS, VIEWS.c.content)
    return sa.select(*columns).select_from(both).order_by(EVENTS.c.sequence)


def events_about(fields: Iterable[str]) -> Select:
    """The events of some fields, in order."""
    return events_in_order().where(EVENTS.c.field.in_([str(field) for field in fields]))


def view_of(seal: str) -> Select:
    """The kept view of a seal."""
    return sa.select(VIEWS).where(VIEWS.c.hash == seal)


def view(row: Row) -> kept_views.View:
    """The view of a row."""
    return kept_views.View(row.hash, row.content)


def event(row: Row) -> ledger.Event:
    """The columns are the event's fields, in their order."""
    return ledger.Event(*row)


def states_after(version: int) -> Select:
    """The records that changed after a version of the store."""
    return sa.select(STATES).where(STATES.c.version > version)


def state_of(record_id: str) -> Select:
    """What stands for one record."""
    return sa.select(STATES).where(STATES.c.record_id == record_id)


def states_of(record_ids: Sequence[str]) -> Select:
    """What stands for some records."""
    return sa.select(STATES).where(STATES.c.record_id.in_(record_ids))


def events_of(record_id: str) -> Select:
    """The events of one record, in order."""
    return events_in_order().where(EVENTS.c.record_id == record_id)


def review(row: Row) -> reviews.RecordReview:
    """Raises DashboardError for a row that no save has written."""
    try:
        standing = reviews.standing_from(row.standing)
    except (ValueError, TypeError) as fault:
        raise errors.DashboardError(
            "review store", "what stands for a record is damaged", "Verify the store."
        ) from fault
    return reviews.RecordReview(
        record_id=row.record_id,
        version=row.version,
        last_at=row.last_at,
        last_actor=row.last_actor,
        standing=standing,
    )


def values(review: reviews.RecordReview) -> dict[str, object]:
    """A review as the values of its row."""
    return {
        "record_id": review.record_id,
        "version": review.version,
        "last_at": review.last_at,
        "last_actor": review.last_actor,
        "standing": reviews.standing_text(review),
    }
