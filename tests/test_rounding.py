"""Counts are rounded half up, and those that read the same are exactly those between two ends."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest

from circulation.counting import rounding


@pytest.mark.parametrize("base", range(1, 13))
def test_counts_are_rounded_half_up_alone_and_many_at_once(base: int) -> None:
    counts = range(200)
    expected = [floor(Fraction(count, base) + Fraction(1, 2)) * base for count in counts]
    assert [rounding.rounded(count, base) for count in counts] == expected
    assert rounding.rounded(np.arange(200), base).tolist() == expected


@pytest.mark.parametrize("base", range(1, 13))
def test_exactly_the_counts_between_the_ends_read_the_same(base: int) -> None:
    for count in range(base, 100):
        low, high = rounding.alike(count, base)
        same = [n for n in range(200) if rounding.rounded(n, base) == rounding.rounded(count, base)]
        assert same == list(range(low, high + 1))
