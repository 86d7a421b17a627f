"""The three forms of the same figures: heat table, chart, list. A cell can be opened in each."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

import pandas as pd
import streamlit as st

from circulation.choosing import selection
from circulation.counting import distribution, published, row_order
from circulation.counting.row_order import Order
from circulation.knowledge_base import knowledge
from ui import address, charts, filters, heat_table, session, shades

Choice = TypeVar("Choice", bound=StrEnum)
ALL_RECORDS = "All records"
CAUSE_FILTER = "cause"  # part of the address


class View(StrEnum):
    """What the page shows of the records."""

    ALL_CAUSES = "All causes"
    ONE_CAUSE = "One cause"
    SITES = "Sites"
    AGE_BANDS = "Age bands"
    SEX = "Sex"
    TOGETHER = "Together"
    NOT_RECORDED = "Not recorded"


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
    """What the reader picks above the figures; ``cause`` is the one held against all others."""

    view: View
    basis: selection.Basis
    show: Show = Show.SHARE
    form: Form = Form.TABLE
    order: Order = Order.GROUP
    cause: str = distribution.ALL


BASES = {
    selection.Basis.RECORDED: "As recorded",
    selection.Basis.SUPPORTED: "Supported by findings",
    selection.Basis.CONFIRMED: "Confirmed",
}
ORDERED = {View.ALL_CAUSES, View.ONE_CAUSE, View.SITES, View.AGE_BANDS, View.SEX}


def controls(known: knowledge.Knowledge, *, exact: bool) -> Controls:
    """What the page shows, what makes a cause count, and how; without exact counts, the table."""
    with st.container(horizontal=True, vertical_alignment="center", key="views"):
        view, order = _view() if exact else (View.ALL_CAUSES, Order.GROUP)
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
        picked = Controls(view, basis or selection.Basis.RECORDED, order=order)
        if view is View.ALL_CAUSES:
            show, form = _one_of("Show", list(Show), "show"), _one_of("Form", list(Form), "form")
            return replace(picked, show=show, form=form)
        if view is View.ONE_CAUSE:
            return replace(picked, cause=_compared(known))
        _only_cause(known)
        return picked


def _view() -> tuple[View, Order]:
    """What the page shows, and in what order its findings stand."""
    view = _one_of("View", list(View), "view", hidden=True)
    return view, _order() if view in ORDERED else Order.GROUP


def _one_of(label: str, options: list[Choice], key: str, *, hidden: bool = False) -> Choice:
    """One of a few options side by side, the first one unless the address names another."""
    picked = st.segmented_control(
        label,
        options,
        default=options[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed" if hidden else "visible",
    )
    return picked or options[0]


def _compared(known: knowledge.Knowledge) -> str:
    """The cause that is held against all others."""
    labels = {cause.label: cause.id for cause in known.causes}
    picked = st.selectbox("Cause", list(labels), key="compared", bind="query-params", width=280)
    return labels[picked or next(iter(labels))]


def _only_cause(known: knowledge.Knowledge) -> None:
    """The filter for one cause again, where it is wanted most; several are left to the filters."""
    asked = filters.said(CAUSE_FILTER)
    labels = {distribution.ALL: ALL_RECORDS, **{one.id: one.label for one in known.causes}}
    if len(asked) > 1:
        return
    session.put("among", asked[0] if asked else distribution.ALL)
    st.selectbox(
        "Cause",
        list(labels),
        format_func=labels.__getitem__,
        key="among",
        on_change=_filter_cause,
        width=280,
    )


def _filter_cause() -> None:
    picked = session.entered("among")
    address.set_parts({CAUSE_FILTER: [picked] if picked else []})


def _order() -> Order:
    picked = st.selectbox(
        "Order",
        list(Order),
        key="order",
        bind="query-params",
        width=205,
        label_visibility="collapsed",
    )
    return picked or Order.SIZE


def show(
    release: published.Release,
    title: str,
    known: knowledge.Knowledge,
    picked: Controls,
    opened: published.Cell | None,
) -> None:
    """The figures in the form that the reader picked; ``title`` is that of the page."""
    numbers = picked.show is Show.NUMBER
    drawn = row_order.of_release(release.answered(), picked.order, known)
    if not drawn.rows and release.left_out:
        st.info("Too few records: every figure here would give a small number away.")
    elif not drawn.rows:
        st.info("None of the findings of this page was asked in the records shown.")
    elif picked.form is Form.TABLE:
        heat_table.show(
            drawn,
            known,
            caption=f"{title}. {picked.show} of each finding for each cause.",
            scale=shades.Scale.of(drawn, numbers=numbers),
            selected=heat_table.Place(opened.finding, opened.cause) if opened else None,
            grouped=picked.order is Order.GROUP,
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


def _figures(release: published.Release, known: knowledge.Knowledge, *, title: str) -> None:
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
    release: published.Release, cell: published.Cell, known: knowledge.Knowledge
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
    address.set_part("cell", f"{place.finding}.{place.cause}" if place else "")
