"""Tests bear the name of what ran, are two-sided, and stay away where the groups are too small."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import multitest

import oracles
from circulation.counting import significance
from circulation.counting.intervals import Part
from circulation.counting.significance import Result

PARTS = st.integers(1, 120).flatmap(
    lambda asked: st.builds(Part, st.integers(0, asked), st.just(asked))
)
FISHER, CHI_SQUARED = "Fisher's exact test, two-sided", "Chi-squared test, two-sided"


def square(one: Part, other: Part) -> list[list[int]]:
    return [[one.present, one.absent], [other.present, other.absent]]


@pytest.mark.parametrize(
    ("one", "other", "name", "p"),
    [
        (Part(3, 10), Part(15, 40), FISHER, 0.7301),  # 3.6 expected
        (Part(10, 20), Part(10, 40), CHI_SQUARED, 0.0528),  # 6.7 expected
        (Part(5, 10), Part(5, 10), CHI_SQUARED, 1.0),  # 5 expected: not below 5
        (Part(0, 10), Part(0, 400), FISHER, 1.0),
        (Part(10, 10), Part(400, 400), FISHER, 1.0),
        (Part(10, 10), Part(0, 10), CHI_SQUARED, 0.0),
        (Part(12, 12), Part(0, 12), CHI_SQUARED, 0.0),
    ],
)
def test_the_counts_choose_the_test_and_it_says_its_name(
    one: Part, other: Part, name: str, p: float
) -> None:
    found = significance.of(one, other)
    assert (found.test, found.why_not) == (name, "")
    assert found.p == pytest.approx(p, abs=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (Part(9, 9), Part(0, 500), "No p-value: fewer than 10 asked in this group"),
        (Part(5, 50), Part(0, 9), "No p-value: fewer than 10 asked among all others"),
        (Part(0, 0), Part(0, 0), "No p-value: fewer than 10 asked in both groups"),
        (Part(1, 1), Part(0, 0), "No p-value: fewer than 10 asked in both groups"),
    ],
)
def test_small_groups_have_no_p_value_but_the_reason(one: Part, other: Part, words: str) -> None:
    assert significance.of(one, other) == Result(why_not=words)
    assert significance.of(one, other, fewest=9).p is None or min(one.asked, other.asked) >= 9


@given(PARTS, PARTS)
@settings(deadline=None)
def test_fishers_test_is_that_of_whole_numbers_and_of_scipy(one: Part, other: Part) -> None:
    found = significance.fisher(one, other)
    exact = oracles.fisher(one.present, one.asked, other.present, other.asked)
    assert found.p == pytest.approx(float(exact), rel=1e-9)
    assert found.p == pytest.approx(stats.fisher_exact(square(one, other)).pvalue, rel=1e-9)


@given(PARTS, PARTS)
@settings(deadline=None)
def test_the_chi_squared_test_is_that_of_expected_counts_and_of_scipy(
    one: Part, other: Part
) -> None:
    if not significance.expected_least(one, other):
        return
    found = significance.chi_squared(one, other)
    plain = oracles.chi_squared(one.present, one.asked, other.present, other.asked)
    assert found.p == pytest.approx(plain, rel=1e-6, abs=1e-12)
    second = stats.chi2_contingency(square(one, other), correction=False)
    assert found.p == pytest.approx(second.pvalue, rel=1e-9)
    assert significance.expected_least(one, other) == pytest.approx(second.expected_freq.min())


@given(PARTS, PARTS)
@settings(deadline=None)
def test_no_side_is_preferred(one: Part, other: Part) -> None:
    found = significance.of(one, other)
    turned = significance.of(other, one)
    inverted = significance.of(Part(one.absent, one.asked), Part(other.absent, other.asked))
    if found.p is None:
        assert turned.p is inverted.p is None
        return
    assert turned.p == pytest.approx(found.p, rel=1e-9)
    assert inverted.p == pytest.approx(found.p, rel=1e-9)
    assert found.test.endswith("two-sided")
    assert 0 <= found.p <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Part(2000, 2000), Part(200, 998_000)),
        (Part(0, 30), Part(150_000, 999_970)),
        (Part(4, 2000), Part(1990, 998_000)),
    ],
)
def test_a_million_records_are_tested_as_exactly_as_few(one: Part, other: Part) -> None:
    assert significance.expected_least(one, other) < significance.SMALL_EXPECTED
    second = stats.fisher_exact(square(one, other)).pvalue
    assert significance.of(one, other).p == pytest.approx(second, rel=1e-6)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=40))
@settings(deadline=None)
def test_q_values_are_benjamini_hochbergs_over_the_p_values_alone(
    given_p: list[float | None],
) -> None:
    results = [Result("some", p) if p is not None else Result(why_not="few") for p in given_p]
    found = significance.corrected(results)
    known = [p for p in given_p if p is not None]
    assert found.tests == len(known)
    assert [result.p for result in found.results] == given_p
    q_values = [result.q for result in found.results if result.q is not None]
    assert q_values == pytest.approx(oracles.q_values(known))
    if known:
        second = multitest.multipletests(known, method="fdr_bh")[1]
        assert q_values == pytest.approx(list(second))
    for result in found.results:
        assert (result.q is None) == (result.p is None)
        assert result.q is None or result.q >= (result.p or 0)


def test_the_published_example_of_q_values() -> None:
    """The 15 p-values of Benjamini and Hochberg 1995, section 4.1: the first 4 stand at 0.05."""
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    published += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    found = significance.corrected([Result("t", p) for p in published])
    assert found.tests == 15
    assert sum((result.q or 0) <= 0.05 for result in found.results) == 4


def test_p_is_never_missing_where_the_difference_is_largest() -> None:
    found = significance.of(Part(500, 500), Part(0, 500))
    assert found.p is not None
    assert found.p < 1e-100
    assert not math.isnan(found.p)
