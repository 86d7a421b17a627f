"""The cell of a view that lies open: kept for the reader and written into the address."""

from dataclasses import dataclass

import streamlit as st

from ui import address, frame, heat_grid, markup, session

EVERYONE = "*"
"""The column of all records."""
_PART = "at"


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell: the finding of its row, and what its column stands for."""

    row: str
    column: str


def place() -> Pair | None:
    """The cell that the address names, or that was open when the reader was here last."""
    row, _, column = (address.part(_PART) or session.kept(_PART, "")).partition(".")
    return Pair(row, column) if row else None


def grid(drawn: heat_grid.Grid, *, key: str) -> None:
    """A heat table that opens cells; an id is a row and a column with a space between."""
    opened = place()
    selected = f"{opened.row} {opened.column}" if opened else ""
    heat_grid.show(drawn, key=key, selected=selected, on_open=lambda: _pick(key))


def nothing(what: str, *below: markup.Html) -> None:
    """The panel before a cell is opened: how to open one, and what will be seen then."""
    how = f"Click a cell, or move with the arrow keys and press Enter. {what}"
    frame.read(
        markup.title("Choose a cell", 2), markup.block("", markup.text(how), tag="p"), *below
    )


def close_button() -> None:
    """Closes the cell that lies open."""
    st.button("Close", key="close", on_click=_lay_open, args=("",))


def _pick(key: str) -> None:
    row, _, column = heat_grid.opened(key).partition(" ")
    if row:
        _lay_open(f"{row}.{column}")


def _lay_open(cell: str) -> None:
    session.keep(_PART, cell)
    address.set_part(_PART, cell)
