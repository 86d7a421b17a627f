"""Weeks and months of the calendar: which of them the data cover whole.

Only a closed period is ever judged. A period the data enter or leave half way is kept apart.
"""

import calendar
import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from circulation import errors

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Step(enum.Enum):
    """The length of a period: an ISO week (Monday to Sunday) or a calendar month."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """One week or month, first and last day included."""

    step: Step
    first: datetime.date
    last: datetime.date

    @property
    def label(self) -> str:
        """A week by its Monday (`05-Jan-2026`), a month by its name (`Jan-2026`)."""
        return month(self.first) if self.step is Step.MONTH else day(self.first)

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


def day(date: datetime.date) -> str:
    """A day as the pages write it, whatever the locale: `05-Jan-2026`."""
    return f"{date.day:02d}-{month(date)}"


def month(date: datetime.date) -> str:
    """The month of a day as the pages write it: `Jan-2026`."""
    return f"{MONTHS[date.month - 1]}-{date.year:04d}"


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
