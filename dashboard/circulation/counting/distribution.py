"""How findings are distributed across the suspected causes: exact counts of the chosen records.

These are raw counts. What a page shows is made of them by `disclosure`.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake, selection, ternary
from circulation.records.ternary import Bits, Ternary
from circulation.trending import trends

BLOCK = 8192  # words; all columns of a block stay in the processor's cache
LEAST = 2048  # words; below, handing work to another core costs more than it saves
CORES = min(os.cpu_count() or 1, 4)
_cores = ThreadPoolExecutor(CORES, thread_name_prefix="counting")
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

    The last column is all rows. Walks in blocks of words, one for each core at a time: numpy lets
    go of the interpreter while it works.
    """
    block = max(min(BLOCK, -(-len(rows) // CORES)), LEAST)
    blocks = [slice(start, start + block) for start in range(0, len(rows), block)]
    counting = partial(_of_block, answers, columns, rows)
    parts = list(_cores.map(counting, blocks)) if len(blocks) > 1 else map(counting, blocks)
    total = sum(parts, np.zeros((2 * len(answers) + 1, len(columns) + 1), dtype=np.int64))
    return total[:-1:2], total[1:-1:2], total[-1]


def _of_block(
    answers: Sequence[Ternary], columns: Sequence[Bits], rows: Bits, block: slice
) -> Table:
    """Of each answer a line for present and one for absent, at last one for n.

    One AND and one count of bits a cell.
    """
    inside = rows[block]
    group = np.empty((len(columns) + 1, len(inside)), dtype=np.uint64)
    for place, bits in enumerate(columns):
        np.bitwise_and(bits[block], inside, out=group[place])
    group[-1] = inside
    hits, ones = np.empty_like(group), np.empty(group.shape, dtype=np.uint8)
    states = [bits for answer in answers for bits in (answer.present, answer.absent)]
    counted = np.empty((len(states) + 1, len(group)), dtype=np.int64)
    for line, bits in enumerate(states):
        np.bitwise_count(np.bitwise_and(group, bits[block], hits), ones)
        counted[line] = ones.sum(axis=1, dtype=np.uint32)
    np.bitwise_count(group, ones)
    counted[-1] = ones.sum(axis=1, dtype=np.uint32)
    return counted


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
