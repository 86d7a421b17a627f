"""One immutable selection of records, and the rows of the table that it means.

A group whose values exclude each other (site, age band, sex, urgency, state of the review) admits
any of the values named; of causes, findings (present, absent, not recorded) and tests a record must
have all that are named. An empty group admits every record, so the default object is the whole
table, and every filter is one more AND.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from circulation import periods
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from circulation.records.ternary import Bits, Ternary
from circulation.reviewing import reviews

DONE = "done"
NONE: frozenset[str] = frozenset()


class Basis(StrEnum):
    """What makes a cause count for a record."""

    RECORDED = "recorded"
    SUPPORTED = "supported"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are meant. Dates are both included, None leaves that end open."""

    first: date | None = None
    last: date | None = None
    sites: frozenset[str] = frozenset()
    age_bands: frozenset[str] = frozenset()
    sexes: frozenset[str] = frozenset()
    urgencies: frozenset[Urgency] = frozenset()
    basis: Basis = Basis.RECORDED
    causes: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    not_recorded: frozenset[str] = frozenset()
    tests_done: frozenset[str] = frozenset()
    review_states: frozenset[reviews.State] = frozenset()

    @property
    def dated(self) -> bool:
        """Whether a period is chosen: then records without a date are out."""
        return self.first is not None or self.last is not None

    @property
    def everything(self) -> bool:
        """Whether it leaves no record out."""
        return self == replace(Selection(), basis=self.basis)

    def with_findings(self, findings: Iterable[str]) -> "Selection":
        """These records, with all of the findings present."""
        return replace(self, findings=self.findings.union(findings))

    def with_cell(self, finding: str, cause: str) -> "Selection":
        """The records behind one cell: these, with the finding and (unless blank) the cause."""
        causes = self.causes | {cause} if cause else self.causes
        return replace(self.with_findings({finding}), causes=causes)


@dataclass(frozen=True, eq=False)
class Chosen:
    """The rows that a selection means: the words ``span`` of the table, ``rows`` (words,) in them.

    ``count`` of ``of`` records; ``without_day`` were left out only for having no date.
    """

    selection: Selection
    span: slice
    rows: Bits
    count: int
    of: int
    without_day: int

    def in_table(self, table: intake.Intake) -> Bits:
        """The same rows as a bitset over the whole table."""
        bits = np.zeros(table.words, dtype=np.uint64)
        bits[self.span] = self.rows
        return ternary.frozen(bits)


@dataclass(frozen=True, slots=True)
class Part:
    """One filter of a selection: what it asks, in words, and the selection without it."""

    words: str
    without: Selection


def apply(
    table: intake.Intake,
    assessed: assessment.Assessment,
    wanted: Selection,
    states: Mapping[reviews.State, Bits] | None = None,
) -> Chosen:
    """The rows of the table that a selection means.

    ``states``: the rows in each state of review; needed where the selection asks for one.
    """
    span = _span(table, wanted)
    masks = [*_masks(table, assessed, wanted), *_reviewed(wanted.review_states, states)]
    rows = ternary.frozen(reduce(np.bitwise_and, (m[span] for m in masks), table.real[span]))
    undated = slice(table.dated_words, table.words) if wanted.dated else slice(0, 0)
    left_out = reduce(np.bitwise_and, (m[undated] for m in masks), table.real[undated])
    return Chosen(
        selection=wanted,
        span=span,
        rows=rows,
        count=ternary.count(rows),
        of=table.count,
        without_day=ternary.count(left_out),
    )


def cause(
    table: intake.Intake, assessed: assessment.Assessment, basis: Basis, name: str
) -> Ternary:
    """Whether each record counts for a cause, on the basis asked for."""
    if basis is Basis.RECORDED:
        return table.ternaries[f"suspected_{name}"]
    if basis is Basis.SUPPORTED:
        return assessed.causes[name].supported()
    return assessed.confirmed[name]


def _span(table: intake.Intake, wanted: Selection) -> slice:
    if not wanted.dated:
        return slice(0, table.words)
    return table.period(wanted.first or date.min, wanted.last or date.max)


