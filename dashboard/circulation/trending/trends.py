"""Counts per week or month: what was counted in each period.

Only a closed period is ever judged. A period the data enter or leave half way is kept apart,
and so are the records without a received date: every record is in exactly one place.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from circulation import errors
from circulation.periods import Calendar, Period, Step


class Kind(enum.Enum):
    """What a value is: a number of records, or a share of them."""

    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True)
class Tally:
    """How many records each closed period holds, and how many are kept apart and where.

    `later` records came after the calendar's last day, on a day that is not over.
    """

    calendar: Calendar
    closed: tuple[int, ...]
    opening: int
    running: int
    undated: int = 0
    later: int = 0

    @property
    def total(self) -> int:
        """All records, each counted once."""
        return sum(self.closed) + self.opening + self.running + self.undated + self.later


@dataclass(frozen=True)
class Observation:
    """What one period shows: a count, or for a share the count and what it is a part of.

    There is no value where a share is one of no records.
    """

    period: Period
    value: Fraction | None
    count: int
    of: int | None = None


@dataclass(frozen=True)
class Series:
    """One measure over time: the closed periods in order, and the incomplete ones apart."""

    step: Step
    kind: Kind
    closed: tuple[Observation, ...]
    incomplete: tuple[Observation, ...] = ()
    undated: int = 0
    later: int = 0


def tally(by_day: npt.NDArray[np.integer], periods: Calendar, *, undated: int = 0) -> Tally:
    """Records per period, from one count per day that begins on the calendar's first day.

    Days beyond the calendar's last one are not over: they are counted as `later`.
    """
    days = (periods.last_day - periods.first_day).days + 1
    if by_day.ndim != 1 or len(by_day) < days:
        raise errors.DashboardError(
            "trends", f"{len(by_day)} daily counts were given for {days} days"
        )
    whole = by_day.astype(np.int64)
    sums = np.add.reduceat(whole[:days], _starts(periods)).tolist()
    opening = sums.pop(0) if periods.opening else 0
    running = sums.pop() if periods.running else 0
    return Tally(periods, tuple(sums), opening, running, undated, int(whole[days:].sum()))


def _starts(periods: Calendar) -> list[int]:
    """Day numbers, counted from the first day, at which a period starts within the data."""
    every = [periods.opening, *periods.closed, periods.running]
    return [max(0, (p.first - periods.first_day).days) for p in every if p is not None]


def counted(periods: Sequence[Period], counts: Sequence[int]) -> tuple[Observation, ...]:
    """One observation per period."""
    return tuple(
        Observation(period, Fraction(count), count)
        for period, count in zip(periods, counts, strict=True)
    )


def shared(
    periods: Sequence[Period], counts: Sequence[int], totals: Sequence[int]
) -> tuple[Observation, ...]:
    """One share per period: count of total; a total of 0 has no share."""
    return tuple(
        Observation(period, Fraction(count, total) if total else None, count, total)
        for period, count, total in zip(periods, counts, totals, strict=True)
    )


def counts(tallied: Tally) -> Series:
    """The exact series of a tally: for readers who may see every number."""
    return Series(
        tallied.calendar.step,
        Kind.COUNT,
        counted(tallied.calendar.closed, tallied.closed),
        counted(*_apart(tallied)),
        tallied.undated,
        tallied.later,
    )


def shares(part: Tally, whole: Tally) -> Series:
    """The exact share of each period: part of whole, both tallied over the same calendar."""
    if part.calendar != whole.calendar:
        raise errors.DashboardError("trends", "a share needs two tallies over the same days")
    days, parts = _apart(part)
    return Series(
        part.calendar.step,
        Kind.SHARE,
        shared(part.calendar.closed, part.closed, whole.closed),
        shared(days, parts, _apart(whole)[1]),
        whole.undated,
        whole.later,
    )


def _apart(tallied: Tally) -> tuple[list[Period], list[int]]:
    periods = (
        (tallied.calendar.opening, tallied.opening),
        (tallied.calendar.running, tallied.running),
    )
    known = [(period, count) for period, count in periods if period is not None]
    return [period for period, _ in known], [count for _, count in known]
