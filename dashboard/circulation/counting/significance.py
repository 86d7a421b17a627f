"""Whether two shares differ by more than chance would: two-sided tests that bear their own name.

The counts choose the test, and the function that ran writes its name beside the value. Small groups
get no p-value but the reason why. A table of many tests is corrected for their number.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from circulation.counting.intervals import Part

FEWEST_ASKED = 10  # a p-value of a smaller group is not shown (cBioPortal issue 8719)
SMALL_EXPECTED = 5  # chi-squared is not to be trusted below (Cochran, Biometrics 1954;10:417-451)
AGAINST_OTHERS = ("in this group", "among all others")
SAME = 1e-7  # relative; tables as likely as the one seen are not told apart by rounding, as in R


@dataclass(frozen=True, slots=True)
class Result:
    """What a test found. ``p`` and ``test`` are set together, else ``why_not`` says why not.

    ``q`` is p corrected for all tests of the table; None before ``corrected``.
    """

    test: str = ""
    p: float | None = None
    why_not: str = ""
    q: float | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The results of a table in their order, and of how many p-values it was corrected for."""

    results: tuple[Result, ...]
    tests: int
    method: str = "Benjamini-Hochberg"


def of(
    one: Part,
    other: Part,
    *,
    fewest: int = FEWEST_ASKED,
    groups: tuple[str, str] = AGAINST_OTHERS,
) -> Result:
    """Whether two shares differ: exact where a count is expected below 5, else chi-squared.

    ``groups``: both in words, for the reason why there is no p-value.
    """
    if min(one.asked, other.asked) < fewest:
        return Result(why_not=_too_few(one, other, fewest, groups))
    if expected_least(one, other) < SMALL_EXPECTED:
        return fisher(one, other)
    return chi_squared(one, other)


def _too_few(one: Part, other: Part, fewest: int, groups: tuple[str, str]) -> str:
    """Which group is too small."""
    if max(one.asked, other.asked) < fewest:
        return f"No p-value: fewer than {fewest} asked in both groups"
    which = groups[0] if one.asked < fewest else groups[1]
    return f"No p-value: fewer than {fewest} asked {which}"


def expected_least(one: Part, other: Part) -> float:
    """The smallest of the four counts expected if both shares were the same; someone is asked."""
    present, absent = one.present + other.present, one.absent + other.absent
    return min(one.asked, other.asked) * min(present, absent) / (one.asked + other.asked)


def fisher(one: Part, other: Part) -> Result:
    """Fisher's exact test: all tables as likely as the one seen, or less, with the same margins.

    Fisher RA, J R Stat Soc 1935;98:39-54; two-sided as in scipy and R. Takes as many steps as the
    smallest margin, which is small where this test is chosen.
    """
    p = _fisher(one.asked, other.asked, one.present + other.present, one.present)
    return Result("Fisher's exact test, two-sided", p)


@lru_cache(maxsize=4096)
def _fisher(asked: int, others_asked: int, present: int, seen: int) -> float:
    """The p-value of ``seen`` of ``asked``, when ``present`` of both groups together have it."""
    first, last = max(0, present - others_asked), min(asked, present)
    hits = np.arange(first, last, dtype=np.float64)
    up = np.log((asked - hits) * (present - hits))
    down = np.log((hits + 1) * (others_asked - present + hits + 1))
    chances = np.concatenate(([0.0], np.cumsum(up - down)))  # logarithms, up to one constant
    likely = np.exp(chances - chances.max())
    extreme = chances <= chances[seen - first] + SAME
    return min(1.0, float(likely[extreme].sum() / likely.sum()))


def chi_squared(one: Part, other: Part) -> Result:
    """Pearson's chi-squared test of a 2 by 2 table without continuity correction.

    Pearson K, Philosophical Magazine 1900;50:157-175. With one degree of freedom the p-value is
    erfc(sqrt(x / 2)). Needs someone with and someone without it, as ``of`` makes sure.
    """
    present, absent = one.present + other.present, one.absent + other.absent
    apart = one.present * other.absent - other.present * one.absent
    margins = one.asked * other.asked * present * absent
    statistic = apart * apart * (one.asked + other.asked) / margins
    return Result("Chi-squared test, two-sided", math.erfc(math.sqrt(statistic / 2)))


def corrected(results: Sequence[Result]) -> Corrected:
    """Each p-value's q-value over all p-values given: the false discovery rate at which it counts.

    Benjamini, Hochberg, J R Stat Soc B 1995;57:289-300. Results without a p-value stay without.
    """
    order = sorted(
        ((result.p, place) for place, result in enumerate(results) if result.p is not None),
        reverse=True,
    )
    found, smallest = list(results), 1.0
    for behind, (p, place) in enumerate(order):
        smallest = min(smallest, p * (len(order) / (len(order) - behind)))
        found[place] = replace(found[place], q=smallest)
    return Corrected(tuple(found), len(order))
