"""The colours of config.toml can be read: text at 4.5 to 1, what has to be seen at 3 to 1."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

CONFIG = Path(__file__).parents[1] / ".streamlit" / "config.toml"
STYLE = CONFIG.parents[1] / "dashboard" / "ui" / "style.css"
SHEET = STYLE.with_name("sheet.css")
THEME: dict[str, Any] = tomllib.loads(CONFIG.read_text())["theme"]
MODES = ("light", "dark")
HUES = ("red", "orange", "yellow", "green", "blue", "violet", "gray")
SURFACES = ("backgroundColor", "secondaryBackgroundColor")
CAPTION_OPACITY = 0.6  # st.caption is the text colour at this opacity
TEXT, SEEN = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11


def channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(values: list[float]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str, *, opacity: float = 1.0) -> float:
    mixed = [
        a * opacity + b * (1 - opacity) for a, b in zip(channels(one), channels(other), strict=True)
    ]
    dark, light = sorted((luminance(mixed), luminance(channels(other))))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_agrees_with_the_published_examples() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", SURFACES)
def test_text_links_and_captions_can_be_read(mode: str, surface: str) -> None:
    theme = THEME[mode]
    assert ratio(theme["textColor"], theme[surface]) >= TEXT
    assert ratio(theme["textColor"], theme[surface], opacity=CAPTION_OPACITY) >= TEXT
    assert ratio(theme["linkColor"], theme[surface]) >= TEXT
    assert ratio(theme["primaryColor"], theme[surface]) >= TEXT


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("hue", HUES)
def test_tags_can_be_read_and_their_colour_seen(mode: str, hue: str) -> None:
    theme = THEME[mode]
    assert ratio(theme[f"{hue}TextColor"], theme[f"{hue}BackgroundColor"]) >= TEXT
    for surface in SURFACES:
        assert ratio(theme[f"{hue}TextColor"], theme[surface]) >= TEXT
        assert ratio(theme[f"{hue}Color"], theme[surface]) >= SEEN


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", SURFACES)
def test_the_edge_of_a_control_can_be_seen(mode: str, surface: str) -> None:
    assert ratio(THEME[mode]["borderColor"], THEME[mode][surface]) >= SEEN


@pytest.mark.parametrize("mode", MODES)
def test_table_heads_and_code_can_be_read(mode: str) -> None:
    theme = THEME[mode]
    head, ground = theme["dataframeHeaderTextColor"], theme["dataframeHeaderBackgroundColor"]
    assert ratio(head, ground) >= TEXT
    assert ratio(theme["codeTextColor"], theme["codeBackgroundColor"]) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_a_number_can_be_read_on_every_step_of_the_scale_but_the_middle_one(mode: str) -> None:
    light, dark = "#FFFFFF", THEME["light"]["textColor"]
    unreadable = [
        step
        for step in THEME[mode]["chartSequentialColors"]
        if max(ratio(light, step), ratio(dark, step)) < TEXT
    ]
    assert unreadable in ([], ["#4583BE"])


def test_text_on_the_primary_colour_can_be_read_in_both_modes() -> None:
    pairs = re.findall(
        r"(?<!-)color: light-dark\((#\w{6}), (#\w{6})\) !important", STYLE.read_text()
    )
    (pair,) = pairs
    for text, mode in zip(pair, MODES, strict=True):
        assert ratio(text, THEME[mode]["primaryColor"]) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_both_modes_name_the_same_settings(mode: str) -> None:
    assert set(THEME[mode]) == set(THEME["light"]), "a colour set in one mode leaks a default"
    assert len(THEME[mode]["chartSequentialColors"]) == 10
    assert len(THEME[mode]["chartDivergingColors"]) == 10


@pytest.mark.parametrize("hue", ["red", "orange", "blue", "gray"])
def test_the_tags_of_plain_html_have_the_colours_of_the_theme(hue: str) -> None:
    rules = SHEET.read_text("utf-8")
    found = re.search(rf"\.tag\.{hue} {{ color: (.+?); background: (.+?); }}", rules)
    assert found
    light, dark = THEME["light"], THEME["dark"]
    for rule, name in zip(
        found.groups(), (f"{hue}TextColor", f"{hue}BackgroundColor"), strict=True
    ):
        assert rule == f"light-dark({light[name]}, {dark[name]})"


def test_small_print_of_plain_html_can_be_read() -> None:
    pair = r"\.group { color: light-dark\((#\w+), (#\w+)\)"
    found = re.search(pair, SHEET.read_text("utf-8"))
    assert found
    for mode, colour in zip(MODES, found.groups(), strict=True):
        assert ratio(colour, THEME[mode]["backgroundColor"]) >= TEXT
