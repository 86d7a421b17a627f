"""How long a record has waited, when it is due, and the band of its wait.

Due is the day the clock started plus the target of its urgency (knowledge.toml). A wait runs until
sign-off, also while a review is in progress. Averages are not given: they hide the long waiter.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from circulation.judgement import assessment
from circulation.judgement.board import Board
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from circulation.records.ternary import Bits


class Band(StrEnum):
    """Where a wait stands against its target; the words are in knowledge.toml."""

    WITHIN = "within"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    SIGNED = "signed"

    @property
    def wording(self) -> str:
        """The key of its words."""
        return f"wait_{self.value}"


@dataclass(frozen=True, slots=True)
class Wait:
    """The wait of one record. ``days`` run until sign-off; ``past`` counts the days since due."""

    band: Band
    since: date | None
    again: bool
    days: int | None
    due: date | None
    past: int
    signed: date | None


@dataclass(frozen=True, slots=True)
class Late:
    """The records of one urgency that are past their time, and by how many days the worst is."""

    urgency: Urgency
    count: int
    past: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The oldest wait known (its row; None without one) and what is late, most urgent first.

    ``unknown`` records wait as well, and since when is not recorded.
    """

    oldest: int | None
    days: int
    late: tuple[Late, ...]
    unknown: int


def of(
    row: int,
    table: intake.Intake,
    assessed: assessment.Assessment,
    board: Board,
    known: knowledge.Knowledge,
    *,
    today: date,
) -> Wait:
    """The wait of one row."""
    return _wait(
        board.start(row, table),
        board.signed_on(row),
        known.urgency(assessed.urgency(row)).days or 0,
        known.urgency(assessed.urgency(row)).due_soon or 0,
        again=bool(board.since[row] != intake.NO_DAY),
        today=today,
    )


def _wait(
    since: date | None, signed: date | None, target: int, soon: int, *, again: bool, today: date
) -> Wait:
    due = since + timedelta(days=target) if since else None
    days = max(((signed or today) - since).days, 0) if since else None
    past = ((signed or today) - due).days if due else 0
    if signed:
        band = Band.SIGNED
    elif due is None:
        band = Band.UNKNOWN
    elif past > 0:
        band = Band.OVERDUE
    else:
        band = Band.DUE_SOON if past >= -soon else Band.WITHIN
    return Wait(band, since, again, days, due, max(past, 0), signed)


def summary(
    table: intake.Intake,
    assessed: assessment.Assessment,
    board: Board,
    known: knowledge.Knowledge,
    *,
    today: date,
) -> Summary:
    """The longest wait and every urgency with records past their time, over all that wait."""
    starts: list[tuple[date, int]] = []
    late = []
    for urgency in reversed(Urgency):
        rows = assessed.with_urgency(urgency, board.unsigned)
        target = timedelta(days=known.urgency(urgency).days or 0)
        first, before = _waits(rows, table, board, today - target)
        starts += [first] if first else []
        if first and before:
            late.append(Late(urgency, before, (today - target - first[0]).days))
    timed = ternary.pack(board.since != intake.NO_DAY)
    unknown = ternary.count((board.unsigned & ~timed)[table.dated_words :])
    if not starts:
        return Summary(None, 0, (), unknown)
    start, row = min(starts, key=lambda wait: wait[0])  # of equal ones the most urgent
    return Summary(row, max((today - start).days, 0), tuple(late), unknown)


def _waits(
    rows: Bits, table: intake.Intake, board: Board, day: date
) -> tuple[tuple[date, int] | None, int]:
    """The earliest start among the rows with its row, and how many started before a day."""
    again = board.restarted(rows)
    plain = (rows & ~ternary.pack(board.since != intake.NO_DAY))[: table.dated_words]
    begun = board.since[again]
    count = int(np.count_nonzero(begun < (day - intake.EPOCH).days))
    starts = []
    if len(again):
        row = int(again[begun.argmin()])
        starts.append((board.start(row, table) or day, row))
    filled = np.flatnonzero(plain)
    if len(filled) and table.first_day:
        word = int(filled[0])
        low = int(plain[word])
        oldest = word * ternary.WORD + (low & -low).bit_length() - 1
        starts.append((table.day_of(oldest) or day, oldest))
        early = table.period(table.first_day, max(day - timedelta(days=1), table.first_day))
        count += ternary.count(plain[early]) if day > table.first_day else 0
    return (min(starts) if starts else None), count
