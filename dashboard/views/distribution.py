"""How findings are distributed across the suspected causes."""

from dataclasses import replace
from functools import partial

import streamlit as st

from circulation import access
from circulation.choosing import selection
from circulation.counting import disclosure
from ui import (
    between_panels,
    data_news,
    distribution_views,
    filters,
    forms,
    panels,
    parts,
    session,
    shared_data,
)


def page() -> None:
    """Which records, and their figures; what stands around it is drawn once a visit."""
    role = session.role()
    access.check_page(role, access.Page.DISTRIBUTION)
    loaded, known = shared_data.loaded(), shared_data.knowledge()
    exact = access.allowed(role, access.Act.SEE_EXACT_COUNTS)
    if not loaded.table.count:
        panels.empty_store("This page shows how findings spread over the suspected causes.")
        return
    data_news.show()
    with st.container():  # a place of its own: what is moved down the page leaves the address
        records = (
            filters.bar(loaded.table, known)
            if exact
            else disclosure.closed_months(loaded.table, session.today())
        )
    if records is None:
        panels.no_closed_month()
        return
    parts.alone(partial(figures, records), around=filters.asked_for)


def figures(records: selection.Selection) -> None:
    """The figures of the records, in the view that the reader picked."""
    role, known = session.role(), shared_data.knowledge()
    exact = access.allowed(role, access.Act.SEE_EXACT_COUNTS)
    other = filters.compared() if exact else None
    if other is not None:
        between_panels.show(other, records, known)
        return
    head = st.container(horizontal=True, gap="medium", key="top")
    picked = forms.controls(known, exact=exact)
    wanted = replace(records, basis=picked.basis)
    counts = shared_data.counts(wanted)
    if not counts.chosen.count:
        with head, st.container():
            if exact:
                panels.no_match(counts.chosen, known)
            else:
                panels.no_closed_month()
        return
    clear = partial(shared_data.cleared, records)
    release = disclosure.release(counts, role, known.disclosure, clear)
    distribution_views.show(distribution_views.Shown(picked, wanted, counts, release, known, head))


parts.alone(page)
