"""The worklist: who is waiting, the most urgent first, with a preview of one record."""

import streamlit as st

from circulation.judgement import waits, worklist
from ui import (
    desk,
    filter_panel,
    filters,
    held_keys,
    session,
    shared_data,
    undoing,
    walking,
    work_table,
    worklist_filters,
    worklist_panels,
)

desk.check_access()
loaded, known, board, today = (
    shared_data.loaded(),
    shared_data.knowledge(),
    shared_data.board(),
    session.today(),
)
table, assessed = loaded.table, shared_data.standing()
wanted = worklist_filters.asked()
walking.start(wanted)

worklist_panels.headline(waits.summary(table, assessed, board, known, today=today), table, known)
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    worklist_filters.tabs_and_search(wanted, worklist.tabs(table, board, today=today))
    filter_panel.show(wanted, known)
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    worklist_filters.narrowing(wanted, table, known)
    held_keys.watch()
drawn = walking.fresh()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.caption(worklist_panels.shown_line(drawn, known), width="content")
    undoing.line(known)
filters.crumbs_of_list(wanted.chosen, known)
worklist_panels.news()

if not len(drawn):
    st.info(
        "No record fits. Clear the filters or choose another tab."
        if table.count
        else "No records are loaded yet. A data steward adds files on the Data page."
    )
    st.stop()

place = walking.cursor(drawn)
first = place // worklist.PAGE * worklist.PAGE
ids = [drawn.record_id(n) for n in range(first, min(first + worklist.PAGE, len(drawn)))]
rows = [row for name in ids if (row := table.row_of(name)) is not None]
stood = shared_data.reviews().current_of(ids)
judged = worklist.Judged(assessed, loaded.assessment)
shown = worklist.items(rows, table, judged, known, board, stood, today=today)
with st.container(key="worklist_panes"):
    listed, beside = st.columns([2.9, 1], gap="medium")
with listed:
    worklist_panels.gone(len(ids) - len(rows))
    picked = work_table.show(shown, known, first=first, selected=drawn.record_id(place))
if picked.opened in ids:
    worklist_panels.open_record(picked.opened)
with beside:
    for item in shown:
        if item.record_id == picked.selected:
            worklist_panels.preview(item, known)
with listed:
    worklist_panels.pages(drawn, place)
