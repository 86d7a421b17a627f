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
    drawn, source, role = release.answered(), take_along.source(), session.role()
    cells = [cell for row in release.rows for cell in row]
    table = partial(taken_tables.of_release, release, cells, title, source, known, role)
    pictures = []
    if drawn.rows:
        draw = partial(charts.heatmap, drawn, known, numbers=numbers, dark=False, opened=None)
        pictures.append(Picture("Heat map", title, draw))
    if months:
        pictures.append(months)
    notes = taken_tables.notes(release, title, source, known)
    return Taken("distribution", notes, lambda: {"Table": table()}, pictures)


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
    source, role = take_along.source(), session.role()
    table = partial(taken_views.one_cause, release, rows, cause, title, source, known, role)
    draw = partial(comparison_charts.differences, rows, known, dark=False)
    pictures = [Picture("Differences", title, draw)] if comparison_charts.drawable(rows) else []
    notes = taken_tables.notes(release, title, source, known)
    return Taken("one-cause", notes, lambda: {"Table": table()}, pictures)


def side_by_side(
    release: published.Release,
    found: Multiples,
    findings: Sequence[str],
    known: knowledge.Knowledge,
) -> Taken:
    """Sites, age bands or sex."""
    title, source = small_multiples_words.title(found, known), take_along.source()
    table = partial(
        taken_views.side_by_side, release, found, findings, title, source, known, session.role()
    )
    notes = taken_tables.notes(release, title, source, known)
    draw = partial(multiples_chart.panels, found, findings, known, dark=False)
    pictures = [Picture("Panels", title, draw)]
    return Taken(f"by-{found.over.replace('_', '-')}", notes, lambda: {"Table": table()}, pictures)


def together(
    release: published.Release, pairs: Pairs, found: Combinations, known: knowledge.Knowledge
) -> Taken:
    """What comes together: pairs, and combinations of several."""
    title, source, role = (
        co_occurrence_words.title(pairs, known),
        take_along.source(),
        session.role(),
    )
    notes = taken_tables.notes(release, title, source, known)

    def tables() -> dict[str, Takeaway]:
        return {
            "Pairs": taken_views.pairs(release, pairs, title, source, known, role),
            "Combinations": taken_views.combinations(release, found, title, source, known, role),
        }

    draw = partial(together_chart.upset, found, known, dark=False)
    pictures = [Picture("Combinations", title, draw)] if found.asked else []
    return Taken("together", notes, tables, pictures)


def not_recorded(
    release: published.Release, sites: Missing, months: Missing, known: knowledge.Knowledge
) -> Taken:
    """What is missing, by site and by month."""
    title, source, role = (
        completeness_words.title(sites, known),
        take_along.source(),
        session.role(),
    )
    notes = taken_tables.notes(release, title, source, known)

    def tables() -> dict[str, Takeaway]:
        return {
            "By site": taken_views.missing(release, sites, "Site", title, source, known, role),
            "By month": taken_views.missing(release, months, "Month", title, source, known, role),
        }

    names = completeness_words.by_size(sites)
    bars = Picture("All records", title, partial(missing_charts.bars, sites, known, dark=False))
    map_ = partial(missing_charts.months, months, names, known, dark=False)
    return Taken("not-recorded", notes, tables, [bars, Picture("By month", title, map_)])


def between(found: Between, lines: Sequence[Line], known: knowledge.Knowledge) -> Taken:
    """Two selections side by side."""
    title, source = between_words.title(found, known), take_along.source()
    table = taken_tables.of_between(found, lines, title, source, known, session.role())
    return Taken("comparison", table.notes, lambda: {"Table": table}, [])
