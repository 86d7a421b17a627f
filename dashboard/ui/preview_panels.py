"""What would change our mind, beside the checklist and the causes; worked out only when opened."""

from collections.abc import Iterable, Sequence

from circulation.judgement import narrowing, previews
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level
from ui import markup
from ui.markup import Html

NOTHING = "Changes no level, urgency, red flag or test."
METHOD = (
    "Each result is written into this record as if it had come in, a number at the edge of its "
    "band, and judged by the same rules. It does not say how likely a result is. A red flag of the "
    "intake stays until sign-off whatever a result would do to it."
)


def of_test(found: Sequence[previews.Preview], known: knowledge.Knowledge) -> Html:
    """What each result of an open test would do to this record."""
    none = all(preview.changes_nothing for preview in found)
    said = "No result of this test changes level, urgency, red flags or tests." if none else ""
    lines = [told(preview, known) for preview in found]
    method = markup.small(markup.text(METHOD))
    return markup.block("opened small", markup.listed(said or "What if?", lines), method)


def told(preview: previews.Preview, known: knowledge.Knowledge) -> Html:
    """One result in a line: what would be different."""
    name = markup.strong(f"{preview.label}.")
    if preview.changes_nothing:
        return markup.join([name, markup.text(NOTHING)], " ")
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
    return markup.join([name, markup.text(f"{'. '.join(changes)}.")], " ")


def asked_first(questions: Iterable[narrowing.Question], known: knowledge.Knowledge) -> Html:
    """The questions that would narrow a cause's band most, with what each answer would leave."""
    lines = []
    for question in questions:
        answers = "; ".join(_answer(answer, known) for answer in question.answers)
        lines.append(markup.join([markup.strong(question.label), markup.text(f": {answers}")]))
    if not lines:
        return markup.small(markup.text("Ask first: no single question narrows the range."))
    return markup.listed("Ask first, they narrow the range most:", lines)


def _answer(answer: narrowing.Answer, known: knowledge.Knowledge) -> str:
    value = answer.value.replace("_", " ")
    if answer.lowest == answer.highest:
        return f"{value}, {_level(answer.lowest, known)}"
    return f"{value}, {_level(answer.lowest, known)} to {_level(answer.highest, known)}"


def _level(level: Level, known: knowledge.Knowledge) -> str:
    return known.level(level).label.lower()
