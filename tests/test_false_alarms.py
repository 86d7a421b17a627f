"""The shipped figures on false alarms are what steady processes give."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
import pytest

import trend_makers
from circulation import periods
from circulation.counting import disclosure
from circulation.knowledge_base import settings_model
from circulation.trending import false_alarms, indicators, process_limits, trends

SHIPPED = indicators.load(Path(__file__).parents[1] / "data" / "indicators").chance
SETTINGS = trend_makers.settings()
PROTECTION = settings_model.Disclosure(floor=8, base=5, fewest_to_break_down=30, sources=())


def steady(row: false_alarms.Row, *, charts: int) -> list[list[int]]:
    """Charts of independent Poisson counts round one mean, from a fixed seed."""
    chance = np.random.default_rng([20260522, int(row.typical * 10), row.points])
    series: list[list[int]] = chance.poisson(float(row.typical), (charts, row.points)).tolist()
    return series


def check(row: false_alarms.Row, flags: list[int]) -> None:
    error = stdev(flags) / len(flags) ** 0.5
    assert abs(fmean(flags) - float(row.flagged)) < 4 * error + 0.01


@pytest.mark.parametrize("row", SHIPPED.exact, ids=lambda row: f"{row.typical}-{row.points}")
def test_a_steady_process_gives_as_many_flags_as_the_shipped_figure_says(
    row: false_alarms.Row,
) -> None:
    check(row, [trend_makers.chart(counts).flagged for counts in steady(row, charts=200)])


@pytest.mark.parametrize("row", SHIPPED.protected, ids=lambda row: f"{row.typical}-{row.points}")
def test_the_figures_for_protected_counts_are_those_of_hidden_and_rounded_ones(
    row: false_alarms.Row,
) -> None:
    published = [
        [disclosure.protected_count(count, PROTECTION).value for count in counts]
        for counts in steady(row, charts=200)
    ]
    check(row, [trend_makers.chart(counts).flagged for counts in published])


@pytest.mark.parametrize("rows", [SHIPPED.exact, SHIPPED.protected], ids=["exact", "protected"])
def test_the_shipped_figures_cover_every_size_over_12_to_104_periods(
    rows: tuple[false_alarms.Row, ...],
) -> None:
    lengths = {row.points for row in rows}
    sizes = {row.typical for row in rows}
    assert lengths == {12, 24, 52, 104}
    assert len(rows) == len(lengths) * len(sizes)
    assert max(sizes) >= 10


ROWS = (
    false_alarms.Row(Decimal(10), 12, Decimal("0.2")),
    false_alarms.Row(Decimal(10), 24, Decimal("0.8")),
    false_alarms.Row(Decimal(2), 12, Decimal("0.6")),
    false_alarms.Row(Decimal(2), 24, Decimal("1.8")),
)


@pytest.mark.parametrize(
    ("counts", "flags"),
    [
        ([10, 12] * 6, Fraction(2, 10)),
        ([10, 12] * 9, Fraction(5, 10)),
        ([10, 12] * 24, Fraction(16, 10)),
        ([9, 11] * 12, Fraction(8, 10)),
        ([9, 10] * 12, Fraction(18, 10)),
        ([1, 2] * 12, None),
        ([10, 12] * 5, None),
        ([], None),
    ],
    ids=[
        "row",
        "between",
        "beyond",
        "just large enough",
        "smaller counts",
        "too small",
        "trial limits",
        "nothing",
    ],
)
def test_expected_flags_follow_the_length_and_the_size_of_the_counts(
    counts: list[int], flags: Fraction | None
) -> None:
    series = trend_makers.series(counts)
    assert false_alarms.expected(process_limits.chart(series, SETTINGS), ROWS) == flags


def test_a_share_is_as_uncertain_as_the_smaller_of_its_two_parts() -> None:
    weeks = trend_makers.weeks(24)
    nearly_all = trends.shared(weeks, [98, 97] * 12, [100] * 24)
    series = trends.Series(periods.Step.WEEK, trends.Kind.SHARE, nearly_all)
    chart = process_limits.chart(series, SETTINGS)
    assert false_alarms.expected(chart, ROWS) == Fraction(18, 10)
