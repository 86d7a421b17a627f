"""Draws what was not recorded: bars for all records, and a map of findings by month."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from circulation.counting import completeness_words, published
from circulation.counting.completeness import Missing
from circulation.knowledge_base import knowledge
from ui import charts, shades

LINE_HEIGHT = 23
AROUND = 64
MOST_LABELS = 13  # months named below the map
UNDATED = "No<br>day"


def bars(found: Missing, known: knowledge.Knowledge, *, dark: bool) -> go.Figure:
    """The share of records without an answer to each finding, the one missing most first."""
    ink = charts.DARK if dark else charts.LIGHT
    names = completeness_words.by_size(found)
    parts = [found.of(name) for name in names]
    figure = go.Figure(
        go.Bar(
            x=[100 * (part.share or 0) for part in parts],
            y=list(range(len(names))),
            orientation="h",
            text=[published.percent(part.share or 0) for part in parts],
            textposition="outside",
            cliponaxis=False,
            marker={"color": shades.missing(dark=dark)[5]},
            hovertext=[
                f"{escape(known.finding[name].label)}<br>{_said(found, name)}" for name in names
            ],
            hoverinfo="text",
        )
    )
    _lay_out(figure, names, known, ink)
    figure.update_xaxes(
        range=[0, 104],
        tickvals=[0, 25, 50, 75, 100],
        ticktext=["0%", "25%", "50%", "75%", "100%"],
        title={"text": "Records without an answer", "standoff": 8},
        **_axis(ink),
    )
    return figure


def months(
    found: Missing, findings: Sequence[str], known: knowledge.Knowledge, *, dark: bool
) -> go.Figure:
    """The share without an answer in each month, the newest on the right."""
    ink = charts.DARK if dark else charts.LIGHT
    colours = shades.missing(dark=dark)
    last = len(colours) - 1
    figure = go.Figure(
        go.Heatmap(
            z=[[_percent(found, name, group) for group in found.groups] for name in findings],
            zmin=0,
            zmax=100,
            colorscale=[[place / last, colour] for place, colour in enumerate(colours)],
            colorbar={
                "thickness": 12,
                "tickvals": [0, 50, 100],
                "ticktext": ["0%", "50%", "100%"],
                "outlinewidth": 0,
            },
            hovertext=[
                [_hover(found, name, group, known) for group in found.groups] for name in findings
            ],
            hoverinfo="text",
            hoverongaps=False,
            xgap=1,
            ygap=1,
        )
    )
    _lay_out(figure, findings, known, ink)
    undated = len(found.labels) - 1
    step = -(-undated // MOST_LABELS)
    named = [*range(0, undated - 1, step), undated]
    figure.update_xaxes(
        tickvals=named,
        ticktext=[*(_month(found.labels[place]) for place in named[:-1]), UNDATED],
        tickangle=0,
        **_axis(ink),
    )
    return figure


def _lay_out(
    figure: go.Figure, names: Sequence[str], known: knowledge.Knowledge, ink: charts.Ink
) -> None:
    figure.update_layout(
        **charts.on_page(ink, AROUND + LINE_HEIGHT * len(names), top=8, right=24, bottom=48),
        showlegend=False,
        bargap=0.3,
    )
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[escape(known.finding[name].label) for name in names],
        range=[len(names) - 0.5, -0.5],
        automargin=True,
        ticklabelstandoff=6,
        **(_axis(ink) | {"showgrid": False}),
    )


def _axis(ink: charts.Ink) -> dict[str, object]:
    return {"fixedrange": True, "zeroline": False, "gridcolor": ink.grid, "color": ink.text}


def _percent(found: Missing, name: str, group: str) -> float | None:
    """None for a month without records: it is left blank."""
    share = found.part(name, group).share
    return None if share is None else 100 * share


def _said(found: Missing, name: str) -> str:
    return escape(f"Not recorded in {completeness_words.of_records(found.of(name))}")


def _hover(found: Missing, name: str, group: str, known: knowledge.Knowledge) -> str:
    label = found.labels[found.groups.index(group)]
    part = completeness_words.of_records(found.part(name, group))
    return f"{escape(known.finding[name].label)}<br>{escape(f'{label}: not recorded in {part}')}"


def _month(label: str) -> str:
    """A month over two lines."""
    return escape(label).replace("-", "<br>")
