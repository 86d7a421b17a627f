"""What surrounds a sign-off: correct or open again a signed review, hand over, two signatures."""

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.knowledge_base.review_model import ReasonFor
from circulation.reviewing import event_words, review_fields, reviews, sign_off
from circulation.reviewing.reviews import Field
from ui import desk, desk_acts, session, spots, words

WHO_ACTS = (
    "Without sign-in everyone acts under the same name, so a second person cannot be told apart: "
    "the record stays in progress until there is a sign-in or the clinic changes its setting."
)
CORRECTED = {
    Field.AGREED_CAUSE: "Agreed cause",
    Field.DISPOSITION: "What happens next",
    Field.NOTE: "Note",
}


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """The ways out of a signed review, each with a reason; of an open one, to hand it over."""
    if not shown.closed:
        _hand_over(shown, known)
        return
    with st.popover("Correct", icon=":material/edit:", key="correct", on_change="rerun") as one:
        if one.open:
            _correct(shown, known)
    with st.popover("Open again", icon=":material/lock_open:", key="reopen"):
        reason = _reason(ReasonFor.REOPEN, "Why is it opened again?", shown, known)
        st.button(
            "Open this review again",
            on_click=desk_acts.reopen,
            args=(shown, reason),
        )


def _correct(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """One thing at a time; the review stays signed and the old value stays in the history."""
    field = st.selectbox(
        "What is corrected", list(CORRECTED), key="corrected", format_func=CORRECTED.__getitem__
    )
    key = f"new_{spots.widget(field, shown.record_id)}"
    if field is Field.NOTE:
        st.text_area(
            "New note (no names or identifiers)",
            key=key,
            max_chars=review_fields.FIELDS[Field.NOTE].longest,
        )
    else:
        causes = event_words.causes(known)
        labels = causes if field is Field.AGREED_CAUSE else known.reviewing.disposition
        st.selectbox("New value", list(labels), index=None, key=key, format_func=labels.__getitem__)
    reason = _reason(ReasonFor.CORRECT, "Why?", shown, known)
    st.button(
        "Save the correction",
        on_click=desk_acts.correct,
        args=(shown, field, key, reason),
    )


def _reason(wanted: ReasonFor, label: str, shown: desk.Open, known: knowledge.Knowledge) -> str:
    """A reason to choose or type; the key of its widget."""
    key = f"why_{wanted.value}_{shown.record_id}"
    st.selectbox(
        label,
        list(known.reviewing.reasons(wanted)),
        index=None,
        key=key,
        placeholder="Choose or type, no names",
        accept_new_options=True,
    )
    return key


def _hand_over(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """The window to state that the record waits for someone else."""
    with st.popover("Hand over", key="hand_over", on_change="rerun") as window:
        if not window.open:
            return
        labels = known.reviewing.hand_over
        whom = spots.widget(Field.HANDED_TO, shown.record_id)
        st.selectbox("To", list(labels), index=None, key=whom, format_func=labels.__getitem__)
        reason = _reason(ReasonFor.HAND_OVER, "Why?", shown, known)
        st.caption("A note for the list and the history: nobody is told by it.")
        st.button("Hand over", on_click=desk_acts.hand_over, args=(shown, whom, reason))


def standing(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Who the record waits for, and whose signature it has; nothing where neither is so."""
    said = shown.review.find(Field.HANDED_TO)
    if said:
        whom = known.reviewing.hand_over.get(said.value, said.value)
        with st.container(horizontal=True, vertical_alignment="center"):
            line = f"Handed over to {whom}, {by(said)}"
            st.markdown(f":material/forward: {words.escape(line)}", width="content")
            if not shown.closed:
                st.button("Take it over", on_click=desk_acts.take_back, args=(shown,))
    if sign_off.needs_second(shown.review, shown.basis):
        first = shown.review.first_signature
        signed = f"Signed first {by(first)}." if first else "Nobody has signed yet."
        text = f"This clinic asks for two reviewers of this record. {signed}"
        unnamed = f" {WHO_ACTS}" if session.shared_name() else ""
        st.caption(words.escape(f"{text}{unnamed}"))


def by(said: reviews.Standing) -> str:
    """When and by whom something was said."""
    at = reviews.moment(said.at)
    return f"{words.day(at.date())} {words.clock(at)} UTC by {said.actor}"
