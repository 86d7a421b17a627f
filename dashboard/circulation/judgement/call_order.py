"""In what order called-for tests stand, and which of them only support: by what calls for them.

A test that a raised red flag calls for comes first, the most urgent flag before the others. A test
that nothing but possible suspicions calls for comes last, where a stronger reason stands in the
same record. All other tests keep the order of the knowledge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from circulation.judgement import checklist, explanation
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


LAST = (True, Call.POSSIBLE)
BY_FLAG = {
    Urgency.SAME_DAY: Call.FLAG_SAME_DAY,
    Urgency.WITHIN_2_WEEKS: Call.FLAG_WITHIN_2_WEEKS,
    Urgency.ROUTINE: Call.FLAG_ROUTINE,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One of the article's seven tests with the lines that stand in sight under it, in order."""

    group: checklist.Group
    lines: tuple[checklist.Line, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The whole list: nothing is in it twice, and nothing of what is in sight is left out.

    ``supporting`` are called for by nothing but possible suspicions.
    """

    places: tuple[Place, ...]
    supporting: tuple[checklist.Line, ...]


def place(
    made: checklist.Checklist,
    assessed: explanation.RecordAssessment,
    *,
    levels: bool,
    in_sight: Iterable[str] = (),
) -> Placed:
    """What is owed now first, by how strongly it is called for.

    What was settled at intake comes after it: nothing moves while a reader settles the rest.
    Without ``levels``, before the clinician's own view, only red flags count, so that the order
    does not give the suspicions away. The tests ``in_sight`` are never only supporting.
    """
    called = {line.test.id: _call(line, assessed, levels=levels) for line in made.lines}
    stays, opens = frozenset(in_sight), frozenset(made.open_at_intake)
    aside = [
        line
        for line in made.owed
        if called[line.test.id] is Call.POSSIBLE and line.test.id not in stays
    ]
    if not (assessed.raised or assessed.leading.level > Level.POSSIBLE):
        aside = []

    def owed_now(line: checklist.Line) -> tuple[bool, Call]:
        return line.test.id not in opens, called[line.test.id]

    places = [
        Place(group, tuple(sorted((one for one in group.shown if one not in aside), key=owed_now)))
        for group in made.groups
    ]
    places.sort(
        key=lambda one: (not one.group.called_for, min(map(owed_now, one.lines), default=LAST))
    )
    return Placed(tuple(places), tuple(sorted(aside, key=owed_now)))


def _call(line: checklist.Line, assessed: explanation.RecordAssessment, *, levels: bool) -> Call:
    found = of(line.because, assessed)
    return found if levels else min(found, Call.REASON)


def of(because: Iterable[explanation.Grounds], assessed: explanation.RecordAssessment) -> Call:
    """The strongest of the reasons that hold for a test."""
    return min(calls(because, assessed), default=Call.REASON)


def calls(
    because: Iterable[explanation.Grounds], assessed: explanation.RecordAssessment
) -> frozenset[Call]:
    """How strongly each of the reasons that hold calls for a test."""
    return frozenset(_of_one(grounds, assessed) for grounds in because)


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
