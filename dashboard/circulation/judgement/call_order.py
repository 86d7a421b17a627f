"""In what order called-for tests stand, and which of them only support: by what calls for them.

A test that a raised red flag calls for comes first, the most urgent flag before the others. A test
that nothing but possible suspicions calls for comes last, where a stronger reason stands in the
same record. All other tests keep the order of the knowledge.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from circulation.judgement import explanation
from circulation.knowledge_base import expressions
from circulation.knowledge_base.levels import Level, Urgency

NO_ANSWER = ("", "absent")


class Call(IntEnum):
    """How strongly a test is called for; the strongest is the least."""

    FLAG_SAME_DAY = 0
    FLAG_WITHIN_2_WEEKS = 1
    FLAG_ROUTINE = 2
    REASON = 3
    POSSIBLE = 4


BY_FLAG = {
    Urgency.SAME_DAY: Call.FLAG_SAME_DAY,
    Urgency.WITHIN_2_WEEKS: Call.FLAG_WITHIN_2_WEEKS,
    Urgency.ROUTINE: Call.FLAG_ROUTINE,
}


def of(because: Iterable[explanation.Grounds], assessed: explanation.RecordAssessment) -> Call:
    """The strongest of the reasons that hold for a test."""
    return min((_of_one(grounds, assessed) for grounds in because), default=Call.REASON)


def _of_one(grounds: explanation.Grounds, assessed: explanation.RecordAssessment) -> Call:
    atoms = tuple(expressions.atoms(expressions.parse(grounds.condition)))
    raised = {view.flag.id: Urgency[view.flag.urgency.upper()] for view in assessed.raised}
    named = [atom.flag for atom in atoms if isinstance(atom, expressions.Flagged)]
    urgencies = [raised[flag] for flag in named if flag in raised]
    if urgencies:
        return BY_FLAG[max(urgencies)]
    return Call.POSSIBLE if _only_possible(grounds, atoms, assessed) else Call.REASON


def _only_possible(
    grounds: explanation.Grounds,
    atoms: Sequence[expressions.Atom],
    assessed: explanation.RecordAssessment,
) -> bool:
    """Whether nothing but causes at no more than possible makes a reason hold.

    Any other answer that could make it hold counts as a reason of its own.
    """
    levels = {view.cause.id: view.level for view in assessed.causes}
    causes = {atom.cause for atom in atoms if isinstance(atom, expressions.LevelReached)}
    others = [item for item in grounds.inputs if item.name not in causes]
    reached = bool(causes) and all(levels[cause] <= Level.POSSIBLE for cause in causes)
    return reached and all(item.value in NO_ANSWER for item in others)
