"""A chart as a picture of its own: it carries its title, what it shows of what, and as of when.

Plotly makes the file in the reader's browser; nothing is sent anywhere.
"""

import textwrap
from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

TITLE, SMALL = 20, 12  # pixels
TITLE_LINE, SMALL_LINE, EDGE = 27, 17, 20
TITLE_WIDTH, SMALL_WIDTH = 84, 160  # characters that fit a line of WIDTH pixels
FONT = "Arial, Helvetica, sans-serif"  # the page's own font stays behind: labels would be cut off
WIDTH, USUAL_HEIGHT = 1000, 450


def framed(figure: go.Figure, title: str, said: Sequence[str]) -> go.Figure:
    """A copy on white, under its title and the lines that say what it is about."""
    head = textwrap.wrap(title, TITLE_WIDTH)
    lines = [line for text in said for line in textwrap.wrap(text, SMALL_WIDTH)]
    above = EDGE + TITLE_LINE * len(head) + SMALL_LINE * len(lines)
    framed = go.Figure(figure)
    margin, height = framed.layout.margin, framed.layout.height or USUAL_HEIGHT
    framed.update_layout(
        title={
            "text": f"<b>{_lines(head)}</b>",
            "font": {"size": TITLE},
            "subtitle": {"text": _lines(lines), "font": {"size": SMALL}},
            "x": 0,
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            # Plotly centres a title of several lines where its first line should be.
            "pad": {"t": EDGE // 2 + TITLE_LINE * (len(head) - 1) // 2, "l": EDGE},
        },
        font={"family": FONT},
        margin={
            "t": (margin.t or 0) + above,
            "l": (margin.l or 0) + EDGE,
            "r": (margin.r or 0) + EDGE,
            "b": (margin.b or 0) + EDGE,
        },
        height=height + above + EDGE,
        paper_bgcolor="#FFFFFF",
        plot_bgcolor="#FFFFFF",
    )
    return framed


def config(kind: str, name: str, figure: go.Figure) -> dict[str, object]:
    """Plotly's own bar with one button, which saves the picture as ``kind``: png or svg."""
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "showSendToCloud": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": kind,
            "filename": name,
            "width": WIDTH,
            "height": figure.layout.height,
            "scale": 2 if kind == "png" else 1,
        },
    }


def _lines(texts: Sequence[str]) -> str:
    return "<br>".join(map(escape, texts))
