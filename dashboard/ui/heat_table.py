"""The distribution as an accessible heat table: findings by causes, each figure can be opened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from circulation.counting import distribution, headlines, published
from circulation.knowledge_base import knowledge
from ui import heat_grid, shades

_KEY = "heat_table"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the table."""

    finding: str
    cause: str


def show(
    release: published.Release,
    known: knowledge.Knowledge,
    *,
    caption: str,
    scale: shades.Scale,
    selected: Place | None,
    grouped: bool,
    on_open: Callable[[], None],
) -> None:
    """Draw the table; ``on_open`` runs before the page does and finds the cell by ``opened``."""
    grid = heat_grid.Grid(
        caption=caption,
        corner="Finding",
        heads=tuple(_head(cell, known) for cell in release.rows[0]),
        rows=tuple(_row(release, row, known, scale, grouped=grouped) for row in release.rows),
    )
    place = f"{selected.finding} {selected.cause}" if selected else ""
    heat_grid.show(grid, key=_KEY, selected=place, on_open=on_open)


def opened() -> Place | None:
    """The cell that was opened just now."""
    finding, _, cause = heat_grid.opened(_KEY).partition(" ")
    return Place(finding, cause) if finding else None


def _head(cell: published.Cell, known: knowledge.Knowledge) -> heat_grid.Head:
    everyone = cell.cause == distribution.ALL
    return heat_grid.Head(
        label="All records" if everyone else known.cause[cell.cause].short,
        full="All records" if everyone else known.cause[cell.cause].label,
        n=f"n={cell.n.words}",
    )


def _row(
    release: published.Release,
    row: Iterable[published.Cell],
    known: knowledge.Knowledge,
    scale: shades.Scale,
    *,
    grouped: bool,
) -> heat_grid.Row:
    cells = list(row)
    finding = known.finding[cells[0].finding]
    return heat_grid.Row(
        label=finding.label,
        group=finding.group if grouped else "",
        cells=tuple(_cell(release, cell, known, scale) for cell in cells),
    )


def _cell(
    release: published.Release,
    cell: published.Cell,
    known: knowledge.Knowledge,
    scale: shades.Scale,
) -> heat_grid.Cell:
    step = scale.step(cell)
    return heat_grid.Cell(
        id=f"{cell.finding} {cell.cause}",
        text=shades.words(cell, numbers=scale.numbers),
        of=_of(cell),
        step=-1 if step is None else step,
        name=f"{headlines.cell_title(release, cell, known)}: {cell.of_asked}",
    )


def _of(cell: published.Cell) -> str:
    """How many were asked, where that is not all of the column and may be said."""
    if cell.nobody_asked or cell.not_asked == 0 or cell.asked.hidden_as == published.HIDDEN:
        return ""
    return f"of {cell.asked.words}"
