"""The blind second look: one record without what was decided, the reader's own view, then both."""

from collections.abc import Sequence

import streamlit as st

from circulation import errors
from circulation.auditing import blind_sheet, outcomes, second_look
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level, Urgency
from circulation.reviewing import basis, event_words, reviews
from circulation.reviewing.reviews import Change, Field
from ui import session, shared_data, words

DONE, FAULT = "second_look_done", "second_look_fault"
CAUSE, SURE = "second_look_cause", "second_look_sure"


def waiting() -> tuple[second_look.Drawn, ...]:
    """The records that wait for this reader."""
    loaded = [one for one in shared_data.audit().drawn if _row(one) is not None]
    return second_look.to_look_at(
        loaded, _stood(), reader=session.actor(), shared=session.shared_name()
    )


def show(known: knowledge.Knowledge) -> None:
    """What was found out last, then the next record that waits."""
    _last(known)
    listed = waiting()
    if not listed:
        st.info(
            "No record waits for a second look. One in "
            f"{known.reviewing.settings.second_look_one_in} signed records is drawn, and those "
            "whose agreed cause stood just beside the tool's."
        )
        return
    st.header(words.counted(len(listed), "record waits", "records wait"), anchor=False)
    st.caption(
        "Say what you think before you know what was decided: neither the first decision nor the "
        "tool's order is shown, nor why the record was drawn. Red flags are never held back."
    )
    if session.shared_name():
        st.caption("Without sign-in nobody can tell whether you signed a record yourself.")
    one = listed[0]
    row = _row(one)
    if row is None:
        return
    review = _stood()[one.first.record_id]
    sheet, view = st.columns([1.6, 1], gap="large")
    with sheet:
        _sheet(blind_sheet.of(shared_data.loaded().table, row, known, review))
    with view:
        _form(one, review, known)


def _row(one: second_look.Drawn) -> int | None:
    return shared_data.loaded().table.row_of(one.first.record_id)


def _stood() -> dict[str, reviews.RecordReview]:
    return dict(shared_data.reviews().all_current())


def _sheet(sheet: blind_sheet.Sheet) -> None:
    for flag in sheet.flags:
        tag = words.urgency_tag(Urgency[flag.urgency.upper()], flag.label)
        st.markdown(f"{tag} {words.escape(flag.action)}")
    st.markdown(_said(sheet.person))
    st.markdown(f"**Present** {_listed(sheet.present)}")
    st.markdown(f"**Measured** {_said(sheet.measured)}")
    if sheet.paired:
        st.markdown("\n".join(["| | Left | Right |", "|---|---:|---:|", *_pairs(sheet.paired)]))
    st.markdown(f"**Results** {_said(sheet.tests)}")
    st.markdown(f"**Background** {_said(sheet.choices)}")
    st.markdown(f"**Absent** :small[{_listed(sheet.absent)}]")
    with st.expander(f"Not asked: {len(sheet.not_asked)} questions"):
        st.markdown(_listed(sheet.not_asked))


def _pairs(pairs: Sequence[blind_sheet.Pair]) -> list[str]:
    def cell(text: str) -> str:
        return words.escape(text) or "not measured"

    return [
        f"| {words.escape(one.label)} | {cell(one.left)} | {cell(one.right)} |" for one in pairs
    ]


def _listed(labels: Sequence[str]) -> str:
    return words.escape(", ".join(labels)) or "Nothing recorded."


def _said(items: Sequence[blind_sheet.Said]) -> str:
    told = [f"{words.escape(one.label)} **{words.escape(one.value)}**" for one in items]
    return ", ".join(told) or "Nothing recorded."


def _form(one: second_look.Drawn, review: reviews.RecordReview, known: knowledge.Knowledge) -> None:
    labels = event_words.causes(known)
    with st.form("second_look", border=True):
        st.selectbox(
            "Leading cause",
            list(labels),
            index=None,
            key=CAUSE,
            format_func=labels.__getitem__,
            placeholder="Choose",
        )
        st.radio(
            "How sure",
            list(event_words.CERTAINTIES),
            index=None,
            key=SURE,
            format_func=event_words.CERTAINTIES.__getitem__,
        )
        st.form_submit_button(
            "Save my view, then show both",
            type="primary",
            on_click=_save,
            args=(one.first.record_id, review.version),
        )
    if fault := session.kept(FAULT, ""):
        st.error(words.escape(fault))


def _save(record_id: str, version: int) -> None:
    """Save both answers; until the store has committed nothing else is shown."""
    cause, sure = session.entered(CAUSE), session.entered(SURE)
    known, table = shared_data.knowledge(), shared_data.loaded().table
    ground = basis.Basis(
        data_set=table.version,
        knowledge=known.version,
        causes=tuple(known.cause),
        tests=tuple(known.test),
        shared_name=session.shared_name(),
    )
    changes = (Change(Field.SECOND_CAUSE, cause or ""), Change(Field.SECOND_CERTAINTY, sure or ""))
    try:
        if not (cause and sure):
            raise errors.DashboardError(
                "second look", "not saved: it needs a cause and how sure you are", "Choose both."
            )
        shared_data.reviews().add(
            record_id,
            changes,
            actor=session.actor(),
            role=session.role(),
            expected_version=version,
            now=session.now(),
            basis=ground,
        )
    except errors.DashboardError as error:
        session.keep(FAULT, str(error))
        return
    session.keep(FAULT, "")
    session.keep(DONE, record_id)
    session.put(CAUSE, None)
    session.put(SURE, None)


def _last(known: knowledge.Knowledge) -> None:
    """The record that this reader has just looked at, now with what was decided."""
    record_id = session.kept(DONE, "")
    drawn = {one.first.record_id: one for one in shared_data.audit().drawn}
    if record_id not in drawn:
        return
    labels, first = event_words.causes(known), drawn[record_id].first
    second = _stood()[record_id].value(Field.SECOND_CAUSE)
    alike = "Both named the same cause." if second == first.agreed else "The two views differ."
    yours, theirs = (words.escape(labels.get(c, "No cause")) for c in (second, first.agreed))
    with st.container(border=True):
        st.markdown(
            f":material/check: Saved. Record **{words.escape(record_id)}**: you **{yours}**, "
            f"first decision **{theirs}**. {alike}"
        )
        st.caption(_tool(shared_data.audit().levels.get(record_id), known))


def _tool(levels: outcomes.Levels | None, known: knowledge.Knowledge) -> str:
    if levels is None:
        return "The tool's view at that sign-off was not kept."
    ranked = sorted(levels.items(), key=lambda item: -item[1])
    named = [
        f"{known.cause[cause].label}: {known.level(level).label.lower()}"
        for cause, level in ranked
        if level >= Level.POSSIBLE and cause in known.cause
    ]
    return words.escape(f"The tool then: {'; '.join(named) or 'no cause was at least possible'}.")
