"""The same findings side by side for each site, age band or sex, to be drawn on one scale.

Every chosen record is in exactly one column: those without a recorded value have their own.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_

from circulation import access
from circulation.choosing import selection
from circulation.counting import distribution
from circulation.counting.intervals import Part
from circulation.knowledge_base import knowledge
from circulation.records import intake, ternary
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
    findings: tuple[str, ...]
    values: tuple[str, ...]
    present: distribution.Table
    absent: distribution.Table
    n: distribution.Table

    @property
    def filled(self) -> tuple[str, ...]:
        """The values that records have, in their order."""
        return tuple(value for value in self.values if self.records(value))

    def records(self, value: str) -> int:
        """How many records have the value."""
        return int(self.n[self.values.index(value)])

    def part(self, finding: str, value: str) -> Part:
        """Present of asked of one finding in one value."""
        place = self.findings.index(finding), self.values.index(value)
        present = int(self.present[place])
        return Part(present, present + int(self.absent[place]))

    def everyone(self, finding: str) -> Part:
        """Present of asked of one finding in all records."""
        row = self.findings.index(finding)
        present = int(self.present[row].sum())
        return Part(present, present + int(self.absent[row].sum()))

    def others(self, finding: str, value: str) -> Part:
        """Present of asked of one finding in all records without the value."""
        whole, own = self.everyone(finding), self.part(finding, value)
        return Part(whole.present - own.present, whole.asked - own.asked)


@dataclass(frozen=True, slots=True)
class Spread:
    """The values with the highest and the lowest share of one finding."""

    finding: str
    highest: str
    lowest: str
    high: float
    low: float

    @property
    def size(self) -> float:
        """How far the two shares lie apart, 0 to 1."""
        return self.high - self.low


def spread(found: Multiples, finding: str, *, fewest: int) -> Spread | None:
    """How far the recorded values with ``fewest`` asked or more lie apart; None without two."""
    shares = [
        (part.present / part.asked, value)
        for value in found.values
        if value != NOT_RECORDED and (part := found.part(finding, value)).asked >= fewest
    ]
    if len(shares) < 2:
        return None
    (high, highest), (low, lowest) = max(shares), min(shares)
    return Spread(finding, highest, lowest, high, low)


def of(
    table: intake.Intake,
    chosen: selection.Chosen,
    known: knowledge.Knowledge,
    role: access.Role,
    *,
    over: Over,
) -> Multiples:
    """The findings of the page in each value, for a role that may see exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    names = tuple(finding.id for finding in distribution.findings(known))
    groups = split(table, chosen.span, chosen.rows, over)
    window = table.window(chosen.span.start, chosen.span.stop)
    answers = [window.answer(name) for name in names]
    present, absent, n = distribution.cross(answers, list(groups.values()), chosen.rows)
    whole = len(groups)  # the last column of `cross` is all rows together
    return Multiples(
        over=over,
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
