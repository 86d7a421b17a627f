"""Your view first: the clinician's own view, before the tool's order of suspicions opens."""

from collections.abc import Mapping

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reviewing import reviews
from circulation.reviewing.reviews import Certainty, Field
from ui import desk, desk_acts, markup, spots
from ui.markup import Html

CERTAINTY_WORDS: Mapping[str, str] = {
    Certainty.UNSURE: "Unsure",
    Certainty.FAIRLY_SURE: "Fairly sure",
    Certainty.SURE: "Sure",
}


def ask(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Leading cause and how sure, in place of the tool's order."""
    st.header("Your view first", anchor=False)
    st.caption(
        "Which cause leads, in your own view? The tool's order, its reasons and its advice open "
        "once you have recorded it. Both are kept. Red flags are never held back."
    )
    labels = {cause.id: cause.label for cause in known.causes} | {reviews.UNDECIDED: "Undecided"}
    with st.container(border=True, gap="small"):
        cause, sure = st.columns(2, gap="small")
        with cause:
            _choice("Leading cause", labels, Field.FIRST_CAUSE, shown)
        with sure:
            _choice("How sure are you?", CERTAINTY_WORDS, Field.FIRST_CERTAINTY, shown)
        st.button(
            "Record my view, open the tool's",
            type="primary",
            shortcut="Ctrl+Enter",
            on_click=desk_acts.record_view,
            args=(shown,),
        )


def _choice(label: str, labels: Mapping[str, str], field: Field, shown: desk.Open) -> None:
    st.selectbox(
        label,
        list(labels),
        index=None,
        key=spots.widget(field, shown.record_id),
        format_func=lambda code: labels[code],
        placeholder="Choose",
    )


def told(shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """The view that was recorded, above the tool's."""
    view = shown.review.first_view
    if not view:
        return markup.NOTHING
    cause = known.cause[view.cause].label if view.cause in known.cause else "Undecided"
    sure = CERTAINTY_WORDS[view.certainty].lower()
    return markup.said("Your view first", markup.text(f"{cause}, {sure}. Kept as it was recorded."))
