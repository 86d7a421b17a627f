"""The row above a record: back to the list, where it stands there, previous and next."""

import streamlit as st

from ui import closing_panel, desk, shared_data, undoing, walking, words


def show(shown: desk.Open) -> None:
    """Draw the row for the record that lies open."""
    walking.leave_list()
    drawn = walking.current()
    place = walking.place(drawn, shown.record_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Back to list", shortcut="Esc", icon=":material/arrow_back:"):
            walking.show_list(walking.walk())
        where = f"**{words.number(place + 1)}** of" if place is not None else "Not in the list of"
        listed = words.counted(len(drawn), "record", "records")
        st.markdown(f"{where} {listed}", width="content")
        if shown.closed:  # a record that is still open says it beside its decision
            undoing.line(shared_data.knowledge())
        st.space("stretch")
        closing_panel.show(shown, shared_data.knowledge())
        first, last = place == 0, place is not None and place + 1 == len(drawn)
        st.button("Previous", shortcut="P", on_click=desk.neighbour, args=(-1,), disabled=first)
        st.button("Next", shortcut="N", on_click=desk.neighbour, args=(1,), disabled=last)
