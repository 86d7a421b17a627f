"""Closed weeks and months, and what is counted in them."""

import datetime
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracles
import trend_makers
from circulation import errors, periods
from circulation.periods import Step
from circulation.trending import trends
from circulation.trending.trends import Kind

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
STEPS = {"week": periods.weekly, "month": periods.monthly}


@pytest.mark.parametrize("step", STEPS)
@given(first=DAYS, length=st.integers(1, 120))
def test_closed_periods_are_those_whose_days_all_lie_within_the_data(
    step: str, first: date, length: int
) -> None:
    last = first + datetime.timedelta(days=length - 1)
    found = STEPS[step](first, last)
    closed, broken = oracles.whole_periods(first, last, step)
    apart = [period for period in (found.opening, found.running) if period]
    assert [oracles.period_of(period.first, step) for period in found.closed] == closed
    assert {oracles.period_of(period.first, step) for period in apart} == broken
    assert len(apart) == len(broken)


@pytest.mark.parametrize("step", STEPS)
@given(
    first=DAYS,
    by_day=st.lists(st.integers(0, 255), min_size=1, max_size=100),
    undated=st.integers(0, 9),
    later=st.integers(0, 9),
)
def test_every_record_is_counted_in_one_place(
    step: str, first: date, by_day: list[int], undated: int, later: int
) -> None:
    calendar = STEPS[step](first, first + datetime.timedelta(days=len(by_day) - 1))
    days = np.array([*by_day, later], np.uint8)
    found = trends.tally(days, calendar, undated=undated)
    sums: dict[tuple[int, int], int] = {}
    for i, count in enumerate(by_day):
        period = oracles.period_of(first + datetime.timedelta(days=i), step)
        sums[period] = sums.get(period, 0) + count
    periods = [calendar.opening, *calendar.closed, calendar.running]
    counts = [found.opening, *found.closed, found.running]
    assert {
        oracles.period_of(period.first, step): count
        for period, count in zip(periods, counts, strict=True)
        if period
    } == sums
    assert (found.later, found.total) == (later, sum(by_day) + undated + later)


@pytest.mark.parametrize(
    ("monday", "code", "label"),
    [
        (date(2026, 1, 5), "2026-W02", "05-Jan-2026"),
        (date(2025, 12, 29), "2026-W01", "29-Dec-2025"),
        (date(2020, 12, 28), "2020-W53", "28-Dec-2020"),
        (date(2024, 2, 26), "2024-W09", "26-Feb-2024"),
    ],
    ids=["plain", "begins in the year before", "week 53", "over 29 February"],
)
def test_a_week_is_an_iso_week_from_monday_to_sunday(monday: date, code: str, label: str) -> None:
    (week,) = periods.weekly(monday, monday + datetime.timedelta(days=6)).closed
    assert (week.first, week.last) == (monday, monday + datetime.timedelta(days=6))
    assert (week.code, week.label) == (code, label)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2100, 2, 1), date(2100, 2, 28)),
        (date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_is_closed_on_its_own_last_day(first: date, last: date) -> None:
    assert periods.monthly(first, last).closed == (periods.Period(Step.MONTH, first, last),)
    assert periods.monthly(first, last - datetime.timedelta(days=1)).closed == ()


def test_a_month_is_named_by_month_and_year() -> None:
    (january,) = trend_makers.months(1)
    assert (january.label, january.code) == ("Jan-2026", "2026-01")


def test_a_half_first_and_a_running_last_week_are_kept_apart() -> None:
    calendar = periods.weekly(date(2026, 1, 7), date(2026, 1, 27))
    found = trends.tally(np.ones(21, np.int64), calendar, undated=3)
    assert [week.label for week in calendar.closed] == ["12-Jan-2026", "19-Jan-2026"]
    assert found == trends.Tally(calendar, (7, 7), opening=5, running=2, undated=3)


def test_a_part_of_one_week_is_a_running_week_and_nothing_else() -> None:
    calendar = periods.weekly(date(2026, 1, 7), date(2026, 1, 8))
    assert (calendar.closed, calendar.opening) == ((), None)
    assert trends.tally(np.array([2, 3]), calendar).running == 5


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(errors.DashboardError, match="lies before the first day"):
        periods.weekly(date(2026, 1, 8), date(2026, 1, 7))


def test_too_few_daily_counts_are_refused() -> None:
    with pytest.raises(errors.DashboardError, match="6 daily counts were given for 7 days"):
        trends.tally(np.ones(6, np.int64), periods.weekly(date(2026, 1, 5), date(2026, 1, 11)))


def test_a_series_shows_the_incomplete_weeks_and_the_undated_apart() -> None:
    calendar = periods.weekly(date(2026, 1, 7), date(2026, 1, 20))
    series = trends.counts(trends.tally(np.ones(14, np.int64), calendar, undated=4))
    assert [seen.count for seen in series.closed] == [7]
    assert [(seen.period.label, seen.count) for seen in series.incomplete] == [
        ("05-Jan-2026", 5),
        ("19-Jan-2026", 2),
    ]
    assert (series.kind, series.undated) == (Kind.COUNT, 4)


def test_a_share_is_exact_and_keeps_its_two_numbers() -> None:
    calendar = periods.weekly(date(2026, 1, 5), date(2026, 1, 18))
    part = trends.tally(np.array([1] + [0] * 13), calendar)
    whole = trends.tally(np.array([3] + [0] * 13), calendar, undated=2)
    first, second = trends.shares(part, whole).closed
    assert (first.value, first.count, first.of) == (Fraction(1, 3), 1, 3)
    assert (second.value, second.count, second.of) == (None, 0, 0)
    assert trends.shares(part, whole).undated == 2


def test_a_share_of_two_calendars_is_refused() -> None:
    weeks, months = (make(date(2026, 1, 1), date(2026, 1, 31)) for make in STEPS.values())
    days = np.ones(31, np.int64)
    with pytest.raises(errors.DashboardError, match="two tallies over the same days"):
        trends.shares(trends.tally(days, weeks), trends.tally(days, months))
