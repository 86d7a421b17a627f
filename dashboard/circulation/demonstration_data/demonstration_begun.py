"""Some of the demonstration's waiting records are begun: ordered tests, a result, a hand-over."""

from datetime import UTC, date, datetime, time, timedelta

from circulation import access
from circulation.demonstration_data import demonstration_reviews
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.knowledge_base.review_model import ReasonFor
from circulation.records import intake, ternary
from circulation.reviewing import basis, review_store, reviews
from circulation.reviewing.reviews import Change, Field, TestResult, TestStatus

COUNT = 6
"""How many are begun: the newest of the routine ones, which stand at the end of the list."""
READINGS = {
    "ankle_brachial_index_left": ("0.82", "1.06", "0.95"),
    "hba1c_mmol_mol": ("41", "52"),
    "d_dimer": ("640",),
    "d_dimer_type": ("feu",),
}
"""What results are given in turn, where a test has one of these; such a test comes back first."""
NOTE = "Called on {day}: will come for the tests."


def fill(
    store: review_store.ReviewStore,
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    *,
    last_day: date,
) -> int:
    """Begins reviews on the day before the last; how many. Every second one is handed over."""
    rows = _newest(table, assessed, store)
    at = datetime.combine(last_day - timedelta(days=1), time(15), UTC)
    for place, row in enumerate(rows):
        ground = demonstration_reviews.basis_of(row, table, assessed, known)
        cause = demonstration_reviews.cause_of(row, assessed, known)
        store.add(
            table.record_id(row),
            [*_begun(place, ground, cause, at.date()), *_handed(place, ground, known)],
            actor=demonstration_reviews.ACTOR,
            role=access.Role.CLINICIAN,
            expected_version=0,
            now=at + timedelta(minutes=place),
            basis=ground,
        )
    return len(rows)


def _newest(
    table: intake.Intake, assessed: assessment.Assessment, store: review_store.ReviewStore
) -> list[int]:
    """The newest routine records that nobody has begun."""
    reviewed = store.all_current()
    routine = ternary.rows(assessed.with_urgency(Urgency.ROUTINE, table.real)).tolist()
    free = [row for row in routine if table.day_of(row) and table.record_id(row) not in reviewed]
    return free[-COUNT:]


def _begun(place: int, ground: basis.Basis, cause: str, day: date) -> list[Change]:
    changes = [
        Change(Field.FIRST_CAUSE, cause),
        Change(Field.FIRST_CERTAINTY, reviews.Certainty.UNSURE),
        *(Change(Field.RESULT_SEEN, reviews.SEEN, test) for test in ground.returned),
        Change(Field.NOTE, NOTE.format(day=day.isoformat())),
    ]
    if not ground.called_for:
        return changes
    ready = [test for test in ground.called_for if _read(test, ground)] or [ground.called_for[0]]
    first = ready[place % len(ready)]
    rest = (test for test in ground.called_for if test != first)
    ordered = (Change(Field.TEST_STATUS, TestStatus.ORDERED, test) for test in rest)
    return [*changes, *ordered, *_result(first, place, ground, day)]


def _result(test: str, place: int, ground: basis.Basis, day: date) -> list[Change]:
    """A result that came back that day and that nobody has looked at yet."""
    numbers = {name: READINGS[name] for name in _read(test, ground)}
    return [
        Change(Field.TEST_STATUS, TestStatus.DONE, test),
        Change(Field.TEST_RESULT, TestResult.UNCLEAR, test),
        Change(Field.TEST_DATE, day.isoformat(), test),
        *(Change(Field.MEASURED, one[place % len(one)], name) for name, one in numbers.items()),
    ]


def _read(test: str, ground: basis.Basis) -> list[str]:
    """The columns of a test that there is a reading for."""
    own = (one.column for one in ground.measures if one.test == test)
    return [name for name in own if name in READINGS]


def _handed(place: int, ground: basis.Basis, known: knowledge.Knowledge) -> list[Change]:
    if place % 2 or not ground.hand_overs:
        return []
    whom = ground.hand_overs[place // 2 % len(ground.hand_overs)]
    why = known.reviewing.reasons(ReasonFor.HAND_OVER)[0]
    return [Change(Field.HANDED_TO, whom, reason=why)]
