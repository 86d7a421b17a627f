"""A page that fails while it holds a patient's answer, and one that refuses; for tests only."""

import streamlit as st

from circulation import errors

if st.query_params.get("refuse"):
    raise errors.DashboardError(
        "row 7, column 'sex'", "must be one of female, male, other", "Fix it"
    )
raise ValueError("patient 943 answered: cold feet")
