"""What stands beside the distribution: the cell that lies open, what stands out, notes, no data."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from circulation import access
from circulation.choosing import selection
from circulation.counting import distribution, headlines, published
from circulation.judgement import worklist
from circulation.knowledge_base import knowledge
from ui import (
    address,
    charts,
    filters,
    forms,
    heat_table,
    markup,
    opening,
    session,
    shared_data,
    walking,
    words,
)

OFTEN = (
    "Shares are of those asked. "
    "A record may report several findings and several causes and counts in each."
)
LEFT_OUT = "Left out, because a small number could be worked out from the other figures"
WAY_OUT = "More records of closed months, or a role that may see exact counts, show them."
CIRCULAR = (
    "The rules read these findings, so some shares are high by definition. Supported is by the "
    "intake alone: results typed in reviews count on the record and the list, not here."
)


def no_causes(release: published.Release) -> None:
    """Says so where no record shown counts for any cause."""
    if release.no_causes:
        basis = selection.BASIS_WORDS[release.selection.basis]
        st.info(f"No cause is {basis} in the records shown. Choose another under Causes.")


def shown_line(release: published.Release, known: knowledge.Knowledge) -> str:
    """As `210 of 1,200 records shown, because site North. ...`."""
    reasons = selection.why(release.selection, known)
    if reasons:
        line = f"{release.shown.words} of {release.of.words} records shown, because "
        line += f"{'; '.join(reasons)}."
    elif release.of.value == 1:
        line = "The one record is shown."
    else:
        line = f"All {release.of.words} records shown."
    if release.without_day.value != 0:
        line += f" Left out for having no received date: {release.without_day.words}."
    circular = release.selection.basis is selection.Basis.SUPPORTED
    return " ".join(part for part in (line, OFTEN, CIRCULAR * circular, release.note) if part)


def never_asked(release: published.Release, known: knowledge.Knowledge) -> None:
    """The findings that no record shown has an answer for."""
    if release.unanswered():
        labels = "; ".join(known.finding[name].label for name in release.unanswered())
        st.caption(words.escape(f"Not asked in any record shown: {labels}."))


def follow_ups(release: published.Release, known: knowledge.Knowledge) -> None:
    """The findings asked only of those with another one: their shares are of these alone."""
    asked = [known.finding[row[0].finding] for row in release.answered().rows]
    lines = [
        f"“{finding.label}” is asked only after “{known.finding[finding.only_if].label}”: "
        "its shares are of those with the second."
        for finding in asked
        if finding.only_if
    ]
    if lines:
        st.caption(words.escape(" ".join(lines)))


def left_out(release: published.Release, known: knowledge.Knowledge) -> None:
    """The findings that are withheld for small numbers, and the way out."""
    if release.left_out:
        labels = "; ".join(known.finding[name].label for name in release.left_out)
        st.caption(words.escape(f"{LEFT_OUT}: {labels}. {WAY_OUT}"))


def opened_cell(release: published.Release) -> published.Cell | None:
    """The cell that the address names, or that was open when the reader was here last."""
    finding, _, cause = address.part("cell").partition(".")
    place = heat_table.Place(finding, cause) if finding else forms.kept_place()
    return release.cell(place.finding, place.cause) if place else None


def nothing_open(release: published.Release, known: knowledge.Knowledge) -> None:
    """The panel before a cell is opened: how to open one, and what stands out most."""
    leading = [_standing_out(release, cell, known) for cell in headlines.leading(release)]
    below = (markup.title("Largest differences", 3), *leading) if leading else ()
    opening.nothing("Its figures appear here.", *below)


def _standing_out(
    release: published.Release, cell: published.Cell, known: knowledge.Knowledge
) -> markup.Html:
    title = markup.strong(headlines.cell_title(release, cell, known))
    against = f"{cell.of_asked}, {release.points(cell):+d} points against all others"
    return markup.small(title, markup.text(against))


def cell(release: published.Release, opened: published.Cell, known: knowledge.Knowledge) -> None:
    """One cell in full: its share, its group, and how it differs from all others."""
    st.header(words.escape(headlines.cell_title(release, opened, known)), anchor=False)
    with st.container(border=True, gap="xsmall"):
        st.subheader(opened.of_asked, anchor=False)
        st.markdown(_against(release, opened))
        st.caption(words.escape(_group(release, opened, known)))


def months(shown: Sequence[published.Month], *, title: str) -> None:
    """One cell by month received, as bars and as a table."""
    if not shown:
        return
    st.plotly_chart(
        charts.months(shown, dark=session.dark()),
        key="months",
        config=charts.CONFIG,
        alt=charts.months_alt(shown, title),
        theme=None,
    )
    with st.expander("Months as a table", on_change="rerun", key="months_open") as part:
        if part.open:
            rows = [
                {"Month": m.period.label, "Present": m.present.value, "Asked": m.asked.value}
                for m in reversed(shown)
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True, alt=f"{title} by month received")


def _against(release: published.Release, opened: published.Cell) -> str:
    others, points = release.others(opened), release.points(opened)
    if others is None or points is None:
        return "No comparison: too few records were asked or one of the figures is hidden."
    gap = f"{points:+d} {'point' if abs(points) == 1 else 'points'}"
    return f"**{gap}** against all others asked ({published.percent(others)})"


def _group(release: published.Release, opened: published.Cell, known: knowledge.Knowledge) -> str:
    everyone = opened.cause == distribution.ALL
    which = "shown" if everyone else f"with {headlines.with_cause(release, opened, known)}"
    if opened.n.hidden_as == published.HIDDEN:
        return f"The number of records {which} is hidden."
    missing = "" if opened.not_asked is None else f"; {opened.not_asked:,} of them not asked"
    return f"{opened.n.words} records {which}{missing}."


def open_records(opened: published.Cell, chosen: selection.Selection) -> None:
    """The way to exactly the records of a cell."""
    open_list(opened.present.value or 0, chosen.with_cell(opened.finding, opened.cause))


def open_list(count: int, records: selection.Selection) -> None:
    """The way to so many records in the worklist, whatever the state of their review."""
    noun = "assessment" if count == 1 else "assessments"
    if st.button(
        f"Open {count:,} {noun}", type="primary", icon=":material/list:", disabled=not count
    ):
        walking.show_list(walking.Walk(worklist.Tab.ALL, records))


def close_button() -> None:
    """Closes the cell that lies open."""
    st.button("Close", key="close", on_click=forms.lay_open, args=(None,))


def empty_store(page: str) -> None:
    """A page before the first import, with what it will show."""
    st.title("No records are loaded yet", anchor=False)
    st.write(page)
    way_to_add()


def way_to_add() -> None:
    """Where a file is added, for those who may; the others learn who may."""
    if access.allowed(session.role(), access.Act.LOAD_DATA):
        st.page_link("views/data.py", label="Add a file", icon=":material/upload_file:")
    else:
        st.caption("A data steward adds files on the Data page.")


def no_closed_month() -> None:
    """A protected page has nothing to show yet."""
    st.title("No month is over yet", anchor=False)
    st.write(
        "Figures for this role are made of whole months that are over, with small numbers hidden. "
        "Records without a received date are in no month."
    )


def no_match(chosen: selection.Chosen, known: knowledge.Knowledge) -> None:
    """No record fits: which filters, how many there are without them, and the way out."""
    st.title("No record fits these filters", anchor=False)
    reasons = "; ".join(selection.why(chosen.selection, known))
    st.write(words.escape(f"Asked for: {reasons}. Without filters there are {chosen.of:,}."))
    left = {
        part.words: words.counted(shared_data.chosen(part.without).count, "record", "records")
        for part in selection.parts(chosen.selection, known)
    }
    lines = (f"- {words.escape(f'Without {off}: {count}')}" for off, count in left.items())
    st.markdown("\n".join(lines))
    st.button("Take the filters off", key="no_filters", type="primary", on_click=filters.reset)
