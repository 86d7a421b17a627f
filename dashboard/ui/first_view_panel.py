"""Your view first: the clinician's own view, before the tool's order of suspicions opens."""

from collections.abc import Mapping

import streamlit as st

from circulation.knowledge_base import knowledge
from circulation.reviewing import event_words
from circulation.reviewing.reviews import Field
from ui import desk, desk_acts, markup, spots
from ui.markup import Html


def ask(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Leading cause and how sure, in place of the tool's order."""
    st.header("Your view first", anchor=False)
    st.caption(
        "Which cause leads, in your own view? The tool's order, its reasons and its advice open "
        "once you have recorded it. Both are kept. Red flags are never held back."
    )
    with st.container(border=True, gap="small"):
        cause, sure = st.columns(2, gap="small")
        with cause:
            _choice("Leading cause", event_words.causes(known), Field.FIRST_CAUSE, shown)
        with sure:
            _choice("How sure are you?", event_words.CERTAINTIES, Field.FIRST_CERTAINTY, shown)
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
    cause = event_words.causes(known).get(view.cause, view.cause)
    sure = event_words.CERTAINTIES[view.certainty].lower()
    return markup.said("Your view first", markup.text(f"{cause}, {sure}. Kept as it was recorded."))
