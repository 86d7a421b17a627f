"""One test of the checklist: its state, and the result with unit, range, band, day and mark."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from circulation.judgement import checklist, previews
from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.review_model import ReasonFor
from circulation.reviewing.reviews import Field, TestResult, TestStatus
from ui import desk, desk_acts, session, spots, words

RESULT_WORDS = {TestResult(code): label for code, label in previews.GENERIC}
"""The words that the previews of a result use."""
RESULT_TAGS = {
    TestResult.NORMAL: ("gray", ""),
    TestResult.ABNORMAL: ("orange", ":material/error:"),
    TestResult.UNCLEAR: ("gray", ":material/help:"),
}
STATUS_WORDS = {
    TestStatus.TO_DO: "To do",
    TestStatus.ORDERED: "Ordered",
    TestStatus.DONE: "Done",
    TestStatus.NOT_NEEDED: "Not needed",
}


def answer(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    """What is answered for one test: its state, and what that state asks for."""
    _status(line, shown)
    if line.status is TestStatus.DONE:
        _result(line, shown)
        key = f"enter_{shown.record_id}_{line.test.id}"
        with st.popover("Value and date", type="tertiary", key=key, on_change="rerun") as window:
            if window.open:
                _enter(line, shown, known)
    if line.status is TestStatus.NOT_NEEDED:
        _reason(line, shown, known)


def quiet(
    line: checklist.Line, bands: Sequence[str], shown: desk.Open, known: knowledge.Knowledge
) -> None:
    """A settled test in words, its mark of having been looked at, and the window to change it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{words.escape(line.test.label)} {_tag(line)}", width="content")
        st.space("stretch")
        if line.result and not line.seen and not shown.closed:
            _seen(line, shown)
        if not shown.closed:
            key = f"change_{shown.record_id}_{line.test.id}"
            with st.popover("Change", type="tertiary", key=key, on_change="rerun") as window:
                if window.open:
                    _change(line, shown, known)
    st.caption("  \n".join(_told(line, bands, known)))


def _tag(line: checklist.Line) -> str:
    if line.status is TestStatus.NOT_NEEDED:
        return words.badge("gray", "Not needed")
    colour, icon = RESULT_TAGS[line.result or TestResult.UNCLEAR]
    return words.badge(colour, RESULT_WORDS[line.result], icon) if line.result else ""


