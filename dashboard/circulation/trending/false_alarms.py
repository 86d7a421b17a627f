"""How many flags chance alone would give on a chart of a steady process."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from circulation.trending import process_limits, trends


@dataclass(frozen=True)
class Row:
    """Measured on steady series: how many of `points` are flagged on a chart, in the mean.

    `typical` is the mean count per period (of a share: of its smaller part).
    """

    typical: Decimal
    points: int
    flagged: Decimal


@dataclass(frozen=True)
class Table:
    """Rows measured on exact counts and on protected ones (hidden or rounded), and where."""

    source: str
    exact: tuple[Row, ...]
    protected: tuple[Row, ...]


def expected(chart: process_limits.Chart, measured: Sequence[Row]) -> Fraction | None:
    """Flags that chance alone gives a chart of this length and of counts this small.

    None while the limits are on trial, or when the counts are smaller than any measured. Counts
    between two rows are taken as the smaller (more flags); lengths between two are interpolated.
    """
    size = _typical([point.observation for point in chart.points])
    sizes = [row.typical for row in measured if size is not None and row.typical <= size]
    if chart.trial or not sizes:
        return None
    rows = sorted(
        (row for row in measured if row.typical == max(sizes)), key=lambda row: row.points
    )
    return _at(len(chart.points), [(row.points, Fraction(row.flagged)) for row in rows])


def _typical(observations: Sequence[trends.Observation]) -> Fraction | None:
    parts = [
        seen.count if seen.of is None else min(seen.count, seen.of - seen.count)
        for seen in observations
        if seen.value is not None
    ]
    return Fraction(sum(parts), len(parts)) if parts else None


def _at(points: int, rows: Sequence[tuple[int, Fraction]]) -> Fraction:
    """The straight line between the two rows around `points`; outside them, the rate of the end."""
    for (low, few), (high, many) in pairwise(rows):
        if low <= points <= high:
            return few + (many - few) * Fraction(points - low, high - low)
    length, flags = rows[0] if points < rows[0][0] else rows[-1]
    return flags * Fraction(points, length)
