"""How findings are distributed across the suspected causes: exact counts of the chosen records.

These are raw counts. What a page shows is made of them by `disclosure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake, selection, ternary
from circulation.records.ternary import Bits, Ternary
from circulation.trending import trends

BLOCK = 8192  # words; all columns of a block stay in the processor's cache
ALL = ""
"""The name of the last column: all records chosen, whatever their cause."""

Table = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts of the chosen records: rows are ``findings``, columns ``causes``, the last one ALL.

    ``present`` and ``absent`` are (findings, causes), ``n`` (causes,): the records that count for
    the cause. A record counts once in each finding that it reports and in each cause it has.
    """

    chosen: selection.Chosen
    findings: tuple[str, ...]
    causes: tuple[str, ...]
    present: Table
    absent: Table
    n: Table

    @property
    def asked(self) -> Table:
        """Records with an answer, (findings, causes)."""
        return self.present + self.absent


@dataclass(frozen=True, eq=False)
class Months:
    """Exact counts of one cell by month received; ``present`` and ``asked`` are (months,)."""

    months: tuple[trends.Period, ...]
    present: Table
    asked: Table


def findings(known: knowledge.Knowledge) -> tuple[model.Finding, ...]:
    """The findings of the page by clinical group; groups and findings keep the files' order."""
    shown = [finding for finding in known.findings if finding.on_distribution]
    groups = list(dict.fromkeys(finding.group for finding in shown))
    return tuple(sorted(shown, key=lambda finding: groups.index(finding.group)))


def by_cause(
    table: intake.Intake,
    assessed: assessment.Assessment,
    chosen: selection.Chosen,
    known: knowledge.Knowledge,
) -> Counts:
    """Each finding of the page against each cause, on the basis that the selection names."""
    basis = chosen.selection.basis
    rows = [finding.id for finding in findings(known)]
    columns = [
        selection.cause(table, assessed, basis, cause.id).present[chosen.span]
        for cause in known.causes
    ]
    answers = [_within(table.ternaries[name], chosen.span) for name in rows]
    present, absent, n = cross(answers, columns, chosen.rows)
    return Counts(
        chosen=chosen,
        findings=tuple(rows),
        causes=(*(cause.id for cause in known.causes), ALL),
        present=present,
        absent=absent,
        n=n,
    )


def cross(
    answers: Sequence[Ternary], columns: Sequence[Bits], rows: Bits
) -> tuple[Table, Table, Table]:
    """Counts among ``rows``: present and absent (answers, columns + 1), and n (columns + 1,).

    The last column is all rows. Walks in blocks of words: one AND and one count of bits a cell.
    """
    width = len(columns) + 1
    present = np.zeros((len(answers), width), dtype=np.int64)
    absent = np.zeros_like(present)
    n = np.zeros(width, dtype=np.int64)
    for start in range(0, len(rows), BLOCK):
        block = slice(start, min(start + BLOCK, len(rows)))
        group = np.empty((width, block.stop - block.start), dtype=np.uint64)
        for place, bits in enumerate(columns):
            np.bitwise_and(bits[block], rows[block], out=group[place])
        group[-1] = rows[block]
        hits, ones = np.empty_like(group), np.empty(group.shape, dtype=np.uint8)
        n += _per_column(group, ones)
        for place, answer in enumerate(answers):
            present[place] += _per_column(np.bitwise_and(group, answer.present[block], hits), ones)
            absent[place] += _per_column(np.bitwise_and(group, answer.absent[block], hits), ones)
    return present, absent, n


def _per_column(bits: npt.NDArray[np.uint64], ones: npt.NDArray[np.uint8]) -> Table:
    """The bits set in each row of (columns, words); ``ones`` is room to work in."""
    np.bitwise_count(bits, out=ones)
    sums: Table = ones.sum(axis=1, dtype=np.uint32).astype(np.int64)
    return sums


def _within(answer: Ternary, span: slice) -> Ternary:
    return Ternary(answer.present[span], answer.absent[span])


def by_month(
    table: intake.Intake,
    assessed: assessment.Assessment,
    chosen: selection.Chosen,
    finding: str,
    cause: str,
) -> Months:
    """One cell by month received, over the months from the first to the last record chosen."""
    rows = chosen.rows
    if cause != ALL:
        basis = chosen.selection.basis
        rows = rows & selection.cause(table, assessed, basis, cause).present[chosen.span]
    answer = _within(table.ternaries[finding], chosen.span)
    days = _days(table, chosen)
    if days is None:
        return Months((), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    calendar = trends.monthly(*days)
    periods = [calendar.opening, *calendar.closed, calendar.running]
    months = tuple(period for period in periods if period is not None)
    return Months(
        months=months,
        present=_per_month(table, chosen.span, rows & answer.present, months),
        asked=_per_month(table, chosen.span, rows & answer.asked, months),
    )


def _days(table: intake.Intake, chosen: selection.Chosen) -> tuple[date, date] | None:
    """The first and the last day on which a chosen record was received."""
    dated = np.flatnonzero(chosen.rows[: max(table.dated_words - chosen.span.start, 0)])
    if not dated.size:
        return None
    words = (chosen.span.start + int(word) for word in (dated[0], dated[-1]))
    first, last = (table.day_of(word * ternary.WORD) for word in words)
    return (first, last) if first and last else None


def _per_month(
    table: intake.Intake, span: slice, rows: Bits, months: Sequence[trends.Period]
) -> Table:
    spans = [table.period(month.first, month.last) for month in months]
    inside = [(max(s.start - span.start, 0), max(s.stop - span.start, 0)) for s in spans]
    return np.array([ternary.count(rows[begin:end]) for begin, end in inside], dtype=np.int64)
