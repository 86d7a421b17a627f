"""A part of a page that is drawn alone when something in it is used.

What stands around it is neither counted, nor sent, nor drawn anew, for as long as it holds: with
another role, other records, a broken chain of reviews or what the page names, all of it is drawn.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from circulation import errors
from ui import chain_banner, frame, session, shared_data


def alone(draw: Callable[[], None], *, around: Callable[[], object] = lambda: None) -> None:
    """Draw a part of a page; ``around`` tells what of the page's own the rest was drawn for."""

    def stands() -> tuple[object, ...]:
        return session.role(), shared_data.data_version(), chain_banner.told(), around()

    drawn_for = stands()

    @st.fragment
    def part() -> None:
        if stands() != drawn_for:
            st.rerun()
        try:
            draw()
        except errors.DashboardError as error:
            frame.show_error(error)

    part()


def leave() -> None:
    """Let go of the parts of the page that was left, before another is drawn.

    What one of them still reports would be heard when the other page is drawn, find no such part
    any more, and leave the page empty. Streamlit lets go of them only at the end.
    """
    if context := get_script_run_ctx():
        context.fragment_storage.clear()
