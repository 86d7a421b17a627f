"""The diagnostic test checklist beside the assessment; each change is saved at once."""

import streamlit as st

from circulation.judgement import checklist, order_guard
from circulation.knowledge_base import knowledge
from circulation.reviewing import reviews
from ui import desk, order_panels, preview_panels, reasons, session, words

STATUS_WORDS = {
    reviews.TestStatus.TO_DO: "To do",
    reviews.TestStatus.ORDERED: "Ordered",
    reviews.TestStatus.DONE: "Done",
    reviews.TestStatus.NOT_NEEDED: "Not needed",
}
RESULT_WORDS = {
    reviews.TestResult.NORMAL: "In range",
    reviews.TestResult.ABNORMAL: "Abnormal",
    reviews.TestResult.UNCLEAR: "Unclear",
}


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """All seven tests of the clinic's list, those called for first."""
    made = shown.checklist
    st.subheader("Diagnostic test checklist", anchor=False)
    owed = len(made.owed)
    st.progress(
        made.settled / owed if owed else 1.0,
        text=f"{made.settled} of {owed} called-for tests settled",
    )
    stand = order_guard.states(made)
    caught = order_guard.for_record(session.loaded().table, shown.row, known, stand)
    placed = order_guard.beside(caught, made)
    order_panels.beside(placed.get("", ()), known)
    st.markdown("**Called for in this record**")
    for group in made.groups:
        for line in group.owed:
            _line(line, group, shown, known)
            order_panels.beside(placed.get(line.test.id, ()), known)
    others = [line for group in made.groups for line in _not_owed(group)]
    with st.expander(f"Other tests of the list ({len(others)})", on_change="rerun") as rest:
        if rest.open:
            for group in made.groups:
                for line in _not_owed(group):
                    _line(line, group, shown, known)
    uncalled = [group.head.test.label for group in made.groups if not group.called_for]
    if uncalled:
        st.caption("Not called for so far: " + words.escape(", ".join(uncalled)))


def _not_owed(group: checklist.Group) -> list[checklist.Line]:
    owed = {line.test.id for line in group.owed}
    return [line for line in (group.head, *group.under) if line.test.id not in owed]


def _line(
    line: checklist.Line, group: checklist.Group, shown: desk.Open, known: knowledge.Knowledge
) -> None:
    with st.container(key=f"line_{line.test.id}", gap="xsmall"):
        left, right = st.columns([1.5, 1], gap="small", vertical_alignment="top")
        with left, st.container(gap=None):
            _name(line, shown, known)
            _basis(line, group)
        with right, st.container(gap="xsmall"):
            _status(line, shown)
            if line.status is reviews.TestStatus.DONE:
                _result(line, shown)
        if line.status is reviews.TestStatus.NOT_NEEDED:
            _reason(line, shown)


def _name(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{words.escape(line.test.label)}**", width="content")
        if line.because:
            reasons.why("Why?", line.because, known, key=f"why_{line.test.id}")
        if line.called_for and not line.settled:
            preview_panels.of_test(line, shown, known)


def _basis(line: checklist.Line, group: checklist.Group) -> None:
    parts = [f"**{words.escape(group.head.test.label)}.**"] if line.test.parent else []
    told = [words.escape(f"{item.label} {item.value}") for item in line.measured]
    parts += [f"Recorded: {', '.join(told)}."] if told else []
    if line.because:
        parts.append(words.escape(f"{line.because[0].says}."))
    elif line.called_for is None and line.could_be:
        missing = dict.fromkeys(i.label for item in line.could_be for i in item.missing)
        parts.append("Could be called for; not asked: " + words.escape(", ".join(missing)))
    if parts:
        st.caption(" ".join(parts))


def _status(line: checklist.Line, shown: desk.Open) -> None:
    key = f"status_{shown.record_id}_{line.test.id}"
    session.put(key, line.status)
    st.selectbox(
        f"{line.test.label}: status",
        list(reviews.TestStatus),
        key=key,
        format_func=lambda status: STATUS_WORDS[status],
        label_visibility="collapsed",
        on_change=desk.save_entered,
        args=(shown, reviews.Field.TEST_STATUS, line.test.id, key),
        help="Recorded with the intake" if line.at_intake else None,
        disabled=shown.closed,
    )


def _result(line: checklist.Line, shown: desk.Open) -> None:
    key = f"result_{shown.record_id}_{line.test.id}"
    session.put(key, line.result)
    st.selectbox(
        f"{line.test.label}: result",
        list(reviews.TestResult),
        index=None,
        key=key,
        format_func=lambda result: RESULT_WORDS[result],
        placeholder="Result",
        label_visibility="collapsed",
        on_change=desk.save_entered,
        args=(shown, reviews.Field.TEST_RESULT, line.test.id, key),
        disabled=shown.closed,
    )


def _reason(line: checklist.Line, shown: desk.Open) -> None:
    key = f"reason_{shown.record_id}_{line.test.id}"
    if not desk.typed(key):
        session.put(key, line.reason)
    st.text_input(
        "Why it is not needed",
        key=key,
        max_chars=200,
        placeholder="Reason (no names or identifiers)",
        on_change=desk.save_entered,
        args=(shown, reviews.Field.TEST_REASON, line.test.id, key),
        disabled=shown.closed,
    )