def _change(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    _status(line, shown)
    if line.status is TestStatus.NOT_NEEDED:
        _reason(line, shown, known)
    if line.status is not TestStatus.DONE:
        return
    _result(line, shown)
    if line.seen:
        _seen(line, shown)
    _enter(line, shown, known)


def _status(line: checklist.Line, shown: desk.Open) -> None:
    key = spots.widget(Field.TEST_STATUS, shown.record_id, line.test.id)
    session.put(key, line.status)
    st.selectbox(
        f"{line.test.label}: status",
        list(TestStatus),
        key=key,
        format_func=lambda status: STATUS_WORDS[status],
        label_visibility="collapsed",
        on_change=desk_acts.enter,
        args=(shown, Field.TEST_STATUS, line.test.id, key),
        disabled=shown.closed,
    )


def _result(line: checklist.Line, shown: desk.Open) -> None:
    """Within its range, abnormal or unclear."""
    key = spots.widget(Field.TEST_RESULT, shown.record_id, line.test.id)
    session.put(key, line.result)
    st.selectbox(
        f"{line.test.label}: result",
        list(TestResult),
        index=None,
        key=key,
        format_func=lambda result: RESULT_WORDS[result],
        placeholder="Result",
        label_visibility="collapsed",
        on_change=desk_acts.enter,
        args=(shown, Field.TEST_RESULT, line.test.id, key),
        disabled=shown.closed,
    )


def _reason(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    key = spots.widget(Field.TEST_REASON, shown.record_id, line.test.id)
    if not desk.typed(key):
        session.put(key, line.reason or None)
    listed = known.reviewing.reasons(ReasonFor.NOT_NEEDED)
    typed = session.entered(key)
    own = [typed] if typed and typed not in listed else []
    st.selectbox(
        f"{line.test.label}: why it is not needed",
        [*listed, *own],
        index=None,
        key=key,
        placeholder="Why? Choose or type",
        accept_new_options=True,
        label_visibility="collapsed",
        on_change=desk_acts.enter,
        args=(shown, Field.TEST_REASON, line.test.id, key),
        disabled=shown.closed,
    )


def _told(line: checklist.Line, bands: Sequence[str], known: knowledge.Knowledge) -> list[str]:
    if line.status is TestStatus.NOT_NEEDED:
        return [words.escape(f"{line.reason}.")]
    numbers = ", ".join(f"{item.label} {item.value}" for item in line.measured)
    measures = [m for m in known.measurements if m.test == line.test.id]
    given = {item.name for item in line.measured}
    ranges = [m.reference for m in measures if m.reference and given.intersection(m.columns)]
    where = "recorded with the intake" if line.at_intake else "entered in this review"
    where = f"{where}, reviewed" if line.seen else where
    day = words.day(date.fromisoformat(line.date)) if line.date else "date not recorded"
    first = ", ".join(part for part in (numbers or line.value, day, where) if part)
    told = [words.escape(f"{first[0].upper()}{first[1:]}.")]
    told += [f"**{words.escape(band)}**" for band in bands if numbers]
    if len(ranges) == 1:  # several stand beside their numbers in the window
        told.append(words.escape(f"Range: {ranges[0]}"))
    return told


def _seen(line: checklist.Line, shown: desk.Open) -> None:
    """The mark that a result was looked at, or its taking back."""
    st.button(
        "Not reviewed after all" if line.seen else "Mark as reviewed",
        key=spots.widget(Field.RESULT_SEEN, shown.record_id, line.test.id),
        on_click=desk_acts.mark_seen,
        args=(shown, [line.test.id], not line.seen),
    )


def _enter(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Numbers in their own unit, or a few words where the test has none; and the day."""
    measures = [m for m in known.measurements if m.test == line.test.id]
    for measure in measures:
        for column in measure.columns:
            _number(measure, column, line, shown)
        if measure.reference:
            st.caption(words.escape(f"Range: {measure.reference}"))
    for choice in known.choices:
        if choice.test == line.test.id:
            _choice(choice, shown)
    if not measures:
        _words(line, shown)
    key = spots.widget(Field.TEST_DATE, shown.record_id, line.test.id)
    session.put(key, date.fromisoformat(line.date) if line.date else None)
    st.date_input(
        "Day of the result",
        key=key,
        format="YYYY-MM-DD",
        max_value=session.today(),
        on_change=desk_acts.enter,
        args=(shown, Field.TEST_DATE, line.test.id, key),
    )
    if desk.fault():
        st.caption(":red[**Not saved**]: see the top of the page.")


def _number(
    measure: model.Measurement, column: str, line: checklist.Line, shown: desk.Open
) -> None:
    key = spots.widget(Field.MEASURED, shown.record_id, column)
    if not desk.typed(key):
        given = {item.name: item.value for item in line.measured}
        session.put(key, given.get(column, "").removesuffix(measure.unit).strip())
    side = column.removeprefix(measure.id).strip("_")
    st.text_input(
        f"{measure.label}{', ' if side else ''}{side} ({measure.unit})",
        key=key,
        on_change=desk_acts.enter_number,
        args=(shown, line.test.id, column, key),
    )


def _choice(choice: model.Choice, shown: desk.Open) -> None:
    """A part of the result that is one of a few words, such as a unit type."""
    key = spots.widget(Field.MEASURED, shown.record_id, choice.id)
    if not desk.typed(key):
        session.put(key, shown.stands.table.value(choice.id, shown.stands.row) or None)
    labels = {value.code: value.label for value in choice.values}
    st.selectbox(
        choice.label,
        list(labels),
        index=None,
        key=key,
        format_func=labels.__getitem__,
        placeholder="Not recorded",
        on_change=desk_acts.enter_number,
        args=(shown, choice.test, choice.id, key),
    )
    if choice.doubt:
        st.caption(words.escape(choice.doubt))


def _words(line: checklist.Line, shown: desk.Open) -> None:
    key = spots.widget(Field.TEST_VALUE, shown.record_id, line.test.id)
    if not desk.typed(key):
        session.put(key, line.value)
    st.text_input(
        "Value or finding, in a few words (no names or identifiers)",
        key=key,
        max_chars=60,
        on_change=desk_acts.enter,
        args=(shown, Field.TEST_VALUE, line.test.id, key),
    )
