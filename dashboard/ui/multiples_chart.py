"""Draws the same findings for each group side by side: one panel a group, all on one scale."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from circulation.counting import intervals, small_multiples_words
from circulation.counting.intervals import Part
from circulation.counting.significance import FEWEST_ASKED
from circulation.counting.small_multiples import Multiples
from circulation.knowledge_base import knowledge
from ui import charts

ROW_HEIGHT = 21
HEAD_ROWS = 4  # lines kept free above each row of panels
MOST_ABREAST = 6
STEP = 1.18  # from one panel to the next; a panel is 1 wide
ALL_RECORDS = "All records shown"
LONGEST_LINE = 16  # letters of a panel's name; six panels fit beside each other
SHARE = "Share of those asked, with its 95% interval"


@dataclass(frozen=True, slots=True)
class _Mark:
    """One finding in one group, and where it is drawn: ``left`` is where its panel begins."""

    part: Part
    left: float
    y: int
    says: str


def panels(
    found: Multiples, findings: Sequence[str], known: knowledge.Knowledge, *, dark: bool
) -> go.Figure:
    """A dot and its interval for each finding in each group; a line marks all records."""
    ink = charts.DARK if dark else charts.LIGHT
    lines = _lines(found, findings)
    figure = go.Figure(_traces(found, findings, known, ink))
    figure.update_layout(
        **charts.on_page(ink, ROW_HEIGHT * lines + 48, top=40, right=24, bottom=8),
        legend=charts.LEGEND,
        shapes=list(_frames(found, findings, ink)),
        annotations=list(_heads(found, findings, ink)),
    )
    bare = {"fixedrange": True, "zeroline": False, "showgrid": False}
    figure.update_xaxes(
        range=[-0.04, STEP * (_abreast(found) - 1) + 1.04], showticklabels=False, **bare
    )
    figure.update_yaxes(
        tickvals=[y for y, _ in _rows(found, findings)],
        ticktext=[escape(known.finding[name].label) for _, name in _rows(found, findings)],
        range=[lines - 0.4, -0.5],
        automargin=True,
        ticklabelstandoff=6,
        color=ink.text,
        **bare,
    )
    return figure


def _traces(
    found: Multiples, findings: Sequence[str], known: knowledge.Knowledge, ink: charts.Ink
) -> list[go.Scatter]:
    marks = [mark for mark in _marks(found, findings, known) if mark.part.asked]
    few = [mark for mark in marks if mark.part.asked < FEWEST_ASKED]
    enough = [mark for mark in marks if mark.part.asked >= FEWEST_ASKED]
    return [
        _everyone(found, findings, ink),
        _dots(enough, SHARE, "circle", ink),
        _dots(few, small_multiples_words.hollow(), "diamond-open", ink),
    ]


def _place(found: Multiples, number: int, findings: Sequence[str]) -> tuple[float, int]:
    """Where a panel begins: its left edge, and its first line."""
    band, column = divmod(number, _abreast(found))
    return STEP * column, HEAD_ROWS + band * (len(findings) + HEAD_ROWS)


def _bands(found: Multiples) -> int:
    """How many rows of panels."""
    return -(-len(found.filled) // MOST_ABREAST)


def _abreast(found: Multiples) -> int:
    """How many panels stand in a row, so that the rows are about as long."""
    return -(-len(found.filled) // _bands(found))


def _lines(found: Multiples, findings: Sequence[str]) -> int:
    return _bands(found) * (len(findings) + HEAD_ROWS)


def _rows(found: Multiples, findings: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The line of each finding, once in each row of panels."""
    for band in range(_bands(found)):
        first = _place(found, band * _abreast(found), findings)[1]
        yield from ((first + line, name) for line, name in enumerate(findings))


def _marks(
    found: Multiples, findings: Sequence[str], known: knowledge.Knowledge
) -> Iterator[_Mark]:
    for number, value in enumerate(found.filled):
        left, first = _place(found, number, findings)
        for line, name in enumerate(findings):
            part = found.part(name, value)
            label = small_multiples_words.label(found, value)
            says = f"{escape(known.finding[name].label)}<br>{escape(label)}: "
            yield _Mark(part, left, first + line, says + small_multiples_words.of_asked(part))


def _dots(marks: Sequence[_Mark], name: str, symbol: str, ink: charts.Ink) -> go.Scatter:
    reach = [(mark, mark.part.share or 0, intervals.share(mark.part)) for mark in marks]
    return go.Scatter(
        x=[mark.left + share for mark, share, _ in reach],
        y=[mark.y for mark in marks],
        mode="markers",
        name=name,
        marker={
            "symbol": symbol,
            "size": 7,
            "color": ink.bar,
            "line": {"width": 1.5, "color": ink.bar},
        },
        error_x={
            "type": "data",
            "array": [ends.high - share for _, share, ends in reach if ends],
            "arrayminus": [share - ends.low for _, share, ends in reach if ends],
            "color": ink.bar,
            "thickness": 1.2,
            "width": 0,
        },
        hovertext=[mark.says for mark in marks],
        hoverinfo="text",
        cliponaxis=False,
    )


def _everyone(found: Multiples, findings: Sequence[str], ink: charts.Ink) -> go.Scatter:
    """A short line at the share of all records, the same in each panel."""
    placed = [
        (left + share, first + line)
        for number in range(len(found.filled))
        for left, first in [_place(found, number, findings)]
        for line, name in enumerate(findings)
        if (share := found.everyone(name).share) is not None
    ]
    return go.Scatter(
        x=[x for x, _ in placed],
        y=[y for _, y in placed],
        mode="markers",
        name=ALL_RECORDS,
        marker={"symbol": "line-ns-open", "size": 12, "color": ink.frame, "line": {"width": 2}},
        hoverinfo="skip",
    )


def _frames(
    found: Multiples, findings: Sequence[str], ink: charts.Ink
) -> Iterator[dict[str, object]]:
    """Thin lines at 0, 50 and 100% of each panel."""
    for number in range(len(found.filled)):
        left, first = _place(found, number, findings)
        for share in (0.0, 0.5, 1.0):
            yield {
                "type": "line",
                "layer": "below",
                "line": {"color": ink.grid, "width": 1},
                "x0": left + share,
                "x1": left + share,
                "y0": first - 0.6,
                "y1": first + len(findings) - 0.4,
            }


def _heads(
    found: Multiples, findings: Sequence[str], ink: charts.Ink
) -> Iterator[dict[str, object]]:
    """The name of each panel with its number of records, and its scale."""
    for number, value in enumerate(found.filled):
        left, first = _place(found, number, findings)
        label = "<br>".join(
            escape(line)
            for line in textwrap.wrap(small_multiples_words.label(found, value), LONGEST_LINE)
        )
        text = f"<b>{label}</b><br>n={found.records(value):,}"
        yield _text(left + 0.5, first - 1.4, text, 13, ink) | {"yanchor": "bottom"}
        for share, anchor in ((0.0, "left"), (0.5, "center"), (1.0, "right")):
            words = f"{100 * share:.0f}%"
            yield _text(left + share, first - 1, words, 11, ink) | {"xanchor": anchor}


def _text(x: float, y: float, text: str, size: int, ink: charts.Ink) -> dict[str, object]:
    font = {"size": size, "color": ink.text}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font}
