"""The same findings in two selections of records, A and B, side by side.

Interval and test of a difference need groups that share no record; where A and B share some, the
shares stand beside each other without either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from circulation import access
from circulation.choosing import selection
from circulation.counting import distribution, intervals, significance
from circulation.counting.intervals import Estimate, Interval, Part
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.records import intake, ternary
from circulation.records.ternary import Bits

GROUPS = ("in A", "in B")
SHARED = "No test: A and B share records"


@dataclass(frozen=True, slots=True)
class Side:
    """One selection: ``shown`` of ``of`` records, ``n`` of them with the cause that is picked."""

    selection: selection.Selection
    shown: int
    of: int
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in A and in B. ``difference``: A less B; None where they share records."""

    finding: str
    a: Part
    b: Part
    difference: Estimate | None
    tested: significance.Result

    @property
    def gap(self) -> float | None:
        """A's share less B's, -1 to 1; None when one has nobody asked."""
        if self.a.share is None or self.b.share is None:
            return None
        return self.a.share - self.b.share

    @property
    def few(self) -> bool:
        """Whether one record more or less could make much of the difference."""
        return min(self.a.asked, self.b.asked) < significance.FEWEST_ASKED

    @property
    def intervals(self) -> tuple[Interval | None, Interval | None]:
        """Wilson's intervals of both shares."""
        return intervals.share(self.a), intervals.share(self.b)


@dataclass(frozen=True, slots=True)
class Between:
    """A line per finding in the order of the page; ``both`` records are in A and in B."""

    a: Side
    b: Side
    cause: str
    both: int
    lines: tuple[Line, ...]
    tests: int
    correction: str


def of(
    table: intake.Intake,
    assessed: assessment.Assessment,
    a: distribution.Counts,
    b: distribution.Counts,
    role: access.Role,
    *,
    cause: str = distribution.ALL,
) -> Between:
    """Every finding among the records with a cause (ALL: all records) of two selections."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    both = ternary.count(_rows(table, assessed, a, cause) & _rows(table, assessed, b, cause))
    place = a.causes.index(cause)
    pairs = zip(a.findings, _parts(a, place), _parts(b, place), strict=True)
    lines = [_line(finding, one, other, apart=not both) for finding, one, other in pairs]
    corrected = significance.corrected([line.tested for line in lines])
    tested = zip(lines, corrected.results, strict=True)
    return Between(
        a=_side(a, place),
        b=_side(b, place),
        cause=cause,
        both=both,
        lines=tuple(replace(line, tested=result) for line, result in tested),
        tests=corrected.tests,
        correction=corrected.method,
    )


def by_size(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The largest difference first, whatever its sign; then those among few, then those without."""
    return tuple(sorted(lines, key=lambda line: (line.gap is None, line.few, -abs(line.gap or 0))))


def by_name(lines: Iterable[Line], known: knowledge.Knowledge) -> tuple[Line, ...]:
    """By the finding's label."""
    return tuple(sorted(lines, key=lambda line: known.finding[line.finding].label.casefold()))


def _line(finding: str, a: Part, b: Part, *, apart: bool) -> Line:
    if not apart:
        return Line(finding, a, b, None, significance.Result(why_not=SHARED))
    tested = significance.of(a, b, groups=GROUPS)
    return Line(finding, a, b, intervals.difference(a, b), tested)


def _parts(counts: distribution.Counts, place: int) -> list[Part]:
    present, asked = counts.present[:, place].tolist(), counts.asked[:, place].tolist()
    return [Part(have, answers) for have, answers in zip(present, asked, strict=True)]


def _side(counts: distribution.Counts, place: int) -> Side:
    chosen = counts.chosen
    return Side(chosen.selection, chosen.count, chosen.of, int(counts.n[place]))


def _rows(
    table: intake.Intake, assessed: assessment.Assessment, counts: distribution.Counts, cause: str
) -> Bits:
    """The records counted, as a bitset over the whole table."""
    rows = counts.chosen.in_table(table)
    if cause == distribution.ALL:
        return rows
    basis = counts.chosen.selection.basis
    return rows & selection.cause(table, assessed, basis, cause).present
