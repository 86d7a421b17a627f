"""Where the keyboard's focus goes: links to a widget of the page, moves that the page asks for, and
the next missing thing.

A widget is named by its key. A link is plain Markdown; the small script beside this file moves the
focus in the browser, so that what is typed next cannot land in the box that was left.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui import acts, session

_FOCUS = st.components.v2.component(
    "focus",
    html='<span id="focus"></span>\n',
    js=(Path(__file__).parent / "focus.js").read_text(encoding="utf-8"),
)


def link(words: str, widget: str) -> str:
    """Markdown that leads to a widget; the words are already escaped."""
    return f"[{words}](#at-{widget})"


def move(widget: str) -> None:
    """Ask for the focus to go to a widget once the page is drawn."""
    session.keep("focus_asked", (session.kept("focus_asked", (0, ""))[0] + 1, widget))


def draw(missing: Sequence[str]) -> None:
    """The script itself; once on a page that uses links or moves.

    ``missing`` are the widgets that Ctrl+Down goes through, in the order of the page.
    """
    tick, widget = session.kept("focus_asked", (0, ""))
    drawing = session.kept("focus_drawn", 0) + 1  # never the same: each drawing is told
    session.keep("focus_drawn", drawing)
    told = {"tick": tick, "target": widget, "places": list(missing), "heard": acts.heard()}
    _FOCUS(key="focus", data={**told, "drawing": drawing})