def _masks(table: intake.Intake, assessed: assessment.Assessment, wanted: Selection) -> list[Bits]:
    """One bitset over the whole table for each condition."""
    return [
        *_any_of(table, "site", wanted.sites),
        *_any_of(table, "age_band", wanted.age_bands),
        *_any_of(table, "sex", wanted.sexes),
        *_urgent(table, assessed, wanted.urgencies),
        *(cause(table, assessed, wanted.basis, name).present for name in wanted.causes),
        *(table.ternaries[name].present for name in wanted.findings),
        *(table.ternaries[name].absent for name in wanted.absent),
        *(~table.ternaries[name].asked for name in wanted.not_recorded),
        *(bits for name in wanted.tests_done for bits in _any_of(table, f"test_{name}", {DONE})),
    ]


def _any_of(table: intake.Intake, category: str, values: Iterable[str]) -> list[Bits]:
    """The rows with any of the values; a value that no record has selects nothing."""
    known = table.categories[category]
    none = ternary.nothing(table.words)
    found = [known.get(value, none) for value in values]
    return [reduce(or_, found)] if found else []


def _urgent(
    table: intake.Intake, assessed: assessment.Assessment, wanted: Iterable[Urgency]
) -> list[Bits]:
    found = [assessed.with_urgency(urgency, table.real) for urgency in wanted]
    return [reduce(or_, found)] if found else []


def _reviewed(
    wanted: frozenset[reviews.State], states: Mapping[reviews.State, Bits] | None
) -> list[Bits]:
    if not wanted:
        return []
    if states is None:
        raise ValueError("a selection by review needs the rows in each state of review")
    return [reduce(or_, (states[state] for state in wanted))]


def why(wanted: Selection, known: knowledge.Knowledge) -> tuple[str, ...]:
    """What a record must be to be shown, one part per filter; nothing for the default."""
    return tuple(part.words for part in parts(wanted, known))


def parts(wanted: Selection, known: knowledge.Knowledge) -> tuple[Part, ...]:
    """Each filter in use by itself; nothing for the default."""
    urgencies = [known.urgency(urgency).label.lower() for urgency in sorted(wanted.urgencies)]
    states = [REVIEW_WORDS[state] for state in reviews.State if state in wanted.review_states]
    basis = BASIS_WORDS[wanted.basis]
    found = [
        Part(_period_words(wanted), replace(wanted, first=None, last=None)),
        Part(_listed("site", sorted(wanted.sites)), replace(wanted, sites=NONE)),
        Part(_listed("age", sorted(wanted.age_bands)), replace(wanted, age_bands=NONE)),
        Part(_listed("sex", sorted(wanted.sexes)), replace(wanted, sexes=NONE)),
        Part(_listed("urgency", urgencies), replace(wanted, urgencies=frozenset())),
        Part(_listed("review", states), replace(wanted, review_states=frozenset())),
        *_each(wanted, "causes", lambda name: f"{known.cause[name].label} {basis}"),
        *_each(wanted, "findings", lambda name: f"{known.finding[name].label} present"),
        *_each(wanted, "absent", lambda name: f"{known.finding[name].label} absent"),
        *_each(wanted, "not_recorded", lambda name: f"{known.finding[name].label} not recorded"),
        *_each(wanted, "tests_done", lambda name: f"{known.test[name].label} done"),
    ]
    return tuple(part for part in found if part.words)


def _each(wanted: Selection, group: str, words: Callable[[str], str]) -> list[Part]:
    """Each name of a group by itself, in the order of the words."""
    names: frozenset[str] = getattr(wanted, group)
    parts = []
    for name in names:
        others: dict[str, Any] = {group: names - {name}}
        parts.append(Part(words(name), replace(wanted, **others)))
    return sorted(parts, key=lambda part: part.words)


BASIS_WORDS = {
    Basis.RECORDED: "suspected at intake",
    Basis.SUPPORTED: "supported by findings",
    Basis.CONFIRMED: "confirmed",
}
REVIEW_WORDS = {
    reviews.State.WAITING: "waiting",
    reviews.State.IN_PROGRESS: "in progress",
    reviews.State.REVIEWED: "reviewed",
}


def _period_words(wanted: Selection) -> str:
    if wanted.first and wanted.last:
        return f"received {periods.day(wanted.first)} to {periods.day(wanted.last)}"
    if wanted.first:
        return f"received from {periods.day(wanted.first)}"
    return f"received up to {periods.day(wanted.last)}" if wanted.last else ""


def _listed(what: str, names: Sequence[str]) -> str:
    return f"{what} {' or '.join(names)}" if names else ""
