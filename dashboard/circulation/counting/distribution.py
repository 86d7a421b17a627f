"""How findings are distributed across the suspected causes: exact counts of the chosen records.

These are raw counts. What a page shows is made of them by `disclosure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from circulation import periods
from circulation.choosing import selection
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake, ternary
from circulation.records.ternary import Bits, Ternary

BLOCK = 5461  # words at most; all columns of a block stay in the processor's cache
TURNS = 3  # blocks whose counts a byte can hold together: 3 times 64 is below 256
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

    months: tuple[periods.Period, ...]
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

    The last column is all rows. One AND and one count of bits a cell, block by block; the counts
    of three blocks first add up byte by byte, since a sum in wider numbers costs as much as an AND.
    """
    parts = [rows, *(bits for answer in answers for bits in (answer.present, answer.absent))]
    sums = np.zeros((len(parts), len(columns) + 1), dtype=np.int64)
    blocks = _blocks(len(rows))
    for first in range(0, len(blocks), TURNS):
        ones = _ones(parts, columns, rows, blocks[first : first + TURNS])
        sums += ones.sum(axis=2, dtype=np.uint32)
    return sums[1::2], sums[2::2], sums[0]


def _blocks(words: int) -> list[slice]:
    """As few blocks as hold the words, all of one length but the last, which may be shorter."""
    length = -(-words // max(1, -(-words // BLOCK)))
    return [slice(start, min(start + length, words)) for start in range(0, words, length or 1)]


def _ones(
    parts: Sequence[Bits], columns: Sequence[Bits], rows: Bits, blocks: Sequence[slice]
) -> npt.NDArray[np.uint8]:
    """Bits set in each word, the blocks laid over each other: (parts, columns + 1, words)."""
    length = blocks[0].stop - blocks[0].start
    ones = np.empty((len(parts), len(columns) + 1, length), dtype=np.uint8)
    group, hits = np.empty((2, len(columns) + 1, length), dtype=np.uint64)
    more = np.empty(group.shape, dtype=np.uint8)
    for turn, block in enumerate(blocks):
        within = np.s_[:, : block.stop - block.start]
        for place, bits in enumerate(columns):
            np.bitwise_and(bits[block], rows[block], out=group[within][place])
        group[within][-1] = rows[block]
        for place, bits in enumerate(parts):
            np.bitwise_and(group[within], bits[block], out=hits[within])
            if turn == 0:
                np.bitwise_count(hits, out=ones[place])
            else:
                ones[place][within] += np.bitwise_count(hits[within], out=more[within])
    return ones


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
    calendar = periods.monthly(*days)
    parts = [calendar.opening, *calendar.closed, calendar.running]
    months = tuple(period for period in parts if period is not None)
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
    table: intake.Intake, span: slice, rows: Bits, months: Sequence[periods.Period]
) -> Table:
    spans = [table.period(month.first, month.last) for month in months]
    inside = [(max(s.start - span.start, 0), max(s.stop - span.start, 0)) for s in spans]
    return np.array([ternary.count(rows[begin:end]) for begin, end in inside], dtype=np.int64)
