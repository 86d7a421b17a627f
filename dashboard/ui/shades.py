"""The blues of the distribution: which one a figure gets, and what text is readable on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from circulation.counting import distribution, published

# The theme's ten sequential colours without #4583BE, on which no text reaches 4.5 to 1.
LIGHT = (
    "#EAF3FB",
    "#D2E4F5",
    "#B3D1EC",
    "#8FBAE0",
    "#689FD1",
    "#2A68A8",
    "#164F8F",
    "#0A3A73",
    "#052654",
)
DARK = tuple(reversed(LIGHT))
# Greys for what is missing, so that nobody reads it as present.
GREYS = (
    "#F0F2F3",
    "#DDE1E4",
    "#C8CED2",
    "#B0B8BE",
    "#98A2A9",
    "#5B6770",
    "#465159",
    "#333C43",
    "#22292E",
)
TEXTS = ("#12181C", "#FFFFFF")


@dataclass(frozen=True, slots=True)
class Scale:
    """Shares from 0 to 100 percent, or numbers from 0 to the most in any cause."""

    numbers: bool
    most: int

    @classmethod
    def of(cls, release: published.Release, *, numbers: bool) -> "Scale":
        """The scale of a table; the column of all records does not stretch it."""
        counts = (cell.present.value or 0 for row in release.rows for cell in row[:-1])
        return cls(numbers, max(counts, default=0) or 1)

    def step(self, cell: published.Cell) -> int | None:
        """Which blue, from 0; None where there is no figure to colour."""
        if cell.share is None or cell.present.value is None:
            return None
        if self.numbers and cell.cause == distribution.ALL:
            return 0
        return step_of(cell.present.value / self.most if self.numbers else cell.share)


def step_of(share: float | None) -> int:
    """Which shade a share from 0 to 1 gets, from 0; -1 where there is none."""
    return -1 if share is None else min(int(share * len(LIGHT)), len(LIGHT) - 1)


def words(cell: published.Cell, *, numbers: bool) -> str:
    """What a cell says; a dash in a column without records, whose head says so."""
    if cell.n.value == 0:
        return "\N{EN DASH}"
    return cell.present.words if numbers and not cell.nobody_asked else cell.percent


def missing(*, dark: bool) -> tuple[str, ...]:
    """The greys from little to much missing, in a theme; the much stands out of the page."""
    return tuple(reversed(GREYS)) if dark else GREYS


def text_on(background: str) -> str:
    """The text colour with the higher contrast (WCAG 2.2, relative luminance)."""
    return max(TEXTS, key=lambda text: contrast(text, background))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear: Sequence[float] = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
