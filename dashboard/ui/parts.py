"""A part of a page that is drawn alone when something in it is used.

What stands around it is neither counted, nor sent, nor drawn anew. Where that would no longer be
true of what it stands for, the whole page is drawn.
"""

from collections.abc import Callable

import streamlit as st

from circulation import errors
from ui import frame


def alone(draw: Callable[[], None], *, around: Callable[[], object]) -> None:
    """Draw a part of the page; ``around`` tells what the rest of the page was drawn for."""
    drawn_for = around()

    @st.fragment
    def part() -> None:
        if around() != drawn_for:
            st.rerun()
        try:
            draw()
        except errors.DashboardError as error:
            frame.show_error(error)

    part()
