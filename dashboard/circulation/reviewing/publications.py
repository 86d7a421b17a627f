"""What was published of pooled figures, kept in the ledger: one event for each quarter, for good.

A quarter is looked at once, by whichever server comes first, and what it gave never changes: late
results and corrections cannot be seen as a difference. The event says so where nothing was given,
and a backup holds it like every other event.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from circulation import access, quarters
from circulation.reviewing import ledger, review_rows, review_schema, review_store, reviews
from circulation.reviewing.reviews import Field

ACTOR = "dashboard"


@dataclass(frozen=True, slots=True)
class Line:
    """Figures that were published together: rounded counts of what is up to a quarter.

    They begin after the line of the same kind and name that was published before.
    """

    kind: str
    name: str
    through: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published when a quarter was over; often nothing."""

    quarter: int
    lines: tuple[Line, ...]


def of(store: review_store.ReviewStore) -> tuple[Publication, ...]:
    """All publications, the first one first."""
    events = store.said(Field.PUBLISHED)
    return tuple(_read(event.new) for event in events)


def put(
    store: review_store.ReviewStore,
    quarter: int,
    lines: Iterable[Line],
    *,
    role: access.Role,
    now: datetime,
    data_set: str,
    knowledge: str,
) -> None:
    """Publish a quarter, unless it is published already; then that stands and this is dropped."""
    access.check(role, access.Act.SEE_POOLED_FIGURES)
    name = f"pooled figures {quarters.code(quarter)}"  # no record has blanks in its id
    entry = ledger.Entry(
        at=ledger.utc_text(now),
        actor=ACTOR,
        role=role,
        record_id=name,
        field=Field.PUBLISHED,
        about="",
        old="",
        new=_text(Publication(quarter, tuple(lines))),
        reason="",
        data_set=data_set,
        knowledge=knowledge,
    )

    def act(connection: sa.Connection) -> None:
        if connection.execute(review_schema.state_of(name)).one_or_none():
            return
        head = ledger.Head(*connection.execute(sa.select(review_schema.HEAD)).one())
        (event,) = ledger.seal(head, [entry])
        before = reviews.RecordReview(name)
        review_rows.put(connection, [event], view=b"")
        review_rows.replace(connection, before, reviews.follow(before, event))
        review_rows.move_head(connection, head, ledger.head_after(event))

    store.change(act)


def _text(published: Publication) -> str:
    lines = [
        {"kind": one.kind, "name": one.name, "through": one.through, "counts": dict(one.counts)}
        for one in published.lines
    ]
    told = {"quarter": published.quarter, "lines": lines}
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _read(text: str) -> Publication:
    told = json.loads(text)
    return Publication(told["quarter"], tuple(Line(**line) for line in told["lines"]))
