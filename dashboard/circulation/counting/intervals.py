"""How sure a share, a difference and a ratio of two shares are: values with their intervals.

Plain arithmetic on two whole numbers each, present of asked. Shares are 0 to 1, differences -1 to
1. Where the records leave a value undefined it is None, never a stand-in number.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95  # what clinical journals print


@dataclass(frozen=True, slots=True)
class Part:
    """So many present of those asked, 0 <= present <= asked."""

    present: int
    asked: int

    @property
    def absent(self) -> int:
        """Those asked who do not have it."""
        return self.asked - self.present

    @property
    def share(self) -> float | None:
        """Present of asked, 0 to 1; None when nobody was asked."""
        return self.present / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends included; an end may be infinite."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the interval around it."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of shares; ``value`` is None where the others' share is 0.

    ``half_added``: the interval needed a half added to each of the four counts.
    """

    value: float | None
    interval: Interval
    half_added: bool


def z(confidence: float = CONFIDENCE) -> float:
    """The normal quantile of a two-sided interval: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def share(part: Part, *, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson's score interval of a share; None when nobody was asked.

    Wilson EB, J Am Stat Assoc 1927;22:209-212; recommended in Brown, Cai, DasGupta, Statistical
    Science 2001;16:101-133. It stays within 0 and 1, and touches 0 or 1 only where the share does.
    """
    if not part.asked:
        return None
    n, p, squared = part.asked, part.present / part.asked, z(confidence) ** 2
    centre = p + squared / (2 * n)
    spread = z(confidence) * math.sqrt(p * (1 - p) / n + squared / (4 * n * n))
    whole = 1 + squared / n
    low = (centre - spread) / whole if part.present else 0.0
    high = (centre + spread) / whole if part.absent else 1.0
    return Interval(low, high)


def difference(one: Part, other: Part, *, confidence: float = CONFIDENCE) -> Estimate | None:
    """One share less the other's, with Newcombe's hybrid score interval; None when one has nobody.

    Newcombe RG, Stat Med 1998;17:873-890, method 10: the distances of each share to the ends of its
    Wilson interval, squared and added.
    """
    first, second = share(one, confidence=confidence), share(other, confidence=confidence)
    if first is None or second is None:
        return None
    p, q = one.present / one.asked, other.present / other.asked
    below = math.hypot(p - first.low, second.high - q)
    above = math.hypot(first.high - p, q - second.low)
    return Estimate(p - q, Interval(p - q - below, p - q + above))


def ratio(one: Part, other: Part, *, confidence: float = CONFIDENCE) -> Ratio | None:
    """One share over the other's, with Katz's log interval; None when one has nobody or both 0.

    Katz, Baptista, Azen, Pike, Biometrics 1978;34:469-474. The logarithm needs both shares above 0,
    and its error is 0 where both are 1: then a half is added to each of the four counts
    (present and absent of both), and the interval is widened to hold the value, to infinity where
    the others' share is 0.
    """
    if not one.asked or not other.asked or not (one.present or other.present):
        return None
    added = not (one.present and other.present) or not (one.absent or other.absent)
    half, whole = (0.5, 1) if added else (0, 0)
    a, n, b, m = (
        one.present + half,
        one.asked + whole,
        other.present + half,
        other.asked + whole,
    )
    centre = math.log(a * m / (b * n))
    spread = z(confidence) * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    low, high = math.exp(centre - spread), math.exp(centre + spread)
    if not other.present:
        return Ratio(None, Interval(low, math.inf), half_added=True)
    value = one.present * other.asked / (other.present * one.asked)
    return Ratio(value, Interval(min(low, value), max(high, value)), half_added=added)


def standardised(one: Part, other: Part, *, confidence: float = CONFIDENCE) -> Estimate | None:
    """The difference of two shares in units of their mean standard deviation, with its interval.

    Value: Austin PC, Stat Med 2009;28:3083-3107; a size under 0.1 is taken as negligible, as ATLAS
    greys it (ATLAS divides by about the root of both shares added up, so its figures are smaller).
    Interval: Yang, Dalton, SAS Global Forum 2012, paper 335. None when one has nobody, or where
    one share is 0 and the other 1, so that nothing varies within them.
    """
    if not one.asked or not other.asked:
        return None
    p, q = one.present / one.asked, other.present / other.asked
    spread = math.sqrt((p * (1 - p) + q * (1 - q)) / 2)
    if p != q and not spread:
        return None
    value = (p - q) / spread if spread else 0.0
    n, m = one.asked, other.asked
    error = z(confidence) * math.sqrt((n + m) / (n * m) + value**2 / (2 * (n + m)))
    return Estimate(value, Interval(value - error, value + error))
