"""The one way from raw counts to what a reader may see: a Release, exact or protected.

Charts, tables, headlines, hover texts and downloads take a Release, and only this file makes one.
A protected release follows the NHS rule for small numbers: each cell and each total by itself is
hidden when it is 1 to 7 and else rounded to the nearest 5; shares are computed from the published
figures. It is made over one fixed selection only: filters over rows would give hidden cells back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from circulation import access
from circulation.choosing import selection
from circulation.counting import clearance, distribution, rounding
from circulation.counting.clearance import Clearance
from circulation.counting.published import HIDDEN, Cell, Count, Month, Release
from circulation.knowledge_base import settings_model
from circulation.records import intake


def release(
    counts: distribution.Counts,
    role: access.Role,
    settings: settings_model.Disclosure,
    cleared: Callable[[], Clearance],
) -> Release:
    """What this role may see of the counts; ``cleared`` is asked where some must be hidden."""
    if access.allowed(role, access.Act.SEE_EXACT_COUNTS):
        return exact(counts, role)
    return protected(counts, settings, cleared())


def exact(counts: distribution.Counts, role: access.Role) -> Release:
    """The counts as they are, for a role that may see them."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    return _made(counts, _Publisher(1, 1), exact=True, note="")


def protected(
    counts: distribution.Counts, settings: settings_model.Disclosure, cleared: Clearance
) -> Release:
    """The counts by the rule for small numbers, over the fixed selection only."""
    clearance.check_fixed(counts.chosen.selection)
    publisher = _Publisher(settings.floor, settings.base, cleared)
    note = (
        f"Whole months only, without filters. Counts of {publisher.hidden} are hidden, all other "
        f"counts are rounded to the nearest {settings.base}, shares come from the rounded counts. "
        f"Causes with fewer than {settings.fewest_to_break_down} records, and cells that would "
        "give a small number back, are hidden whole."
    )
    return _made(counts, publisher, exact=False, note=note)


def protected_count(raw: int, settings: settings_model.Disclosure) -> Count:
    """One count by the rule for small numbers."""
    return _Publisher(settings.floor, settings.base).count(raw)


def total(raw: int, role: access.Role, settings: settings_model.Disclosure) -> Count:
    """One number of records, as this role may see it."""
    if access.allowed(role, access.Act.SEE_EXACT_COUNTS):
        return Count(raw)
    return protected_count(raw, settings)


def months(counts: distribution.Months, role: access.Role) -> tuple[Month, ...]:
    """One cell by month, for a role that may see exact counts."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    rows = zip(counts.months, counts.present.tolist(), counts.asked.tolist(), strict=True)
    return tuple(Month(period, Count(present), Count(asked)) for period, present, asked in rows)


def closed_months(table: intake.Intake, today: date) -> selection.Selection | None:
    """The one selection of protected figures: all months that are over; None before the first."""
    if table.first_day is None or table.last_day is None:
        return None
    first = table.first_day.replace(day=1)
    last = min(today, table.last_day + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    return selection.Selection(first=first, last=last) if last >= first else None


@dataclass(frozen=True, slots=True)
class _Publisher:
    """Hides 1 to floor - 1 and rounds the rest to the base; floor 1 and base 1 change nothing."""

    floor: int
    base: int
    cleared: Clearance | None = None

    @property
    def hidden_as(self) -> str:
        return f"{self.hidden} hidden"

    @property
    def hidden(self) -> str:
        return f"1-{self.floor - 1}"

    def count(self, raw: int) -> Count:
        if 0 < raw < self.floor:
            return Count(None, self.hidden_as)
        return Count(rounding.rounded(raw, self.base))


def _made(counts: distribution.Counts, publisher: _Publisher, *, exact: bool, note: str) -> Release:
    rows = tuple(_row(counts, place, publisher) for place in range(len(counts.findings)))
    whole = not any(cell.present.hidden_as == HIDDEN for row in rows for cell in row)
    return Release(
        selection=counts.chosen.selection,
        exact=exact,
        rows=tuple(row for row in rows if row),
        left_out=tuple(f for f, row in zip(counts.findings, rows, strict=True) if not row),
        shown=publisher.count(counts.chosen.count),
        of=publisher.count(counts.chosen.of),
        without_day=publisher.count(counts.chosen.without_day),
        hidden_as="" if exact else publisher.hidden_as if whole else HIDDEN,
        note=note,
    )


def _row(counts: distribution.Counts, place: int, publisher: _Publisher) -> tuple[Cell, ...]:
    finding, cleared = counts.findings[place], publisher.cleared
    if cleared is not None and cleared.left_out(finding):
        return ()
    figures = (counts.causes, counts.present[place].tolist(), counts.asked[place].tolist())
    columns = zip(*figures, counts.n.tolist(), strict=True)
    return tuple(
        _cell(finding, counts.chosen.selection.basis, column, publisher) for column in columns
    )


def _cell(
    finding: str, basis: selection.Basis, column: tuple[str, int, int, int], publisher: _Publisher
) -> Cell:
    """One cell; nothing is said of it where it is not cleared, nor of a part of few asked."""
    cause, hits, answers, n = column
    nothing, cleared = Count(None, HIDDEN), publisher.cleared
    if cleared is not None and cleared.hides(finding, basis, cause, n):
        number = nothing if (basis, cause) in cleared.columns else publisher.count(n)
        return Cell(finding, cause, nothing, nothing, number)
    asked = publisher.count(answers)
    present = nothing if asked.value is None else publisher.count(hits)
    return Cell(finding, cause, present, asked, publisher.count(n))
