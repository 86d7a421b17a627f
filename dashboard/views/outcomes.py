"""Pooled for managers: whether first views and the tool were borne out, and how readers agree."""

import streamlit as st

from circulation import access
from circulation.auditing import pooled_release
from ui import pooled_panels, session, shared_data

access.check_page(session.role(), access.Page.OUTCOMES)
known = shared_data.knowledge()

st.title("Outcomes: were first views and the tool borne out?", anchor=False)
pooled_panels.what_is_counted()
figures = pooled_release.of(pooled_panels.published(known), known)
if figures.nothing:
    pooled_panels.withheld(known, shared=session.shared_name())
else:
    pooled_panels.by_cause(figures, known)
    pooled_panels.second_looks(figures, known)
    pooled_panels.how_kept_safe(known, shared=session.shared_name())
pooled_panels.when(figures)
