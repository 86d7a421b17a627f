"""Reviews for the demonstration records, so that only the latest of them are still waiting.

They go through the same store, checks and ledger as every other review.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial

from circulation import access
from circulation.auditing import seen, seen_text
from circulation.judgement import assessment, review_basis, worklist
from circulation.knowledge_base import expressions, knowledge
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import intake, ternary
from circulation.reviewing import kept_views, review_store, reviews
from circulation.reviewing.reviews import Change, Disposition, Field, TestResult, TestStatus

ACTOR = "demonstration"
VIEWS = 20
"""The latest reviews that keep what was shown: each takes some time to draw up."""
BESIDE = 40
"""One record in so many is agreed to be the cause that stands next to the leading one."""
RECENT = timedelta(days=28)
"""Records received since then are left waiting."""
UNTIL_REVIEW = {Urgency.SAME_DAY: (0, 2), Urgency.WITHIN_2_WEEKS: (1, 13), Urgency.ROUTINE: (2, 26)}
"""Days from intake to review, least and most, by urgency: made up, for the look of the pages."""
REASON = "not asked for in this demonstration"


@dataclass(frozen=True, slots=True)
class _Due:
    """One record and when it is reviewed."""

    at: datetime
    row: int


def fill(
    store: review_store.ReviewStore,
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    *,
    last_day: date,
) -> int:
    """Reviews every record received up to RECENT before the last day; how many were reviewed."""
    due = sorted(_due(table, assessed, last_day), key=lambda one: (one.at, one.row))
    for place, one in enumerate(due, start=1):
        _review(store, one, table, assessed, known, keep_view=place > len(due) - VIEWS)
    return len(due)


def _due(table: intake.Intake, assessed: assessment.Assessment, last_day: date) -> list[_Due]:
    found = []
    for row in ternary.rows(table.real).tolist():
        received = table.day_of(row)
        if received is None or received > last_day - RECENT:
            continue
        least, most = UNTIL_REVIEW[assessed.urgency(row)]
        days = least + _spread(table.record_id(row)) % (most - least + 1)
        minutes = _spread(table.record_id(row)[::-1]) % 540
        opened = datetime.combine(received + timedelta(days=days), time(8), UTC)
        found.append(_Due(opened + timedelta(minutes=minutes), row))
    return found


def _spread(text: str) -> int:
    """A number that looks random and is the same on every machine."""
    return zlib.crc32(text.encode())


def _review(
    store: review_store.ReviewStore,
    due: _Due,
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    *,
    keep_view: bool,
) -> None:
    record_id, basis = table.record_id(due.row), basis_of(due.row, table, assessed, known)
    cause = cause_of(due.row, assessed, known)
    save = partial(
        store.add, record_id, actor=ACTOR, role=access.Role.CLINICIAN, now=due.at, basis=basis
    )
    settled = save(
        [
            *(Change(Field.RED_FLAG, reviews.ACKNOWLEDGED, flag) for flag in basis.red_flags),
            *_first_view(record_id, cause, known),
            *(Change(Field.RESULT_SEEN, reviews.SEEN, test) for test in basis.returned),
            *(
                change
                for test in basis.called_for
                for change in _settling(test, record_id, _result(test, record_id, cause, known))
            ),
            Change(Field.AGREED_CAUSE, cause),
            Change(Field.DISPOSITION, _disposition(due.row, assessed, known)),
        ],
        expected_version=0,
    )
    if keep_view:
        text = seen_text.text(seen.of(table, due.row, known, settled))
        basis = replace(basis, view=kept_views.pack(text))
    sign = [Change(Field.STATE, reviews.State.REVIEWED)]
    save(sign, expected_version=settled.version, basis=basis)


def basis_of(
    row: int, table: intake.Intake, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> reviews.Basis:
    """What a reviewer of one record has in front of them."""
    empty, owed = reviews.RecordReview(""), worklist.owed_tests(row, assessed, known)
    return review_basis.of(
        table,
        row,
        known,
        urgency=assessed.urgency(row),
        called_for=(test for test in owed if not worklist.settled(test, row, table, empty)),
        red_flags=(f for f, a in assessed.flags.items() if ternary.holds(a.present, row)),
    )


def _first_view(record_id: str, agreed: str, known: knowledge.Knowledge) -> list[Change]:
    """What was thought first: mostly what was agreed in the end, and at times another cause."""
    chance = _spread(f"first {record_id}")
    other = tuple(known.cause)[chance % len(known.cause)]
    certainties = tuple(reviews.Certainty)
    return [
        Change(Field.FIRST_CAUSE, other if chance % 10 < 3 else agreed),
        Change(Field.FIRST_CERTAINTY, certainties[chance // 10 % len(certainties)]),
    ]


@lru_cache(maxsize=4)
def _settled_by(known: knowledge.Knowledge) -> Mapping[str, str]:
    """The causes that a result settles afterwards, by test; none that could raise a red flag."""
    told = [
        (atom.name, one.cause)
        for one in known.reviewing.settling
        for atom in expressions.atoms(expressions.parse(one.when))
        if isinstance(atom, expressions.OneOf) and atom.name.startswith("test_")
    ]
    return {
        name.removeprefix("test_").removesuffix("_result"): cause
        for name, cause in told
        if not any(name in flag.when for flag in known.flags)
    }


def _result(test: str, record_id: str, agreed: str, known: knowledge.Knowledge) -> TestResult:
    """Mostly what bears the agreed cause out, at times what does not: made up."""
    cause, chance = _settled_by(known).get(test), _spread(f"result {record_id}{test}")
    if cause is None or chance % 4 == 0:
        return TestResult.UNCLEAR
    borne_out = chance // 4 % 10 < (8 if cause == agreed else 1)
    return TestResult.ABNORMAL if borne_out else TestResult.NORMAL


def _settling(test: str, record_id: str, result: TestResult) -> list[Change]:
    if _spread(record_id + test) % 4 == 0:
        return [
            Change(Field.TEST_STATUS, TestStatus.NOT_NEEDED, test),
            Change(Field.TEST_REASON, REASON, test),
        ]
    return [
        Change(Field.TEST_STATUS, TestStatus.DONE, test),
        Change(Field.TEST_RESULT, result, test),
        Change(Field.RESULT_SEEN, reviews.SEEN, test),
    ]


def _levels(row: int, assessed: assessment.Assessment, known: knowledge.Knowledge) -> list[Level]:
    return [assessed.causes[cause].level(row) for cause in known.cause]


def cause_of(row: int, assessed: assessment.Assessment, known: knowledge.Knowledge) -> str:
    """The leading cause, or undecided."""
    levels = _levels(row, assessed, known)
    highest = max(levels)
    at = dict(zip(known.cause, levels, strict=True))
    leading = [cause for cause, level in at.items() if level == highest]
    beside = [cause for cause, level in at.items() if level == highest - 1]
    if highest < Level.SUPPORTED:
        return reviews.UNDECIDED
    return beside[0] if beside and row % BESIDE == 0 else leading[0]


def _disposition(
    row: int, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> Disposition:
    highest = max(_levels(row, assessed, known))
    if highest is Level.URGENT:
        return Disposition.REFER
    if highest is Level.STRONG:
        return Disposition.TREAT
    more = highest is Level.SUPPORTED
    return Disposition.MORE_TESTS if more else Disposition.DISCHARGE_TO_OWN_DOCTOR
