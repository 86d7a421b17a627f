"""What was not recorded: for all records, by site, and by month received."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from circulation.choosing import selection
from circulation.counting import completeness_words, published, small_multiples
from circulation.counting.completeness import Missing
from circulation.counting.intervals import Part
from circulation.knowledge_base import knowledge
from ui import charts, heat_grid, missing_charts, opening, panels, session, shades, words


def overall(found: Missing, known: knowledge.Knowledge) -> None:
    """How many records lack an answer to each finding."""
    st.plotly_chart(
        missing_charts.bars(found, known, dark=session.dark()),
        key="missing",
        config=charts.CONFIG,
        alt=completeness_words.alt(found, known),
        theme=None,
    )
    notes = completeness_words.READING, completeness_words.follow_ups(found, known)
    st.caption(words.escape(" ".join(filter(None, notes))))


def sites(found: Missing, known: knowledge.Knowledge) -> None:
    """The numbers of the bars, and those of each site."""
    filled = [place for place in range(len(found.groups)) if found.n[place]]
    everyone = heat_grid.Head("All records", "All records shown", f"n={int(found.n.sum()):,}")
    labels = [(found.labels[place], f"n={int(found.n[place]):,}") for place in filled]
    grid = heat_grid.Grid(
        caption=f"Not recorded, by site. {completeness_words.title(found, known)}",
        corner="Finding",
        heads=(everyone, *(heat_grid.Head(label, label, n) for label, n in labels)),
        rows=tuple(
            _row(found, name, [found.groups[place] for place in filled], known)
            for name in completeness_words.by_size(found)
        ),
        missing=True,
    )
    st.header("Not recorded, by site", anchor=False)
    opening.grid(grid, key="grid_missing")


def opened(found: Missing, wanted: selection.Selection, known: knowledge.Knowledge) -> None:
    """The cell that lies open, and the way to the records without an answer."""
    place = opening.place()
    groups = {opening.EVERYONE, *found.groups}
    if place is None or place.row not in found.findings or place.column not in groups:
        opening.nothing("The way to the records without an answer appears here.")
        return
    name, group = place.row, place.column
    everyone = group == opening.EVERYONE
    part = found.of(name) if everyone else found.part(name, group)
    where = "all records shown" if everyone else found.labels[found.groups.index(group)]
    st.header(words.escape(f"{known.finding[name].label}, {where}"), anchor=False)
    with st.container(border=True, gap="xsmall"):
        st.subheader(f"Not recorded in {completeness_words.of_records(part)}", anchor=False)
    if group == small_multiples.NOT_RECORDED:
        st.caption("Records without this entry cannot be listed by themselves.")
    else:
        without = replace(wanted, not_recorded=wanted.not_recorded | {name})
        at_site = without if everyone else replace(without, sites=frozenset({group}))
        panels.open_list(part.present, at_site)
    opening.close_button()


def months(found: Missing, names: Sequence[str], known: knowledge.Knowledge) -> None:
    """The same by month received, as a map and as a table."""
    st.header("Not recorded, by month received", anchor=False)
    if len(found.groups) == 1:
        st.info("None of the records shown has a received date, so there are no months.")
        return
    st.plotly_chart(
        missing_charts.months(found, names, known, dark=session.dark()),
        key="missing_months",
        config=charts.CONFIG,
        alt=completeness_words.months_alt(found, known),
        theme=None,
    )
    st.dataframe(
        pd.DataFrame([_by_month(found, name, known) for name in names]),
        hide_index=True,
        key="missing_by_month",
        height=420,
        column_config={"Finding": st.column_config.TextColumn(pinned=True)},
        alt="The numbers of the map: records without an answer, of all records of the month",
    )
    st.caption("Records without an answer, of all records received in the month.")


def _row(
    found: Missing, name: str, groups: Sequence[str], known: knowledge.Knowledge
) -> heat_grid.Row:
    label = known.finding[name].label
    cells = [_cell(f"{label}, all records", f"{name} {opening.EVERYONE}", found.of(name))]
    cells += [
        _cell(
            f"{label}, {found.labels[found.groups.index(group)]}",
            f"{name} {group}",
            found.part(name, group),
        )
        for group in groups
    ]
    return heat_grid.Row(label, "", tuple(cells))


def _cell(label: str, place: str, part: Part) -> heat_grid.Cell:
    return heat_grid.Cell(
        id=place,
        text="no records" if part.share is None else published.percent(part.share),
        of=f"{part.present:,} of {part.asked:,}" if part.asked else "",
        step=shades.step_of(part.share),
        name=f"{label}: not recorded in {completeness_words.of_records(part)}",
    )


def _by_month(found: Missing, name: str, known: knowledge.Knowledge) -> dict[str, str]:
    """One line of the table, the newest month first."""
    parts = [
        (label, found.part(name, group))
        for label, group in zip(found.labels, found.groups, strict=True)
    ]
    counted = {label: f"{part.present:,} of {part.asked:,}" for label, part in reversed(parts)}
    return {"Finding": known.finding[name].label, **counted}
