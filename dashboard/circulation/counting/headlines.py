"""Titles that state what a table shows, computed from the figures that the reader may see."""

from circulation.choosing import selection
from circulation.counting import distribution, published
from circulation.knowledge_base import knowledge

MOST_WORDS = 14
FEWEST_ASKED = 30  # below this one record moves a share by more than 3 points
CLEAR_DIFFERENCE = 20  # percentage points; less is left for the reader to find in the table
NOT_A_GROUP = {distribution.ALL, "other"}
PROPER_NAMES = ("Raynaud",)
GROUP_AS = {
    selection.Basis.RECORDED: "suspected",
    selection.Basis.SUPPORTED: "supported",
    selection.Basis.CONFIRMED: "confirmed",
}
CAUSES_AS = {
    selection.Basis.RECORDED: "suspected causes",
    selection.Basis.SUPPORTED: "causes supported by findings",
    selection.Basis.CONFIRMED: "confirmed causes",
}


def distribution_title(release: published.Release, known: knowledge.Knowledge) -> str:
    """The cell that stands out most, beside all others; neutral where no group is large enough.

    A colon and no verb: some findings are named in the plural, some by a sentence.
    """
    found = standing_out(release)
    others = release.others(found) if found else None
    if found is None or others is None:
        return neutral(release)
    finding, cause = known.finding[found.finding].label, known.cause[found.cause]
    without = published.percent(others)
    basis = GROUP_AS[release.selection.basis]
    wordings = (
        f"{finding}: {found.percent} with {basis} {in_sentence(name)}, {without} without"
        for name in (cause.label, cause.short)
    )
    fitting = (text for text in wordings if len(text.split()) <= MOST_WORDS)
    return next(fitting, f"{finding}: {found.percent} with {basis} {in_sentence(cause.short)}")


def neutral(release: published.Release) -> str:
    """The title that claims nothing."""
    return f"Findings across {CAUSES_AS[release.selection.basis]}"


def standing_out(release: published.Release) -> published.Cell | None:
    """The cell with the largest difference to all others, among groups that are large enough."""
    return next(iter(leading(release)), None)


def leading(release: published.Release, most: int = 5) -> tuple[published.Cell, ...]:
    """The cells that stand out most above all others, the largest difference first.

    None on the basis of the rules: a finding that a rule asks for stands out by definition.
    """
    if release.selection.basis is selection.Basis.SUPPORTED:
        return ()
    cells = (cell for row in release.rows for cell in row if cell.cause not in NOT_A_GROUP)
    ranked = [(points, cell) for cell in cells if (points := _clear_points(release, cell))]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(cell for _, cell in ranked[:most])


def large(release: published.Release, cell: published.Cell) -> bool:
    """Whether both the group and all others were asked often enough to be held up as different."""
    whole = release.everyone(cell.finding)
    if whole is None or cell.asked.value is None or whole.asked.value is None:
        return False
    return min(cell.asked.value, whole.asked.value - cell.asked.value) >= FEWEST_ASKED


def _clear_points(release: published.Release, cell: published.Cell) -> int | None:
    points = release.points(cell) if large(release, cell) else None
    return points if points is not None and points >= CLEAR_DIFFERENCE else None


def cell_title(release: published.Release, cell: published.Cell, known: knowledge.Knowledge) -> str:
    """What one cell is about, as `Leg swelling with suspected blood clots`."""
    finding = known.finding[cell.finding].label
    if cell.cause == distribution.ALL:
        return f"{finding} in all records"
    return f"{finding} with {with_cause(release, cell, known)}"


def with_cause(release: published.Release, cell: published.Cell, known: knowledge.Knowledge) -> str:
    """The group of a column in words; it is suspected, supported or confirmed, never just so."""
    cause = in_sentence(known.cause[cell.cause].label)
    return f"{GROUP_AS[release.selection.basis]} {cause}"


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence; a name keeps its capital."""
    return label if label.startswith(PROPER_NAMES) else label[:1].lower() + label[1:]
