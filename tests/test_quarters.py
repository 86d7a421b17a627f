"""Quarters count on over the years, and a quarter is over on the day after its last one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circulation import quarters


@pytest.mark.parametrize(
    ("day", "code", "last"),
    [
        (date(2026, 1, 1), "2026-Q1", date(2026, 3, 31)),
        (date(2026, 3, 31), "2026-Q1", date(2026, 3, 31)),
        (date(2026, 4, 1), "2026-Q2", date(2026, 6, 30)),
        (date(2026, 9, 30), "2026-Q3", date(2026, 9, 30)),
        (date(2026, 12, 31), "2026-Q4", date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_a_name_and_a_last_day(day: date, code: str, last: date) -> None:
    assert (quarters.code(quarters.of(day)), quarters.last_day(quarters.of(day))) == (code, last)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_last_closed_quarter_ends_before_the_day_and_the_next_does_not(day: date) -> None:
    closed = quarters.closed(day)
    assert quarters.last_day(closed) < day <= quarters.last_day(closed + 1)
    assert quarters.of(quarters.last_day(closed) + timedelta(days=1)) == closed + 1
