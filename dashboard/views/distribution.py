"""How findings are distributed across the suspected causes."""

from dataclasses import replace

import streamlit as st

from circulation import access
from circulation.counting import disclosure, distribution, headlines
from ui import filters, forms, panels, session

role = session.role()
access.check_page(role, access.Page.DISTRIBUTION)
loaded, known = session.loaded(), session.knowledge()
exact = access.allowed(role, access.Act.SEE_EXACT_COUNTS)

if not loaded.table.count:
    panels.empty_store()
    st.stop()
records = (
    filters.bar(loaded.table, known)
    if exact
    else disclosure.closed_months(loaded.table, session.today())
)
head = st.container()
if records is None:
    panels.no_closed_month()
    st.stop()
picked = forms.controls()
wanted = replace(records, basis=picked.basis)
counts = session.counts(wanted)
if not counts.chosen.count:
    with head:
        panels.no_match(counts.chosen, known)
    st.stop()
release = disclosure.release(counts, role, known.disclosure)
opened = panels.opened_cell(release)

with head:
    panels.head(release, known)
left, right = st.columns([3, 1], gap="medium")
with left:
    forms.show(release, known, picked, opened)
    panels.never_asked(release, known)
with right:
    if opened is None:
        panels.nothing_open(release, known)
    else:
        panels.cell(release, opened, known)
        if exact:
            by_month = distribution.by_month(
                loaded.table, loaded.assessment, counts.chosen, opened.finding, opened.cause
            )
            title = headlines.cell_title(release, opened, known)
            panels.months(disclosure.months(by_month, role), title=title)
            panels.open_records(opened, wanted)
        panels.close_button()
