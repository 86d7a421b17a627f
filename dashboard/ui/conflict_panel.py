"""A save that came too late: what differs between the reader's version and what stands now."""

from circulation.knowledge_base import knowledge
from circulation.reviewing import conflicts, event_words, review_store, reviews
from circulation.reviewing.conflicts import Difference
from circulation.reviewing.reviews import Field
from ui import desk, frame, markup, session, words
from ui.markup import Html

LONGEST = 200
"""Characters of a value that are shown; the whole of what was typed still stands in its box."""


def show(fault: desk.Fault, known: knowledge.Knowledge) -> None:
    """Both versions side by side, only where they differ; nothing for another kind of refusal."""
    if not isinstance(fault.error, review_store.Conflict):
        return
    theirs = fault.error.current
    found = conflicts.compare(fault.before, fault.tried, theirs)
    heads = ("", "On your page", f"What stands now, by {_by(theirs)}")
    rows = [_row(one, known) for one in found.differs]
    frame.sheet(fault.record_id, markup.join([markup.table(heads, rows), _same(found.same)]))


def _row(one: Difference, known: knowledge.Knowledge) -> tuple[str, ...]:
    mine = _value(one, one.mine, known)
    said = f"{mine} (not saved)" if one.typed else mine
    return event_words.named(one.field, one.about, known), said, _value(one, one.theirs, known)


def _value(one: Difference, value: str, known: knowledge.Knowledge) -> str:
    if not value and one.field == Field.STATE:
        value = reviews.State.WAITING
    said = event_words.value(Field(one.field), one.about, value, known) or "nothing"
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}..."


def _same(count: int) -> Html:
    if not count:
        return markup.NOTHING
    entries = words.counted(count, "other entry is", "other entries are")
    return markup.small(markup.text(f"{entries} the same in both."))


def _by(theirs: reviews.RecordReview) -> str:
    at = session.local(reviews.moment(theirs.last_at))
    return f"{theirs.last_actor}, {words.day(at.date())} {words.clock(at)}"
