"""What a reader is shown of counts: figures as they were published, each with its words."""

from dataclasses import dataclass, replace
from functools import cached_property

from circulation import periods
from circulation.choosing import selection

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


def _share(part: int | None, whole: int | None) -> float | None:
    """None where a figure is hidden, or where rounding has made the part exceed the whole."""
    return None if part is None or not whole or part > whole else part / whole


def _beside(cell: Cell, whole: Cell) -> float | None:
    """The share among all but those of a cell; None as soon as a figure is hidden."""
    return _share(_less(whole.present, cell.present), _less(whole.asked, cell.asked))


def _less(whole: Count, part: Count) -> int | None:
    return None if whole.value is None or part.value is None else whole.value - part.value
