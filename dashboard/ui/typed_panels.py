"""What results typed in a review change on the record's page: where an answer comes from, the level
before, the red flags that stay although a result would lower them."""

from collections.abc import Sequence

import streamlit as st

from circulation.judgement import explanation, typed_results
from circulation.knowledge_base import columns, knowledge, result_words
from circulation.reviewing import reviews
from ui import desk, markup, session, shared_data, words
from ui.markup import Html

NAMED = 6
"""How many results are named before the rest is counted."""
STAYS = "The alert stays until sign-off: a clinician decides."


def origin(at: str) -> str:
    """Where an answer comes from, as ' (review, 14:32)'; '' where all come from the intake."""
    if not at:
        return ""
    if at == explanation.INTAKE:
        return " (intake)"
    moment = session.local(reviews.moment(at))
    today = moment.date() == session.today()
    return f" (review, {words.clock(moment) if today else words.day(moment.date())})"


def counted(shown: desk.Open) -> Html:
    """The results of the review that count beside the intake, and those that cannot, with why."""
    found = [item for item in shown.assessed.typed if _is_result(item)]
    told = [f"Counted with the intake: {_listed(found)}."] if found else []
    stands, known = shown.stands, shared_data.knowledge()
    idle = typed_results.lacking(stands.table, stands.row, stands.typed, known)
    for name, lacks in idle.items():
        doubt = known.choice[lacks].doubt if lacks in known.choice else ""
        label, needed = columns.label(known, name), columns.label(known, lacks)
        told.append(f"Not counted: {label}, because “{needed}” is not recorded. {doubt}".strip())
    return markup.small(*map(markup.text, told)) if told else markup.NOTHING


def level_before(view: explanation.CauseView, known: knowledge.Knowledge) -> Html:
    """The level that the intake alone supports, where the results changed it."""
    if view.by_intake == view.level:
        return markup.NOTHING
    before = f"at intake: {known.level(view.by_intake).label.lower()}"
    return markup.block("small", markup.text(before), tag="span")


def held(shown: desk.Open) -> Html:
    """The red flags that stand although results would lower them, and those that results raised."""
    raised = shown.assessed.raised
    told = [f"{_by(v)} would lower {v.flag.label.lower()}. {STAYS}" for v in raised if v.held]
    told += [f"{_by(v)} raised {v.flag.label.lower()}." for v in raised if v.by_review]
    return markup.small(*(markup.text(f"{line[0].upper()}{line[1:]}") for line in told))


def lowered(shown: desk.Open) -> None:
    """The red flags of the intake that the results let go with the sign-off."""
    for view in shown.assessed.lowered:
        told = f"Red flag of the intake, no longer raised with {_by(view)}: {view.flag.label}."
        st.caption(words.escape(told))


def _by(view: explanation.FlagView) -> str:
    """The results that its rule reads; it may hang on a level that results changed."""
    return _listed(_typed(view)) or "results of the review"


def _typed(view: explanation.FlagView) -> list[explanation.Input]:
    return [i for i in view.grounds.inputs if i.origin not in ("", explanation.INTAKE)]


def _listed(items: Sequence[explanation.Input]) -> str:
    """Results, each once, with when they were typed: said once where that is the same for all."""
    once = list({item.name: item for item in items}.values())
    more = f"; and {len(once) - NAMED} more" if len(once) > NAMED else ""
    origins = {origin(item.origin) for item in once}
    if len(origins) == 1:
        return f"{'; '.join(map(_said, once[:NAMED]))}{more}{origins.pop()}"
    return "; ".join(f"{_said(item)}{origin(item.origin)}" for item in once[:NAMED]) + more


def _is_result(item: explanation.Input) -> bool:
    """Whether it is a number or a result: the state of a test stands in the checklist."""
    return not item.name.startswith("test_") or item.name.endswith("_result")


def _said(item: explanation.Input) -> str:
    known = shared_data.knowledge()
    choice = known.choice.get(item.name)
    labels = {one.code: one.label for one in choice.values} if choice else {}
    value = labels.get(item.value, item.value.replace("_", " "))
    return f"{item.label} {result_words.of_column(item.name, item.value, known) or value}"
