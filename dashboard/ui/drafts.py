"""Words that were being typed when the server was started again: none is lost without a word.

A page that was open meanwhile goes on in a new session. Its address names the record; its browser
still holds the words, and gives them back when the box is first drawn without a value put into it.
"""

import streamlit as st

from circulation import errors
from circulation.reviewing.reviews import Field
from ui import desk, desk_acts, session, spots, words

_BEGUN, _HELD, _FOUND = "drafts_begun", "drafts_held", "drafts_found"
ANEW = (
    "This page began anew: it was opened by its address, or the server was started again. What was "
    "typed before and not said to be saved is not saved."
)


def begin(widget: str, stored: str) -> str:
    """What the note's box is to be drawn with, its value put into it or not."""
    if not session.kept(_BEGUN, False):
        session.keep(f"{widget} as put", stored)
        return stored
    if not desk.typed(widget):
        session.put(widget, stored)
    return ""


def end(shown: desk.Open, widget: str, entered: str) -> None:
    """After the box was drawn: words that only the browser knew are held and said to be unsaved."""
    if session.kept(_BEGUN, False):
        return
    session.keep(_BEGUN, True)
    if entered == shown.review.note or shown.closed:
        return
    session.keep(_HELD, shown.record_id)
    desk.refuse(
        shown,
        errors.DashboardError(
            "note", "not saved: the server was started again while it was typed", "Save it now."
        ),
    )
    desk.hold(widget)
    st.rerun()


def show(shown: desk.Open) -> None:
    """What became of the words, with the way to save them."""
    if not session.kept(_BEGUN, False) and desk.named_by_address():
        session.keep(_FOUND, shown.record_id)
    last = desk.last()
    if last:
        session.keep(_FOUND, "")  # who has saved since has read it
    if last and last.record_id == shown.record_id:
        return
    if session.kept(_HELD, "") == shown.record_id and desk.fault():
        widget = spots.widget(Field.NOTE, shown.record_id)
        st.button(
            "Save my note now",
            type="primary",
            on_click=desk_acts.enter,
            args=(shown, Field.NOTE, "", widget),
        )
    elif session.kept(_FOUND, "") == shown.record_id and not shown.closed:
        st.info(words.escape(ANEW))
