"""Findings that come together: which are looked at, the table of pairs, and their combinations."""

import pandas as pd
import streamlit as st

from circulation.counting import co_occurrence, co_occurrence_words, disclosure, distribution
from circulation.counting.co_occurrence import Combinations, Pairs
from circulation.knowledge_base import knowledge
from circulation.records import selection
from ui import charts, heat_grid, opening, panels, session, shades, together_chart, words

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
    return co_occurrence.most_reported(session.loaded().table, counts, own, session.role())


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


def combinations(found: Combinations, known: knowledge.Knowledge) -> None:
    """The most frequent combinations as a chart and as a table with the same numbers."""
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
    st.table(pd.DataFrame(listed(found, known)).map(words.escape).set_index("Combination"))


def listed(found: Combinations, known: knowledge.Knowledge) -> list[dict[str, str]]:
    """The lines of the table: what is drawn, then all other combinations together."""
    lines = [(co_occurrence_words.joined(one.findings, known), one.count) for one in found.shown]
    if found.other_kinds:
        lines.append((co_occurrence_words.other(found), found.other))
    return [
        {
            "Combination": name,
            "Records": f"{count:,}",
            "Share of those asked about all": co_occurrence_words.share(found, count),
        }
        for name, count in lines
    ]


def _cell(pairs: Pairs, name: str, other: str, known: knowledge.Knowledge) -> heat_grid.Cell:
    part, alone = pairs.part(name, other), name == other
    said = co_occurrence_words.of_asked(part, both=not alone)
    return heat_grid.Cell(
        id=f"{name} {other}",
        text="not asked" if part.share is None else disclosure.percent(part.share),
        of=f"of {part.asked:,}" if part.asked else "",
        step=-1 if alone else shades.step_of(part.share),
        name=f"{co_occurrence_words.joined(dict.fromkeys((name, other)), known)}: {said}",
    )
