"""What was not asked: how many records have no answer to each finding, by site and by month."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from circulation import access, periods
from circulation.choosing import selection
from circulation.counting import distribution, small_multiples
from circulation.counting.intervals import Part
from circulation.knowledge_base import knowledge
from circulation.records import intake


@dataclass(frozen=True, eq=False)
class Missing:
    """``not_asked`` (findings, groups) of the ``n`` records (groups,) of each group.

    Each record is in one group; the last group (``small_multiples.NOT_RECORDED``) has the records
    without a site or a day. ``labels`` say the groups in words.
    """

    findings: tuple[str, ...]
    groups: tuple[str, ...]
    labels: tuple[str, ...]
    not_asked: distribution.Table
    n: distribution.Table

    def of(self, finding: str) -> Part:
        """Records without an answer to one finding, of all records."""
        row = self.not_asked[self.findings.index(finding)]
        return Part(int(row.sum()), int(self.n.sum()))

    def part(self, finding: str, group: str) -> Part:
        """Records of one group without an answer to one finding, of all of the group."""
        column = self.groups.index(group)
        row = self.not_asked[self.findings.index(finding)]
        return Part(int(row[column]), int(self.n[column]))


def by_site(
    table: intake.Intake, chosen: selection.Chosen, known: knowledge.Knowledge, role: access.Role
) -> Missing:
    """What each site did not ask, for a role that may see exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    names = _names(known)
    sites = small_multiples.split(table, chosen.span, chosen.rows, small_multiples.Over.SITE)
    window = table.window(chosen.span.start, chosen.span.stop)
    answers = [window.answer(name) for name in names]
    present, absent, n = distribution.cross(answers, list(sites.values()), chosen.rows)
    whole = len(sites)  # the last column of `cross` is all rows together
    return Missing(
        findings=names,
        groups=tuple(sites),
        labels=tuple(site or "Site not recorded" for site in sites),
        not_asked=(n - present - absent)[:, :whole],
        n=n[:whole],
    )


def by_month(
    table: intake.Intake, chosen: selection.Chosen, known: knowledge.Knowledge, role: access.Role
) -> Missing:
    """What was not asked in each month received, for a role that may see exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    names = _names(known)
    months = _months(table, chosen.selection)
    edges = _edges(table, chosen.span, months)
    window = table.window(chosen.span.start, chosen.span.stop)
    not_asked = [_between(chosen.rows & ~window.answer(name).asked, edges) for name in names]
    return Missing(
        findings=names,
        groups=(*(month.code for month in months), small_multiples.NOT_RECORDED),
        labels=(*(month.label for month in months), "Day not recorded"),
        not_asked=np.array(not_asked, dtype=np.int64).reshape(len(names), len(months) + 1),
        n=_between(chosen.rows, edges),
    )


def _names(known: knowledge.Knowledge) -> tuple[str, ...]:
    return tuple(finding.id for finding in distribution.findings(known))


def _months(table: intake.Intake, wanted: selection.Selection) -> tuple[periods.Period, ...]:
    """The months of the selection that the table reaches, begun and running ones included."""
    if table.first_day is None or table.last_day is None:
        return ()
    first = max(wanted.first or date.min, table.first_day)
    last = min(wanted.last or date.max, table.last_day)
    if last < first:
        return ()
    calendar = periods.monthly(first, last)
    months = (calendar.opening, *calendar.closed, calendar.running)
    return tuple(month for month in months if month is not None)


def _edges(
    table: intake.Intake, span: slice, months: tuple[periods.Period, ...]
) -> npt.NDArray[np.int64]:
    """The word at which each month begins within the span, the undated, and the end."""
    starts = [table.period(month.first, month.last).start for month in months]
    undated = min(max(table.dated_words, span.start), span.stop)
    inside = [min(max(start, span.start), undated) for start in starts]
    return np.array([edge - span.start for edge in (*inside, undated, span.stop)], dtype=np.int64)


def _between(rows: npt.NDArray[np.uint64], edges: npt.NDArray[np.int64]) -> distribution.Table:
    """The rows set between each edge and the next."""
    sums = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(np.bitwise_count(rows), out=sums[1:])
    return np.diff(sums[edges]).astype(np.int64)
