"""Findings that come together: which are looked at, the table of pairs, and their combinations."""

from dataclasses import replace

import streamlit as st

from circulation.choosing import selection
from circulation.counting import (
    co_occurrence,
    co_occurrence_words,
    distribution,
    published,
)
from circulation.counting.co_occurrence import Combinations, Pairs
from circulation.knowledge_base import knowledge
from ui import (
    charts,
    heat_grid,
    opening,
    panels,
    session,
    shades,
    shared_data,
    together_chart,
    words,
)

ONLY = "only"  # in the place of a cell: a combination, where a pair has its first finding
MOST = 12  # findings; more do not fit beside each other
FEWEST = 2


def findings(counts: distribution.Counts, known: knowledge.Knowledge) -> tuple[str, ...]:
    """The findings that the reader picks, else those reported most."""
    shown = distribution.findings(known)
    labels = {finding.label: finding.id for finding in shown}
    picked = st.multiselect(
        "Findings",
        list(labels),
        key="together",
        bind="query-params",
        max_selections=MOST,
        placeholder="Those reported most; choose others here",
    )
    if picked:
        return tuple(name for label, name in labels.items() if label in picked)
    own = [finding.id for finding in shown if not finding.only_if]
    return co_occurrence.most_reported(shared_data.loaded().table, counts, own, session.role())


def matrix(pairs: Pairs, known: knowledge.Knowledge) -> None:
    """Every finding with every other; a cell opens the records that have both."""
    labels = {name: known.finding[name].label for name in pairs.findings}
    grid = heat_grid.Grid(
        caption=f"{co_occurrence_words.title(pairs, known)}. {co_occurrence_words.READING}",
        corner="Finding",
        heads=tuple(heat_grid.Head(label, label, "") for label in labels.values()),
        rows=tuple(
            heat_grid.Row(
                label, "", tuple(_cell(pairs, name, other, known) for other in pairs.findings)
            )
            for name, label in labels.items()
        ),
    )
    opening.grid(grid, key="grid_together")
    st.caption(words.escape(co_occurrence_words.READING))


def opened(pairs: Pairs, wanted: selection.Selection, known: knowledge.Knowledge) -> None:
    """The pair that lies open, and the way to its records."""
    place = opening.place()
    if place is None or not {place.row, place.column} <= set(pairs.findings):
        opening.nothing("Its figures and the way to its records appear here.")
        return
    pair = dict.fromkeys((place.row, place.column))
    part = pairs.part(place.row, place.column)
    st.header(words.escape(co_occurrence_words.joined(pair, known)), anchor=False)
    with st.container(border=True, gap="xsmall"):
        st.subheader(co_occurrence_words.of_asked(part, both=len(pair) > 1), anchor=False)
    panels.open_list(part.present, wanted.with_findings(pair))
    opening.close_button()


def combinations(
    found: Combinations, wanted: selection.Selection, known: knowledge.Knowledge
) -> None:
    """The most frequent combinations as a chart, and as a table that opens their records."""
    st.header("Combinations", anchor=False)
    st.caption(words.escape(co_occurrence_words.counted(found)))
    if not found.asked:
        st.info("No record was asked about all of these findings. Choose fewer of them.")
        return
    st.plotly_chart(
        together_chart.upset(found, known, dark=session.dark()),
        key="upset",
        config=charts.CONFIG,
        alt=co_occurrence_words.alt(found, known),
        theme=None,
    )
    left, right = st.columns([3, 1], gap="medium")
    with left:
        opening.grid(listed(found, known), key="grid_combinations")
    with right:
        _opened_combination(found, wanted, known)


def listed(found: Combinations, known: knowledge.Knowledge) -> heat_grid.Grid:
    """What is drawn, then all other combinations together, which open nothing."""
    lines = [
        (f"{ONLY} {'+'.join(one.findings)}", co_occurrence_words.joined(one.findings, known), one)
        for one in found.shown
    ]
    rows = [_line(found, place, label, one.count) for place, label, one in lines]
    if found.other_kinds:
        rows.append(_line(found, "", co_occurrence_words.other(found), found.other))
    return heat_grid.Grid(
        caption="The numbers of the chart. A combination is only these of the findings.",
        corner="Combination",
        heads=(heat_grid.Head("Records", "Records with exactly these", f"n={found.asked:,}"),),
        rows=tuple(rows),
    )


def _line(found: Combinations, place: str, label: str, count: int) -> heat_grid.Row:
    share = co_occurrence_words.share(found, count)
    cell = heat_grid.Cell(
        id=place,
        text=f"{count:,}",
        of=share,
        step=shades.step_of(count / found.asked),
        name=f"{label}: {words.counted(count, 'record', 'records')} ({share})",
    )
    return heat_grid.Row(label, "", (cell,))


def _opened_combination(
    found: Combinations, wanted: selection.Selection, known: knowledge.Knowledge
) -> None:
    """The combination that lies open, and the way to its records."""
    place = opening.place()
    asked = place.column if place and place.row == ONLY else None
    one = next((one for one in found.shown if "+".join(one.findings) == asked), None)
    if one is None:
        opening.nothing("The way to the records of a combination appears here.")
        return
    others = frozenset(found.findings) - set(one.findings)
    st.header(words.escape(co_occurrence_words.joined(one.findings, known)), anchor=False)
    with st.container(border=True, gap="xsmall"):
        share = co_occurrence_words.share(found, one.count)
        st.subheader(f"{one.count:,} of {found.asked:,} asked about all ({share})", anchor=False)
        if others:
            labels = ", ".join(
                known.finding[name].label for name in found.findings if name in others
            )
            st.caption(words.escape(f"Absent: {labels}."))
    exactly = replace(wanted.with_findings(one.findings), absent=wanted.absent | others)
    panels.open_list(one.count, exactly)
    opening.close_button()


def _cell(pairs: Pairs, name: str, other: str, known: knowledge.Knowledge) -> heat_grid.Cell:
    part, alone = pairs.part(name, other), name == other
    said = co_occurrence_words.of_asked(part, both=not alone)
    return heat_grid.Cell(
        id=f"{name} {other}",
        text="not asked" if part.share is None else published.percent(part.share),
        of=f"of {part.asked:,}" if part.asked else "",
        step=-1 if alone else shades.step_of(part.share),
        name=f"{co_occurrence_words.joined(dict.fromkeys((name, other)), known)}: {said}",
    )
