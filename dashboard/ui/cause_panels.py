"""Every cause of one record with its level, the range it could take, and its reasons."""

from circulation.judgement import explanation, narrowing
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level
from ui import (
    desk,
    first_view_panel,
    line_acts,
    markup,
    preview_panels,
    reasons,
    typed_panels,
    unfolding,
)
from ui.markup import Html

TERMS = (
    "Levels follow explicit rules. They are ordinal, not probabilities, and not a diagnosis. "
    "Causes can stand together."
)


def suspicions(shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """Every cause with its level, the range it could take, and its reasons."""
    told = [
        markup.heading("Suspected causes"),
        first_view_panel.told(shown, known),
        markup.small(markup.text(TERMS)),
        typed_panels.counted(shown),
        *(_suspicion(view, shown, known) for view in shown.assessed.causes),
        reasons.signed(known),
    ]
    return markup.join(told)


def _suspicion(view: explanation.CauseView, shown: desk.Open, known: knowledge.Knowledge) -> Html:
    label = known.level(view.level).label
    tag = markup.level_tag(view.level, label)
    before = typed_panels.level_before(view, known)
    top = markup.join([markup.strong(view.cause.label), tag, before], " ")
    told = [("For", view.supports), ("Against", view.against), ("Masking", view.masking)]
    lines = [
        markup.join([markup.strong(name), markup.text("; ".join(g.says for g in grounds))], " ")
        for name, grounds in told
        if grounds
    ]
    lines.append(markup.text(_range(view, known)))
    first = markup.block("first", top)
    return markup.block("entry", first, markup.small(*lines), _why(view, shown, known))


def _why(view: explanation.CauseView, shown: desk.Open, known: knowledge.Knowledge) -> Html:
    """Everything behind one cause's level, and what to ask first."""
    level = known.level(view.level)
    told = [markup.block("", markup.text(f"{level.label}. {level.meaning}"), tag="p")]
    for title, grounds in (
        ("Rules that grant the level", view.granted),
        ("Held down by", view.held_down),
        ("Speaks for", view.supports),
        ("Speaks against", view.against),
        ("A negative here does not reassure", view.masking),
    ):
        if grounds:
            told += [markup.strong(title), reasons.grounds(grounds, known)]
    unasked = [markup.text(item.says) for item in view.not_asked]
    told.append(markup.listed("Not asked, could speak for or against", unasked))
    asked = f"{line_acts.ASK_FIRST}-{view.cause.id}" in unfolding.worked_out(shown.record_id)
    if asked:
        questions = narrowing.best(shown.stands.table, shown.stands.row, view.cause.id, known)
        told.append(preview_panels.asked_first(questions, known))
    elif view.lowest != view.highest:
        told.append(markup.act(line_acts.ASK_FIRST, view.cause.id, "What to ask first?"))
    name = f"why-{shown.record_id}-{view.cause.id}"
    summary = markup.strong("Why?")
    return markup.unfold(name, summary, *told, kind="why corner small", opened=asked)


def _range(view: explanation.CauseView, known: knowledge.Knowledge) -> str:
    """What the level could become: from every unasked answer against to every one for it."""
    if view.lowest == view.highest:
        return "Unasked questions cannot change this."
    highest = known.level(view.highest).label.lower()
    if view.level in (Level.OPEN, Level.NOT_SUPPORTED):
        return f"Unasked questions could raise it up to {highest}."
    lowest = known.level(view.lowest).label.lower()
    return f"Once all is asked: {lowest} to {highest}."
