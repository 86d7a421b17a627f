"""Which findings come together: pairs, and the combinations of a few (as in an UpSet plot).

A record that was not asked about all findings in question is counted apart, never as absent.
UpSet: Lex, Gehlenborg, Strobelt, Vuillemot, Pfister, IEEE TVCG 2014;20:1983-1992.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from circulation import access
from circulation.choosing import selection
from circulation.counting import distribution
from circulation.counting.intervals import Part
from circulation.errors import DashboardError
from circulation.records import intake, ternary
from circulation.records.ternary import Bits, Ternary

BLOCK = 4096  # words; a block of all findings stays in the processor's cache
MOST_SHOWN = 15
USUAL_FINDINGS = 8
ENOUGH = 4  # at least one record in so many was asked about all of the usual findings
MOST_FINDINGS = 30  # an UpSet plot holds 4 to 30 sets (upset.app); a code has 32 bits
Codes = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Records with both findings present, and asked about both, each (findings, findings)."""

    findings: tuple[str, ...]
    present: distribution.Table
    asked: distribution.Table

    def part(self, one: str, other: str) -> Part:
        """Records that have both, of those asked about both."""
        place = self.findings.index(one), self.findings.index(other)
        return Part(int(self.present[place]), int(self.asked[place]))


@dataclass(frozen=True, slots=True)
class Combination:
    """So many records have exactly these of the findings in question; none is a combination too."""

    findings: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Combinations:
    """The most frequent combinations; ``other`` records have one of ``other_kinds`` more.

    Shown and other together are the records asked about all of the findings; ``not_asked`` were not
    asked about at least one. Together they are all records chosen.
    """

    findings: tuple[str, ...]
    shown: tuple[Combination, ...]
    other: int
    other_kinds: int
    not_asked: int

    @property
    def asked(self) -> int:
        """Records asked about all of the findings."""
        return sum(combination.count for combination in self.shown) + self.other


def most_reported(
    table: intake.Intake,
    counts: distribution.Counts,
    findings: Sequence[str],
    role: access.Role,
    *,
    most: int = USUAL_FINDINGS,
) -> tuple[str, ...]:
    """Those findings that most of the chosen report, while enough were asked about all of them.

    In the order given. Some findings are asked of some people only; to take such a one in would
    leave few records to count. None where not even one finding was asked often enough.
    """
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    window = table.window(counts.chosen.span.start, counts.chosen.span.stop)
    everyone = dict(zip(counts.findings, counts.present[:, -1].tolist(), strict=True))
    present = {name: everyone[name] for name in findings}
    complete, taken = counts.chosen.rows, set[str]()
    for name in sorted(present, key=lambda one: -present[one]):
        asked = complete & window.answer(name).asked
        if (
            present[name]
            and len(taken) < most
            and ENOUGH * ternary.count(asked) >= counts.chosen.count
        ):
            complete = asked
            taken.add(name)
    return tuple(name for name in findings if name in taken)


def pairs(
    table: intake.Intake, chosen: selection.Chosen, findings: Sequence[str], role: access.Role
) -> Pairs:
    """Every finding with every other among the chosen, for a role that may see exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    window = table.window(chosen.span.start, chosen.span.stop)
    answers = [window.answer(name) for name in findings]
    present = together([answer.present for answer in answers], chosen.rows)
    asked = together([answer.asked for answer in answers], chosen.rows)
    return Pairs(tuple(findings), present, asked)


def together(groups: Sequence[Bits], rows: Bits) -> distribution.Table:
    """How many of ``rows`` each two groups share, (groups, groups); the diagonal is each group."""
    shared = np.zeros((len(groups), len(groups)), dtype=np.int64)
    for start in range(0, len(rows), BLOCK):
        block = slice(start, min(start + BLOCK, len(rows)))
        inside = np.array([group[block] & rows[block] for group in groups], dtype=np.uint64)
        for place in range(len(groups)):
            both = np.bitwise_count(inside[place:] & inside[place])
            shared[place, place:] += both.sum(axis=1, dtype=np.uint32)
    return np.maximum(shared, shared.T)


def combinations(
    table: intake.Intake,
    chosen: selection.Chosen,
    findings: Sequence[str],
    role: access.Role,
    *,
    most: int = MOST_SHOWN,
) -> Combinations:
    """Which of the findings the chosen have together, for a role that may see exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    if len(findings) > MOST_FINDINGS:
        raise DashboardError(
            "combinations of findings",
            f"{len(findings)} findings were chosen, {MOST_FINDINGS} are the most that can be shown",
            "Choose fewer findings.",
        )
    window = table.window(chosen.span.start, chosen.span.stop)
    codes = packed([window.answer(name) for name in findings], chosen.rows)
    kinds, counts = _grouped(codes)
    order = np.lexsort((kinds, -counts))  # the most frequent first
    shown = tuple(
        Combination(_named(int(kinds[place]), findings), int(counts[place]))
        for place in order[:most]
    )
    return Combinations(
        findings=tuple(findings),
        shown=shown,
        other=len(codes) - sum(combination.count for combination in shown),
        other_kinds=max(len(kinds) - most, 0),
        not_asked=chosen.count - len(codes),
    )


def packed(answers: Sequence[Ternary], rows: Bits) -> Codes:
    """A code for each of ``rows`` that was asked everything: bit i is the i-th finding present."""
    complete = rows
    for answer in answers:
        complete = complete & answer.asked
    places = ternary.rows(complete)
    codes = np.zeros(len(places), dtype=np.uint32)
    for bit, answer in enumerate(answers):
        codes |= ternary.unpack(answer.present)[places].astype(np.uint32) << np.uint32(bit)
    return codes


def _grouped(codes: Codes) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Each code that occurs, ascending, and how often."""
    kinds, counts = np.unique(codes, return_counts=True)
    return kinds, counts.astype(np.int64)


def _named(code: int, findings: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(findings) if code >> bit & 1)
