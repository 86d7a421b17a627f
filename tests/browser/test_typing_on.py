"""Who types on while the page is drawn anew loses neither the place nor a word."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from test_checklist_in_chromium import open_most_urgent

import serving
from visiting import Visit

DRAWN_LATE = """() => {
  const hint = document.querySelector('[aria-label="Shortcut O"]')
  hint.removeAttribute("aria-label")
  setTimeout(() => hint.setAttribute("aria-label", "Shortcut O"), 500)
  document.addEventListener("keydown", (event) => event.stopPropagation(), true)
}"""
"""As if the button were drawn half a second from now: until then nothing else knows its key."""


def test_typing_goes_on_in_the_next_box_when_a_value_is_refused(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
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


def test_words_typed_right_after_the_key_for_the_next_missing_thing_land_in_its_box(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = open_most_urgent(visit)
    if page.get_by_role("button", name=re.compile("I have seen this")).count():
        page.keyboard.press("s")
        visit.settled()
    note = page.get_by_label(re.compile("^Note"))
    note.click()
    page.keyboard.type("walks 200 m")
    page.keyboard.press("Control+ArrowDown")
    page.keyboard.type("Blood")
    expect(page.get_by_role("combobox", name="Leading cause")).to_be_focused()
    expect(typed_in(page, "Leading cause")).to_have_value("Blood")
    visit.settled()
    expect(note).to_have_value("walks 200 m")
    page.get_by_role("option", name="Blood clots").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+ArrowDown")  # while the page is being drawn
    page.keyboard.type("Fairly")
    expect(typed_in(page, "How sure are you?")).to_have_value("Fairly")
    expect(note).to_have_value("walks 200 m")
    visit.assert_quiet()


def test_words_typed_right_after_a_test_was_marked_land_where_its_reason_is_asked(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = open_most_urgent(visit)
    box = page.get_by_role("combobox", name=re.compile(": status$")).first
    name = box.get_attribute("aria-label") or ""
    box.focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.keyboard.type("Declined")
    why = name.replace("status", "why it is not needed")
    expect(typed_in(page, why)).to_have_value("Declined")
    page.keyboard.press("Enter")
    visit.settled()
    expect(page.get_by_text("Declined.", exact=True)).to_be_visible()
    visit.assert_quiet()


def test_a_note_pasted_too_long_stands_and_is_said_not_to_be_saved(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = open_most_urgent(visit)
    note = page.get_by_label(re.compile("^Note"))
    pasted = "cold foot " * 201
    note.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(pasted)
    page.keyboard.press("Tab")
    visit.settled()
    expect(page.get_by_text(re.compile("2,010 characters long"))).to_be_attached()
    expect(note).to_have_value(pasted)
    visit.assert_quiet()


def test_a_key_for_a_button_that_is_still_to_be_drawn_presses_it_once_it_is_there(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = visit.open("/review")
    page.get_by_role("button", name=re.compile("^Open S-.*O$")).wait_for()
    visit.settled()
    page.evaluate(DRAWN_LATE)
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile("/record"))
    visit.assert_quiet()


def typed_in(page: Page, box: str) -> Locator:
    """What is being typed in a box that offers choices."""
    return page.get_by_role("combobox", name=box)
