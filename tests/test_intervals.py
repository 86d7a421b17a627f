"""Intervals of shares and of what compares them: published examples, edges, second sources."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats import proportion

import oracles
from circulation.counting import intervals
from circulation.counting.intervals import Estimate, Interval, Part

PARTS = st.integers(1, 400).flatmap(
    lambda asked: st.builds(Part, st.integers(0, asked), st.just(asked))
)
INNER = st.integers(2, 400).flatmap(
    lambda asked: st.builds(Part, st.integers(1, asked - 1), st.just(asked))
)


def rounded(interval: Interval | None, digits: int = 4) -> tuple[float, float] | None:
    return interval and (round(interval.low, digits), round(interval.high, digits))


@pytest.mark.parametrize(
    ("part", "expected"),
    [  # Newcombe, Stat Med 1998;17:857-872, table I, method 3
        (Part(81, 263), (0.2553, 0.3662)),
        (Part(15, 148), (0.0624, 0.1605)),
        (Part(0, 20), (0.0, 0.1611)),
        (Part(1, 29), (0.0061, 0.1718)),
        (Part(20, 20), (0.8389, 1.0)),
        (Part(0, 0), None),
    ],
)
def test_a_share_has_the_published_interval(
    part: Part, expected: tuple[float, float] | None
) -> None:
    assert rounded(intervals.share(part)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # Newcombe, Stat Med 1998;17:873-890, table II, method 10
        (Part(56, 70), Part(48, 80), (0.0524, 0.3339)),
        (Part(9, 10), Part(3, 10), (0.1705, 0.8090)),
        (Part(6, 7), Part(2, 7), (0.0582, 0.8062)),
        (Part(5, 56), Part(0, 29), (-0.0381, 0.1926)),
        (Part(0, 10), Part(0, 20), (-0.1611, 0.2775)),
        (Part(10, 10), Part(0, 20), (0.6791, 1.0)),
    ],
)
def test_a_difference_has_the_published_interval(
    one: Part, other: Part, expected: tuple[float, float]
) -> None:
    found = intervals.difference(one, other)
    assert found
    assert rounded(found.interval) == expected


@given(PARTS)
@settings(deadline=None)
def test_the_interval_of_a_share_is_where_the_score_test_does_not_object(part: Part) -> None:
    found = intervals.share(part)
    assert found
    assert (found.low, found.high) == pytest.approx(oracles.score_interval(*counts(part)))
    second = proportion.proportion_confint(*counts(part), method="wilson")
    assert (found.low, found.high) == pytest.approx(second, abs=1e-12)
    assert 0 <= found.low <= (part.share or 0) <= found.high <= 1


@given(PARTS, PARTS)
@settings(deadline=None)
def test_the_interval_of_a_difference_is_newcombes(one: Part, other: Part) -> None:
    found = intervals.difference(one, other)
    assert found
    ends = (found.interval.low, found.interval.high)
    assert ends == pytest.approx(oracles.newcombe(*counts(one), *counts(other)))
    second = proportion.confint_proportions_2indep(
        *counts(one), *counts(other), compare="diff", method="newcomb"
    )
    assert ends == pytest.approx(second, abs=1e-9)
    assert found.interval.low <= found.value <= found.interval.high


@given(INNER, INNER)
@settings(deadline=None)
def test_the_interval_of_a_ratio_is_katzs(one: Part, other: Part) -> None:
    found = intervals.ratio(one, other)
    assert found
    assert found.value
    assert not found.half_added
    assert found.value == pytest.approx(oracles.ratio(*counts(one), *counts(other)))
    second = proportion.confint_proportions_2indep(
        *counts(one), *counts(other), compare="ratio", method="log"
    )
    assert (found.interval.low, found.interval.high) == pytest.approx(second)


@pytest.mark.parametrize(
    ("one", "other", "value", "interval"),
    [
        (Part(0, 10), Part(5, 20), 0.0, (0.0, 2.8587)),
        (Part(5, 10), Part(0, 20), None, (1.2749, math.inf)),
        (Part(10, 10), Part(20, 20), 1.0, (0.8456, 1.1307)),
    ],
)
def test_a_ratio_with_an_empty_cell_says_that_a_half_was_added(
    one: Part, other: Part, value: float | None, interval: tuple[float, float]
) -> None:
    found = intervals.ratio(one, other)
    assert found
    assert found.half_added
    assert (found.value, rounded(found.interval)) == (value, interval)
    halves = (one.present + 0.5, one.asked + 1, other.present + 0.5, other.asked + 1)
    second = proportion.confint_proportions_2indep(*halves, compare="ratio", method="log")
    assert found.interval.low in (0, pytest.approx(second[0]))
    assert found.interval.high in (math.inf, pytest.approx(second[1]))


def test_a_ratio_to_a_full_group_needs_nothing_added() -> None:
    found = intervals.ratio(Part(10, 10), Part(5, 20))
    assert found
    assert (found.value, found.half_added) == (4.0, False)


@given(PARTS, PARTS)
@settings(deadline=None)
def test_a_ratio_lies_in_its_interval(one: Part, other: Part) -> None:
    found = intervals.ratio(one, other)
    if one.present == other.present == 0:
        assert found is None
        return
    assert found
    assert found.interval.low < found.interval.high
    assert found.value is None or found.interval.low <= found.value <= found.interval.high
    assert (found.value is None) == (other.present == 0) == math.isinf(found.interval.high)


@given(PARTS, PARTS)
@settings(deadline=None)
def test_the_standardised_difference_is_the_difference_over_the_mean_deviation(
    one: Part, other: Part
) -> None:
    found = intervals.standardised(one, other)
    expected = oracles.standardised(*counts(one), *counts(other))
    assert (found and found.value) == (expected if expected is None else pytest.approx(expected))


def test_the_standardised_difference_is_the_published_one() -> None:
    """Yang, Dalton, SAS Global Forum 2012, paper 335: the formulas worked by hand for 60 and 50."""
    found = intervals.standardised(Part(60, 100), Part(50, 100))
    assert found
    assert found.value == pytest.approx(0.1 / math.sqrt((0.24 + 0.25) / 2))
    error = 1.959964 * math.sqrt(200 / 10000 + found.value**2 / 400)
    assert found.interval.high - found.value == pytest.approx(error, rel=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Part(0, 5), Part(0, 9), 0.0),
        (Part(5, 5), Part(9, 9), 0.0),
        (Part(0, 5), Part(9, 9), None),
        (Part(0, 0), Part(9, 9), None),
    ],
)
def test_groups_without_variation_are_the_same_or_cannot_be_standardised(
    one: Part, other: Part, expected: float | None
) -> None:
    found = intervals.standardised(one, other)
    assert (found and found.value) == expected


@pytest.mark.parametrize(("one", "other"), [(Part(0, 0), Part(1, 2)), (Part(1, 2), Part(0, 0))])
def test_nothing_is_compared_with_a_group_that_nobody_asked(one: Part, other: Part) -> None:
    assert intervals.difference(one, other) is None
    assert intervals.ratio(one, other) is None
    assert intervals.standardised(one, other) is None


@given(PARTS, PARTS)
@settings(deadline=None)
def test_swapping_the_groups_turns_the_difference_round(one: Part, other: Part) -> None:
    found, turned = intervals.difference(one, other), intervals.difference(other, one)
    assert found
    assert turned
    assert found.value == pytest.approx(-turned.value)
    assert found.interval.low == pytest.approx(-turned.interval.high)


def test_a_higher_confidence_is_wider() -> None:
    narrow = intervals.share(Part(3, 10), confidence=0.8)
    wide = intervals.share(Part(3, 10), confidence=0.998)
    assert narrow
    assert wide
    assert wide.low < narrow.low < 0.3 < narrow.high < wide.high
    assert intervals.z() == pytest.approx(1.959963984540054)


def counts(part: Part) -> tuple[int, int]:
    return part.present, part.asked


def test_one_record_is_an_estimate_too() -> None:
    found = intervals.difference(Part(1, 1), Part(0, 1))
    assert found == Estimate(1.0, Interval(pytest.approx(-0.1221, abs=1e-4), 1.0))
