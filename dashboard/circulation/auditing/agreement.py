"""How often first views and the tool's levels were borne out, per cause and by how sure they were.

Levels are ordinal and no probabilities: calibration here means that surer steps were confirmed more
often, said in words, with the counts beside it.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from circulation.auditing import outcomes
from circulation.counting import intervals
from circulation.counting.intervals import Part
from circulation.knowledge_base.levels import Level
from circulation.reviewing import reviews

FEWEST = 10
"""Known outcomes that a step needs to be compared: below, one record moves it by over 10 points."""


@dataclass(frozen=True, slots=True)
class ByCause:
    """One cause. ``borne_out``: confirmed, of those named whose outcome is known.

    ``caught``: named, of those confirmed. ``typed``: known by a result typed in a review, of those
    whose outcome is known; all others are known by the intake.
    """

    cause: str
    borne_out: Part
    caught: Part
    typed: Part


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how sure a view was, the least sure first; confirmed of those known."""

    code: str
    part: Part


@dataclass(frozen=True, slots=True)
class Score:
    """One way of seeing, scored; ``records`` are those with any known outcome."""

    records: int
    causes: tuple[ByCause, ...]
    steps: tuple[Step, ...]


def first_views(cases: Iterable[outcomes.Case], causes: Sequence[str]) -> Score:
    """The leading cause that a clinician named before the tool's order opened."""
    given = [case for case in cases if case.first is not None]

    def named(case: outcomes.Case, cause: str) -> bool:
        return case.first is not None and case.first.cause == cause

    def sure(case: outcomes.Case, cause: str) -> str:
        return case.first.certainty if case.first and case.first.cause == cause else ""

    return _score(given, causes, named, sure, [step.value for step in reviews.Certainty])


def tool(cases: Iterable[outcomes.Case], causes: Sequence[str]) -> Score:
    """The tool's levels at sign-off; a cause counts as named where findings supported it."""
    given = [case for case in cases if case.levels is not None]

    def named(case: outcomes.Case, cause: str) -> bool:
        return _level(case, cause) >= Level.SUPPORTED

    def sure(case: outcomes.Case, cause: str) -> str:
        return _level(case, cause).code

    return _score(given, causes, named, sure, [level.code for level in Level])


def _level(case: outcomes.Case, cause: str) -> Level:
    return (case.levels or {}).get(cause, Level.NOT_SUPPORTED)


def _score(
    given: Sequence[outcomes.Case],
    causes: Sequence[str],
    named: Callable[[outcomes.Case, str], bool],
    sure: Callable[[outcomes.Case, str], str],
    codes: Iterable[str],
) -> Score:
    known = [(case, cause) for case in given for cause in causes if _known(case, cause)]
    confirmed = [(case, cause) for case, cause in known if case.confirmed[cause]]
    by_cause = tuple(
        ByCause(
            cause,
            _part([bool(one.confirmed[c]) for one, c in known if c == cause and named(one, c)]),
            _part([named(one, c) for one, c in confirmed if c == cause]),
            _part([c in one.from_review for one, c in known if c == cause]),
        )
        for cause in causes
    )
    steps = tuple(
        Step(code, _part([bool(one.confirmed[c]) for one, c in known if sure(one, c) == code]))
        for code in codes
    )
    return Score(len({case.record_id for case, _ in known}), by_cause, steps)


def _known(case: outcomes.Case, cause: str) -> bool:
    return case.confirmed.get(cause) is not None


def _part(answers: Sequence[bool]) -> Part:
    return Part(sum(answers), len(answers))


def calibration(steps: Sequence[Step], words: Callable[[str], str]) -> str:
    """Whether surer steps were confirmed more often, in one sentence; steps with few are left out.

    A fall from one step to the next is named, with whether chance alone could have made it.
    """
    enough = [step for step in steps if step.part.asked >= FEWEST]
    if len(enough) < 2:
        return f"Too few known outcomes to say: at least two steps need {FEWEST} each."
    for lower, higher in itertools.pairwise(enough):
        if (higher.part.share or 0) < (lower.part.share or 0):
            pair = f"'{words(higher.code)}' was confirmed less often than '{words(lower.code)}'"
            return f"{pair}{_chance(lower.part, higher.part)}."
    least, most = (words(step.code) for step in (enough[0], enough[-1]))
    if enough[0].part.share == enough[-1].part.share:
        return f"Confirmed equally often from '{least}' to '{most}': being surer changed nothing."
    told = f"The surer, the more often confirmed, from '{least}' to '{most}', as it should be"
    return f"{told}{_chance(enough[-1].part, enough[0].part)}."


def _chance(more: Part, less: Part) -> str:
    """Whether the two intervals overlap."""
    one, other = intervals.share(more), intervals.share(less)
    overlap = one is not None and other is not None and other.high >= one.low
    return "; so few outcomes are known that it may be chance" if overlap else ""
