"""One cause against all others: what is picked, the title, the chart, the table and its notes."""

from collections.abc import Sequence
from enum import StrEnum

import pandas as pd
import streamlit as st

from circulation.counting import comparison, comparison_words
from circulation.counting.comparison import Comparison, Row
from circulation.knowledge_base import knowledge
from ui import charts, comparison_charts, session, words


class Order(StrEnum):
    """How the rows of the table are ordered."""

    SIZE = "Size of difference"
    GROUP = "Clinical group"
    NAME = "Name"


def show(found: Comparison, known: knowledge.Knowledge) -> None:
    """Everything about one cause, which the reader picks here."""
    cause, order = _controls(known)
    rows = found.of_cause(cause)
    title = comparison_words.title(rows, found, cause, known)
    st.header(words.escape(title), anchor=False)
    if not comparison_charts.drawable(rows):
        st.info(
            f"No finding was asked both with {comparison_words.group(found, cause, known)} and "
            "among all others in the records shown."
        )
        return
    _chart(rows, found, cause, known)
    left_out = comparison_charts.not_drawn(rows, known)
    st.caption(words.escape(f"{comparison_words.apart(rows)} {left_out}".strip()))
    _table(ordered(rows, order, known), title, known)
    for note in comparison_words.notes(found):
        st.caption(words.escape(note))


def ordered(rows: Sequence[Row], order: Order, known: knowledge.Knowledge) -> tuple[Row, ...]:
    """The rows in the order that the reader picked."""
    match order:
        case Order.SIZE:
            return comparison.by_difference(rows)
        case Order.GROUP:
            return comparison.by_group(rows, known)
        case Order.NAME:
            return comparison.by_name(rows, known)


def _controls(known: knowledge.Knowledge) -> tuple[str, Order]:
    labels = {cause.label: cause.id for cause in known.causes}
    with st.container(horizontal=True, vertical_alignment="top", key="comparison"):
        picked = st.selectbox("Cause", list(labels), key="compared", bind="query-params", width=280)
        order = st.segmented_control(
            "Order of the table",
            list(Order),
            default=Order.SIZE,
            required=True,
            key="comparison_order",
            bind="query-params",
        )
    return labels[picked or next(iter(labels))], order or Order.SIZE


def _chart(rows: Sequence[Row], found: Comparison, cause: str, known: knowledge.Knowledge) -> None:
    st.plotly_chart(
        comparison_charts.differences(rows, known, dark=session.dark()),
        key="differences",
        config=charts.CONFIG,
        alt=comparison_charts.alt(rows, found, cause, known),
        theme=None,
    )


def _table(rows: Sequence[Row], title: str, known: knowledge.Knowledge) -> None:
    number = st.column_config.NumberColumn
    st.dataframe(
        pd.DataFrame([listed(row, known) for row in rows]),
        hide_index=True,
        height=480,
        key="against_others",
        column_config={
            "Finding": st.column_config.TextColumn(pinned=True),
            "Difference": number("Difference, points", format="%+.1f"),
            "Ratio": number(format="%.2f"),
            "Standardised": number("Standardised difference", format="%.2f"),
        },
        placeholder=comparison_words.UNDEFINED,
        alt=f"The numbers of the chart. {title}",
    )


def listed(row: Row, known: knowledge.Knowledge) -> dict[str, object]:
    """One line of the table; values by which a reader may sort are numbers."""
    difference, standardised = row.difference, row.standardised
    return {
        "Finding": known.finding[row.finding].label,
        "With this cause": comparison_words.part(row.own, row.own_interval),
        "All others": comparison_words.part(row.others, row.others_interval),
        "Difference": 100 * difference.value if difference else None,
        "Its interval": comparison_words.between(difference, 100),
        "Ratio": row.ratio.value if row.ratio else None,
        "Interval of the ratio": comparison_words.ratio_between(row.ratio),
        "Standardised": standardised.value if standardised else None,
        "Interval, standardised": comparison_words.between(standardised, 1),
        "Size": "negligible" if row.trivial else "",
        "Test": comparison_words.tested(row),
        "p": comparison_words.chance(row.tested.p),
        "q": comparison_words.chance(row.tested.q),
    }
