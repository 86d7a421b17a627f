"""The one way from raw counts to what a reader may see: a Release, exact or protected.

Charts, tables, headlines, hover texts and downloads take a Release, and only this file makes one.
A protected release follows the NHS rule for small numbers: each cell and each total by itself is
hidden when it is 1 to 7 and else rounded to the nearest 5; shares are computed from the published
figures. It is made over one fixed selection only: filters over rows would give hidden cells back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from circulation import access, periods
from circulation.choosing import selection
from circulation.counting import clearance, distribution
from circulation.counting.clearance import Clearance
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake

HIDDEN = "hidden"
"""What stands where not even the size of a number may be said."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of records as published; ``value`` is None where it is hidden."""

    value: int | None
    hidden_as: str = ""

    @property
    def words(self) -> str:
        """As a page prints it: `1,234`, or `1-7 hidden`."""
        return self.hidden_as if self.value is None else f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One finding with one cause (ALL: all records): present of asked, out of n."""

    finding: str
    cause: str
    present: Count
    asked: Count
    n: Count

    @property
    def nobody_asked(self) -> bool:
        """Whether no record has an answer."""
        return self.asked.value == 0

    @property
    def share(self) -> float | None:
        """Present of those asked, 0 to 1; None when hidden or nobody was asked."""
        return _share(self.present.value, self.asked.value)

    @property
    def percent(self) -> str:
        """The share as a page prints it; says why where there is none."""
        if self.n.value == 0:
            return "no records"
        if self.nobody_asked:
            return "not asked"
        if self.share is None:
            return (self.present if self.present.value is None else self.asked).words
        return percent(self.share)

    @property
    def of_asked(self) -> str:
        """As `66 of 80 asked (82%)`."""
        if self.n.value == 0:
            return "No records"
        if self.nobody_asked:
            return "Nobody was asked"
        if self.asked.hidden_as == HIDDEN:
            return "Hidden"
        share = "" if self.share is None else f" ({percent(self.share)})"
        return f"{self.present.words} of {self.asked.words} asked{share}"

    @property
    def not_asked(self) -> int | None:
        """Records without an answer, from the published figures; None when one is hidden."""
        if self.n.value is None or self.asked.value is None:
            return None
        return self.n.value - self.asked.value


@dataclass(frozen=True)
class Release:
    """What may be shown of a distribution; ``rows`` are cells by finding, then by cause, ALL last.

    Findings ``left_out`` have a small number that the other figures would give back.
    """

    selection: selection.Selection
    exact: bool
    rows: tuple[tuple[Cell, ...], ...]
    left_out: tuple[str, ...]
    shown: Count
    of: Count
    without_day: Count
    hidden_as: str
    note: str

    @property
    def no_causes(self) -> bool:
        """Whether no record shown counts for any cause."""
        return bool(self.rows) and all(cell.n.value == 0 for cell in self.rows[0][:-1])

    def cell(self, finding: str, cause: str) -> Cell | None:
        """One cell, None when the release has no such cell."""
        return next((c for c in self._by_finding.get(finding, ()) if c.cause == cause), None)

    def answered(self) -> "Release":
        """The same without the findings that no record shown has an answer for."""
        rows = tuple(row for row in self.rows if not row[-1].nobody_asked)
        return self if rows == self.rows else replace(self, rows=rows)

    def unanswered(self) -> tuple[str, ...]:
        """The findings that no record shown has an answer for."""
        return tuple(row[-1].finding for row in self.rows if row[-1].nobody_asked)

    def everyone(self, finding: str) -> Cell | None:
        """The finding among all records."""
        return next(reversed(self._by_finding.get(finding, ())), None)

    @cached_property
    def _by_finding(self) -> dict[str, tuple[Cell, ...]]:
        return {row[0].finding: row for row in self.rows}

    @cached_property
    def _others(self) -> dict[tuple[str, str], float | None]:
        cells = ((cell, row[-1]) for row in self.rows for cell in row[:-1])
        return {(cell.finding, cell.cause): _beside(cell, whole) for cell, whole in cells}

    def others(self, cell: Cell) -> float | None:
        """The share among all others asked, those without the cause; None when not known."""
        return self._others.get((cell.finding, cell.cause))

    def points(self, cell: Cell) -> int | None:
        """How many percentage points the cell's share stands above that of all others."""
        others = self.others(cell)
        if cell.share is None or others is None:
            return None
        return round(100 * (cell.share - others))


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one cell, as published."""

    period: periods.Period
    present: Count
    asked: Count


def percent(share: float) -> str:
    """A share in whole percent; a small one that is not zero does not read as zero."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{100 * share:.0f}%"


def release(
    counts: distribution.Counts,
    role: access.Role,
    settings: model.DisclosureSettings,
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
    counts: distribution.Counts, settings: model.DisclosureSettings, cleared: Clearance
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


def protected_count(raw: int, settings: model.DisclosureSettings) -> Count:
    """One count by the rule for small numbers."""
    return _Publisher(settings.floor, settings.base).count(raw)


def total(raw: int, role: access.Role, settings: model.DisclosureSettings) -> Count:
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
        return Count((2 * raw + self.base) // (2 * self.base) * self.base)


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


def _share(part: int | None, whole: int | None) -> float | None:
    """None where a figure is hidden, or where rounding has made the part exceed the whole."""
    return None if part is None or not whole or part > whole else part / whole


def _beside(cell: Cell, whole: Cell) -> float | None:
    """The share among all but those of a cell; None as soon as a figure is hidden."""
    return _share(_less(whole.present, cell.present), _less(whole.asked, cell.asked))


def _less(whole: Count, part: Count) -> int | None:
    return None if whole.value is None or part.value is None else whole.value - part.value
