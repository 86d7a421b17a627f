"""The shipped figures on false alarms are what steady processes give."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
import pytest

import trend_makers
from circulation import false_alarms, indicators, process_limits, trends

SHIPPED = indicators.load(Path(__file__).parents[1] / "data" / "indicators").chance
SETTINGS = trend_makers.settings()


def measured(typical: Decimal, points: int, *, charts: int) -> list[int]:
    """Flagged points of each of many steady charts: independent Poisson counts, a fixed seed."""
    chance = np.random.default_rng([20260522, int(typical * 10), points])
    series = chance.poisson(float(typical), (charts, points)).tolist()
    return [_flagged([Fraction(count) for count in counts]) for counts in series]


def _flagged(values: list[Fraction]) -> int:
    known = process_limits.limits(values, SETTINGS)
    assert known is not None
    return len({i for one in process_limits.signals(values, known, SETTINGS) for i in one.at})


@pytest.mark.parametrize("row", SHIPPED.rows, ids=lambda row: f"{row.typical}-{row.points}")
def test_a_steady_process_gives_as_many_flags_as_the_shipped_figure_says(
    row: false_alarms.Row,
) -> None:
    flags = measured(row.typical, row.points, charts=250)
    error = stdev(flags) / len(flags) ** 0.5
    assert abs(fmean(flags) - float(row.flagged)) < 4 * error + 0.01
    assert abs(100 * fmean(map(bool, flags)) - row.charts_of_100) < 13


def test_the_shipped_figures_cover_small_and_large_counts_over_half_a_year_to_two_years() -> None:
    lengths = {row.points for row in SHIPPED.rows}
    sizes = {row.typical for row in SHIPPED.rows}
    assert lengths == {12, 24, 52, 104}
    assert len(SHIPPED.rows) == len(lengths) * len(sizes)
    assert min(sizes) < 1
    assert max(sizes) >= 10


TABLE = false_alarms.Table(
    "a test",
    (
        false_alarms.Row(Decimal(10), 12, Decimal("0.2"), 8),
        false_alarms.Row(Decimal(10), 24, Decimal("0.8"), 20),
        false_alarms.Row(Decimal(2), 12, Decimal("0.6"), 14),
        false_alarms.Row(Decimal(2), 24, Decimal("1.8"), 32),
    ),
)


@pytest.mark.parametrize(
    ("counts", "flags"),
    [
        ([10, 12] * 6, Fraction(2, 10)),
        ([10, 12] * 9, Fraction(5, 10)),
        ([10, 12] * 24, Fraction(16, 10)),
        ([9, 10] * 12, Fraction(18, 10)),
        ([1, 2] * 12, None),
        ([10, 12] * 5, None),
        ([], None),
    ],
    ids=["row", "between", "beyond", "smaller counts", "too small", "trial limits", "nothing"],
)
def test_expected_flags_follow_the_length_and_the_size_of_the_counts(
    counts: list[int], flags: Fraction | None
) -> None:
    series = trend_makers.series(counts)
    assert false_alarms.expected(process_limits.chart(series, SETTINGS), TABLE) == flags


def test_a_share_is_as_uncertain_as_the_smaller_of_its_two_parts() -> None:
    weeks = trend_makers.weeks(24)
    nearly_all = trends.shared(weeks, [98, 97] * 12, [100] * 24)
    series = trends.Series(trends.Step.WEEK, trends.Kind.SHARE, nearly_all)
    chart = process_limits.chart(series, SETTINGS)
    assert false_alarms.expected(chart, TABLE) == Fraction(18, 10)
