"""Findings by site, age band or sex: the panels side by side, their table, and one group opened."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from circulation.choosing import selection
from circulation.counting import (
    comparison_words,
    intervals,
    published,
    row_order,
    small_multiples,
    small_multiples_words,
)
from circulation.counting.row_order import Order
from circulation.counting.small_multiples import Multiples, Over
from circulation.knowledge_base import knowledge
from ui import charts, heat_grid, multiples_chart, opening, panels, session, shades, words


def arranged(found: Multiples, order: Order, known: knowledge.Knowledge) -> tuple[str, ...]:
    """The findings that someone was asked about, in the order that the reader picked."""
    sizes = small_multiples_words.sizes(found)
    asked = {name: size for name, size in sizes.items() if found.everyone(name).asked}
    return row_order.arranged(asked, order, known)


def chart(found: Multiples, findings: Sequence[str], known: knowledge.Knowledge) -> None:
    """One panel a group, and which groups are small or empty."""
    st.plotly_chart(
        multiples_chart.panels(found, findings, known, dark=session.dark()),
        key=f"panels_{found.over}",
        config=charts.CONFIG,
        alt=small_multiples_words.alt(found, known),
        theme=None,
    )
    about_groups = small_multiples_words.small(found), small_multiples_words.empty(found)
    st.caption(words.escape(" ".join(filter(None, (*about_groups, small_multiples_words.READING)))))


def table(
    found: Multiples, findings: Sequence[str], order: Order, known: knowledge.Knowledge
) -> None:
    """The numbers of the chart; a cell opens the records behind it."""
    columns = (*found.filled, opening.EVERYONE)
    grid = heat_grid.Grid(
        caption=f"The numbers of the chart. {small_multiples_words.title(found, known)}",
        corner="Finding",
        heads=tuple(_head(found, value) for value in columns),
        rows=tuple(
            heat_grid.Row(
                label=known.finding[name].label,
                group=known.finding[name].group if order is Order.GROUP else "",
                cells=tuple(_cell(found, name, value, known) for value in columns),
            )
            for name in findings
        ),
    )
    opening.grid(grid, key=f"grid_{found.over}")


def opened(
    found: Multiples,
    place: opening.Pair | None,
    wanted: selection.Selection,
    known: knowledge.Knowledge,
) -> None:
    """The cell that lies open: its figures, how it differs from the others, and its records."""
    if place is None or place.row not in found.findings or not _known(found, place.column):
        opening.nothing("Its figures and the way to its records appear here.")
        return
    name, value = place.row, place.column
    everyone = value == opening.EVERYONE
    own = found.everyone(name) if everyone else found.part(name, value)
    where = "in all records shown" if everyone else small_multiples_words.inside(found, value)
    st.header(words.escape(f"{known.finding[name].label} {where}"), anchor=False)
    with st.container(border=True, gap="xsmall"):
        st.subheader(small_multiples_words.of_asked(own), anchor=False)
        if not everyone:
            st.markdown(words.escape(_against(found, name, value)))
        n = int(found.n.sum()) if everyone else found.records(value)
        st.caption(f"{words.counted(n, 'record', 'records')}; {n - own.asked:,} of them not asked.")
    if value == small_multiples.NOT_RECORDED:
        st.caption("Records without this entry cannot be listed by themselves.")
    else:
        panels.open_list(own.present, _records(wanted, found.over, name, value))
    opening.close_button()


def _known(found: Multiples, value: str) -> bool:
    return value in (opening.EVERYONE, *found.filled)


def _records(
    wanted: selection.Selection, over: Over, finding: str, value: str
) -> selection.Selection:
    """The records behind a cell."""
    with_finding = wanted.with_findings({finding})
    if value == opening.EVERYONE:
        return with_finding
    match over:
        case Over.SITE:
            return replace(with_finding, sites=frozenset({value}))
        case Over.AGE_BAND:
            return replace(with_finding, age_bands=frozenset({value}))
        case Over.SEX:
            return replace(with_finding, sexes=frozenset({value}))


def _against(found: Multiples, name: str, value: str) -> str:
    others = found.others(name, value)
    difference = intervals.difference(found.part(name, value), others)
    if difference is None or others.share is None:
        return "No comparison: nobody was asked in one of the groups."
    share = published.percent(others.share)
    return f"{comparison_words.points(difference)} against all other records asked ({share})"


def _head(found: Multiples, value: str) -> heat_grid.Head:
    if value == opening.EVERYONE:
        return heat_grid.Head("All records", "All records shown", f"n={int(found.n.sum()):,}")
    label = small_multiples_words.label(found, value)
    return heat_grid.Head(label, label, f"n={found.records(value):,}")


def _cell(found: Multiples, name: str, value: str, known: knowledge.Knowledge) -> heat_grid.Cell:
    everyone = value == opening.EVERYONE
    part = found.everyone(name) if everyone else found.part(name, value)
    where = "in all records shown" if everyone else small_multiples_words.inside(found, value)
    text = "not asked" if part.share is None else published.percent(part.share)
    return heat_grid.Cell(
        id=f"{name} {value}",
        text=text,
        of=f"of {part.asked:,}" if part.asked else "",
        step=shades.step_of(part.share),
        name=f"{known.finding[name].label} {where}: {small_multiples_words.of_asked(part)}",
    )
