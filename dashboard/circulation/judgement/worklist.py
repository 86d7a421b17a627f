"""The worklist: most urgent first, then the longest wait, then the record id, over the whole list.

Rows of the table already stand by day and id, so the order is the rows of each urgency in turn;
records without a received day have no known wait and stand last within their urgency.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import intake, ternary
from circulation.records.ternary import Bits
from circulation.reviewing import reviews

PAGE = 50


class Tab(StrEnum):
    """The parts of the worklist."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    REVIEWED = "reviewed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the list, with why it stands where it stands."""

    row: int
    record_id: str
    urgency: Urgency
    received_on: date | None
    days_waiting: int | None
    site: str
    age_band: str
    leading: str
    level: Level
    why: str
    state: reviews.State
    owed: int
    settled: int


def tabs(table: intake.Intake, stood: Mapping[str, reviews.RecordReview]) -> dict[Tab, Bits]:
    """The rows of each part. A record nobody has touched is waiting."""
    found = {state: np.zeros(table.words, dtype=np.uint64) for state in reviews.State}
    for record_id, review in stood.items():
        row = table.row_of(record_id)
        if row is not None:
            bit = np.uint64(1 << (row % ternary.WORD))
            found[review.state][row // ternary.WORD] |= bit
    begun, done = found[reviews.State.IN_PROGRESS], found[reviews.State.REVIEWED]
    waiting = table.real & ~begun & ~done
    return {Tab.WAITING: waiting, Tab.IN_PROGRESS: begun, Tab.REVIEWED: done, Tab.ALL: table.real}


def by_state(parts: Mapping[Tab, Bits]) -> dict[reviews.State, Bits]:
    """The rows in each state of review; every record is in exactly one."""
    return {state: parts[Tab(state.value)] for state in reviews.State}


def ordered(assessed: assessment.Assessment, rows: Bits) -> npt.NDArray[np.int64]:
    """The rows in the order of the list."""
    parts = [ternary.rows(assessed.with_urgency(urgency, rows)) for urgency in reversed(Urgency)]
    return np.concatenate(parts)


def by_urgency(assessed: assessment.Assessment, rows: Bits) -> dict[Urgency, int]:
    """How many of the rows have each urgency, the most urgent first."""
    return {u: ternary.count(assessed.with_urgency(u, rows)) for u in reversed(Urgency)}


def items(
    rows: Iterable[int],
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    stood: Mapping[str, reviews.RecordReview],
    *,
    today: date,
) -> tuple[Item, ...]:
    """The rows as they are shown."""
    return tuple(_item(int(row), table, assessed, known, stood, today) for row in rows)


def _item(
    row: int,
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    stood: Mapping[str, reviews.RecordReview],
    today: date,
) -> Item:
    record_id, received = table.record_id(row), table.day_of(row)
    review = stood.get(record_id, reviews.RecordReview(record_id))
    leading, level = _leading(row, assessed, known)
    owed = owed_tests(row, assessed, known)
    return Item(
        row=row,
        record_id=record_id,
        urgency=assessed.urgency(row),
        received_on=received,
        days_waiting=(today - received).days if received else None,
        site=table.value("site", row),
        age_band=table.value("age_band", row),
        leading=leading,
        level=level,
        why=_why(row, assessed, known),
        state=review.state,
        owed=len(owed),
        settled=sum(settled(test, row, table, review) for test in owed),
    )


def _leading(
    row: int, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> tuple[str, Level]:
    levels = [(assessed.causes[cause.id].level(row), cause.label) for cause in known.causes]
    highest = max(level for level, _ in levels)
    named = [label for level, label in levels if level == highest]
    if highest < Level.POSSIBLE:
        return "None so far", highest
    return named[0] if len(named) == 1 else f"{named[0]} and {len(named) - 1} more", highest


def _why(row: int, assessed: assessment.Assessment, known: knowledge.Knowledge) -> str:
    raised = [f for f in known.flags if ternary.holds(assessed.flags[f.id].present, row)]
    raised.sort(key=lambda flag: -Urgency[flag.urgency.upper()])
    if not raised:
        return "No red flag recorded"
    more = f" and {len(raised) - 1} more" if len(raised) > 1 else ""
    return f"{raised[0].label}{more}"


def owed_tests(
    row: int, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> tuple[str, ...]:
    """The tests called for; one of the article's only when none under it is called for."""
    called = [t for t in known.tests if ternary.holds(assessed.tests[t.id].present, row)]
    parents = {test.parent for test in called}
    return tuple(test.id for test in called if test.id not in parents)


def settled(test: str, row: int, table: intake.Intake, review: reviews.RecordReview) -> bool:
    """Whether a test is done or not needed, by the review or else as recorded at intake."""
    status = review.value(reviews.Field.TEST_STATUS, test) or table.value(f"test_{test}", row)
    return status in (reviews.TestStatus.DONE, reviews.TestStatus.NOT_NEEDED)
