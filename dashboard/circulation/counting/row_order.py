"""In what order a table lists its findings; the figures that the reader may see decide."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from circulation.counting import distribution, headlines, published
from circulation.knowledge_base import knowledge


class Order(StrEnum):
    """How the findings are ordered."""

    SIZE = "By size of difference"
    GROUP = "By clinical group"
    NAME = "By name"


def of_release(
    release: published.Release, order: Order, known: knowledge.Knowledge
) -> published.Release:
    """The same release with its findings in the order asked for."""
    rows = {row[0].finding: row for row in release.rows}
    sizes = {name: size(release, row) for name, row in rows.items()}
    return replace(release, rows=tuple(rows[name] for name in arranged(sizes, order, known)))


def arranged(
    sizes: Mapping[str, float | None], order: Order, known: knowledge.Knowledge
) -> tuple[str, ...]:
    """The findings in the order asked for; those without a size stand last, in clinical order."""
    groups = [finding.id for finding in distribution.findings(known) if finding.id in sizes]
    match order:
        case Order.SIZE:
            return tuple(sorted(groups, key=lambda name: _largest_first(sizes[name])))
        case Order.GROUP:
            return tuple(groups)
        case Order.NAME:
            return tuple(sorted(groups, key=lambda name: known.finding[name].label.casefold()))


def size(release: published.Release, row: Iterable[published.Cell]) -> float | None:
    """The largest difference of a finding, of any cause, to all others; None where none is large.

    Groups of fewer than ``headlines.FEWEST_ASKED`` do not count, or one record would lead the page.
    """
    sizes = [
        abs(cell.share - others)
        for cell in row
        if cell.share is not None
        and (others := release.others(cell)) is not None
        and headlines.large(release, cell)
    ]
    return max(sizes, default=None)


def _largest_first(size: float | None) -> float:
    return 1.0 if size is None else -size
