"""The banner on every page when the record of reviews no longer proves itself."""

import streamlit as st

from circulation import access, errors
from ui import session, shared_data, words

Told = tuple[str, str]
"""Title and text."""


def show() -> None:
    """Nothing while the chain holds, or before the first check of it has ended."""
    found = told()
    if found:
        title, text = found
        st.error(text, title=title, icon=":material/gpp_maybe:")


def told() -> Told | None:
    """What the banner says now, None while there is nothing to say."""
    try:
        found = shared_data.chain_watch().found()
    except errors.DashboardError as error:
        return "Reviews cannot be opened", words.escape(str(error))
    if found is None or found.whole:
        return None
    told = "a problem"
    if access.ALLOWED[session.role()] & {access.Act.SEE_RECORDS, access.Act.LOAD_DATA}:
        count = words.counted(len(found.problems), "problem", "problems")
        told = f"{count}. The first: {words.escape(found.problems[0])}"  # events have numbers
    text = (
        f"The check of the reviews found {told}.\n\n"
        "Stop reviewing. Leave the files of the store as they are, run `manage.py verify`, and "
        "restore the latest backup that verifies (README: Back up, restore, check)."
    )
    return "Reviews were changed or damaged outside this program", text
