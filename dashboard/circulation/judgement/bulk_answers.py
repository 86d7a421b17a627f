"""One answer for all open tests: which of them it answers, and which a red flag keeps open."""

from circulation.judgement import call_order, checklist, explanation
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency


def kept_open(
    made: checklist.Checklist,
    assessed: explanation.RecordAssessment,
    known: knowledge.Knowledge,
) -> tuple[checklist.Line, ...]:
    """The open tests that a raised red flag calls for: each is answered by itself."""
    urgencies = (Urgency[one.upper()] for one in known.reviewing.bulk.kept_open_urgencies)
    calls = {call_order.BY_FLAG[urgency] for urgency in urgencies}
    return tuple(
        line for line in made.unanswered if call_order.calls(line.because, assessed) & calls
    )


def not_needed(
    reason: str,
    made: checklist.Checklist,
    assessed: explanation.RecordAssessment,
    known: knowledge.Knowledge,
) -> tuple[checklist.Line, ...]:
    """The open tests that this reason answers when it is given for all of them at once."""
    if reason in known.reviewing.reasons_for_red_flags():
        return made.unanswered
    kept = kept_open(made, assessed, known)
    return tuple(line for line in made.unanswered if line not in kept)
