"""Pooled figures for managers: views beside what came out, and two readers of one record."""

from collections.abc import Callable, Sequence

import streamlit as st

from circulation import quarters
from circulation.auditing import agreement, pooled_figures, pooled_release
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level
from circulation.reviewing import publications, review_store
from ui import agreement_panels, pooled_words, session, shared_data, words


def what_is_counted() -> None:
    """What the figures are about, and whom they are not about."""
    st.markdown(
        "For all clinicians together: how often a cause that was named was confirmed later, and "
        "how often a confirmed one had been named, by the first view and by the tool. People are "
        "not compared, and nothing here is about one of them."
    )
    st.caption(
        "Counted are causes that the intake or a result typed in a review confirmed or refuted, "
        "so mostly those that were tested for, in signed records with both views. More causes "
        "than one can be confirmed. The tool is scored by its levels of the intake alone."
    )


def published(known: knowledge.Knowledge) -> tuple[publications.Publication, ...]:
    """What is published up to the last quarter that is over; says so when that is not possible."""
    audit = shared_data.audit()
    try:
        return pooled_figures.publish(
            shared_data.reviews(),
            audit,
            known,
            role=session.role(),
            now=session.now(),
            data_set=shared_data.everything().table.version,
        )
    except review_store.NotSaved:
        st.warning(
            "The figures of the last quarter could not be written down, so they are not shown. "
            "Tell whoever looks after the server, and open this page again."
        )
        return audit.published


def by_cause(figures: pooled_release.Figures, known: knowledge.Knowledge) -> None:
    """First views and the tool, side by side, over the same records of each cause."""
    st.header("First views and the tool, per cause", anchor=False)
    if not figures.causes:
        st.markdown("Not shown yet.")
        return
    label = known.level(Level.SUPPORTED).label
    with st.grid(2, min_column_width=500, gap="medium") as sides:
        with sides.cell():
            st.markdown("**First views of clinicians**")
            said = {"less_sure": "Unsure or fairly sure", "sure": "Sure"}
            _table([one.first for one in figures.causes], known, "Named")
            _calibration(figures.first_steps, said.__getitem__)
        with sides.cell():
            st.markdown("**The tool at sign-off, by the intake**")
            said_of_tool = {"less": f"Below {label.lower()}", "supported": f"{label} or more"}
            _table([one.tool for one in figures.causes], known, label)
            _calibration(figures.tool_steps, said_of_tool.__getitem__)
    days = "; ".join(
        f"{known.cause[one.cause].label} up to {_until(one.through)}" for one in figures.causes
    )
    st.caption(words.escape(f"By the day of the first sign-off: {days}. {pooled_words.OTHERS}"))


def _calibration(steps: Sequence[agreement.Step], said: Callable[[str], str]) -> None:
    if not steps:
        st.markdown("How sure they were: not shown yet.")
        return
    parts = ", ".join(
        f"{words.escape(said(step.code))} **{words.escape(agreement_panels.in_words(step.part))}**"
        for step in steps
    )
    st.markdown(f"{words.escape(agreement.calibration(steps, said))}  \nConfirmed: {parts}.")


def _table(
    causes: Sequence[pooled_release.BorneOut], known: knowledge.Knowledge, short: str
) -> None:
    head = [f"| Cause | {short}, and confirmed | Confirmed, and {short.lower()} |", "|---|---|---|"]
    rows = [
        f"| {words.escape(known.cause[one.cause].label)} "
        f"| {words.escape(agreement_panels.in_words(one.borne_out))} "
        f"| {words.escape(agreement_panels.in_words(one.caught))} |"
        for one in causes
    ]
    st.markdown("\n".join([*head, *rows]))


def second_looks(figures: pooled_release.Figures, known: knowledge.Knowledge) -> None:
    """How far two readers agree, in words."""
    st.header("Second look: two readers of one record", anchor=False)
    if not figures.looks:
        st.markdown("Not shown yet.")
        return
    found = {one.why: one for one in figures.looks}
    for why, title in agreement_panels.why_words(known).items():
        st.markdown(f"**{words.escape(title)}**  \n{_agreed(found.get(why))}")
    st.caption(
        "Kappa here is the free-marginal one, worked out from how often both agreed and nothing "
        "else: 0 is what chance would give if every cause were as likely, 1 full agreement."
    )


def _agreed(one: pooled_release.LookFigures | None) -> str:
    if one is None:
        return "Not shown yet."
    ends = one.kappa.interval
    numbers = f"{one.kappa.value:.2f} (95% interval {ends.low:.2f} to {ends.high:.2f})"
    alike = words.escape(agreement_panels.in_words(one.alike))
    told = f"Both named the same cause in {alike}. Kappa {numbers}."
    return f"{told} Read again up to {_until(one.through)}."


def withheld(known: knowledge.Knowledge, *, shared: bool) -> None:
    """That nothing is shown, and what it takes; the same words whatever is missing."""
    st.info(pooled_words.NOT_YET)
    st.header("What it takes", anchor=False)
    _rules(known, shared=shared)


def how_kept_safe(known: knowledge.Knowledge, *, shared: bool) -> None:
    """The same beside figures, folded up."""
    with st.expander("When a figure is shown"):
        _rules(known, shared=shared)


def _rules(known: knowledge.Knowledge, *, shared: bool) -> None:
    listed = ([pooled_words.SHARED] if shared else []) + list(pooled_words.rules(known))
    st.markdown("\n".join(f"- {words.escape(one)}" for one in listed))
    st.caption(pooled_words.NO_MORE)


def when(figures: pooled_release.Figures) -> None:
    """Which quarter was looked at last, and when the next one is."""
    if figures.quarter is None:
        return
    last, following = _until(figures.quarter), _until(figures.quarter + 1)
    st.caption(f"Looked at for all quarters up to {last}. The next is over on {following}.")


def _until(quarter: int) -> str:
    return words.day(quarters.last_day(quarter))
