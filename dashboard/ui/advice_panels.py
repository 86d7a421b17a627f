"""The clinic's measures and treatments for one record, each with the stop-sign that holds."""

from collections.abc import Iterable

from circulation.judgement import advice
from circulation.knowledge_base import gate_model, knowledge
from ui import desk, frame, markup, reasons
from ui.markup import Html

TERMS = "For discussion with the person. Nothing is ordered or started here."
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
    views = advice.of(shown.judged)
    fitting = [_advice(view, shown, known) for view in views if view.causes]
    others = [_advice(view, shown, known) for view in views if not view.causes]
    rest = markup.unfold(
        f"advice-{shown.record_id}",
        markup.text(f"For other causes ({len(others)})"),
        *others,
        kind="folded",
    )
    frame.sheet(
        shown.record_id,
        markup.join(
            [
                markup.heading("Measures and treatments"),
                markup.small(markup.text(TERMS)),
                *fitting,
                rest,
                reasons.signed(known),
            ]
        ),
    )


def _advice(view: advice.AdviceView, shown: desk.Open, known: knowledge.Knowledge) -> Html:
    top = markup.join([markup.strong(view.advice.label), markup.tag(*TAGS[view.shows])], " ")
    told = [markup.block("first", top), markup.small(*_lines(view))]
    if view.strictest:
        name = f"why-advice-{shown.record_id}-{view.advice.id}"
        grounds = reasons.grounds((view.strictest, *view.others), known)
        told.append(markup.unfold(name, markup.strong("Why?"), grounds, kind="why corner small"))
    return markup.block("entry", *told)


def _lines(view: advice.AdviceView) -> Iterable[Html]:
    yield markup.text(_stopped(view.says))
    for item in view.others:
        if item.condition != "always":
            yield markup.text(f"Also: {_stopped(item.says)}")
    yield markup.text(f"Helps: {view.advice.helps}")
    missing = [item.label for item in view.not_measured]
    if missing:
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        named = "; ".join(missing[:NAMED])
        yield markup.text(f"Not asked or measured, and could hold it back: {named}{more}.")


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
