"""The browser's Back button leads to what its reader has seen, one act at a time."""

from pathlib import Path

import streamlit as st

_WATCH = st.components.v2.component(
    "steps_back",
    html="<span></span>\n",
    js=(Path(__file__).parent / "steps_back.js").read_text(encoding="utf-8"),
)


def watch() -> None:
    """Count steps by the reader's acts from now on; it shows nothing."""
    _WATCH(key="steps_back")
