"""What a review says in words: its causes, how sure a view is, and one event of the ledger."""

from dataclasses import dataclass

from circulation.knowledge_base import columns, knowledge, result_words
from circulation.reviewing import ledger, reviews
from circulation.reviewing.reviews import Certainty, Field, State

WORDS = {
    Field.STATE: "Review",
    Field.TEST_STATUS: "{about}",
    Field.TEST_RESULT: "{about}, result",
    Field.TEST_VALUE: "{about}, value or finding",
    Field.TEST_DATE: "{about}, day of the result",
    Field.TEST_REASON: "{about}, why it is not needed",
    Field.RESULT_SEEN: "{about}, result",
    Field.MEASURED: "{about}",
    Field.FIRST_CAUSE: "Your view first, leading cause",
    Field.FIRST_CERTAINTY: "Your view first, how sure",
    Field.AGREED_CAUSE: "Agreed cause",
    Field.DISPOSITION: "What happens next",
    Field.NOTE: "Note",
    Field.RED_FLAG: "Red flag, {about}",
    Field.HANDED_TO: "Handed over to",
    Field.FIRST_SIGNATURE: "First of two signatures",
    Field.SECOND_CAUSE: "Second look, leading cause",
    Field.SECOND_CERTAINTY: "Second look, how sure",
    Field.AS_SEEN: "What was shown at the sign-off",
    Field.PUBLISHED: "Pooled figures",
}
STATES = {
    State.WAITING: "waiting",
    State.IN_PROGRESS: "in progress",
    State.REVIEWED: "signed off",
}
CERTAINTIES = {
    Certainty.UNSURE.value: "Unsure",
    Certainty.FAIRLY_SURE.value: "Fairly sure",
    Certainty.SURE.value: "Sure",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one event says; blank `old` or `new` is nothing recorded."""

    what: str
    old: str
    new: str


def causes(known: knowledge.Knowledge) -> dict[str, str]:
    """What a reviewer can name as the cause: each cause of the knowledge, and undecided."""
    return {cause.id: cause.label for cause in known.causes} | {reviews.UNDECIDED: "Undecided"}


def told(event: ledger.Event, known: knowledge.Knowledge) -> Told:
    """An event in words."""
    field = Field(event.field)
    what = named(field, event.about, known)
    old, new = (value(field, event.about, told, known) for told in (event.old, event.new))
    return Told(what, old, new)


def named(field: str, about: str, known: knowledge.Knowledge) -> str:
    """What a field is called."""
    return WORDS[Field(field)].format(about=_about(about, known))


def _about(about: str, known: knowledge.Knowledge) -> str:
    if about in known.test:
        return known.test[about].label
    if about in known.flag:
        return known.flag[about].label
    layout = columns.by_name(known)
    return layout[about].meaning if about in layout else about.replace("_", " ")


def value(field: Field, about: str, value: str, known: knowledge.Knowledge) -> str:
    """A value in words; '' for nothing."""
    match field:
        case Field.STATE:
            return STATES[State(value)]
        case Field.FIRST_CAUSE | Field.AGREED_CAUSE | Field.SECOND_CAUSE:
            return known.cause[value].label if value in known.cause else value
        case Field.DISPOSITION:
            return known.reviewing.disposition.get(value, value.replace("_", " "))
        case Field.HANDED_TO:
            return known.reviewing.hand_over.get(value, value.replace("_", " "))
        case Field.TEST_RESULT:
            return result_words.of(about, value, known)
        case Field.AS_SEEN:
            return f"kept under the seal {value[:12]}" if value else ""
        case Field.MEASURED:
            typed = (one for choice in known.choices if choice.test for one in choice.values)
            return next((one.label for one in typed if one.code == value), value)
        case Field.NOTE | Field.TEST_REASON | Field.TEST_VALUE | Field.TEST_DATE:
            return value
        case _:
            return value.replace("_", " ")


def newest_first(events: tuple[ledger.Event, ...]) -> tuple[tuple[ledger.Event, ...], ...]:
    """The saves of a record, the newest first, each with its events in their order."""
    acts: dict[int, list[ledger.Event]] = {}
    for event in events:
        acts.setdefault(event.act, []).append(event)
    return tuple(tuple(acts[act]) for act in sorted(acts, reverse=True))
