"""The blues are the theme's, and every text on them can be read."""

import tomllib
from pathlib import Path

import pytest

from ui import shades

THEME = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text("utf-8"))
UNREADABLE = "#4583BE"


@pytest.mark.parametrize(("name", "blues"), [("light", shades.LIGHT), ("dark", shades.DARK)])
def test_the_blues_are_those_of_the_theme(name: str, blues: tuple[str, ...]) -> None:
    colours = THEME["theme"][name]["chartSequentialColors"]
    assert blues == tuple(colour for colour in colours if colour != UNREADABLE)


@pytest.mark.parametrize("blue", shades.LIGHT)
def test_text_on_a_blue_is_readable(blue: str) -> None:
    assert shades.contrast(shades.text_on(blue), blue) >= 4.5


def test_contrast_is_that_of_the_guideline() -> None:
    assert shades.contrast("#FFFFFF", "#000000") == 21
    assert round(shades.contrast("#777777", "#FFFFFF"), 2) == 4.48
