"""Draws the combinations of findings as an UpSet plot: bars above, what each is made of below."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from circulation.counting import co_occurrence_words
from circulation.counting.co_occurrence import Combination, Combinations
from circulation.knowledge_base import knowledge
from ui import charts

BARS = 220  # pixels
ROW_HEIGHT = 25
AROUND = 24
DOT = 13


def upset(found: Combinations, known: knowledge.Knowledge, *, dark: bool) -> go.Figure:
    """The combinations shown, the most frequent first; a line joins the findings of each."""
    ink = charts.DARK if dark else charts.LIGHT
    rows = ROW_HEIGHT * len(found.findings)
    height = BARS + rows + AROUND
    outside, inside = _dots(found, ink)
    figure = go.Figure([_bars(found, known, ink), outside, *_joins(found, ink), inside])
    figure.update_layout(
        **charts.on_page(ink, height, top=AROUND, right=8, bottom=0),
        showlegend=False,
        bargap=0.35,
    )
    _axes(figure, found, known, ink, below=rows / (BARS + rows))
    return figure


def _axes(
    figure: go.Figure,
    found: Combinations,
    known: knowledge.Knowledge,
    ink: charts.Ink,
    *,
    below: float,
) -> None:
    """Bars above, dots ``below``, a part of the height from 0 to 1."""
    bare = {"fixedrange": True, "zeroline": False, "showgrid": False, "color": ink.text}
    figure.update_xaxes(
        range=[-0.6, len(found.shown) - 0.4], showticklabels=False, anchor="y2", **bare
    )
    figure.update_layout(
        yaxis={
            **bare,
            "domain": [below + 0.04, 1],
            "title": {"text": "Records", "standoff": 4},
            "showgrid": True,
            "gridcolor": ink.grid,
            "rangemode": "tozero",
            "nticks": 5,
            "tickformat": ",",
        },
        yaxis2={
            **bare,
            "domain": [0, below],
            "range": [len(found.findings) - 0.5, -0.5],
            "tickvals": list(range(len(found.findings))),
            "ticktext": [escape(known.finding[name].label) for name in found.findings],
            "automargin": True,
            "ticklabelstandoff": 6,
        },
    )


def _bars(found: Combinations, known: knowledge.Knowledge, ink: charts.Ink) -> go.Bar:
    return go.Bar(
        x=list(range(len(found.shown))),
        y=[one.count for one in found.shown],
        text=[f"{one.count:,}" for one in found.shown],
        textposition="outside",
        cliponaxis=False,
        marker={"color": ink.bar},
        hovertext=[_hover(found, one, known) for one in found.shown],
        hoverinfo="text",
    )


def _hover(found: Combinations, one: Combination, known: knowledge.Knowledge) -> str:
    labels = "<br>".join(escape(known.finding[name].label) for name in one.findings)
    share = escape(co_occurrence_words.share(found, one.count))
    return f"{labels or co_occurrence_words.NONE}<br>{one.count:,} records ({share})"


def _places(found: Combinations, one: Combination) -> list[int]:
    return [found.findings.index(name) for name in one.findings]


def _joins(found: Combinations, ink: charts.Ink) -> Sequence[go.Scatter]:
    """A line from the first to the last finding of each combination."""
    ends = [(x, _places(found, one)) for x, one in enumerate(found.shown) if len(one.findings) > 1]
    return [
        go.Scatter(
            x=[x, x],
            y=[min(places), max(places)],
            yaxis="y2",
            mode="lines",
            line={"color": ink.text, "width": 3},
            hoverinfo="skip",
        )
        for x, places in ends
    ]


def _dots(found: Combinations, ink: charts.Ink) -> Sequence[go.Scatter]:
    """A pale dot for each finding outside a combination, a strong one for each inside."""
    every = [(x, y) for x in range(len(found.shown)) for y in range(len(found.findings))]
    inside = {(x, y) for x, one in enumerate(found.shown) for y in _places(found, one)}
    kinds = (
        ([place for place in every if place not in inside], ink.grid),
        ([place for place in every if place in inside], ink.text),
    )
    return [
        go.Scatter(
            x=[x for x, _ in places],
            y=[y for _, y in places],
            yaxis="y2",
            mode="markers",
            marker={"size": DOT, "color": colour, "opacity": 1},
            hoverinfo="skip",
        )
        for places, colour in kinds
    ]
