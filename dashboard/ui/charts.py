"""Draws what a Release says as Plotly figures: the heat map, and one cell by month.

Plotly reads a little HTML in every text, so each text is escaped first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from circulation.counting import distribution, headlines, published
from circulation.knowledge_base import knowledge
from ui import shades

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "doubleClick": False,
}
ROW_HEIGHT = 31
MONTHS_HEIGHT = 190
MARK = 30
FONT = "'Source Sans', sans-serif"
LEGEND = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False}
"""Above the figure, from the left."""
SELECTED = {"clickmode": "event+select", "showlegend": False}
"""A click on a mark selects it and opens its cell."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a theme around the data."""

    text: str
    grid: str
    bar: str
    frame: str


LIGHT = Ink(text="#12181C", grid="#D0D7DB", bar="#005EB8", frame="#B85C00")
DARK = Ink(text="#EDF2F5", grid="#33424E", bar="#6FB1F5", frame="#F2A65A")


def heatmap(
    release: published.Release,
    known: knowledge.Knowledge,
    *,
    numbers: bool,
    dark: bool,
    opened: published.Cell | None,
) -> go.Figure:
    """Findings by causes; an unseen square over each cell can be clicked and carries its names."""
    blues, ink = (shades.DARK, DARK) if dark else (shades.LIGHT, LIGHT)
    scale = shades.Scale.of(release, numbers=numbers)
    steps = [[scale.step(cell) for cell in row] for row in release.rows]
    figure = go.Figure(
        [_colours(steps, blues), _squares(release, known, steps, blues, ink, numbers=numbers)]
    )
    figure.update_layout(
        on_page(ink, 64 + ROW_HEIGHT * len(release.rows), top=64, right=0, bottom=0), **SELECTED
    )
    figure.update_xaxes(
        tickvals=list(range(len(release.rows[0]))),
        ticktext=[_head(cell, known) for cell in release.rows[0]],
        side="top",
        range=[-0.5, len(release.rows[0]) - 0.5],
        **_axis(ink),
    )
    figure.update_yaxes(
        tickvals=list(range(len(release.rows))),
        ticktext=[escape(known.finding[row[0].finding].label) for row in release.rows],
        range=[len(release.rows) - 0.5, -0.5],
        ticklabelstandoff=6,
        **_axis(ink),
    )
    for y, row in enumerate(release.rows):
        for x, cell in enumerate(row):
            if cell == opened:
                figure.add_shape(_frame(x, y, ink))
    return figure


def _colours(steps: Sequence[Sequence[int | None]], blues: Sequence[str]) -> go.Heatmap:
    last = len(blues) - 1
    return go.Heatmap(
        z=steps,
        zmin=0,
        zmax=last,
        colorscale=[[place / last, blue] for place, blue in enumerate(blues)],
        showscale=False,
        hoverinfo="skip",
        xgap=2,
        ygap=2,
    )


def _frame(x: int, y: int, ink: Ink) -> dict[str, object]:
    """The frame of the cell that lies open."""
    edges = {"x0": x - 0.48, "x1": x + 0.48, "y0": y - 0.46, "y1": y + 0.46}
    return {"type": "rect", "line": {"color": ink.frame, "width": 3}, **edges}


def _squares(
    release: published.Release,
    known: knowledge.Knowledge,
    steps: Sequence[Sequence[int | None]],
    blues: Sequence[str],
    ink: Ink,
    *,
    numbers: bool,
) -> go.Scatter:
    placed = [
        (x, y, cell, steps[y][x])
        for y, row in enumerate(release.rows)
        for x, cell in enumerate(row)
    ]
    return go.Scatter(
        x=[x for x, _, _, _ in placed],
        y=[y for _, y, _, _ in placed],
        mode="markers+text",
        marker={"symbol": "square", "size": MARK, "opacity": 0},
        text=[escape(shades.words(cell, numbers=numbers)) for _, _, cell, _ in placed],
        textfont={
            "size": 12,
            "color": [
                ink.text if step is None else shades.text_on(blues[step]) for *_, step in placed
            ],
        },
        customdata=[[cell.finding, cell.cause] for _, _, cell, _ in placed],
        hovertext=[
            f"{escape(headlines.cell_title(release, cell, known))}<br>{escape(cell.of_asked)}"
            for _, _, cell, _ in placed
        ],
        hoverinfo="text",
        showlegend=False,
    )


def months(shown: Sequence[published.Month], *, dark: bool) -> go.Figure:
    """How many records of one cell were received in each month."""
    ink = DARK if dark else LIGHT
    figure = go.Figure(
        go.Bar(
            x=[month.period.first.isoformat() for month in shown],
            y=[month.present.value for month in shown],
            hovertext=[
                f"{month.period.label}: {month.present.words} of {month.asked.words} asked"
                for month in shown
            ],
            hoverinfo="text",
            marker={"color": ink.bar},
        )
    )
    figure.update_layout(on_page(ink, MONTHS_HEIGHT, top=8, right=0, bottom=24), **SELECTED)
    figure.update_layout(margin_l=28, bargap=0.25)
    figure.update_xaxes(type="date", tickformat="%b<br>%Y", nticks=6, **_axis(ink))
    most = max((month.present.value or 0 for month in shown), default=0)
    whole = {"dtick": 1} if most < 5 else {"nticks": 4}
    figure.update_yaxes(rangemode="tozero", **(_axis(ink) | {"showgrid": True} | whole))
    return figure


def months_alt(shown: Sequence[published.Month], title: str) -> str:
    """The months chart in words."""
    if not shown:
        return f"{title} by month: no record has a date"
    most = max(shown, key=lambda month: month.present.value or 0)
    return (
        f"{title} by month received, {shown[0].period.label} to {shown[-1].period.label}; "
        f"most in {most.period.label}: {most.present.words} of {most.asked.words} asked"
    )


def _head(cell: published.Cell, known: knowledge.Knowledge) -> str:
    label = "All records" if cell.cause == distribution.ALL else known.cause[cell.cause].short
    return f"{'<br>'.join(escape(label).split())}<br>n={escape(cell.n.words)}"


def on_page(ink: Ink, height: int, *, top: int, right: int, bottom: int) -> dict[str, object]:
    """The layout of a figure that stands on a page: its own size, the page's ground and letters.

    Height and margins in pixels.
    """
    return {
        "height": height,
        "margin": {"l": 8, "r": right, "t": top, "b": bottom},
        "dragmode": False,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "color": ink.text, "size": 13},
    }


def _axis(ink: Ink) -> dict[str, object]:
    return {
        "fixedrange": True,
        "showgrid": False,
        "gridcolor": ink.grid,
        "zeroline": False,
        "tickangle": 0,
        "automargin": True,
        "ticks": "",
        "tickfont": {"color": ink.text, "size": 12},
    }
