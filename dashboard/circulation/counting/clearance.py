"""What a protected release may be made of: whole months, and the cells that are cleared for it."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field

from circulation import errors
from circulation.choosing import selection
from circulation.choosing.selection import Basis
from circulation.counting import distribution


@dataclass(frozen=True)
class Clearance:
    """The findings that may be shown, each with its cells that must be hidden even so.

    A cell is (basis, cause); that of all records, cause ALL, is the same on every basis. Of
    ``columns`` not even the number of records may be shown. A cause with fewer records than
    ``fewest`` is not broken down by finding.
    """

    fewest: int
    findings: Mapping[str, frozenset[tuple[Basis, str]]] = field(default_factory=dict)
    columns: frozenset[tuple[Basis, str]] = frozenset()

    def left_out(self, finding: str) -> bool:
        """Whether nothing of a finding may be shown."""
        return finding not in self.findings

    def hides(self, finding: str, basis: Basis, cause: str, n: int) -> bool:
        """Whether a cell of a column of ``n`` records must be hidden whatever it holds."""
        if 0 < n < self.fewest or (basis, cause) in self.columns:
            return True
        return any(
            cell == (basis, cause) or (cell[1] == cause == distribution.ALL)
            for cell in self.findings.get(finding, ())
        )


def check_fixed(wanted: selection.Selection) -> None:
    """Raises DashboardError unless it is made of whole months without any filter."""
    fixed = selection.Selection(first=wanted.first, last=wanted.last, basis=wanted.basis)
    if wanted != fixed or not _whole_months(fixed):
        raise errors.DashboardError(
            "small numbers",
            "rounded figures are made of whole months without any filter",
            "Take the filters off, or ask a role that may see exact counts.",
        )


def _whole_months(wanted: selection.Selection) -> bool:
    if wanted.first is None or wanted.last is None:
        return False
    end = calendar.monthrange(wanted.last.year, wanted.last.month)[1]
    return wanted.first.day == 1 and wanted.last.day == end
