"""Where the keyboard's focus goes: links to a widget of the page, and moves that the page asks for.

A widget is named by its key. A link is plain Markdown; the small script beside this file moves the
focus when it is followed.
"""

from pathlib import Path

import streamlit as st

from ui import session

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


def last() -> str:
    """The widget the focus was last moved to, '' for none."""
    return session.kept("focus_asked", (0, ""))[1]


def draw() -> None:
    """The script itself; once on a page that uses links or moves."""
    tick, widget = session.kept("focus_asked", (0, ""))
    _FOCUS(key="focus", data={"tick": tick, "target": widget})
