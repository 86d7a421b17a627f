"""One line above figures when other records were loaded since their page was opened."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from circulation import access
from ui import session, shared_data, words

_KEPT = "figures_opened"


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the reader's figures counted when their page was opened, and when that was."""

    role: access.Role
    data_version: str
    at: datetime


def show() -> None:
    """Says so where the figures count other records now than when the page was opened."""
    opened = _opened()
    if shared_data.loaded().table.version != opened.data_version:
        st.caption(
            f":material/update: Other records were loaded since {words.clock(opened.at)}, "
            "when this page was opened. Its figures are of the records as they are now."
        )


def _opened() -> _Opened:
    """What counted when the reader came to the page, in the role that they have."""
    kept: _Opened | None = session.kept(_KEPT, None)
    if kept is None or kept.role is not session.role() or session.kept("turned", False):
        kept = _Opened(session.role(), shared_data.loaded().table.version, at=session.local_now())
        session.keep(_KEPT, kept)
    return kept
