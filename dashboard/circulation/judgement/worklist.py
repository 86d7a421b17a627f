"""The worklist: most urgent first, then the earliest due, then the longest wait, then the id.

The order holds over the whole list. Rows of the table stand by day and id already, so it is the
rows of each urgency in turn, with those whose clock was started anew put where they belong.
Records without a received day have no known wait and stand last within their urgency.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce

import numpy as np
import numpy.typing as npt

from circulation.judgement import assessment, first_view, waits
from circulation.judgement.board import Board
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import intake, ternary
from circulation.records.ternary import Bits
from circulation.reviewing import reviews
from circulation.reviewing.reviews import State

PAGE = 50
BY_RESULT = ", by a result of the review"
AFTER_YOUR_VIEW = "After your view"
"""Stands for the leading suspicion while the clinician's own view comes first."""


class Tab(StrEnum):
    """The parts of the worklist."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    REVIEWED_TODAY = "reviewed_today"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the list, with why it stands there and the red flag it names ('' for none)."""

    row: int
    record_id: str
    urgency: Urgency
    wait: waits.Wait
    site: str
    age_band: str
    leading: str
    level: Level | None
    why: str
    flag: str
    state: State
    handed_to: str
    owed: int
    settled: int


@dataclass(frozen=True, eq=False)
class Judged:
    """What the rules make of all records, with the results typed in reviews and without."""

    now: assessment.Assessment
    by_intake: assessment.Assessment


def tabs(table: intake.Intake, board: Board, *, today: date) -> dict[Tab, Bits]:
    """The rows of each part. A record nobody has touched is waiting."""
    return {
        Tab.WAITING: board.states[State.WAITING],
        Tab.IN_PROGRESS: board.states[State.IN_PROGRESS],
        Tab.REVIEWED_TODAY: board.signed_rows(today),
        Tab.ALL: table.real,
    }


def ordered(
    table: intake.Intake, assessed: assessment.Assessment, board: Board, rows: Bits
) -> npt.NDArray[np.int32]:
    """The rows in the order of the list.

    Within an urgency all have the same target, so the earliest due has waited the longest.
    """
    parts = [assessed.with_urgency(urgency, rows) for urgency in reversed(Urgency)]
    found = [_by_start(ternary.rows(part), part, table, board) for part in parts]
    return np.concatenate(found).astype(np.int32)


def of_urgency(assessed: assessment.Assessment, rows: Bits, wanted: Collection[Urgency]) -> Bits:
    """Those of the rows that have one of the urgencies; all where none is asked for."""
    parts = [assessed.with_urgency(urgency, rows) for urgency in wanted]
    return ternary.frozen(reduce(np.bitwise_or, parts)) if parts else rows


def _by_start(
    ascending: npt.NDArray[np.int64], part: Bits, table: intake.Intake, board: Board
) -> npt.NDArray[np.int64]:
    """The rows of one urgency by the start of their clock, then by id."""
    again = board.restarted(part)
    if not len(again):
        return ascending
    plain = ascending[board.since[ascending] == intake.NO_DAY]
    rank = np.zeros(table.words * ternary.WORD, dtype=np.int64)
    rank[table.by_id] = np.arange(table.count)
    placed = _days(plain, table) * table.count + rank[plain]
    moved = board.since[again].astype(np.int64) * table.count + rank[again]
    in_order = np.argsort(moved)
    return np.insert(plain, np.searchsorted(placed, moved[in_order]), again[in_order])


def _days(rows: npt.NDArray[np.int64], table: intake.Intake) -> npt.NDArray[np.int64]:
    """The day of each row in days since 1970-01-01; a day that never comes where it has none."""
    words = rows // ternary.WORD
    first = (table.first_day - intake.EPOCH).days if table.first_day else 0
    days = np.searchsorted(table.day_words, words, side="right") - 1 + first
    return np.where(words < table.dated_words, days, np.iinfo(np.int32).max)


def matching(table: intake.Intake, text: str) -> Bits:
    """The rows whose record id holds the text, whatever the case."""
    wide, sought = table.record_ids.dtype.itemsize, text.upper().encode()
    ids = np.frombuffer(table.record_ids.tobytes().upper(), np.uint8).reshape(-1, wide)
    found = np.zeros(len(ids), dtype=np.bool_)
    for begin in range(wide - len(sought) + 1):
        hit = np.ones(len(ids), dtype=np.bool_)
        for place, byte in enumerate(sought, start=begin):
            hit &= ids[:, place] == byte
        found |= hit
    return ternary.pack(found)


def items(
    rows: Iterable[int],
    table: intake.Intake,
    judged: Judged,
    known: knowledge.Knowledge,
    board: Board,
    stood: Mapping[str, reviews.RecordReview],
    *,
    today: date,
) -> tuple[Item, ...]:
    """The rows as they are shown; ``stood`` has the reviews of those that have one."""
    made, assessed = [], judged.now
    for row in map(int, rows):
        record_id = table.record_id(row)
        review = stood.get(record_id, reviews.RecordReview(record_id))
        leading, level = _leading(row, assessed, known)
        held_back = first_view.waits(review, known)
        flag, why = _why(row, judged, known)
        owed = owed_tests(row, assessed, known)
        made.append(
            Item(
                row=row,
                record_id=record_id,
                urgency=assessed.urgency(row),
                wait=waits.of(row, table, assessed, board, known, today=today),
                site=table.value("site", row),
                age_band=table.value("age_band", row),
                leading=AFTER_YOUR_VIEW if held_back else leading,
                level=None if held_back else level,
                why=why,
                flag=flag,
                state=review.state,
                handed_to=review.handed_to,
                owed=len(owed),
                settled=sum(settled(test, row, table, review) for test in owed),
            )
        )
    return tuple(made)


def _leading(
    row: int, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> tuple[str, Level]:
    levels = [(assessed.causes[cause.id].level(row), cause.label) for cause in known.causes]
    highest = max(level for level, _ in levels)
    named = [label for level, label in levels if level == highest]
    if highest < Level.POSSIBLE:
        return "None so far", highest
    return named[0] if len(named) == 1 else f"{named[0]} and {len(named) - 1} more", highest


def _why(row: int, judged: Judged, known: knowledge.Knowledge) -> tuple[str, str]:
    """The most urgent red flag raised, and it in words; said is when only a result raised it."""
    raised = [f for f in known.flags if ternary.holds(judged.now.flags[f.id].present, row)]
    raised.sort(key=lambda flag: -Urgency[flag.urgency.upper()])
    if not raised:
        return "", "No red flag recorded"
    first, *others = raised
    more = f" and {len(others)} more" if others else ""
    since = not ternary.holds(judged.by_intake.flags[first.id].present, row)
    return first.id, f"{first.label}{BY_RESULT if since else ''}{more}"


def owed_tests(
    row: int, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> tuple[str, ...]:
    """The tests called for; one of the article's only when none under it is called for."""
    called = [t for t in known.tests if ternary.holds(assessed.tests[t.id].present, row)]
    parents = {test.parent for test in called}
    return tuple(test.id for test in called if test.id not in parents)


def settled(test: str, row: int, table: intake.Intake, review: reviews.RecordReview) -> bool:
    """Whether it is done or not needed: by the review with its result or reason, or at intake."""
    if not review.value(reviews.Field.TEST_STATUS, test):
        return table.value(f"test_{test}", row) in reviews.ANSWERED
    said = review.test(test)
    return reviews.complete(said.status, said.result, said.reason)
