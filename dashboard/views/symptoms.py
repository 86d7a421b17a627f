"""How well the findings tell confirmed cases of a cause from the others."""

from dataclasses import replace

import streamlit as st

from circulation import access
from circulation.choosing import selection
from circulation.counting import discrimination, discrimination_release
from ui import filters, panels, session, shared_data, symptom_panels

role = session.role()
access.check_page(role, access.Page.SYMPTOMS)
loaded, known = shared_data.loaded(), shared_data.knowledge()

if not loaded.table.count:
    panels.empty_store("This page holds each symptom against confirmed causes.")
    st.stop()
with st.container():  # a place of its own: what is moved down the page leaves the address
    records = filters.bar(loaded.table, known)
wanted = replace(records, basis=selection.Basis.CONFIRMED)
chosen = shared_data.chosen(wanted)
if not chosen.count:
    panels.no_match(chosen, known)
    st.stop()

symptom_panels.heading()
options = discrimination.causes(loaded.assessment, chosen, known)
if not options:
    symptom_panels.nothing_confirmed()
    st.stop()
cause = symptom_panels.cause(options, known)
counts = discrimination.of_cause(loaded.table, loaded.assessment, chosen, cause, known)
release = discrimination_release.release(counts, role, known.disclosure)
symptom_panels.figures(release, known)
symptom_panels.method(release, known)
