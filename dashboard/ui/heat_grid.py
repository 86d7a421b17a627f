"""An accessible heat table: a real table of shaded figures whose cells may be opened.

Arrow keys move, Enter, Space or a click opens a cell. Texts come from our own knowledge and from
what was counted; nothing in them is read as HTML.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui import session, shades

_HERE = Path(__file__).parent


def _colours(where: str, light: Sequence[str], dark: Sequence[str]) -> str:
    """The rules that give each step its colour and readable text, in either theme."""
    return "\n".join(
        f'{where} [data-step="{step}"] {{ background: light-dark({one}, {other}); '
        f"color: light-dark({shades.text_on(one)}, {shades.text_on(other)}); }}"
        for step, (one, other) in enumerate(zip(light, dark, strict=True))
    )


_STYLE = "\n".join(
    (
        (_HERE / "heat_grid.css").read_text(encoding="utf-8"),
        _colours("#heat", shades.LIGHT, shades.DARK),
        _colours("#heat.missing", shades.missing(dark=False), shades.missing(dark=True)),
    )
)
_TABLE = st.components.v2.component(
    "heat_grid",
    html='<div id="heat"><table><caption></caption>\n<thead></thead></table></div>',
    css=_STYLE,
    js=(_HERE / "heat_grid.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its short label, its full one, and how many records it is about."""

    label: str
    full: str
    n: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: its text, a smaller one beside it, and ``name``, both in words.

    ``step`` is its colour, from 0; -1 for none. ``id`` is blank where nothing can be opened.
    """

    id: str
    text: str
    of: str
    step: int
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; lines of another group stand a little apart."""

    label: str
    group: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole table; ``missing`` colours it grey, as what is missing is everywhere."""

    caption: str
    corner: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    missing: bool = False


def show(
    grid: Grid, *, key: str, selected: str = "", on_open: Callable[[], None] | None = None
) -> None:
    """Draw the table; ``on_open`` runs before the page does and finds the cell by ``opened``."""
    _TABLE(key=key, data=_sent(grid, selected), on_opened_change=on_open or _nothing)


def opened(key: str) -> str:
    """The id of the cell that was opened just now, '' for none."""
    state = session.entered(key)
    return str(state.opened) if state and state.opened else ""


def _sent(grid: Grid, selected: str) -> bytes:
    """The table as bytes: what else is sent, Streamlit spells out twice for each run."""
    sent = {
        "caption": grid.caption,
        "corner": grid.corner,
        "columns": [(head.label, head.full, head.n) for head in grid.heads],
        "rows": [(row.label, row.group, _cells(row)) for row in grid.rows],
        "missing": grid.missing,
        "selected": selected,
    }
    return json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()


def _cells(row: Row) -> list[tuple[str, str, str, int, str]]:
    return [(cell.id, cell.text, cell.of, cell.step, cell.name) for cell in row.cells]


def _nothing() -> None:
    """A table without anything to open."""
