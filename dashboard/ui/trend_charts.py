"""Draws a trend with its process limits: from a frozen chart to a Plotly figure.

What a mark means never hangs on its colour: special causes are triangles that point up or down,
incomplete periods are hollow and those without a value hatched columns.
"""

import datetime
from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from circulation.periods import Step
from circulation.trending import process_limits, trend_words
from circulation.trending.process_limits import Point, Side, Variation
from circulation.trending.trends import Kind, Observation
from ui import charts, trend_colours
from ui.trend_colours import Colours

HEIGHT = 430
MARGIN = {"l": 48, "r": 84, "t": 34, "b": 84}
LABEL_HEIGHT = 31
DAY = 24 * 60 * 60 * 1000  # milliseconds, the unit of Plotly's time axis


def xmr(chart: process_limits.Chart, *, unit: str, dark: bool) -> go.Figure:
    """The chart of a series; `unit` says what is counted (`Records a week`)."""
    colours = trend_colours.DARK if dark else trend_colours.LIGHT
    top = _top(chart)
    figure = go.Figure(
        [*_gaps(chart, top, colours), _line(chart, colours), *_marks(chart, colours)],
        _layout(chart, top, colours),
    )
    figure.add_annotation(
        text=unit,
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=-MARGIN["l"] + 8,
        yshift=8,
        showarrow=False,
        font={"color": colours.text, "size": 13},
    )
    _draw_levels(figure, chart, top, colours)
    return figure


def _top(chart: process_limits.Chart) -> float:
    """The upper end of the value axis, a little above all that is drawn; the lower end is 0."""
    seen = [point.observation.value for point in chart.points]
    seen += [incomplete.value for incomplete in chart.incomplete]
    highest = max((float(value) for value in (*seen, chart.upper) if value is not None), default=0)
    return (highest or 1.0) * 1.08


def _line(chart: process_limits.Chart, colours: Colours) -> go.Scatter:
    return go.Scatter(
        x=[_day(point.observation) for point in chart.points],
        y=[_height(point.observation) for point in chart.points],
        mode="lines",
        line={"color": colours.line, "width": 1.5},
        connectgaps=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(chart: process_limits.Chart, colours: Colours) -> Iterator[go.Scatter]:
    for variation in Variation:
        for side, symbol, word in (
            (None, "circle", ""),
            (Side.HIGH, "triangle-up", ", high"),
            (Side.LOW, "triangle-down", ", low"),
        ):
            points = [
                point
                for point in chart.points
                if (point.variation, point.side) == (variation, side)
                and point.observation.value is not None
            ]
            if points:
                name = "Not judged" if _unjudged(chart) else variation.value.capitalize() + word
                size = 8 if side is None else 13
                yield _dots(chart, points, name, symbol, size, colours.of(variation), colours)
    if chart.incomplete:
        yield _incomplete(chart, colours)


def _unjudged(chart: process_limits.Chart) -> bool:
    return chart.trial or chart.upper is None


def _dots(
    chart: process_limits.Chart,
    points: Sequence[Point],
    name: str,
    symbol: str,
    size: int,
    fill: str,
    colours: Colours,
) -> go.Scatter:
    return go.Scatter(
        x=[_day(point.observation) for point in points],
        y=[_height(point.observation) for point in points],
        mode="markers",
        name=name,
        marker={
            "symbol": symbol,
            "size": size,
            "color": fill,
            "line": {"color": colours.outline, "width": 1.25},
        },
        customdata=[
            [_read(chart, point.observation), trend_words.variation(chart, point)]
            for point in points
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )


def _incomplete(chart: process_limits.Chart, colours: Colours) -> go.Scatter:
    return go.Scatter(
        x=[_day(seen) for seen in chart.incomplete],
        y=[_height(seen) for seen in chart.incomplete],
        mode="markers",
        name="Incomplete, not judged",
        marker={"symbol": "circle-open", "size": 9, "color": colours.text, "line": {"width": 1.5}},
        customdata=[[_read(chart, seen)] for seen in chart.incomplete],
        hovertemplate="%{customdata[0]}<br>Incomplete, not judged<extra></extra>",
    )


def _gaps(chart: process_limits.Chart, top: float, colours: Colours) -> Iterator[go.Bar]:
    """Periods without a value as hatched columns over the full height: a place, not a number."""
    seen = [point.observation for point in chart.points] + list(chart.incomplete)
    gaps = [observation for observation in seen if observation.value is None]
    if gaps:
        told = f"No value: {trend_words.NO_RECORDS}"
        yield go.Bar(
            x=[_day(gap) for gap in gaps],
            y=[top] * len(gaps),
            width=[0.8 * DAY * _days(gap) for gap in gaps],
            name=trend_words.NO_RECORDS.capitalize(),
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"width": 0},
                "pattern": {"shape": ".", "fgcolor": colours.line, "size": 7},
            },
            customdata=[[_named(gap)] for gap in gaps],
            hovertemplate=f"%{{customdata[0]}}<br>{told}<extra></extra>",
        )


