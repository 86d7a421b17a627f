"""After sign-off: records looked at again, how two readers agree, and whether views were right."""

import streamlit as st

from circulation import access
from ui import agreement_panels, second_look_panels, session, shared_data

access.check_page(session.role(), access.Page.SECOND_LOOK)
known = shared_data.knowledge()

st.title("Second look", anchor=False)
look, readers, outcomes = st.tabs(["Look again", "Two readers", "Were we right?"])
with look:
    second_look_panels.show(known)
with readers:
    agreement_panels.two_readers(known)
with outcomes:
    agreement_panels.outcomes_so_far(known)
