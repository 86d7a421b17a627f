"""The clinic's measures and treatments for one record, each with the stop-sign that holds."""

from collections.abc import Iterable

import streamlit as st

from circulation.judgement import advice
from circulation.knowledge_base import gate_model, knowledge
from ui import desk, reasons, words

NAMED = 4
"""How many missing answers are named before the rest is counted."""
TAGS = {
    gate_model.Shows.ESCALATE: ("red", "Escalate", ":material/priority_high:"),
    gate_model.Shows.STOP: ("red", "Stop", ":material/block:"),
    gate_model.Shows.UNUSABLE: ("orange", "Index not usable", ":material/help:"),
    gate_model.Shows.UNKNOWN: ("orange", "Measure first", ":material/help:"),
    gate_model.Shows.REDUCED: ("orange", "Reduced only", ":material/warning:"),
    gate_model.Shows.CAUTION: ("orange", "Caution", ":material/warning:"),
    gate_model.Shows.NO_STOP: ("gray", "No stop recorded", ""),
    gate_model.Shows.HELPS: ("gray", "May help", ""),
}


def show(shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Advice for the causes that are at least possible; the rest folded, its stop-signs as well."""
    views = advice.for_record(shown.stands, known)
    st.subheader("Measures and treatments", anchor=False)
    st.caption("For discussion with the person. Nothing is ordered or started here.")
    fitting = [view for view in views if view.causes]
    for view in fitting:
        _advice(view, known)
    others = [view for view in views if not view.causes]
    with st.expander(f"For other causes ({len(others)})", on_change="rerun") as rest:
        if rest.open:
            for view in others:
                _advice(view, known)


def _advice(view: advice.AdviceView, known: knowledge.Knowledge) -> None:
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            label = words.escape(view.advice.label)
            st.markdown(f"**{label}** {words.badge(*_tag(view))}", width="content")
            if view.strictest:
                st.space("stretch")
                grounds = (view.strictest, *view.others)
                reasons.why("Why?", grounds, known, key=f"why_advice_{view.advice.id}")
        st.caption("  \n".join(_lines(view)))


def _tag(view: advice.AdviceView) -> tuple[str, str, str]:
    return TAGS[view.shows]


def _lines(view: advice.AdviceView) -> Iterable[str]:
    yield words.escape(_stopped(view.says))
    for item in view.others:
        if item.condition != "always":
            yield words.escape(f"Also: {_stopped(item.says)}")
    yield words.escape(f"Helps: {view.advice.helps}")
    missing = [item.label for item in view.not_measured]
    if missing:
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        named = "; ".join(missing[:NAMED])
        yield words.escape(f"Not asked or measured, and could hold it back: {named}{more}.")


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
