"""One assessment beside its diagnostic test checklist."""

import streamlit as st

from ui import (
    advice_panels,
    as_seen_panels,
    checklist_panel,
    closing_panel,
    decision_panel,
    desk,
    drafts,
    frame,
    gone_panel,
    history_panel,
    line_acts,
    record_bar,
    record_news,
    record_panels,
    score_panels,
    shared_data,
    typed_panels,
    worklist_filters,
)

desk.check_access()
line_acts.follow()
frame.record_style()
table, known = shared_data.loaded().table, shared_data.knowledge()
desk.follow_address()
worklist_filters.take_up()
shown = desk.opened()
if shown is None:
    gone_panel.show(desk.taken(), known)
    st.stop()

record_bar.show(shown)
with st.container():  # parts that come and go have a place of their own: nothing below is drawn
    record_news.show(shown, known)  # anew for them, which would take the focus from who types
record_panels.banner(shown, table, known)
with st.container():
    closing_panel.standing(shown, known)
    drafts.show(shown)
with st.container():
    record_panels.alert(shown, known)
    typed_panels.lowered(shown)
with st.container():
    decision_panel.fault(shown, known)

assessment, checklist = st.columns([1, 1], gap="medium")
with assessment:
    record_panels.show(shown, table, known)
    score_panels.show(shown.record_id, shown.stands, known)
    if not shown.view_first:
        advice_panels.show(shown, known)
    history_panel.show(shown, known)
    as_seen_panels.show(shown, known)
with checklist:
    checklist_panel.show(shown, known)

with st.bottom.container():
    decision_panel.show(shown, known)
