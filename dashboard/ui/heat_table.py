"""The distribution as an accessible heat table: a real table whose cells are buttons.

Arrow keys move, Enter, Space or a click opens the records of a cell. The texts come from our own
knowledge and from a Release; nothing in it is read as HTML.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from circulation.counting import disclosure, distribution, headlines
from circulation.knowledge_base import knowledge
from ui import session, shades

_HERE = Path(__file__).parent
_KEY = "heat_table"
_TABLE = st.components.v2.component(
    "heat_table",
    html='<div id="heat"><table><caption></caption>\n<thead></thead></table></div>',
    css=(_HERE / "heat_table.css").read_text(encoding="utf-8"),
    js=(_HERE / "heat_table.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the table."""

    finding: str
    cause: str


def show(
    release: disclosure.Release,
    known: knowledge.Knowledge,
    *,
    caption: str,
    scale: shades.Scale,
    selected: Place | None,
    on_open: Callable[[], None],
) -> None:
    """Draw the table; ``on_open`` runs before the page does and finds the cell by ``opened``."""
    _TABLE(
        key=_KEY,
        data={
            "caption": caption,
            "corner": "Finding",
            "columns": [_head(cell, known) for cell in release.rows[0]],
            "rows": [_row(release, row, known, scale) for row in release.rows],
            "selected": f"{selected.finding} {selected.cause}" if selected else "",
        },
        on_opened_change=on_open,
    )


def opened() -> Place | None:
    """The cell that was opened just now."""
    state = session.entered(_KEY)
    if not state or not state.opened:
        return None
    finding, _, cause = str(state.opened).partition(" ")
    return Place(finding, cause)


def _head(cell: disclosure.Cell, known: knowledge.Knowledge) -> dict[str, str]:
    everyone = cell.cause == distribution.ALL
    return {
        "label": "All records" if everyone else known.cause[cell.cause].short,
        "full": "All records" if everyone else known.cause[cell.cause].label,
        "n": f"n={cell.n.words}",
    }


def _row(
    release: disclosure.Release,
    row: Iterable[disclosure.Cell],
    known: knowledge.Knowledge,
    scale: shades.Scale,
) -> dict[str, object]:
    cells = list(row)
    finding = known.finding[cells[0].finding]
    return {
        "label": finding.label,
        "group": finding.group,
        "cells": [_cell(release, cell, known, scale) for cell in cells],
    }


def _cell(
    release: disclosure.Release,
    cell: disclosure.Cell,
    known: knowledge.Knowledge,
    scale: shades.Scale,
) -> dict[str, object]:
    step = scale.step(cell)
    return {
        "id": f"{cell.finding} {cell.cause}",
        "text": shades.words(cell, numbers=scale.numbers),
        "of": "" if cell.nobody_asked or cell.not_asked == 0 else f"of {cell.asked.words}",
        "step": -1 if step is None else step,
        "plain": step is None,
        "name": f"{headlines.cell_title(release, cell, known)}: {cell.of_asked}",
    }
