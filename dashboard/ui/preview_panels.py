"""What would change our mind, beside the checklist and the causes; worked out only when opened."""

from collections.abc import Iterable

import streamlit as st

from circulation.judgement import checklist, narrowing, previews, standing
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level
from ui import desk, words

NOTHING = "Changes no level, urgency, red flag or test."
METHOD = (
    "Each result is written into this record as if it had come in, a number at the edge of its "
    "band, and judged by the same rules. It does not say how likely a result is. A red flag of the "
    "intake stays until sign-off whatever a result would do to it."
)


def of_test(line: checklist.Line, shown: desk.Open, known: knowledge.Knowledge) -> None:
    """Beside an open test: what each of its results would do to this record."""
    key = f"what_if_{line.test.id}"
    with st.popover("What if?", type="tertiary", key=key, on_change="rerun") as window:
        if not window.open:
            return
        found = previews.of_test(shown.stands, line.test.id, known)
        if all(preview.changes_nothing for preview in found):
            st.markdown("**No result of this test changes level, urgency, red flags or tests.**")
        st.markdown("\n".join(f"- {told(preview, known)}" for preview in found))
        st.caption(METHOD)


def told(preview: previews.Preview, known: knowledge.Knowledge) -> str:
    """One result in a line: what would be different."""
    name = f"**{words.escape(preview.label)}.**"
    if preview.changes_nothing:
        return f"{name} {NOTHING}"
    changes = [
        f"{known.cause[change.cause].label}: {_level(change.before, known)} to "
        f"{_level(change.after, known)}"
        for change in preview.levels
    ]
    if preview.urgency_before != preview.urgency_after:
        urgencies = (preview.urgency_before, preview.urgency_after)
        before, after = (known.urgency(urgency).label.lower() for urgency in urgencies)
        changes.insert(0, f"Urgency: {before} to {after}")
    named = (
        ("Red flag raised", [known.flag[name].label for name in preview.flags_raised]),
        ("Red flag no longer raised", [known.flag[name].label for name in preview.flags_gone]),
        ("Then called for", [known.test[name].label for name in preview.called_for]),
        ("No longer called for", [known.test[name].label for name in preview.no_longer]),
    )
    changes += [f"{title}: {', '.join(labels)}" for title, labels in named if labels]
    return f"{name} {words.escape('. '.join(changes))}."


def ask_first(record: standing.Record, cause: str, known: knowledge.Knowledge) -> None:
    """The questions that would narrow a cause's band most."""
    found = narrowing.best(record.table, record.row, cause, known)
    st.markdown(asked_first(found, known))


def asked_first(questions: Iterable[narrowing.Question], known: knowledge.Knowledge) -> str:
    """The questions with the range that each of their answers would leave."""
    lines = [
        f"- **{words.escape(question.label)}**: "
        + words.escape("; ".join(_answer(answer, known) for answer in question.answers))
        for question in questions
    ]
    if not lines:
        return "**Ask first**: no single question narrows the range."
    return "\n".join(["**Ask first**, they narrow the range most:", *lines])


def _answer(answer: narrowing.Answer, known: knowledge.Knowledge) -> str:
    value = answer.value.replace("_", " ")
    if answer.lowest == answer.highest:
        return f"{value}, {_level(answer.lowest, known)}"
    return f"{value}, {_level(answer.lowest, known)} to {_level(answer.highest, known)}"


def _level(level: Level, known: knowledge.Knowledge) -> str:
    return known.level(level).label.lower()
