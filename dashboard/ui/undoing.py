"""Undo of the reader's last save: what it was, the button beside it, and what became of it.

An undo is a save of its own, by new events. It is refused when somebody else saved since.
"""

from dataclasses import dataclass

import streamlit as st

from circulation import errors
from circulation.knowledge_base import knowledge
from circulation.reviewing import event_words, review_fields, reviews
from ui import address, desk, session, shared_data, signing, walking, words

STATE_WORDS = {
    reviews.State.WAITING: "put back",
    reviews.State.IN_PROGRESS: "opened",
    reviews.State.REVIEWED: "marked reviewed",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """An undo that was asked for: of which save, when, and why not if it was refused."""

    last: desk.Last
    at: str
    refused: errors.DashboardError | None


def line(known: knowledge.Knowledge) -> bool:
    """What was saved or undone last, with the way to take a save back; whether there was any."""
    last, tried = desk.last(), session.kept("undo_tried", None)
    if isinstance(tried, Tried) and (last is None or tried.last == last):
        _told(tried, known)
    elif last:
        named = "" if last.record_id == desk.taken() else f" {words.escape(last.record_id)}"
        st.caption(f":material/check: Saved {last.at}{named}", width="content")
    if last and not any(review_fields.FIELDS[c.field].lasting for c in last.changes):
        st.button(
            "Undo",
            key="undo",
            shortcut="U",
            icon=":material/undo:",
            type="tertiary",
            help=f"Take back: {_what(last, known)}",
            on_click=undo,
        )
    return bool(last or tried)


def undo() -> None:
    """Take back the last save, and lay its record open."""
    last = desk.last()
    shown = desk.find(last.record_id) if last else None
    if last is None or shown is None:
        return
    at = words.clock(session.local_now())
    try:
        after = shared_data.reviews().undo(
            last.record_id,
            actor=session.actor(),
            role=session.role(),
            expected_version=last.version,
            now=session.now(),
            basis=signing.with_view(shown.basis, shown.assessed, shown.review),
        )
    except errors.DashboardError as error:
        session.keep("undo_tried", Tried(last, at, error))
        return
    session.keep("undo_tried", Tried(last, at, None))
    desk.forget_last(after)
    walking.note_own(last.record_id, after.version)
    if address.part(desk.ADDRESS) not in ("", last.record_id):
        desk.go_on(last.record_id)
    elif desk.taken() != last.record_id:
        desk.take(last.record_id)


def _told(tried: Tried, known: knowledge.Knowledge) -> None:
    what = _what(tried.last, known)
    if tried.refused:
        why = words.escape(tried.refused.fault)
        st.caption(f":material/error: :red[**Not undone**], {what}: {why}", width="content")
    else:
        st.caption(f":material/undo: Undone {tried.at}: {what}", width="content")


def _what(last: desk.Last, known: knowledge.Knowledge) -> str:
    """The last change of a save in words; of another record than the open one, its id too."""
    change = last.changes[-1]
    about = known.test[change.about].label if change.about in known.test else ""
    if change.field is reviews.Field.STATE:
        said = STATE_WORDS[reviews.State(change.new)]
    elif change.field is reviews.Field.TEST_STATUS:
        said = f"{about} {review_fields.plain(change.new) or 'as at intake'}"
    else:
        said = event_words.named(change.field, change.about, known)
    named = "" if last.record_id == desk.taken() else f"{last.record_id} "
    return words.escape(f"{named}{said}")
