"""One cause against all others: the chart, the table that opens a finding, and its notes."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from circulation.counting import comparison, comparison_words
from circulation.counting.comparison import Comparison, Row
from circulation.counting.row_order import Order
from circulation.knowledge_base import knowledge
from ui import charts, comparison_charts, forms, heat_table, session, words


def chart(found: Comparison, cause: str, order: Order, known: knowledge.Knowledge) -> bool:
    """The differences of one cause; False where there are none to draw."""
    rows = ordered(found.of_cause(cause), order, known)
    if not comparison_charts.drawable(rows):
        st.info(
            f"No finding was asked both with {comparison_words.group(found, cause, known)} and "
            "among all others in the records shown."
        )
        return False
    _chart(rows, found, cause, known)
    left_out = comparison_charts.not_drawn(rows, known)
    st.caption(words.escape(f"{comparison_words.apart(rows)} {left_out}".strip()))
    return True


def table(found: Comparison, cause: str, order: Order, known: knowledge.Knowledge) -> None:
    """Every figure of one cause; a line opens its finding."""
    rows = ordered(found.of_cause(cause), order, known)
    session.keep("compared_rows", [heat_table.Place(row.finding, cause) for row in rows])
    _table(rows, comparison_words.title(rows, found, cause, known), known)


def notes(found: Comparison) -> None:
    """What the reader must know of the figures."""
    for note in comparison_words.notes(found):
        st.caption(words.escape(note))


def figures(row: Row) -> None:
    """The figures of one line in words: ratio, standardised difference, test."""
    for line in comparison_words.figures(row):
        st.markdown(f":small[{words.escape(line)}]")


def nothing_open() -> None:
    """The panel before a line is chosen."""
    st.caption(
        "Choose a line: click it, or move to it with the arrow keys. Its figures, its months and "
        "the way to its records appear here."
    )


def ordered(rows: Sequence[Row], order: Order, known: knowledge.Knowledge) -> tuple[Row, ...]:
    """The rows in the order that the reader picked."""
    match order:
        case Order.SIZE:
            return comparison.by_difference(rows)
        case Order.GROUP:
            return comparison.by_group(rows, known)
        case Order.NAME:
            return comparison.by_name(rows, known)


def _pick_line() -> None:
    """Lay the finding open whose line was picked."""
    picked = session.entered("against_others").selection.cells
    if picked:
        forms.lay_open(session.kept("compared_rows", [])[picked[0][0]])


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
            "All others": st.column_config.TextColumn(width=205),
            "Difference": number("Difference, points", format="%+.1f"),
            "Ratio": number(format="%.2f"),
            "Standardised": number("Standardised difference", format="%.2f"),
        },
        placeholder=comparison_words.UNDEFINED,
        on_select=_pick_line,
        selection_mode="single-cell",
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
        "Not asked": row.not_asked,
        "Others not asked": row.others_not_asked,
        "Ratio": row.ratio.value if row.ratio else None,
        "Interval of the ratio": comparison_words.ratio_between(row.ratio),
        "Standardised": standardised.value if standardised else None,
        "Interval, standardised": comparison_words.between(standardised, 1),
        "Size": "negligible" if row.trivial else "",
        "Test": comparison_words.tested(row),
        "p": comparison_words.chance(row.tested.p),
        "q": comparison_words.chance(row.tested.q),
    }
