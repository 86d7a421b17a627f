"""Quarters of the calendar as whole numbers that count on: 8107 is the fourth of 2026."""

from datetime import date, timedelta


def of(day: date) -> int:
    """The quarter that a day lies in."""
    return day.year * 4 + (day.month - 1) // 3


def closed(today: date) -> int:
    """The last quarter that is over."""
    return of(today) - 1


def last_day(quarter: int) -> date:
    """The day a quarter ends on."""
    after = quarter + 1
    return date(after // 4, after % 4 * 3 + 1, 1) - timedelta(days=1)


def code(quarter: int) -> str:
    """As `2026-Q4`."""
    return f"{quarter // 4:04d}-Q{quarter % 4 + 1}"
