"""The banner on every page when the record of reviews no longer proves itself."""

import streamlit as st

from circulation import errors
from ui import session, words


def show() -> None:
    """Nothing while the chain holds, or before the first check of it has ended."""
    try:
        found = session.chain_watch().found()
    except errors.DashboardError as error:
        st.error(words.escape(str(error)), title="Reviews cannot be opened")
        return
    if found is None or found.whole:
        return
    count = words.counted(len(found.problems), "problem", "problems")
    st.error(
        f"The check of the reviews found {count}. The first: {words.escape(found.problems[0])}.\n\n"
        "Stop reviewing. Leave the files of the store as they are, run `manage.py verify`, and "
        "restore the latest backup that verifies (README: Back up, restore, check).",
        title="Reviews were changed or damaged outside this program",
        icon=":material/gpp_maybe:",
    )
