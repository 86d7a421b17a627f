"""What the reader of a record has before them; what is newer is announced, not swapped in.

The review stays as it was drawn, but for the reader's own saves, until the reader takes the newer
one. A save on it is then refused as a conflict, so nothing of anybody is overwritten.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from circulation.judgement import explanation
from circulation.reviewing import ledger, reviews
from ui import session

_KEPT = "record_drawn"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The review as it was drawn first, on which data, and when."""

    review: reviews.RecordReview
    data_version: str
    assessed: explanation.RecordAssessment
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What is newer than the page: events of others, or other records with this one's answers the
    same (True), others (False) or gone (None)."""

    since: datetime
    events: tuple[ledger.Event, ...]
    other_data: bool
    same_answers: bool | None


def review(assessed: explanation.RecordAssessment) -> reviews.RecordReview:
    """The review of the open record as its reader has it before them."""
    kept = _kept(assessed.record_id)
    if kept is None:
        now = session.reviews().current(assessed.record_id)
        data = session.loaded().table.version
        session.keep(_KEPT, Drawn(now, data, assessed, session.local_now()))
        return now
    return kept.review


def take_new() -> None:
    """Let go of the record as it was drawn."""
    session.keep(_KEPT, None)


def note_own(after: reviews.RecordReview) -> None:
    """The reader's own save is what they have before them now."""
    if kept := _kept(after.record_id):
        session.keep(_KEPT, replace(kept, review=after))


def news(record_id: str) -> News | None:
    """What is newer than the page of a record, None for nothing."""
    kept = _kept(record_id)
    if kept is None:
        return None
    other_data = session.data_version() != kept.data_version
    now = session.reviews().current(record_id)
    if now.version == kept.review.version and not other_data:
        return None
    events = session.reviews().history(record_id) if now.version != kept.review.version else ()
    newer = tuple(event for event in events if event.sequence > kept.review.version)
    assessed = _assessed(record_id) if other_data else kept.assessed
    same = None if assessed is None else assessed == kept.assessed
    return News(kept.at, newer, other_data, same)


def _assessed(record_id: str) -> explanation.RecordAssessment | None:
    table = session.loaded().table
    row = table.row_of(record_id)
    return None if row is None else explanation.explain(table, row, session.knowledge())


def _kept(record_id: str) -> Drawn | None:
    found: Drawn | None = session.kept(_KEPT, None)
    return found if found and found.review.record_id == record_id else None
