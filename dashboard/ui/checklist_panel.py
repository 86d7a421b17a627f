"""The diagnostic test checklist beside the assessment; each change is saved at once."""

from collections.abc import Mapping, Sequence

import streamlit as st

from circulation.judgement import checklist, explanation, first_view, order_guard, result_bands
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.review_model import ReasonFor
from circulation.reviewing import sign_off
from ui import desk, desk_acts, order_panels, preview_panels, reasons, result_panel, spots
from ui import words as told

OPENS_LATER = "Why it is called for opens with the tool's view."


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """All seven tests of the clinic's list with the specific tests under them."""
    made = shown.checklist
    st.subheader("Diagnostic test checklist", anchor=False)
    owed = len(made.owed)
    st.progress(
        made.settled / owed if owed else 1.0,
        text=f"{made.settled} of {owed} called-for tests settled",
    )
    _all_at_once(shown, known)
    caught = order_guard.for_record(shown.stands, known)
    placed = order_guard.beside(caught, made)
    bands = result_bands.of(shown.stands, known)
    order_panels.beside(placed.get("", ()), known)
    for group in made.groups:
        _group(group, bands, placed, shown, known)


def _all_at_once(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """One mark for all results that came back, one answer for all open tests."""
    unseen = sign_off.unseen(shown.review, shown.basis)
    unsettled = shown.checklist.unsettled
    if shown.closed or not (len(unseen) > 1 or len(unsettled) > 1):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if len(unseen) > 1:
            st.button(
                f"Mark {len(unseen)} results as reviewed",
                icon=":material/done_all:",
                key=spots.SEEN_ALL,
                on_click=desk_acts.mark_seen,
                args=(shown, unseen, True),
            )
        if len(unsettled) > 1:
            widget = spots.settle_all(shown.record_id)
            st.selectbox(
                f"All {len(unsettled)} open tests",
                [desk_acts.ORDER_ALL, *known.reviewing.reasons(ReasonFor.NOT_NEEDED)],
                index=None,
                key=widget,
                format_func=_answer_to_all,
                placeholder=f"All {len(unsettled)} open tests",
                label_visibility="collapsed",
                on_change=desk_acts.settle_all,
                args=(shown, widget),
            )


def _answer_to_all(answer: str) -> str:
    return answer if answer == desk_acts.ORDER_ALL else f"Not needed: {answer}"


def _group(
    group: checklist.Group,
    bands: Mapping[str, Sequence[str]],
    placed: Mapping[str, Sequence[order_guard.Caught]],
    shown: desk.Open,
    known: knowledge.Knowledge,
) -> None:
    """One test of the clinic's list: what needs settling or was begun, the rest in a window."""
    with st.container(gap="xsmall", key=f"group_{group.head.test.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{told.escape(group.head.test.label)}**", width="content")
            st.caption(_where_it_stands(group), width="content")
            st.space("stretch")
            _folded(group, bands, shown, known)
        for line in group.shown:
            _line(line, bands.get(line.test.id, ()), shown, known)
            order_panels.beside(tuple(placed.get(line.test.id, ())), known)


def _where_it_stands(group: checklist.Group) -> str:
    if not group.owed:
        return "not called for so far"
    settled = sum(line.settled for line in group.owed)
    return f"{settled} of {len(group.owed)} called for settled"


def _folded(
    group: checklist.Group,
    bands: Mapping[str, Sequence[str]],
    shown: desk.Open,
    known: knowledge.Knowledge,
) -> None:
    """The other tests under it, drawn only when asked for."""
    if not group.folded:
        return
    count = told.counted(len(group.folded), "other test", "other tests")
    key = f"folded_{group.head.test.id}"
    with st.popover(count, type="tertiary", key=key, on_change="rerun") as window:
        if window.open:
            for line in group.folded:
                _line(line, bands.get(line.test.id, ()), shown, known)


def _line(
    line: checklist.Line, bands: Sequence[str], shown: desk.Open, known: knowledge.Knowledge
) -> None:
    """What is open has its answers in sight; what is settled is quiet and can be changed."""
    with st.container(key=f"line_{line.test.id}", gap="xxsmall"):
        if line.complete:
            result_panel.quiet(line, bands, shown, known)
            return
        left, right = st.columns([2.2, 1], gap="small", vertical_alignment="top")
        with left, st.container(gap=None):
            _name(line, shown, known)
            _basis(line, shown)
        with right, st.container(gap="xsmall"):
            result_panel.answer(line, shown, known)


def _name(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{told.escape(line.test.label)}**", width="content")
        grounds = _open_grounds(line, shown)
        if grounds:
            reasons.why("Why?", grounds, known, key=f"why_{line.test.id}")
        if line.called_for and not line.settled and not shown.view_first:
            preview_panels.of_test(line, shown, known)


def _open_grounds(line: checklist.Line, shown: desk.Open) -> list[explanation.Grounds]:
    """The reasons that may be read: those that give the tool's view away come after the own."""
    return [one for one in line.because if not (shown.view_first and first_view.gives_away(one))]


def _basis(line: checklist.Line, shown: desk.Open) -> None:
    grounds = _open_grounds(line, shown)
    if grounds:
        st.caption(told.escape(f"{grounds[0].says}."))
    elif line.because:
        st.caption(OPENS_LATER)
    elif line.called_for is None and line.could_be:
        missing = dict.fromkeys(i.label for item in line.could_be for i in item.missing)
        st.caption("Could be called for; not asked: " + told.escape(", ".join(missing)))
