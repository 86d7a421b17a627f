"""The colours of a trend, light and dark: those of NHS "plot the dots", readable on both.

Blue and grey are below 3 to 1 on white, so every mark also has a shape and an outline.
"""

from dataclasses import dataclass

from circulation.trending.process_limits import Variation


@dataclass(frozen=True)
class Colours:
    """The colours of one theme."""

    text: str
    line: str
    grid: str
    outline: str
    common: str
    neutral: str
    improvement: str
    concern: str

    def of(self, variation: Variation) -> str:
        """The fill of a point."""
        return {
            Variation.COMMON: self.common,
            Variation.NEUTRAL: self.neutral,
            Variation.IMPROVEMENT: self.improvement,
            Variation.CONCERN: self.concern,
        }[variation]


LIGHT = Colours(
    text="#12181C",
    line="#5A6670",
    grid="#E3E8EB",
    outline="#000000",
    common="#A6A6A6",
    neutral="#490092",
    improvement="#00B0F0",
    concern="#E46C0A",
)
DARK = Colours(
    text="#EDF2F5",
    line="#9AA7B0",
    grid="#2C3A45",
    outline="#FFFFFF",
    common="#A6A6A6",
    neutral="#B88CF0",
    improvement="#00B0F0",
    concern="#F08A3C",
)
