"""How findings are distributed across the suspected causes."""

from dataclasses import replace
from functools import partial

import streamlit as st

from circulation import access
from circulation.counting import disclosure
from ui import between_panels, distribution_views, filters, forms, panels, session

role = session.role()
access.check_page(role, access.Page.DISTRIBUTION)
loaded, known = session.loaded(), session.knowledge()
exact = access.allowed(role, access.Act.SEE_EXACT_COUNTS)

if not loaded.table.count:
    panels.empty_store("This page shows how findings spread over the suspected causes.")
    st.stop()
with st.container():  # a place of its own: what is moved down the page leaves the address
    records = (
        filters.bar(loaded.table, known)
        if exact
        else disclosure.closed_months(loaded.table, session.today())
    )
head = st.container()
if records is None:
    panels.no_closed_month()
    st.stop()
other = filters.compared() if exact else None
if other is not None:
    with head:
        between_panels.show(other, records, known)
    st.stop()
picked = forms.controls(known, exact=exact)
wanted = replace(records, basis=picked.basis)
counts = session.counts(wanted)
if not counts.chosen.count:
    with head:
        if exact:
            panels.no_match(counts.chosen, known)
        else:
            panels.no_closed_month()
    st.stop()
release = disclosure.release(counts, role, known.disclosure, partial(session.cleared, records))
shown = distribution_views.Shown(picked, wanted, counts, release, known, head)
distribution_views.show(shown)
