"""Exact counts as a list, for programs and spreadsheets that work on with them."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from circulation.choosing import selection
from circulation.counting import distribution

ALL = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """One finding in one cause: of ``n`` records ``asked`` were asked and ``present`` have it."""

    symptom: str
    cause: str
    present: int
    asked: int
    n: int


def cells(counts: distribution.Counts) -> tuple[Cell, ...]:
    """Every cell, findings in their order and in each the causes, 'all' last."""
    return tuple(
        Cell(
            symptom=finding,
            cause=cause or ALL,
            present=int(counts.present[row, column]),
            asked=int(counts.asked[row, column]),
            n=int(counts.n[column]),
        )
        for row, finding in enumerate(counts.findings)
        for column, cause in enumerate(counts.causes)
    )


def hint(counts: distribution.Counts) -> str:
    """What to try when no record counts for any cause, as where intake names no suspected cause."""
    basis = counts.chosen.selection.basis
    if not counts.n[-1] or counts.n[:-1].any():
        return ""
    others = " or ".join(f"--basis {other}" for other in selection.Basis if other is not basis)
    return f"None of the records has a cause as {basis.value}; try {others}.\n"


def as_csv(found: Iterable[Cell]) -> str:
    """The cells as CSV; codes and whole numbers only, so nothing needs quotes."""
    header = ",".join(part.name for part in fields(Cell))
    return "\n".join([header, *(",".join(map(str, astuple(cell))) for cell in found)]) + "\n"
