"""Process limits and special causes, against slow sums and against cases worked by hand."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracles
import trend_makers
from circulation.trending import process_limits
from circulation.trending.process_limits import Better, Rule, Side, Signal, Variation

SETTINGS = trend_makers.settings()
FACTOR, SCREEN = Fraction("2.66"), Fraction("3.267")
COUNTS = st.lists(
    st.one_of(st.integers(0, 6), st.integers(0, 60), st.none()), min_size=1, max_size=45
)


def exact(counts: Sequence[int | None]) -> list[Fraction | None]:
    return [None if count is None else Fraction(count) for count in counts]


@given(counts=COUNTS)
def test_limits_are_those_of_the_slow_sum(counts: list[int | None]) -> None:
    found = process_limits.limits(exact(counts), SETTINGS)
    assert (found and (found.mean, found.spread)) == oracles.process_limits(
        exact(counts), FACTOR, SCREEN
    )


@given(counts=COUNTS)
def test_each_point_breaks_the_rules_that_the_slow_windows_find(counts: list[int | None]) -> None:
    chart = trend_makers.chart(counts)
    known = oracles.process_limits(exact(counts), FACTOR, SCREEN)
    slow: list[set[str]] = [set() for _ in counts]
    if known and known[1] is not None and chart.shown >= 12:
        slow = oracles.special_causes(exact(counts), known[0], known[1])
    assert [{rule.name for rule in point.rules} for point in chart.points] == slow


@given(counts=COUNTS)
def test_a_chart_turned_upside_down_shows_the_same_signals_on_the_other_side(
    counts: list[int | None],
) -> None:
    values = exact(counts)
    known = process_limits.limits(values, SETTINGS)
    turned = [None if value is None else -value for value in values]
    mirrored = process_limits.limits(turned, SETTINGS)
    if known and mirrored:
        assert process_limits.signals(turned, mirrored, SETTINGS) == tuple(
            Signal(one.rule, Side(-one.side), one.at)
            for one in process_limits.signals(values, known, SETTINGS)
        )


@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=40), total=st.integers(40, 60))
def test_limits_of_counts_and_shares_stay_where_values_can_be(
    counts: list[int], total: int
) -> None:
    for chart, most in (
        (trend_makers.chart(counts), None),
        (trend_makers.chart(counts, totals=[total] * len(counts)), 1),
    ):
        assert chart.lower is None or chart.lower >= 0
        assert most is None or chart.upper is None or chart.upper <= most
        assert not (chart.lower_cut and chart.lower)


STEADY = [20, 22, 19, 21, 20, 18, 21, 20, 22, 19, 21, 20, 19, 21]


def test_a_case_worked_by_hand() -> None:
    """Moving ranges 2 3 2 1 2 3 1 2 3 2 1 1 2: mean 25/13. Values: mean 283/14."""
    found = process_limits.limits(exact(STEADY), SETTINGS)
    assert found == process_limits.Limits(
        Fraction(283, 14), Fraction("2.66") * Fraction(25, 13), screened=0
    )


def test_an_unusually_large_moving_range_does_not_widen_the_limits() -> None:
    counts = [20, 21] * 10 + [60] + [21, 20] * 10
    found = process_limits.limits(exact(counts), SETTINGS)
    assert found is not None
    assert (found.spread, found.screened) == (Fraction("2.66"), 2)


@pytest.mark.parametrize("value", [0, 1, 17])
def test_a_constant_series_has_limits_of_no_width_and_no_signal(value: int) -> None:
    chart = trend_makers.chart([value] * 30)
    assert (chart.mean, chart.lower, chart.upper) == (value, value, value)
    assert (chart.signals, chart.trial) == ((), False)


def test_a_share_that_is_always_a_third_is_not_taken_for_a_run() -> None:
    chart = trend_makers.chart([1, 2, 3] * 10, totals=[3, 6, 9] * 10)
    assert (chart.mean, chart.signals) == (Fraction(1, 3), ())


def test_a_share_of_all_has_limits_at_100_percent() -> None:
    chart = trend_makers.chart([20] * 15, totals=[20] * 15)
    assert (chart.mean, chart.lower, chart.upper, chart.upper_cut) == (1, 1, 1, False)
    assert chart.signals == ()


def test_a_share_near_all_has_its_upper_limit_held_at_100_percent() -> None:
    chart = trend_makers.chart([20, 18] * 8, totals=[20] * 16)
    assert (chart.upper, chart.upper_cut) == (1, True)


def test_a_single_event_among_zeros_leaves_limits_with_a_width() -> None:
    chart = trend_makers.chart([0] * 15 + [5] + [0] * 14)
    assert chart.lower_cut
    assert [signal.at for signal in chart.signals if signal.rule is Rule.OUTSIDE] == [(15,)]


@pytest.mark.parametrize(
    ("counts", "mean", "upper"),
    [
        ([], None, None),
        ([7], Fraction(7), None),
        ([7, 9], Fraction(8), 8 + Fraction("5.32")),
        ([7, None, 9], Fraction(8), None),
        ([None, None], None, None),
        ([5, 5, None, 9, 9], Fraction(7), None),
    ],
    ids=["nothing", "one", "two", "gap between", "all hidden", "moves over the gap only"],
)
def test_few_points_have_what_can_be_computed_and_are_not_judged(
    counts: list[int | None], mean: Fraction | None, upper: Fraction | None
) -> None:
    chart = trend_makers.chart(counts)
    assert (chart.mean, chart.upper, chart.trial, chart.signals) == (mean, upper, True, ())


@pytest.mark.parametrize(("points", "trial"), [(11, True), (12, False)])
def test_limits_are_on_trial_below_twelve_points(points: int, trial: bool) -> None:
    chart = trend_makers.chart([9, 11] * 5 + [60] * (points - 10))
    assert chart.trial is trial
    assert bool(chart.signals) is not trial


def test_periods_without_a_value_do_not_count_towards_the_twelve() -> None:
    assert trend_makers.chart([9, 11, None] * 5).trial


def test_a_step_is_a_run_on_each_side_of_the_mean() -> None:
    chart = trend_makers.chart([20, 22] * 10 + [30, 32] * 10)
    runs = [signal for signal in chart.signals if signal.rule is Rule.RUN]
    assert runs == [
        Signal(Rule.RUN, Side.LOW, tuple(range(20))),
        Signal(Rule.RUN, Side.HIGH, tuple(range(20, 40))),
    ]


WAVE = [20, 26, 20, 26, 20, 26, 20]


@pytest.mark.parametrize(("rising", "flagged"), [(6, False), (7, True)])
def test_seven_rising_points_are_a_trend_and_six_are_not(rising: int, flagged: bool) -> None:
    chart = trend_makers.chart([*WAVE, *range(18, 18 + rising), *WAVE])
    found = [signal for signal in chart.signals if signal.rule is Rule.TREND]
    assert bool(found) is flagged
    if flagged:
        assert found == [Signal(Rule.TREND, Side.HIGH, tuple(range(7, 14)))]


def test_two_equal_neighbours_end_a_trend() -> None:
    chart = trend_makers.chart([*WAVE, 18, 19, 20, 21, 21, 22, 23, 24, *WAVE])
    assert not [signal for signal in chart.signals if signal.rule is Rule.TREND]


def test_the_top_of_two_trends_belongs_to_the_later_one() -> None:
    chart = trend_makers.chart([*WAVE, *range(20, 26), 26, *range(25, 19, -1), *WAVE])
    assert (chart.points[13].rules[0], chart.points[13].side) == (Rule.TREND, Side.LOW)
    assert chart.points[12].side is Side.HIGH


def test_a_gap_ends_a_run_and_a_trend() -> None:
    known = process_limits.Limits(Fraction(20), Fraction(100))
    run = [*exact([21, 22, 21]), None, *exact([22, 21, 22, 21])]
    trend = [*exact([11, 12, 13]), None, *exact([14, 15, 16, 17])]
    assert process_limits.signals(run, known, SETTINGS) == ()
    assert process_limits.signals(trend, known, SETTINGS) == ()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([27, 27, 21, 19], [(0, 1)]),
        ([27, 21, 28, 19], [(0, 2)]),
        ([27, 21, 28, 27, 19], [(0, 2, 3)]),
        ([27, 19, 28, 19], []),
        ([27, 20, 28, 19], []),
        ([27, 13, 27, 13], []),
        ([26, 26, 26], []),
        ([31, 28, 21], []),
        ([13, 13, 19], [(0, 1)]),
        ([27, 27, None], []),
    ],
    ids=[
        "neighbours",
        "one between",
        "joined",
        "other side between",
        "mean between",
        "both limits",
        "exactly two thirds",
        "outside is not near",
        "low",
        "gap",
    ],
)
def test_two_of_three_near_one_limit_are_special(
    values: list[int | None], found: list[tuple[int, ...]]
) -> None:
    known = process_limits.Limits(Fraction(20), Fraction(9))
    near = [
        signal.at
        for signal in process_limits.signals(exact(values), known, SETTINGS)
        if signal.rule is Rule.NEAR
    ]
    assert near == found


def test_a_point_on_the_limit_is_inside_it() -> None:
    known = process_limits.Limits(Fraction(20), Fraction(9))
    assert process_limits.signals(exact([29, 20, 11]), known, SETTINGS) == ()
    assert process_limits.signals([Fraction(20) + Fraction("9.0001")], known, SETTINGS) == (
        Signal(Rule.OUTSIDE, Side.HIGH, (0,)),
    )


def test_neighbours_outside_the_same_limit_are_one_signal_and_a_gap_parts_them() -> None:
    known = process_limits.Limits(Fraction(20), Fraction(9))
    assert process_limits.signals(exact([30, 31, 5, 30, None, 30]), known, SETTINGS) == (
        Signal(Rule.OUTSIDE, Side.HIGH, (0, 1)),
        Signal(Rule.OUTSIDE, Side.LOW, (2,)),
        Signal(Rule.OUTSIDE, Side.HIGH, (3,)),
        Signal(Rule.OUTSIDE, Side.HIGH, (5,)),
    )


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        (Better.NEUTRAL, Variation.NEUTRAL, Variation.NEUTRAL),
        (Better.HIGHER, Variation.IMPROVEMENT, Variation.CONCERN),
        (Better.LOWER, Variation.CONCERN, Variation.IMPROVEMENT),
    ],
)
def test_good_and_bad_follow_the_indicator_and_a_volume_is_neither(
    better: Better, high: Variation, low: Variation
) -> None:
    series = trend_makers.series([*STEADY, 60, *STEADY, 0, *STEADY])
    chart = process_limits.chart(series, SETTINGS, better=better)
    assert chart.points[14].variation is high
    assert chart.points[29].variation is low
    assert chart.points[0].variation is Variation.COMMON
    assert chart.flagged == 2


def test_the_constants_come_from_the_settings() -> None:
    other = replace(
        SETTINGS,
        xmr_factor=Decimal(1),
        screen_factor=Decimal(9),
        run=3,
        trend=3,
        near_points=1,
        near_of=2,
        trial_points=4,
    )
    found = process_limits.limits(exact([2, 4, 2, 4]), other)
    assert found is not None
    assert found.spread == 2
    chart = process_limits.chart(trend_makers.series([1, 2, 3, 9]), other)
    assert {rule for point in chart.points for rule in point.rules} >= {Rule.TREND, Rule.RUN}


def test_a_moving_range_of_exactly_the_screening_limit_is_left_out() -> None:
    """Ranges 1 1 4 with mean 2: at twice the mean, 4 is out."""
    strict = replace(SETTINGS, screen_factor=Decimal(2), xmr_factor=Decimal(1))
    found = process_limits.limits(exact([0, 1, 0, 4]), strict)
    assert found == process_limits.Limits(Fraction(5, 4), Fraction(1), screened=1)
