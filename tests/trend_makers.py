"""Makers of trend series with good defaults."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from circulation import periods
from circulation.knowledge_base import settings_model
from circulation.trending import process_limits, trends

FIRST = datetime.date(2026, 1, 5)  # a Monday


def settings() -> settings_model.Trends:
    """The constants of NHSRplotthedots."""
    return settings_model.Trends(
        xmr_factor=Decimal("2.66"),
        screen_factor=Decimal("3.267"),
        run=7,
        trend=7,
        near_points=2,
        near_of=3,
        trial_points=12,
        sources=("MDC",),
    )


def weeks(number: int) -> tuple[periods.Period, ...]:
    """So many closed weeks from 05-Jan-2026."""
    return periods.weekly(FIRST, FIRST + datetime.timedelta(days=7 * number)).closed


def months(number: int) -> tuple[periods.Period, ...]:
    """So many closed months from Jan-2026."""
    last = FIRST.replace(year=2026 + number // 12, month=number % 12 + 1)
    return periods.monthly(FIRST.replace(day=1), last).closed


def series(counts: Sequence[int | None], *, totals: Sequence[int] | None = None) -> trends.Series:
    """Weekly counts, or with totals weekly shares, from 05-Jan-2026; None is a week without one."""
    closed = weeks(len(counts))
    known = [count or 0 for count in counts]
    if totals is not None:
        shares = trends.shared(closed, known, totals)
        return trends.Series(periods.Step.WEEK, trends.Kind.SHARE, shares)
    seen = (
        replace(one, value=None) if count is None else one
        for count, one in zip(counts, trends.counted(closed, known), strict=True)
    )
    return trends.Series(periods.Step.WEEK, trends.Kind.COUNT, tuple(seen))


def chart(
    counts: Sequence[int | None], *, totals: Sequence[int] | None = None
) -> process_limits.Chart:
    """The chart of such a series."""
    return process_limits.chart(series(counts, totals=totals), settings())
