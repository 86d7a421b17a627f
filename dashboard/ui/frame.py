"""What stands around every page: style, the reader's role, what is loaded, errors, the footer."""

import streamlit as st

from circulation import errors
from ui import incidents


def show_error(error: Exception) -> None:
    """A refusal with its place, fault and way out; anything else only as a reference code."""
    if isinstance(error, errors.DashboardError):
        st.error(f"**There is a problem.** {error.place}: {error.fault}.\n\n{error.way_out}")
        return
    reference = incidents.of(error).reference
    st.error(
        "**This page could not be shown.** Nothing that was saved is lost. Reload the page; "
        f"if it happens again, pass on the reference code {reference}."
    )
