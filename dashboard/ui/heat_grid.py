"""An accessible heat table: a real table of shaded figures whose cells may be opened.

Arrow keys move, Enter, Space or a click opens a cell. Texts come from our own knowledge and from
what was counted; nothing in them is read as HTML.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from ui import session

_HERE = Path(__file__).parent
_TABLE = st.components.v2.component(
    "heat_grid",
    html='<div id="heat"><table><caption></caption>\n<thead></thead></table></div>',
    css=(_HERE / "heat_grid.css").read_text(encoding="utf-8"),
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

    @property
    def plain(self) -> bool:
        """Whether it has no figure to colour."""
        return self.step < 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; lines of another group stand a little apart."""

    label: str
    group: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole table. ``colours`` replace the theme's blues, from few to many."""

    caption: str
    corner: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    colours: tuple[str, ...] = ()


def show(
    grid: Grid, *, key: str, selected: str = "", on_open: Callable[[], None] | None = None
) -> None:
    """Draw the table; ``on_open`` runs before the page does and finds the cell by ``opened``."""
    _TABLE(
        key=key,
        data={
            "caption": grid.caption,
            "corner": grid.corner,
            "columns": [asdict(head) for head in grid.heads],
            "rows": [_sent(row) for row in grid.rows],
            "colours": list(grid.colours),
            "selected": selected,
        },
        on_opened_change=on_open or _nothing,
    )


def opened(key: str) -> str:
    """The id of the cell that was opened just now, '' for none."""
    state = session.entered(key)
    return str(state.opened) if state and state.opened else ""


def _sent(row: Row) -> dict[str, object]:
    cells = [asdict(cell) | {"plain": cell.plain} for cell in row.cells]
    return {"label": row.label, "group": row.group, "cells": cells}


def _nothing() -> None:
    """A table without anything to open."""
