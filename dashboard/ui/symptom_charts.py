"""Draws likelihood ratios with their intervals, one line for each finding, from a release.

Which ratio a mark is shows in its shape: a disc for a present finding, a hollow diamond for an
absent one. Ratios live on a logarithmic axis, on which 2 and 1/2 lie equally far from 1.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from circulation.counting import discrimination_words
from circulation.counting.discrimination import Fourfold
from circulation.counting.discrimination_release import Release
from circulation.counting.intervals import Interval, Ratio
from circulation.knowledge_base import knowledge
from ui import charts

LINE_HEIGHT = 34
AROUND = 96  # pixels for the legend and the axis
FINE = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10)
COARSE = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_FINE = 20  # times that the upper end of the axis is the lower one
WIDEST = (0.01, 1000.0)  # an interval that goes beyond ends at the edge of the chart


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the two ratios: its name, its mark, and how far it is moved off its line."""

    name: str
    symbol: str
    shift: float
    of: Callable[[Fourfold], Ratio | None]


KINDS = (
    _Kind("When present", "circle", -0.16, lambda row: row.when_present),
    _Kind("When absent", "diamond-open", 0.16, lambda row: row.when_absent),
)


def ratios(release: Release, known: knowledge.Knowledge, *, dark: bool) -> go.Figure:
    """Both likelihood ratios of each finding, the highest when present first; 1 is marked."""
    ink = charts.DARK if dark else charts.LIGHT
    rows = discrimination_words.by_ratio(release)
    low, high = _span(rows)
    figure = go.Figure([_marks(rows, kind, known, ink, (low, high)) for kind in KINDS])
    figure.update_layout(
        **charts.on_page(ink, AROUND + LINE_HEIGHT * len(rows), top=40, right=16, bottom=48),
        legend=charts.LEGEND,
    )
    figure.add_vline(x=1, line={"color": ink.text, "width": 1.5})
    axis = {"fixedrange": True, "zeroline": False, "gridcolor": ink.grid, "color": ink.text}
    ticks = [tick for tick in (FINE if high < MOST_FINE * low else COARSE) if low <= tick <= high]
    figure.update_xaxes(
        type="log",
        range=[math.log10(low), math.log10(high)],
        tickvals=ticks,
        ticktext=[f"{tick:g}" for tick in ticks],
        title={"text": "Likelihood ratio (1: says nothing)", "standoff": 8},
        **axis,
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[escape(known.finding[row.finding].label) for row in rows],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        ticklabelstandoff=6,
        **(axis | {"showgrid": False}),
    )
    return figure


def alt(release: Release, known: knowledge.Knowledge) -> str:
    """The chart in words: its title, and the highest and lowest ratio of a present finding."""
    title = discrimination_words.title(release, known)
    rows = [
        (known.finding[row.finding].label, found.value)
        for row in discrimination_words.by_ratio(release)
        if (found := row.when_present) and found.value is not None
    ]
    if not rows:
        return title
    (most, highest), (least, lowest) = rows[0], rows[-1]
    return (
        f"{title}. Likelihood ratios when present lie between {lowest:.2f} ({least}) "
        f"and {highest:.2f} ({most})."
    )


def not_drawn(release: Release, known: knowledge.Knowledge) -> str:
    """The findings with a ratio that the axis cannot hold (0, not defined, far off), else ''."""
    names = [
        known.finding[row.finding].label
        for row in discrimination_words.by_ratio(release)
        if not all(_fits(kind.of(row)) for kind in KINDS)
    ]
    return f"Not all in the chart, see the table: {'; '.join(names)}." if names else ""


def _fits(ratio: Ratio | None) -> bool:
    return bool(ratio and ratio.value and WIDEST[0] <= ratio.value <= WIDEST[1])


def _span(rows: Sequence[Fourfold]) -> tuple[float, float]:
    """The ends of the axis: around all that is drawn, from 0.7 to 1.5 at least."""
    found = [ratio for row in rows for kind in KINDS if (ratio := kind.of(row)) and _fits(ratio)]
    ends = [end for ratio in found for end in (ratio.interval.low, ratio.interval.high)]
    low = min([0.65, *(0.9 * end for end in ends)])
    high = max([1.6, *(1.1 * end for end in ends)])
    return max(low, WIDEST[0]), min(high, WIDEST[1])


def _marks(
    rows: Sequence[Fourfold],
    kind: _Kind,
    known: knowledge.Knowledge,
    ink: charts.Ink,
    span: tuple[float, float],
) -> go.Scatter:
    drawn = [
        (place, row.finding, ratio, ratio.value)
        for place, row in enumerate(rows)
        if (ratio := kind.of(row)) and ratio.value and _fits(ratio)
    ]
    colour = ink.bar if kind.symbol == "circle" else ink.frame
    return go.Scatter(
        x=[value for _, _, _, value in drawn],
        y=[place + kind.shift for place, _, _, _ in drawn],
        mode="markers",
        name=kind.name,
        marker={
            "symbol": kind.symbol,
            "size": 10,
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
        error_x=_reach([(ratio.interval, value) for _, _, ratio, value in drawn], span, colour),
        hovertext=[
            f"{escape(known.finding[finding].label)}<br>{kind.name}: "
            f"{escape(discrimination_words.ratio(ratio))}"
            for _, finding, ratio, _ in drawn
        ],
        hoverinfo="text",
    )


def _reach(
    drawn: Sequence[tuple[Interval, float]], span: tuple[float, float], colour: str
) -> dict[str, object]:
    """How far each interval reaches from its value, at most to the edge of the chart."""
    return {
        "type": "data",
        "array": [min(interval.high, span[1]) - value for interval, value in drawn],
        "arrayminus": [value - max(interval.low, span[0]) for interval, value in drawn],
        "color": colour,
        "thickness": 1.5,
        "width": 3,
    }
