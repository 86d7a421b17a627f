"""What the distribution page shows of the chosen records: one function for each view."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from circulation.choosing import selection
from circulation.counting import (
    co_occurrence,
    co_occurrence_words,
    comparison,
    comparison_words,
    completeness,
    completeness_words,
    disclosure,
    distribution,
    headlines,
    published,
    small_multiples,
    small_multiples_words,
)
from circulation.counting.small_multiples import Over
from circulation.knowledge_base import knowledge
from ui import (
    between_panels,
    comparison_panels,
    forms,
    frame,
    markup,
    missing_panels,
    multiples_panels,
    opening,
    panels,
    session,
    shared_data,
    take_along,
    taken_along,
    together_panels,
)
from ui.forms import View

OVER = {View.SITES: Over.SITE, View.AGE_BANDS: Over.AGE_BAND, View.SEX: Over.SEX}


@dataclass(frozen=True, eq=False)
class Shown:
    """What a view is made of; ``head`` is the place of the title above the controls."""

    picked: forms.Controls
    wanted: selection.Selection
    counts: distribution.Counts
    release: published.Release
    known: knowledge.Knowledge
    head: DeltaGenerator


def show(shown: Shown) -> None:
    """The view that the reader picked, under a title that states what it shows."""
    drawn: dict[View, Callable[[Shown], None]] = {
        View.ALL_CAUSES: all_causes,
        View.ONE_CAUSE: one_cause,
        View.SITES: side_by_side,
        View.AGE_BANDS: side_by_side,
        View.SEX: side_by_side,
        View.TOGETHER: together,
        View.NOT_RECORDED: not_recorded,
    }
    drawn[shown.picked.view](shown)


def all_causes(shown: Shown) -> None:
    """Every finding with every cause."""
    release, known = shown.release, shown.known
    opened = panels.opened_cell(release)
    title = headlines.distribution_title(release, known)
    months = _picture(shown, opened) if opened and release.exact else None
    numbers = shown.picked.show is forms.Show.NUMBER
    _top(
        shown, title, taken_along.all_causes(release, title, known, numbers=numbers, months=months)
    )
    panels.no_causes(release)
    left, right = _beside()
    with left:
        forms.show(release, title, known, shown.picked, opened)
        panels.follow_ups(release, known)
        panels.never_asked(release, known)
        panels.left_out(release, known)
    with right:
        if opened is None:
            panels.nothing_open(release, known)
        else:
            _cell(shown, opened)


def one_cause(shown: Shown) -> None:
    """One cause against all others: differences, tests, and the way to the records."""
    cause, known = shown.picked.cause, shown.known
    found = comparison.against_others(shown.counts, session.role())
    title = comparison_words.title(found.of_cause(cause), found, cause, known)
    rows = comparison_panels.ordered(found.of_cause(cause), shown.picked.order, known)
    _top(shown, title, taken_along.one_cause(shown.release, found, rows, cause, known))
    panels.no_causes(shown.release)
    if shown.release.no_causes:
        return
    if not comparison_panels.chart(found, cause, shown.picked.order, known):
        return
    panels.follow_ups(shown.release, known)
    comparison_panels.table(found, cause, shown.picked.order, known)
    opened = panels.opened_cell(shown.release)
    if opened is None or opened.cause != cause:
        comparison_panels.nothing_open()
    else:
        _line(shown, opened, found.row(opened.finding, cause))
    comparison_panels.notes(found)


def side_by_side(shown: Shown) -> None:
    """The same findings for each site, age band or sex, on one scale."""
    known, loaded = shown.known, shared_data.loaded()
    over = OVER[shown.picked.view]
    found = small_multiples.of(loaded.table, shown.counts.chosen, known, session.role(), over=over)
    findings = multiples_panels.arranged(found, shown.picked.order, known)
    taken = taken_along.side_by_side(shown.release, found, findings, known)
    _top(shown, small_multiples_words.title(found, known), taken)
    if not findings:
        st.info("None of the findings of this page was asked in the records shown.")
        return
    multiples_panels.chart(found, findings, known)
    left, right = _beside()
    with left:
        multiples_panels.table(found, findings, shown.picked.order, known)
        panels.follow_ups(shown.release, known)
        panels.never_asked(shown.release, known)
    with right:
        multiples_panels.opened(found, opening.place(), shown.wanted, known)


def together(shown: Shown) -> None:
    """Which findings come together: pairs, and combinations of several."""
    known, table, role = shown.known, shared_data.loaded().table, session.role()
    names = together_panels.findings(shown.counts, known)
    pairs = co_occurrence.pairs(table, shown.counts.chosen, names, role)
    title = co_occurrence_words.title(pairs, known)
    if len(names) < together_panels.FEWEST:
        _top(shown, title)
        st.info("Fewer than two findings to put together. Choose at least two.")
        return
    found = co_occurrence.combinations(table, shown.counts.chosen, names, role)
    _top(shown, title, taken_along.together(shown.release, pairs, found, known))
    left, right = _beside()
    with left:
        together_panels.matrix(pairs, known)
    with right:
        together_panels.opened(pairs, shown.wanted, known)
    together_panels.combinations(found, shown.wanted, known)


def not_recorded(shown: Shown) -> None:
    """What is missing: by finding, by site and by month."""
    known, table, role = shown.known, shared_data.loaded().table, session.role()
    by_site = completeness.by_site(table, shown.counts.chosen, known, role)
    by_month = completeness.by_month(table, shown.counts.chosen, known, role)
    taken = taken_along.not_recorded(shown.release, by_site, by_month, known)
    _top(shown, completeness_words.title(by_site, known), taken)
    missing_panels.overall(by_site, known)
    left, right = _beside()
    with left:
        missing_panels.sites(by_site, known)
    with right:
        missing_panels.opened(by_site, shown.wanted, known)
    missing_panels.months(by_month, completeness_words.by_size(by_site), known)


def _top(shown: Shown, title: str, taken: take_along.Taken | None = None) -> None:
    """The title with what it is about; beside it the ways on: compare, or take the view along."""
    line = markup.text(panels.shown_line(shown.release, shown.known))
    about = markup.block("small muted", line, tag="p")
    printed = take_along.on_paper(taken) if taken else markup.NOTHING
    with shown.head:
        frame.read(markup.title(title, 1), about, printed)
        with st.container(width="content", gap="xsmall"):
            if shown.release.exact:
                between_panels.offer(shown.wanted)
            if taken:
                take_along.offer(taken)


def _beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Figures on the left, the cell that lies open on the right."""
    left, right = st.columns([3, 1], gap="medium")
    return left, right


