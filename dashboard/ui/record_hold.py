"""What the reader of a record has before them; what is newer is announced, not swapped in.

The review stays as it was drawn, but for the reader's own saves, until the reader takes the newer
one. A save on it is then refused as a conflict, so nothing of anybody is overwritten.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from circulation.knowledge_base import columns
from circulation.records import recorded
from circulation.reviewing import ledger, reviews
from ui import session, shared_data

_KEPT = "record_drawn"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The review as it was drawn first, on which data and answers of the intake, and when."""

    review: reviews.RecordReview
    data_version: str
    answers: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What is newer than the page: events of others, or other records with this one's answers the
    same (True), others (False) or gone (None)."""

    since: datetime
    events: tuple[ledger.Event, ...]
    other_data: bool
    same_answers: bool | None


def review(record_id: str) -> reviews.RecordReview:
    """The review of the open record as its reader has it before them."""
    kept = _kept(record_id)
    if kept is None:
        now = shared_data.reviews().current(record_id)
        data = shared_data.loaded().table.version
        answers = _answers(record_id) or ()
        session.keep(_KEPT, Drawn(now, data, answers, session.local_now()))
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
    other_data = shared_data.data_version() != kept.data_version
    now = shared_data.reviews().current(record_id)
    if now.version == kept.review.version and not other_data:
        return None
    events = shared_data.reviews().history(record_id) if now.version != kept.review.version else ()
    newer = tuple(event for event in events if event.sequence > kept.review.version)
    answers = _answers(record_id) if other_data else kept.answers
    same = None if answers is None else answers == kept.answers
    return News(kept.at, newer, other_data, same)


def _answers(record_id: str) -> tuple[str, ...] | None:
    """All that the intake says of a record; None where it is not loaded."""
    table = shared_data.loaded().table
    row = table.row_of(record_id)
    if row is None:
        return None
    layout = columns.of(shared_data.knowledge())
    return tuple(recorded.text(table, column.name, row) for column in layout)


def _kept(record_id: str) -> Drawn | None:
    found: Drawn | None = session.kept(_KEPT, None)
    return found if found and found.review.record_id == record_id else None
