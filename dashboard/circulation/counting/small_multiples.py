"""The same findings side by side for each site, age band or sex, to be drawn on one scale.

Every chosen record is in exactly one column: those without a recorded value have their own.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_

from circulation import access
from circulation.counting import distribution
from circulation.counting.intervals import Part
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.records import intake, selection, ternary
from circulation.records.ternary import Bits

NOT_RECORDED = ""


class Over(StrEnum):
    """What the records are split by."""

    SITE = "site"
    AGE_BAND = "age_band"
    SEX = "sex"


@dataclass(frozen=True, eq=False)
class Multiples:
    """Counts (findings, values), and ``n`` records (values,); the last value is NOT_RECORDED."""

    over: Over
    cause: str
    findings: tuple[str, ...]
    values: tuple[str, ...]
    present: distribution.Table
    absent: distribution.Table
    n: distribution.Table

    def part(self, finding: str, value: str) -> Part:
        """Present of asked of one finding in one value."""
        place = self.findings.index(finding), self.values.index(value)
        present = int(self.present[place])
        return Part(present, present + int(self.absent[place]))


def of_cause(
    table: intake.Intake,
    assessed: assessment.Assessment,
    chosen: selection.Chosen,
    known: knowledge.Knowledge,
    role: access.Role,
    *,
    over: Over,
    cause: str = distribution.ALL,
) -> Multiples:
    """The findings of one cause (ALL: of all records chosen), for a role that sees exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    rows = chosen.rows
    if cause != distribution.ALL:
        basis = chosen.selection.basis
        rows = rows & selection.cause(table, assessed, basis, cause).present[chosen.span]
    names = tuple(finding.id for finding in distribution.findings(known))
    groups = split(table, chosen.span, rows, over)
    window = table.window(chosen.span.start, chosen.span.stop)
    answers = [window.answer(name) for name in names]
    present, absent, n = distribution.cross(answers, list(groups.values()), rows)
    whole = len(groups)  # the last column of `cross` is all rows together
    return Multiples(
        over=over,
        cause=cause,
        findings=names,
        values=tuple(groups),
        present=present[:, :whole],
        absent=absent[:, :whole],
        n=n[:whole],
    )


def split(table: intake.Intake, span: slice, rows: Bits, over: Over) -> dict[str, Bits]:
    """The rows of each value in its order, those without a value last; together ``rows``."""
    groups = {value: bits[span] & rows for value, bits in table.categories[over].items()}
    groups[NOT_RECORDED] = rows & ~reduce(or_, groups.values(), ternary.nothing(len(rows)))
    return groups
