"""The answers of one test where they are entered: result with unit, range, day, or a reason."""

from datetime import date

import streamlit as st

from circulation.judgement import checklist
from circulation.knowledge_base import columns, knowledge, result_words
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.review_model import ReasonFor
from circulation.reviewing import review_fields
from circulation.reviewing.reviews import Field, TestResult, TestStatus
from ui import desk, desk_acts, session, shared_data, spots, words

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


def needs(line: checklist.Line) -> bool:
    """Whether its state asks for something that is missing: a result, or a reason."""
    return line.answered and not line.complete


def edit(
    line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge, *, whole: bool
) -> None:
    """What the state of a test asks for; the ``whole`` of it, or only what is missing."""
    with st.container(key=spots.editing(shown.record_id, line.test.id), gap="xsmall", border=whole):
        if line.status is TestStatus.NOT_NEEDED:
            _reason(line, shown, known)
        elif line.status is TestStatus.DONE:
            _result(line, shown, known)
            if whole:
                with st.container():  # a place that stays, so that the boxes below keep the focus
                    if line.seen:
                        _not_seen(line, shown)
                _enter(line, shown, known)
        else:
            st.caption("Choose Done to enter a result, or Not needed to give a reason.")


def _result(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Within its range, abnormal or unclear."""
    test = line.test.id
    key = spots.widget(Field.TEST_RESULT, shown.record_id, line.test.id)
    session.put(key, line.result)
    st.selectbox(
        f"{line.test.label}: result",
        list(TestResult),
        index=None,
        key=key,
        format_func=lambda result: result_words.of(test, result, known).capitalize(),
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


def _not_seen(line: checklist.Line, shown: desk.Open) -> None:
    """The taking back of the mark that a result was looked at."""
    st.button(
        "Not reviewed after all",
        key=spots.widget(Field.RESULT_SEEN, shown.record_id, line.test.id),
        on_click=desk_acts.mark_seen,
        args=(shown, [line.test.id], False),
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
    st.text_input(
        f"{columns.label(shared_data.knowledge(), column)} ({measure.unit})",
        key=key,
        on_change=desk_acts.enter_number,
        args=(shown, line.test.id, column, key),
    )
    _refused(column)


def _refused(about: str) -> None:
    """Why what was typed in the box above was not saved, where it was typed."""
    found = desk.fault()
    with st.container():  # a place that stays, so that the boxes below keep the focus
        if found and any(change.about == about for change in found.tried):
            why = f"{found.error.fault}. {found.error.way_out}"
            st.caption(f":red[**Not saved**: {words.escape(why)}]")


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
        max_chars=review_fields.FIELDS[Field.TEST_VALUE].longest,
        on_change=desk_acts.enter,
        args=(shown, Field.TEST_VALUE, line.test.id, key),
    )
