"""What a reader may see of how well findings tell a confirmed cause apart: the exact counts.

Only for roles that may see them. Cases, others and unknown beside their total, and four groups by
finding, would give small numbers back even when each is rounded; so there is no protected form.
"""

from dataclasses import dataclass

from circulation import access
from circulation.choosing import selection
from circulation.counting import disclosure, discrimination
from circulation.counting.discrimination import Fourfold, Limits, Silent
from circulation.counting.published import Count
from circulation.knowledge_base import settings_model


@dataclass(frozen=True)
class Release:
    """The figures as they may be shown; ``unasked`` are findings without a line."""

    selection: selection.Selection
    cause: str
    sites: tuple[str, ...]
    shown: Count
    of: Count
    cases: Count
    others: Count
    unknown: Count
    rows: tuple[Fourfold, ...]
    unasked: tuple[str, ...]
    silent: Silent | None
    limits: Limits | None


def release(
    counts: discrimination.Counts, role: access.Role, settings: settings_model.Disclosure
) -> Release:
    """The counts, for a role that may see them."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    rows = tuple(row for row in counts.rows if row.cases.asked and row.others.asked)
    chosen = counts.chosen

    def total(raw: int) -> Count:
        return disclosure.total(raw, role, settings)

    return Release(
        selection=chosen.selection,
        cause=counts.cause,
        sites=counts.sites,
        shown=total(chosen.count),
        of=total(chosen.of),
        cases=total(counts.cases),
        others=total(counts.others),
        unknown=total(counts.unknown),
        rows=rows,
        unasked=tuple(row.finding for row in counts.rows if row not in rows),
        silent=counts.silent,
        limits=counts.limits,
    )