def _line(shown: Shown, opened: published.Cell, row: comparison.Row) -> None:
    """The line of the comparison that lies open: figures beside months and records."""
    left, right = st.columns(2, gap="medium")
    with left:
        panels.cell(shown.release, opened, shown.known)
        comparison_panels.figures(row)
    with right:
        _months_and_records(shown, opened)


def _cell(shown: Shown, opened: published.Cell) -> None:
    """The finding that lies open with its cause: figures, months, and the way to its records."""
    panels.cell(shown.release, opened, shown.known)
    _months_and_records(shown, opened)


def _months_and_records(shown: Shown, opened: published.Cell) -> None:
    """For roles that may see exact counts; closing is for all."""
    if shown.release.exact:
        title = headlines.cell_title(shown.release, opened, shown.known)
        panels.months(_months(shown, opened), title=title)
        panels.open_records(opened, shown.wanted)
    panels.close_button()


def _months(shown: Shown, opened: published.Cell) -> tuple[published.Month, ...]:
    """One cell by month received."""
    loaded, chosen = shared_data.loaded(), shown.counts.chosen
    by_month = distribution.by_month(
        loaded.table, loaded.assessment, chosen, opened.finding, opened.cause
    )
    return disclosure.months(by_month, session.role())


def _picture(shown: Shown, opened: published.Cell) -> take_along.Picture:
    title = headlines.cell_title(shown.release, opened, shown.known)
    return taken_along.by_month(title, partial(_months, shown, opened))
