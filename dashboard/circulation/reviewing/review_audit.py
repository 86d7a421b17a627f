"""The proof of the whole store: the chain holds, what stands is the fold of the events, and each
view kept with a decision is the one that its event names; saved filters are as they were kept."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from circulation.reviewing import kept_filters, ledger, review_schema, review_sqlite, reviews
from circulation.reviewing.reviews import Field

_ROWS_AT_ONCE = 2000
_VIEWS_AT_ONCE = 50  # some 15 KB each


def verify(
    connection: sa.Connection,
    anchor: ledger.Anchor | None,
    damage: Callable[[sa.Connection], tuple[str, ...]],
) -> ledger.Verification:
    """Walk every event once. A problem names its place, never a value.

    `damage` is what the database finds wrong with itself. `anchor` is a count and seal noted
    earlier outside the store; only it shows a tail cut whole.
    """
    walk = _Walk(anchor)
    problems: list[str] = []
    try:
        problems += damage(connection)
        problems += walk.events(connection)
        problems += walk.head_row(connection)
        problems += walk.states(connection)
        problems += walk.views(connection)
        problems += kept_filters.problems(connection)
    except review_sqlite.FAULTS as fault:
        told = review_sqlite.words(fault)
        problems.append(f"{review_sqlite.PLACE}: cannot be read to the end: {told}")
    return ledger.Verification(ledger.Anchor(walk.head.sequence, walk.head.hash), tuple(problems))


class _Walk:
    """What was gathered on the way along the chain."""

    def __init__(self, anchor: ledger.Anchor | None) -> None:
        self.head = ledger.START
        self._anchor = anchor
        self._folded: dict[str, reviews.RecordReview] = {}
        self._named: dict[str, int] = {}  # seals of views, with the first event that names each

    def events(self, connection: sa.Connection) -> Iterator[str]:
        rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(
            review_schema.events_in_order()
        )
        for row in rows:
            event = review_schema.event(row)
            found = ledger.faults(self.head, event)
            yield from found
            if not found:
                before = self._folded.get(event.record_id)
                before = before or reviews.RecordReview(event.record_id)
                self._folded[event.record_id] = reviews.follow(before, event)
            if event.field == Field.AS_SEEN and event.new:
                self._named.setdefault(event.new, event.sequence)
            self.head = ledger.head_after(event)
            yield from self._at_anchor(event)
        if self._anchor and self._anchor.count > self.head.sequence:
            yield (
                f"end of the ledger: {self._anchor.count} events were noted outside, "
                f"{self.head.sequence} are here"
            )

    def _at_anchor(self, event: ledger.Event) -> Iterator[str]:
        noted = self._anchor
        if noted and event.sequence == noted.count and event.hash != noted.head_hash:
            yield f"event {event.sequence}: is not the one that was noted outside"

    def head_row(self, connection: sa.Connection) -> Iterator[str]:
        rows = connection.execute(sa.select(review_schema.HEAD)).all()
        if [tuple(row) for row in rows] != [
            (self.head.sequence, self.head.ordered_at, self.head.hash)
        ]:
            yield "head of the ledger: is not the last event"

    def states(self, connection: sa.Connection) -> Iterator[str]:
        rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(
            sa.select(review_schema.STATES)
        )
        left = self._folded
        for row in rows:
            told = left.pop(row.record_id, None)
            if told is None or row._asdict() != review_schema.values(told):
                yield f"state at event {row.version}: does not follow from the events"
        for review in left.values():
            yield f"state at event {review.version}: is missing"

    def views(self, connection: sa.Connection) -> Iterator[str]:
        rows = connection.execution_options(yield_per=_VIEWS_AT_ONCE).execute(
            sa.select(review_schema.VIEWS)
        )
        left = dict(self._named)
        for row in rows:
            named = left.pop(row.hash, None)
            if named is None:
                yield "a kept view: no decision names it"
            elif not review_schema.view(row).whole:
                yield f"view kept with event {named}: was changed or damaged"
        yield from (f"view kept with event {named}: is missing" for named in left.values())
