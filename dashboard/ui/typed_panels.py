"""What results typed in a review change on the record's page: where an answer comes from, the level
before, the red flags that stay although a result would lower them."""

from collections.abc import Iterable

import streamlit as st

from circulation.judgement import explanation
from circulation.knowledge_base import atom_words, knowledge
from circulation.reviewing import reviews
from ui import desk, session, words

NAMED = 6
"""How many results are named before the rest is counted."""
STAYS = "It stays until sign-off: a clinician decides."


def origin(at: str) -> str:
    """Where an answer comes from, as ' (review, 14:32)'; '' where all come from the intake."""
    if not at:
        return ""
    if at == explanation.INTAKE:
        return " (intake)"
    moment = session.local(reviews.moment(at))
    today = moment.date() == session.today()
    return f" (review, {words.clock(moment) if today else words.day(moment.date())})"


def counted(shown: desk.Open) -> None:
    """The results of the review that count beside the intake, in one line."""
    told = [_told(item) for item in shown.assessed.typed if _is_result(item)]
    if told:
        more = f"; and {len(told) - NAMED} more" if len(told) > NAMED else ""
        named = "; ".join(told[:NAMED])
        st.caption(words.escape(f"Counted with the intake: {named}{more}."))


def level_before(view: explanation.CauseView, known: knowledge.Knowledge) -> str:
    """The level that the intake alone supports, where the results changed it."""
    if view.by_intake == view.level:
        return ""
    return f" :small[at intake: {words.escape(known.level(view.by_intake).label.lower())}]"


def held(view: explanation.FlagView) -> str:
    """Why a red flag still stands: which results would lower it."""
    if not view.held:
        return ""
    told = "; ".join(_told(item) for item in _typed(view)) or "results typed in this review"
    return words.escape(f" Raised by the intake; no longer by its rule with {told}. {STAYS}")


def lowered(shown: desk.Open) -> None:
    """The red flags of the intake that the results let go with the sign-off."""
    for view in shown.assessed.lowered:
        told = "; ".join(_told(item) for item in _typed(view)) or "results of the review"
        st.caption(
            words.escape(
                f"Red flag of the intake, no longer raised with {told}: {view.flag.label}."
            )
        )


def _typed(view: explanation.FlagView) -> Iterable[explanation.Input]:
    return (i for i in view.grounds.inputs if i.origin not in ("", explanation.INTAKE))


def _is_result(item: explanation.Input) -> bool:
    """Whether it is a number or a result: the state of a test stands in the checklist."""
    return not item.name.startswith("test_") or item.name.endswith("_result")


def _told(item: explanation.Input) -> str:
    value = item.value.replace("_", " ")
    if item.name.endswith("_result") and item.value == "normal":
        value = atom_words.IN_RANGE
    return f"{item.label} {value}{origin(item.origin)}"
