"""The three forms of the same figures: heat table, chart, list. A cell can be opened in each."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
import streamlit as st

from circulation.counting import disclosure, distribution, headlines
from circulation.knowledge_base import knowledge
from circulation.records import selection
from ui import charts, heat_table, session, shades


class Show(StrEnum):
    """What a cell says."""

    SHARE = "Share"
    NUMBER = "Number"


class Form(StrEnum):
    """How the same figures are drawn."""

    TABLE = "Heat table"
    CHART = "Chart"
    LIST = "List"


@dataclass(frozen=True, slots=True)
class Controls:
    """What the reader picks above the figures."""

    basis: selection.Basis
    show: Show
    form: Form


BASES = {
    selection.Basis.RECORDED: "As recorded",
    selection.Basis.SUPPORTED: "Supported by findings",
    selection.Basis.CONFIRMED: "Confirmed",
}


def controls() -> Controls:
    """What makes a cause count, and how the figures are shown."""
    with st.container(horizontal=True, vertical_alignment="top", key="forms"):
        basis = st.segmented_control(
            "Causes",
            list(BASES),
            default=selection.Basis.RECORDED,
            required=True,
            format_func=BASES.__getitem__,
            key="causes",
            bind="query-params",
            help="What counts a record for a cause: suspected by the person who took the intake, "
            "supported by the findings under the published rules, or confirmed.",
        )
        show = st.segmented_control(
            "Show", list(Show), default=Show.SHARE, required=True, key="show", bind="query-params"
        )
        form = st.segmented_control(
            "View", list(Form), default=Form.TABLE, required=True, key="view", bind="query-params"
        )
    return Controls(basis or selection.Basis.RECORDED, show or Show.SHARE, form or Form.TABLE)


def show(
    release: disclosure.Release,
    known: knowledge.Knowledge,
    picked: Controls,
    opened: disclosure.Cell | None,
) -> None:
    """The figures in the form that the reader picked."""
    numbers = picked.show is Show.NUMBER
    title = headlines.distribution_title(release, known)
    drawn = release.answered()
    if not drawn.rows:
        st.info("None of the findings of this page was asked in the records shown.")
    elif picked.form is Form.TABLE:
        heat_table.show(
            drawn,
            known,
            caption=f"{title}. {picked.show} of each finding for each cause.",
            scale=shades.Scale.of(drawn, numbers=numbers),
            selected=heat_table.Place(opened.finding, opened.cause) if opened else None,
            on_open=_pick_in_table,
        )
    elif picked.form is Form.CHART:
        st.plotly_chart(
            charts.heatmap(drawn, known, numbers=numbers, dark=session.dark(), opened=opened),
            key="heat_chart",
            on_select=_pick_in_chart,
            selection_mode="points",
            config=charts.CONFIG,
            alt=title,
            theme=None,
        )
    else:
        _figures(drawn, known, title=title)


def _figures(release: disclosure.Release, known: knowledge.Knowledge, *, title: str) -> None:
    """Every figure as a plain list, the largest difference first; a cell can be picked in it."""
    cells = sorted(
        (cell for row in release.rows for cell in row),
        key=lambda cell: abs(release.points(cell) or 0),
        reverse=True,
    )
    session.keep("listed", [heat_table.Place(cell.finding, cell.cause) for cell in cells])
    st.dataframe(
        pd.DataFrame([_listed(release, cell, known) for cell in cells]),
        hide_index=True,
        height=620,
        key="figures",
        on_select=_pick_listed,
        selection_mode="single-cell",
        placeholder=release.hidden_as,
        alt=title,
    )


def _listed(
    release: disclosure.Release, cell: disclosure.Cell, known: knowledge.Knowledge
) -> dict[str, object]:
    everyone = cell.cause == distribution.ALL
    points = release.points(cell)
    return {
        "Finding": known.finding[cell.finding].label,
        "Cause": "All records" if everyone else known.cause[cell.cause].label,
        "Present": cell.present.value,
        "Asked": cell.asked.value,
        "Share": cell.percent,
        "Against all others": "" if points is None else f"{points:+d} points",
        "Not asked": cell.not_asked,
        "Records": cell.n.value,
    }


def _pick_listed() -> None:
    picked = session.entered("figures").selection.cells
    if picked:
        lay_open(session.kept("listed", [])[picked[0][0]])


def _pick_in_table() -> None:
    """Lay the cell open that was opened in the heat table."""
    opened = heat_table.opened()
    if opened:
        lay_open(opened)


def _pick_in_chart() -> None:
    """Lay the cell open that was clicked in the chart."""
    points = session.entered("heat_chart").selection.points
    if points:
        lay_open(heat_table.Place(*points[0]["customdata"][:2]))


def kept_place() -> heat_table.Place | None:
    """The cell that was open when the reader was here last."""
    place: heat_table.Place | None = session.kept("cell", None)
    return place


def lay_open(place: heat_table.Place | None) -> None:
    """Open a cell, or close the one that lies open; the address follows."""
    session.keep("cell", place)
    session.set_address_part("cell", f"{place.finding}.{place.cause}" if place else "")
