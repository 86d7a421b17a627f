"""Draws how far each finding of a cause lies from all others, with 95% intervals."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from circulation.counting import comparison_words
from circulation.counting.comparison import Comparison, Row
from circulation.counting.intervals import Estimate
from circulation.counting.significance import FEWEST_ASKED
from circulation.knowledge_base import knowledge
from ui import charts

LINE_HEIGHT = 26
AROUND = 88  # pixels for the legend and the axis
MARKS = {
    "Difference, with its 95% interval": "circle",
    "Negligible difference": "circle-open",
    f"Fewer than {FEWEST_ASKED} asked": "diamond-open",
}
SOLID, NEGLIGIBLE, FEW = MARKS


def differences(rows: Sequence[Row], known: knowledge.Knowledge, *, dark: bool) -> go.Figure:
    """One line for each finding, in the order given; its mark says what to make of it."""
    ink = charts.DARK if dark else charts.LIGHT
    drawn = drawable(rows)
    figure = go.Figure([_marks(drawn, name, known, ink) for name in MARKS])
    figure.update_layout(
        **charts.on_page(ink, AROUND + LINE_HEIGHT * len(drawn), top=36, right=16, bottom=44),
        legend=charts.LEGEND,
    )
    figure.add_vline(x=0, line={"color": ink.text, "width": 1.5})
    axis = {"fixedrange": True, "zeroline": False, "gridcolor": ink.grid, "color": ink.text}
    title = {"text": "Percentage points above (right) or below (left) all others", "standoff": 8}
    figure.update_xaxes(title=title, **axis)
    figure.update_yaxes(
        tickvals=list(range(len(drawn))),
        ticktext=[escape(known.finding[row.finding].label) for row, _ in drawn],
        range=[len(drawn) - 0.5, -0.5],
        automargin=True,
        ticklabelstandoff=6,
        **(axis | {"showgrid": False}),
    )
    return figure


def drawable(rows: Sequence[Row]) -> list[tuple[Row, Estimate]]:
    """The rows with a difference."""
    return [(row, row.difference) for row in rows if row.difference]


def alt(rows: Sequence[Row], found: Comparison, cause: str, known: knowledge.Knowledge) -> str:
    """The chart in words: its finding, the extremes, and how many differences are clear."""
    title = comparison_words.title(rows, found, cause, known)
    drawn = sorted(drawable(rows), key=lambda one: one[1].value, reverse=True)
    if not drawn:
        return f"{title}. No finding was asked in both groups."
    extremes = (
        f"{known.finding[row.finding].label} {comparison_words.points(difference)}"
        for row, difference in (drawn[0], drawn[-1])
    )
    return f"{title}. From {' down to '.join(extremes)}. {comparison_words.apart(rows)}"


def not_drawn(rows: Sequence[Row], known: knowledge.Knowledge) -> str:
    """The findings that were not asked in both groups, else ''."""
    names = [known.finding[row.finding].label for row in rows if row.difference is None]
    return f"Not asked in both groups: {'; '.join(names)}." if names else ""


def _mark(row: Row) -> str:
    """Which mark a row gets; a difference between few is not called negligible either."""
    if row.few:
        return FEW
    return NEGLIGIBLE if row.trivial else SOLID


def _marks(
    drawn: Sequence[tuple[Row, Estimate]], name: str, known: knowledge.Knowledge, ink: charts.Ink
) -> go.Scatter:
    placed = [(y, row, one) for y, (row, one) in enumerate(drawn) if _mark(row) == name]
    return go.Scatter(
        x=[100 * one.value for _, _, one in placed],
        y=[y for y, _, _ in placed],
        mode="markers",
        name=name,
        marker={
            "symbol": MARKS[name],
            "size": 9,
            "color": ink.bar,
            "line": {"width": 2, "color": ink.bar},
        },
        error_x={
            "type": "data",
            "array": [100 * (one.interval.high - one.value) for _, _, one in placed],
            "arrayminus": [100 * (one.value - one.interval.low) for _, _, one in placed],
            "color": ink.bar,
            "thickness": 1.5,
            "width": 3,
        },
        hovertext=[_hover(row, one, known) for _, row, one in placed],
        hoverinfo="text",
    )


def _hover(row: Row, difference: Estimate, known: knowledge.Knowledge) -> str:
    lines = (
        known.finding[row.finding].label,
        comparison_words.points(difference),
        f"This cause: {comparison_words.part(row.own, row.own_interval)}",
        f"All others: {comparison_words.part(row.others, row.others_interval)}",
    )
    return "<br>".join(escape(line) for line in lines)
