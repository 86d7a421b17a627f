"""Cohen's kappa and its interval against plain loops, a published example and statsmodels."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats import inter_rater

from circulation.counting import kappa
from circulation.counting.intervals import Part

WORDS = ("clots", "veins", "undecided")
PAIRS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), min_size=1, max_size=40)


def oracle(pairs: list[tuple[str, str]]) -> tuple[float, float] | None:
    """Kappa and its standard error, cell by cell over the whole square of words."""
    n = len(pairs)
    share = {(a, b): pairs.count((a, b)) / n for a in WORDS for b in WORDS}
    row = {a: sum(share[a, b] for b in WORDS) for a in WORDS}
    column = {b: sum(share[a, b] for a in WORDS) for b in WORDS}
    agreed = sum(share[a, a] for a in WORDS)
    chance = sum(row[a] * column[a] for a in WORDS)
    if math.isclose(chance, 1):
        return None
    found = (agreed - chance) / (1 - chance)
    same = sum(share[a, a] * (1 - (row[a] + column[a]) * (1 - found)) ** 2 for a in WORDS)
    other = 0.0
    for a in WORDS:
        for b in WORDS:
            if a != b:
                other += share[a, b] * (column[a] + row[b]) ** 2
    last = (found - chance * (1 - found)) ** 2
    variance = (same + (1 - found) ** 2 * other - last) / (n * (1 - chance) ** 2)
    return found, math.sqrt(max(variance, 0))


def table(pairs: list[tuple[str, str]]) -> list[list[int]]:
    return [[pairs.count((a, b)) for b in WORDS] for a in WORDS]


@given(PAIRS)
def test_kappa_and_interval_are_those_of_plain_loops(pairs: list[tuple[str, str]]) -> None:
    found, expected = kappa.cohens(pairs), oracle(pairs)
    if found is None or expected is None:
        assert found is expected is None
        return
    value, error = expected
    assert found.value == pytest.approx(value)
    assert found.interval.low == pytest.approx(max(value - 1.959964 * error, -1), abs=1e-5)
    assert found.interval.high == pytest.approx(min(value + 1.959964 * error, 1), abs=1e-5)


@pytest.mark.filterwarnings("ignore:invalid value")  # where its own errors are 0 by 0
@settings(max_examples=30)
@given(PAIRS)
def test_statsmodels_says_the_same(pairs: list[tuple[str, str]]) -> None:
    found = kappa.cohens(pairs)
    if found is None:
        return
    other = inter_rater.cohens_kappa(table(pairs))
    assert found.value == pytest.approx(other.kappa)
    if other.var_kappa >= 0:
        assert found.interval.low == pytest.approx(max(other.kappa_low, -1), abs=1e-6)
        assert found.interval.high == pytest.approx(min(other.kappa_upp, 1), abs=1e-6)


def test_a_published_example() -> None:
    """Fleiss, Levin, Paik, Statistical Methods for Rates and Proportions, 3rd ed., table 18.1."""
    counts = {"aa": 75, "ab": 1, "ac": 4, "ba": 5, "bb": 4, "bc": 1, "ca": 0, "cb": 0, "cc": 10}
    pairs = [(cell[0], cell[1]) for cell, count in counts.items() for _ in range(count)]
    found = kappa.cohens(pairs)
    assert found is not None
    assert round(found.value, 2) == 0.68


@pytest.mark.parametrize("pairs", [[], [("veins", "veins")] * 12])
def test_it_is_not_defined_where_chance_alone_agrees(pairs: list[tuple[str, str]]) -> None:
    assert kappa.cohens(pairs) is None


def test_full_agreement_is_one_and_full_disagreement_is_below_nothing() -> None:
    alike = kappa.cohens([("veins", "veins"), ("clots", "clots")] * 6)
    apart = kappa.cohens([("veins", "clots"), ("clots", "veins")] * 6)
    assert (alike.value, apart.value) == (1, -1)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(2, 9))
def test_the_free_marginal_one_knows_only_how_often_both_agreed(
    alike: int, apart: int, words: int
) -> None:
    found = kappa.free_marginal(Part(alike, alike + apart), words)
    if not alike + apart:
        assert found is None
        return
    share, chance = alike / (alike + apart), 1 / words
    assert found is not None
    assert found.value == pytest.approx((share - chance) / (1 - chance))
    assert found.interval.low <= found.value + 1e-9
    assert found.interval.high >= found.value - 1e-9


def test_it_is_cohens_where_both_readers_gave_each_word_as_often() -> None:
    pairs = [(a, b) for a in WORDS for b in WORDS for _ in range(5 if a == b else 2)]
    alike = Part(15, len(pairs))
    found, other = kappa.free_marginal(alike, len(WORDS)), kappa.cohens(pairs)
    assert found.value == pytest.approx(other.value)
