"""The worklist: who is waiting, the most urgent first, with a preview of one record."""

import streamlit as st

from circulation.judgement import worklist
from circulation.knowledge_base.levels import Urgency
from circulation.records import ternary
from ui import desk, filters, session, words, work_table, worklist_panels

desk.check_access()
loaded, known = session.loaded(), session.knowledge()
stood = desk.stood()

parts = session.review_tabs()
counts = worklist.by_urgency(loaded.assessment, parts[worklist.Tab.WAITING])
waiting = ternary.count(parts[worklist.Tab.WAITING])
st.header(
    worklist_panels.headline(waiting, counts[Urgency.SAME_DAY], counts[Urgency.WITHIN_2_WEEKS]),
    anchor=False,
)
asked = worklist_panels.filters(parts, known)
desk.start_walk(asked.walk)
order = desk.rows(asked.walk)
if asked.record:
    order = desk.matching(order, asked.record)
st.caption(worklist_panels.shown_line(asked, len(order), loaded.table.count, known))
filters.crumbs_of_list(asked.walk.chosen, known)

if not len(order):
    st.info(
        "No record fits. Clear the search or choose another tab or urgency."
        if loaded.table.count
        else "No records are loaded yet. Add a file on the Data page."
    )
    st.stop()

first = worklist_panels.first_of_page(len(order))
shown = worklist.items(
    order[first : first + worklist.PAGE],
    loaded.table,
    loaded.assessment,
    known,
    stood,
    today=session.today(),
)
ids = [item.record_id for item in shown]
table, preview = st.columns([2.4, 1], gap="medium")
with table:
    picked = work_table.show(
        shown,
        known,
        caption=f"Records {words.number(first + 1)} to {words.number(first + len(shown))}",
        selected=desk.taken() if desk.taken() in ids else ids[0],
    )
selected = picked.selected if picked.selected in ids else ids[0]
if picked.opened in ids:
    worklist_panels.open_record(picked.opened)
with preview:
    worklist_panels.preview(selected, known)
with table:
    worklist_panels.pages(len(order))
