"""Counts per week or month: which periods are closed, and what was counted in each.

Only a closed period is ever judged. A period the data enter or leave half way is kept apart,
and so are the records without a received date: every record is in exactly one place.
"""

import calendar
import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from circulation import errors

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Step(enum.Enum):
    """The length of a period: an ISO week (Monday to Sunday) or a calendar month."""

    WEEK = "week"
    MONTH = "month"


class Kind(enum.Enum):
    """What a value is: a number of records, or a share of them."""

    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True)
class Period:
    """One week or month, first and last day included."""

    step: Step
    first: datetime.date
    last: datetime.date

    @property
    def label(self) -> str:
        """A week by its Monday (`05-Jan-2026`), a month by its name (`Jan-2026`)."""
        return day(self.first)[3:] if self.step is Step.MONTH else day(self.first)

    @property
    def code(self) -> str:
        """The ISO name: `2026-W02`, `2026-01`."""
        if self.step is Step.MONTH:
            return f"{self.first.year:04d}-{self.first.month:02d}"
        iso = self.first.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}"


@dataclass(frozen=True)
class Calendar:
    """The periods of the days the data cover whole.

    `opening` began before the first day, `running` was not over on the last one; a period that is
    both is `running`. Neither is ever judged.
    """

    step: Step
    first_day: datetime.date
    last_day: datetime.date
    closed: tuple[Period, ...]
    opening: Period | None
    running: Period | None


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


def day(date: datetime.date) -> str:
    """A day as the pages write it, whatever the locale: `05-Jan-2026`."""
    return f"{date.day:02d}-{MONTHS[date.month - 1]}-{date.year:04d}"


def weekly(first_day: datetime.date, last_day: datetime.date) -> Calendar:
    """The ISO weeks of the days first_day to last_day: both are over and whole in the data.

    Take both days from all the data, not from a selection: a site without records in the last
    week has a week of 0, not a shorter series.
    """
    monday = first_day - datetime.timedelta(days=first_day.weekday())
    weeks = (last_day - monday).days // 7 + 1
    starts = (monday + datetime.timedelta(weeks=i) for i in range(weeks))
    periods = [Period(Step.WEEK, start, start + datetime.timedelta(days=6)) for start in starts]
    return _calendar(Step.WEEK, periods, first_day, last_day)


def monthly(first_day: datetime.date, last_day: datetime.date) -> Calendar:
    """The calendar months of the days first_day to last_day, as `weekly` does for weeks."""
    months = range(first_day.year * 12 + first_day.month - 1, last_day.year * 12 + last_day.month)
    periods = [_month(number // 12, number % 12 + 1) for number in months]
    return _calendar(Step.MONTH, periods, first_day, last_day)


def _month(year: int, month: int) -> Period:
    days = calendar.monthrange(year, month)[1]
    return Period(Step.MONTH, datetime.date(year, month, 1), datetime.date(year, month, days))


def _calendar(
    step: Step, periods: Sequence[Period], first_day: datetime.date, last_day: datetime.date
) -> Calendar:
    if last_day < first_day:
        raise errors.DashboardError(
            "trends", f"the last day {last_day} lies before the first day {first_day}"
        )
    running = periods[-1] if periods[-1].last > last_day else None
    rest = periods[:-1] if running else periods
    opening = rest[0] if rest and rest[0].first < first_day else None
    closed = rest[1:] if opening else rest
    return Calendar(step, first_day, last_day, tuple(closed), opening, running)


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
