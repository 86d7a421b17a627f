"""The "Why?" beside every suggestion: rule, version, inputs, sources, doubt, what is missing."""

from collections.abc import Iterable

import streamlit as st

from circulation.judgement import explanation, standing
from circulation.knowledge_base import atom_words, knowledge
from ui import preview_panels, reference_panels, session, typed_panels, words


def why(
    label: str, grounds: Iterable[explanation.Grounds], known: knowledge.Knowledge, *, key: str
) -> None:
    """A small window with what a statement rests on, drawn when it is opened."""
    with st.popover(label, type="tertiary", key=key, on_change="rerun") as window:
        if not window.open:
            return
        for item in grounds:
            st.markdown(_grounds(item, known))
            _link(item)
        st.caption(_signed(known))


def of_cause(
    view: explanation.CauseView, record: standing.Record, known: knowledge.Knowledge
) -> None:
    """Everything behind one cause's level, and what to ask first."""
    key = f"why_{view.cause.id}"
    with st.popover("Why?", type="tertiary", key=key, on_change="rerun") as window:
        if not window.open:
            return
        level = known.level(view.level)
        before = typed_panels.level_before(view, known)
        st.markdown(f"**{words.escape(level.label)}**{before}. {words.escape(level.meaning)}")
        _part("Rules that grant the level", view.granted, known)
        _part("Held down by", view.held_down, known)
        _part("Speaks for", view.supports, known)
        _part("Speaks against", view.against, known)
        _part("A negative here does not reassure", view.masking, known)
        for item in (*view.granted, *view.held_down):
            _link(item)
        if view.not_asked:
            unasked = [words.escape(item.says) for item in view.not_asked]
            st.markdown("**Not asked, could speak for or against**\n- " + "\n- ".join(unasked))
        if view.lowest != view.highest:
            preview_panels.ask_first(record, view.cause.id, known)
        st.caption(_signed(known))


def _link(item: explanation.Grounds) -> None:
    """The way to the rule itself, with its words, its file and who answers for it."""
    if item.id:
        st.page_link(
            "views/reference.py",
            label=f"{item.id} in the reference",
            query_params=reference_panels.parts(item.id),
        )


def _part(title: str, grounds: Iterable[explanation.Grounds], known: knowledge.Knowledge) -> None:
    lines = [_grounds(item, known) for item in grounds]
    if lines:
        st.markdown(f"**{title}**\n- " + "\n- ".join(lines))


def _grounds(item: explanation.Grounds, known: knowledge.Knowledge) -> str:
    inputs = ", ".join(
        f"{entry.label}: {_answer(entry)}{typed_panels.origin(entry.origin)}"
        for entry in item.inputs
    )
    rule = f" Rule {item.id}, version {item.version}." if item.id else ""
    doubt = f" Doubt: {item.doubt}" if item.doubt else ""
    return words.escape(
        f"{item.says}.{rule} Inputs: {inputs}. Source: {_sources(item, known)}.{doubt}"
    ).replace("..", ".")


def _answer(entry: explanation.Input) -> str:
    """An answer as recorded; one result within its range is not called more than that."""
    if entry.name.endswith("_result") and entry.value == "normal":
        return atom_words.IN_RANGE
    return entry.value.replace("_", " ") or "not asked"


def _sources(item: explanation.Grounds, known: knowledge.Knowledge) -> str:
    return "; ".join(known.source[source].title for source in item.sources)


def _signed(known: knowledge.Knowledge) -> str:
    """The version behind a card, that nobody has signed it off, and what is past its review."""
    unsigned = any(not note.reviewed for _, note in known.files)
    warning = f" {known.words['not_reviewed']}" if unsigned else ""
    today = session.today()
    overdue = [words.escape(name) for name, note in known.files if note.overdue(today)]
    late = f" **{known.words['review_overdue']}** {', '.join(overdue)}" if overdue else ""
    return f"Knowledge version {known.version}.{warning}{late}"
