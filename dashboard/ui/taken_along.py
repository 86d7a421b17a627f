"""What each view of the distribution page lets a reader take along: its tables and its charts."""

from collections.abc import Callable, Sequence
from functools import partial

import plotly.graph_objects as go

from circulation.counting import (
    between_words,
    co_occurrence_words,
    comparison_words,
    completeness_words,
    published,
    small_multiples_words,
    taken_tables,
    taken_views,
)
from circulation.counting.between import Between, Line
from circulation.counting.co_occurrence import Combinations, Pairs
from circulation.counting.comparison import Comparison, Row
from circulation.counting.completeness import Missing
from circulation.counting.small_multiples import Multiples
from circulation.counting.takeaways import Takeaway
from circulation.knowledge_base import knowledge
from ui import (
    charts,
    comparison_charts,
    missing_charts,
    multiples_chart,
    session,
    take_along,
    together_chart,
)
from ui.take_along import Picture, Taken


def all_causes(
    release: published.Release,
    title: str,
    known: knowledge.Knowledge,
    *,
    numbers: bool,
    months: Picture | None,
) -> Taken:
    """Every finding with every cause, the heat map, and the months of the cell that lies open."""
    drawn, taken = release.answered(), _extract(release, title, known)
    cells = [cell for row in release.rows for cell in row]
    table = partial(taken_tables.of_release, cells, taken)
    pictures = []
    if drawn.rows:
        draw = partial(charts.heatmap, drawn, known, numbers=numbers, dark=False, opened=None)
        pictures.append(Picture("Heat map", title, draw))
    if months:
        pictures.append(months)
    return Taken("distribution", taken.notes, lambda: {"Table": table()}, pictures)


def by_month(title: str, months: Callable[[], Sequence[published.Month]]) -> Picture:
    """The cell that lies open, by month received."""
    draw = partial(_months, months)
    return Picture("By month", f"{title}, by month received", draw)


def _months(months: Callable[[], Sequence[published.Month]]) -> go.Figure:
    return charts.months(months(), dark=False)


def one_cause(
    release: published.Release,
    found: Comparison,
    rows: Sequence[Row],
    cause: str,
    known: knowledge.Knowledge,
) -> Taken:
    """One cause against all others."""
    title = comparison_words.title(rows, found, cause, known)
    taken = _extract(release, title, known)
    table = partial(taken_views.one_cause, rows, cause, taken)
    draw = partial(comparison_charts.differences, rows, known, dark=False)
    pictures = [Picture("Differences", title, draw)] if comparison_charts.drawable(rows) else []
    return Taken("one-cause", taken.notes, lambda: {"Table": table()}, pictures)


def side_by_side(
    release: published.Release,
    found: Multiples,
    findings: Sequence[str],
    known: knowledge.Knowledge,
) -> Taken:
    """Sites, age bands or sex."""
    title = small_multiples_words.title(found, known)
    taken = _extract(release, title, known)
    table = partial(taken_views.side_by_side, found, findings, taken)
    draw = partial(multiples_chart.panels, found, findings, known, dark=False)
    pictures = [Picture("Panels", title, draw)]
    return Taken(
        f"by-{found.over.replace('_', '-')}", taken.notes, lambda: {"Table": table()}, pictures
    )


def together(
    release: published.Release, pairs: Pairs, found: Combinations, known: knowledge.Knowledge
) -> Taken:
    """What comes together: pairs, and combinations of several."""
    title = co_occurrence_words.title(pairs, known)
    taken = _extract(release, title, known)

    def tables() -> dict[str, Takeaway]:
        return {
            "Pairs": taken_views.pairs(pairs, taken),
            "Combinations": taken_views.combinations(found, taken),
        }

    draw = partial(together_chart.upset, found, known, dark=False)
    pictures = [Picture("Combinations", title, draw)] if found.asked else []
    return Taken("together", taken.notes, tables, pictures)


def not_recorded(
    release: published.Release, sites: Missing, months: Missing, known: knowledge.Knowledge
) -> Taken:
    """What is missing, by site and by month."""
    title = completeness_words.title(sites, known)
    taken = _extract(release, title, known)

    def tables() -> dict[str, Takeaway]:
        return {
            "By site": taken_views.missing(sites, "Site", taken),
            "By month": taken_views.missing(months, "Month", taken),
        }

    names = completeness_words.by_size(sites)
    bars = Picture("All records", title, partial(missing_charts.bars, sites, known, dark=False))
    map_ = partial(missing_charts.months, months, names, known, dark=False)
    return Taken("not-recorded", taken.notes, tables, [bars, Picture("By month", title, map_)])


def between(found: Between, lines: Sequence[Line], known: knowledge.Knowledge) -> Taken:
    """Two selections side by side."""
    title, source = between_words.title(found, known), take_along.source()
    table = taken_tables.of_between(found, lines, title, source, known, session.role())
    return Taken("comparison", table.notes, lambda: {"Table": table}, [])


def _extract(
    release: published.Release, title: str, known: knowledge.Knowledge
) -> taken_tables.Extract:
    return taken_tables.Extract(release, title, take_along.source(), known, session.role())
