"""One immutable selection of records, and the rows of the table that it means.

A group whose values exclude each other (site, age band, sex, urgency) admits any of the values
named; of causes, findings and tests a record must have all that are named. An empty group admits
every record, so the default object is the whole table, and every filter is one more AND.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_

import numpy as np

from circulation import errors
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import columns, intake, ternary
from circulation.records.ternary import Bits, Ternary
from circulation.trending import trends

DONE = "done"


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
    tests_done: frozenset[str] = frozenset()

    @property
    def dated(self) -> bool:
        """Whether a period is chosen: then records without a date are out."""
        return self.first is not None or self.last is not None

    @property
    def everything(self) -> bool:
        """Whether it leaves no record out."""
        return self == replace(Selection(), basis=self.basis)

    def with_cell(self, finding: str, cause: str) -> "Selection":
        """The records behind one cell: these, with the finding and (unless blank) the cause."""
        causes = self.causes | {cause} if cause else self.causes
        return replace(self, findings=self.findings | {finding}, causes=causes)


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


def apply(table: intake.Intake, assessed: assessment.Assessment, wanted: Selection) -> Chosen:
    """The rows of the table that a selection means."""
    span = _span(table, wanted)
    masks = _masks(table, assessed, wanted)
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


def why(wanted: Selection, known: knowledge.Knowledge) -> tuple[str, ...]:
    """What a record must be to be shown, one part per filter; nothing for the default."""
    urgencies = [known.urgency(urgency).label.lower() for urgency in sorted(wanted.urgencies)]
    named = [f"{known.cause[name].label} {BASIS_WORDS[wanted.basis]}" for name in wanted.causes]
    parts = [
        *_period_words(wanted),
        *_listed("site", wanted.sites),
        *_listed("age", wanted.age_bands),
        *_listed("sex", wanted.sexes),
        *_listed("urgency", urgencies),
        *sorted(named),
        *sorted(f"{known.finding[name].label} present" for name in wanted.findings),
        *sorted(f"{known.test[name].label} done" for name in wanted.tests_done),
    ]
    return tuple(parts)


BASIS_WORDS = {
    Basis.RECORDED: "suspected at intake",
    Basis.SUPPORTED: "supported by findings",
    Basis.CONFIRMED: "confirmed",
}


def _period_words(wanted: Selection) -> list[str]:
    if wanted.first and wanted.last:
        return [f"received {trends.day(wanted.first)} to {trends.day(wanted.last)}"]
    if wanted.first:
        return [f"received from {trends.day(wanted.first)}"]
    return [f"received up to {trends.day(wanted.last)}"] if wanted.last else []


def _listed(what: str, values: Iterable[str]) -> list[str]:
    names = sorted(values)
    return [f"{what} {' or '.join(names)}"] if names else []


def address(wanted: Selection) -> dict[str, list[str]]:
    """The selection as parts of an address: codes only, defaults left out."""
    parts = {
        "from": [wanted.first.isoformat()] if wanted.first else [],
        "to": [wanted.last.isoformat()] if wanted.last else [],
        "site": sorted(wanted.sites),
        "age": sorted(wanted.age_bands),
        "sex": sorted(wanted.sexes),
        "urgency": sorted(urgency.code for urgency in wanted.urgencies),
        "basis": [] if wanted.basis is Basis.RECORDED else [wanted.basis.value],
        "cause": sorted(wanted.causes),
        "finding": sorted(wanted.findings),
        "test": sorted(wanted.tests_done),
    }
    return {name: values for name, values in parts.items() if values}


def from_address(parts: Mapping[str, Sequence[str]], known: knowledge.Knowledge) -> Selection:
    """The selection that an address means; parts it does not know are another page's.

    A code that nothing here bears is refused: leaving it out would show other numbers than the
    sender of the address saw.
    """
    urgencies = {urgency.code: urgency for urgency in Urgency}
    bases = [Basis(_coded("basis", code, set(Basis))) for code in parts.get("basis", ())]

    def codes(name: str, allowed: Container[str]) -> frozenset[str]:
        return frozenset(_coded(name, code, allowed) for code in parts.get(name, ()))

    return Selection(
        first=_day("from", parts),
        last=_day("to", parts),
        sites=frozenset(parts.get("site", ())),
        age_bands=codes("age", {band.code for band in known.age_bands}),
        sexes=codes("sex", columns.SEXES),
        urgencies=frozenset(urgencies[code] for code in codes("urgency", urgencies)),
        basis=bases[0] if bases else Basis.RECORDED,
        causes=codes("cause", known.cause),
        findings=codes("finding", known.finding),
        tests_done=codes("test", known.test),
    )


def _coded(name: str, code: str, allowed: Container[str]) -> str:
    if code not in allowed:
        raise _unknown(name)
    return code


def _day(name: str, parts: Mapping[str, Sequence[str]]) -> date | None:
    try:
        return next((date.fromisoformat(text) for text in parts.get(name, ())), None)
    except ValueError:
        raise _unknown(name) from None


def _unknown(name: str) -> errors.DashboardError:
    return errors.DashboardError(
        f"the address of this page, part '{name}'",
        "names something that these records do not have",
        "Open the page from the menu and choose again.",
    )
