"""What a reader is told whose record is not loaded any more: what was saved, what was not."""

import streamlit as st

from circulation import errors
from circulation.knowledge_base import knowledge
from circulation.reviewing import event_words
from ui import desk, frame, shared_data, walking, words

KEPT = (
    "Its file was removed, or other files are loaded now. What was saved of its review is kept, "
    "and stands with it again once it is loaded."
)


def show(record_id: str, known: knowledge.Knowledge) -> None:
    """Tell it, with the way back to the list and to its neighbours.

    Raises DashboardError when no record is named at all.
    """
    if not record_id:
        raise errors.DashboardError(
            "record", "no record is open", "Open one from the list on the Review page"
        )
    walking.leave_list()
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Back to list", shortcut="Esc", icon=":material/arrow_back:"):
            walking.show_list(walking.walk())
        st.space("stretch")
        st.button("Previous", shortcut="P", on_click=desk.neighbour, args=(-1,))
        st.button("Next", shortcut="N", on_click=desk.neighbour, args=(1,))
    st.warning(KEPT, title=f"Record {words.escape(record_id)} is not among the records loaded now")
    _saved(record_id)
    for fault in desk.refused():
        frame.show_error(fault.error)
        st.caption("Not saved. Copy it from here:")
        for change in fault.tried:
            what = event_words.named(change.field, change.about, known)
            value = event_words.value(change.field, change.about, change.new, known)
            st.code(f"{what}: {value}", language=None)


def _saved(record_id: str) -> None:
    last, events = desk.last(), shared_data.reviews().current(record_id).version
    if last and last.record_id == record_id:
        st.markdown(f":material/check: Saved {last.at}")
    elif not events:
        st.caption("Nothing was saved of its review.")
