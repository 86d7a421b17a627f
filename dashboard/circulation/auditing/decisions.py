"""The decisions of one record: each sign-off, what stood after it, and the view it was made on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from circulation.reviewing import ledger, review_rules, reviews
from circulation.reviewing.reviews import Field


@dataclass(frozen=True, slots=True)
class Decision:
    """One sign-off. ``view`` is the seal of the kept view, '' where none was kept."""

    sequence: int
    at: datetime
    actor: str
    data_set: str
    knowledge: str
    review: reviews.RecordReview
    view: str


def of(history: Sequence[ledger.Event]) -> tuple[Decision, ...]:
    """The decisions in a record's history (oldest event first), the latest decision first."""
    return tuple(reversed(tuple(_signed(history))))


def _signed(history: Sequence[ledger.Event]) -> Iterator[Decision]:
    stood = reviews.RecordReview(history[0].record_id) if history else reviews.RecordReview("")
    for event in history:
        stood = reviews.follow(stood, event)
        if (event.field, event.new) == review_rules.SIGNED:
            yield Decision(
                sequence=event.sequence,
                at=reviews.moment(event.ordered_at),
                actor=event.actor,
                data_set=event.data_set,
                knowledge=event.knowledge,
                review=stood,
                view=stood.value(Field.AS_SEEN),
            )
