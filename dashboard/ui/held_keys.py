"""Keys pressed while a page is being drawn wait until it is drawn, instead of being lost.

Ctrl+Enter does not wait: it would sign off a record that nobody has seen yet.
"""

from pathlib import Path

import streamlit as st

KEYS = {"n": "N", "p": "P", "o": "O", "u": "U", "s": "S", "Escape": "Esc"}
"""The key as the browser names it, and as a button shows it."""
_WATCH = st.components.v2.component(
    "held_keys",
    html="<span></span>\n",
    js=(Path(__file__).parent / "held_keys.js").read_text(encoding="utf-8"),
)


def watch() -> None:
    """Hold the keys from now on; it shows nothing."""
    _WATCH(key="held_keys", data=KEYS)
