"""Who types on while the page is drawn anew loses neither the place nor a word."""

import re
from collections.abc import Callable

from playwright.sync_api import expect
from test_checklist_in_chromium import open_most_urgent

import serving
from visiting import Visit


def test_typing_goes_on_in_the_next_box_when_a_value_is_refused(
    new_visit: Callable[..., Visit], demo: serving.Server
) -> None:
    visit = new_visit(demo)
    page = open_most_urgent(visit)
    line = page.locator(".line").filter(has_text="Weight, height and waist")
    line.get_by_role("button", name="Change").click()
    result = page.get_by_role("combobox", name="Weight, height and waist: result")
    expect(result).to_be_focused()  # where the page puts the focus
    visit.settled()
    first, second = page.get_by_label("Height (cm)"), page.get_by_label("Weight (kg)")
    first.fill("1,81")
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    visit.settled()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_attached()
    expect(second).to_be_focused()
    expect(page.get_by_text(re.compile("^Not saved: must be a number"))).to_be_in_viewport()
    first.fill("181")
    page.keyboard.press("Tab")
    visit.settled()
    expect(page.get_by_text("There is a problem")).to_have_count(0)
    expect(second).to_be_focused()
    visit.assert_quiet()
