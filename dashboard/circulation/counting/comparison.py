"""Each finding of a cause against all others: difference, ratio, standardised difference, test.

All others are the chosen records that do not count for the cause, also those where nobody said
whether they do. In both groups only records that were asked about the finding count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from circulation import access
from circulation.choosing import selection
from circulation.counting import distribution, intervals, significance
from circulation.counting.intervals import Estimate, Interval, Part, Ratio
from circulation.knowledge_base import knowledge

TRIVIAL = 0.1  # a standardised difference below is negligible (Austin, Stat Med 2009;28:3083-3107)


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in one cause (``own``) and among all ``others``; None where undefined.

    ``not_asked`` and ``others_not_asked`` are the records of each without an answer.
    """

    finding: str
    cause: str
    own: Part
    others: Part
    not_asked: int
    others_not_asked: int
    own_interval: Interval | None
    others_interval: Interval | None
    difference: Estimate | None
    ratio: Ratio | None
    standardised: Estimate | None
    tested: significance.Result

    @property
    def trivial(self) -> bool:
        """Whether the groups are so alike that the difference is not worth a reader's time."""
        return self.standardised is not None and abs(self.standardised.value) < TRIVIAL

    @property
    def few(self) -> bool:
        """Whether too few were asked in one of the groups to make much of the difference."""
        return min(self.own.asked, self.others.asked) < significance.FEWEST_ASKED

    @property
    def size(self) -> float:
        """The size of the difference, for ordering; below all sizes where there is none."""
        return -1.0 if self.difference is None else abs(self.difference.value)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row per finding and cause in the order of the table; ``tests`` p-values were corrected."""

    selection: selection.Selection
    rows: tuple[Row, ...]
    tests: int
    correction: str

    def of_cause(self, cause: str) -> tuple[Row, ...]:
        """The rows of one cause."""
        return tuple(row for row in self.rows if row.cause == cause)

    def row(self, finding: str, cause: str) -> Row:
        """One finding of one cause."""
        return next(row for row in self.of_cause(cause) if row.finding == finding)


def against_others(counts: distribution.Counts, role: access.Role) -> Comparison:
    """Every finding of every cause against all others, for a role that may see exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    present, asked, n = counts.present.tolist(), counts.asked.tolist(), counts.n.tolist()
    rows = [
        row(
            finding,
            cause,
            Part(have[place], answers[place]),
            Part(have[-1], answers[-1]),
            n=(n[place], n[-1]),
        )
        for finding, have, answers in zip(counts.findings, present, asked, strict=True)
        for place, cause in enumerate(counts.causes[:-1])
    ]
    corrected = significance.corrected([one.tested for one in rows])
    pairs = zip(rows, corrected.results, strict=True)
    return Comparison(
        selection=counts.chosen.selection,
        rows=tuple(replace(one, tested=tested) for one, tested in pairs),
        tests=corrected.tests,
        correction=corrected.method,
    )


def row(finding: str, cause: str, own: Part, everyone: Part, *, n: tuple[int, int]) -> Row:
    """One finding of a cause against the rest of everyone; ``n`` are the records of both."""
    others = Part(everyone.present - own.present, everyone.asked - own.asked)
    return Row(
        finding=finding,
        cause=cause,
        own=own,
        others=others,
        not_asked=n[0] - own.asked,
        others_not_asked=n[1] - n[0] - others.asked,
        own_interval=intervals.share(own),
        others_interval=intervals.share(others),
        difference=intervals.difference(own, others),
        ratio=intervals.ratio(own, others),
        standardised=intervals.standardised(own, others),
        tested=significance.of(own, others),
    )


def by_difference(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The largest difference first, whatever its sign; then those between few, then those without.

    Of a few records one can make the largest difference of all.
    """
    return tuple(sorted(rows, key=lambda one: (one.few, -one.size)))


def by_group(rows: Iterable[Row], known: knowledge.Knowledge) -> tuple[Row, ...]:
    """By clinical group, in the order of the distribution page."""
    places = {finding.id: place for place, finding in enumerate(distribution.findings(known))}
    return tuple(sorted(rows, key=lambda one: places[one.finding]))


def by_name(rows: Iterable[Row], known: knowledge.Knowledge) -> tuple[Row, ...]:
    """By the finding's label."""
    return tuple(sorted(rows, key=lambda one: known.finding[one.finding].label.casefold()))