def _draw_levels(
    figure: go.Figure, chart: process_limits.Chart, top: float, colours: Colours
) -> None:
    """Mean and limits as lines with their names and numbers at the right end."""
    for value, name, dash, shift in _levels(chart, top):
        figure.add_hline(
            y=value, layer="below", line={"color": colours.line, "width": 1.5, "dash": dash}
        )
        figure.add_annotation(
            text=name,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=4,
            align="left",
            y=value,
            yshift=shift,
            showarrow=False,
            font={"color": colours.text, "size": 12},
        )


def _levels(chart: process_limits.Chart, top: float) -> Iterator[tuple[float, str, str, float]]:
    """Height, label, dash and shift of each line; labels that would touch are moved apart."""
    if chart.mean is None:
        return
    mean, pixels = float(chart.mean), HEIGHT - MARGIN["t"] - MARGIN["b"]
    if chart.lower == chart.upper:
        name = "Mean" if chart.upper is None else "Mean, limits"
        yield mean, f"{name}<br>{trend_words.number(chart.mean, chart.kind)}", "solid", 0
        return
    yield mean, f"Mean<br>{trend_words.number(chart.mean, chart.kind)}", "solid", 0
    for limit, name, up in ((chart.upper, "Upper limit", 1), (chart.lower, "Lower limit", -1)):
        if limit is not None:
            apart = abs(float(limit) - mean) / top * pixels
            shift = up * max(0.0, LABEL_HEIGHT - apart)
            yield float(limit), f"{name}<br>{trend_words.number(limit, chart.kind)}", "dash", shift


def _layout(chart: process_limits.Chart, top: float, colours: Colours) -> go.Layout:
    font = {"color": colours.text, "size": 12, "family": charts.FONT}
    share = chart.kind is Kind.SHARE
    return go.Layout(
        template={},
        height=HEIGHT,
        margin=MARGIN,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font=font,
        dragmode=False,
        hovermode="closest",
        barmode="overlay",
        legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": font},
        xaxis={
            "type": "date",
            "range": _span(chart),
            "fixedrange": True,
            "showgrid": False,
            "showline": True,
            "linecolor": colours.line,
            "tickformat": "%b<br>%Y",
            "dtick": f"M{_months_a_tick(chart)}",
            "tickangle": 0,
            "tickfont": font,
        },
        yaxis={
            "range": [0, top],
            "fixedrange": True,
            "gridcolor": colours.grid,
            "zeroline": False,
            "nticks": 7,
            "tickformat": ".0%" if share else ",d",
            "tickfont": font,
        }
        | ({"dtick": 1} if not share and top < 6 else {}),
    )


def _span(chart: process_limits.Chart) -> tuple[str, str] | None:
    """From the first to the last period drawn, with room for half a mark on either side."""
    seen = [point.observation for point in chart.points] + list(chart.incomplete)
    if not seen:
        return None
    days = [one.period.first for one in seen]
    room = max(datetime.timedelta(days=4), (max(days) - min(days)) / 40)
    return (min(days) - room).isoformat(), (max(days) + room).isoformat()


def _months_a_tick(chart: process_limits.Chart) -> int:
    """At most eight month names below the axis, at steps that divide a year."""
    months = len(chart.points) / (1 if chart.step is Step.MONTH else 4.35)
    return next((step for step in (1, 2, 3, 4, 6) if months / step <= 8), 12)


def _day(seen: Observation) -> str:
    return seen.period.first.isoformat()


def _days(seen: Observation) -> int:
    return (seen.period.last - seen.period.first).days + 1


def _height(seen: Observation) -> float | None:
    return None if seen.value is None else float(seen.value)


def _named(seen: Observation) -> str:
    return f"{'Week of ' if seen.period.step is Step.WEEK else ''}{seen.period.label}"


def _read(chart: process_limits.Chart, seen: Observation) -> str:
    """What stands in the small window over a point."""
    part = "" if seen.of is None else f" ({seen.count} of {seen.of})"
    return f"{_named(seen)}: {trend_words.number(seen.value, chart.kind)}{part}"
