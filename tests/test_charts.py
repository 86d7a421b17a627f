"""The figures hold what the release says, as text that Plotly cannot read as HTML."""

from datetime import date

import pytest

import makers
import test_distribution as drawn
from circulation import access
from circulation.choosing import selection
from circulation.choosing.selection import Selection
from circulation.counting import disclosure, distribution, published
from circulation.counting.clearance import Clearance
from ui import charts, shades

KNOWN = makers.knowledge()
RELEASE = disclosure.exact(drawn.counts(Selection()), access.Role.CLINICIAN).answered()
PROTECTED = disclosure.protected(
    drawn.counts(Selection(first=date(2026, 1, 1), last=date(2026, 2, 28))),
    KNOWN.disclosure,
    Clearance(30, {one.id: frozenset() for one in KNOWN.findings}),
).answered()


@pytest.mark.parametrize("release", [RELEASE, PROTECTED], ids=["exact", "protected"])
@pytest.mark.parametrize("numbers", [True, False])
def test_the_heat_map_says_each_cell_and_carries_its_names(
    release: published.Release, *, numbers: bool
) -> None:
    figure = charts.heatmap(release, KNOWN, numbers=numbers, dark=False, opened=None)
    colours, squares = figure.data
    cells = [cell for row in release.rows for cell in row]
    said = [shades.words(cell, numbers=numbers).replace("<", "&lt;") for cell in cells]
    assert [text.replace("&gt;", ">") for text in squares.text] == said
    assert [list(pair) for pair in squares.customdata] == [[c.finding, c.cause] for c in cells]
    steps = [[None if cell is None else int(cell) for cell in row] for row in colours.z]
    hidden = [[cell.share is None for cell in row] for row in release.rows]
    assert [[step is None for step in row] for row in steps] == hidden


def test_the_open_cell_is_framed() -> None:
    cell = RELEASE.rows[2][1]
    figure = charts.heatmap(RELEASE, KNOWN, numbers=False, dark=True, opened=cell)
    assert [(shape.x0, shape.y0) for shape in figure.layout.shapes] == [(0.52, 1.54)]


def test_the_months_hold_their_counts_and_say_the_highest() -> None:
    chosen = selection.apply(drawn.table(), drawn.assessed(), Selection())
    raw = distribution.by_month(drawn.table(), drawn.assessed(), chosen, "leg_swelling", "")
    shown = disclosure.months(raw, access.Role.CLINICIAN)
    figure = charts.months(shown, dark=False)
    assert list(figure.data[0].y) == raw.present.tolist()
    most = shown[raw.present.argmax()]
    assert charts.months_alt(shown, "Swelling") == (
        "Swelling by month received, Jan-2026 to Mar-2026; "
        f"most in {most.period.label}: {most.present.words} of {most.asked.words} asked"
    )
    assert charts.months_alt((), "Swelling") == "Swelling by month: no record has a date"
