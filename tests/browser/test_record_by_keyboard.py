"""One record from the list to signed off and the next one open, by the keyboard alone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

import serving
from visiting import Visit

MOST = 12
"""Keystrokes besides choices: opening a box, picking in it and closing it is one choice."""


class Keyboard:
    """Counts the keys that move or act; what is pressed inside a box is a choice."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.pressed = visit, 0

    @property
    def page(self) -> Page:
        return self.visit.page

    def press(self, key: str) -> None:
        self.visit.settled()
        self.pressed += 1
        self.page.keyboard.press(key)
        self.visit.settled()

    def choose(self, box: str, option: str) -> None:
        """Pick an option in the box that has the focus, by typing its beginning."""
        expect(self.page.get_by_role("combobox", name=box)).to_be_focused()
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=option).first.wait_for()
        self.page.keyboard.press("Enter")
        self.visit.settled()


def test_a_record_is_reviewed_by_keys_alone_in_at_most_12_besides_choices(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = visit.open("/review")
    keys = Keyboard(visit)
    first = page.get_by_role("row").nth(1).get_attribute("data-record") or ""
    keys.press("o")
    expect(page.get_by_text(f"Record {first}")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("I have seen this"))).to_be_visible()
    keys.press("s")
    expect(page.get_by_text(re.compile(r"^Seen \d\d-"))).to_be_visible()
    keys.press("Control+ArrowDown")
    keys.choose("Leading cause", "Blood clots")
    keys.press("Control+ArrowDown")
    keys.choose("How sure are you?", "Fairly sure")
    keys.press("Control+Enter")
    expect(page.get_by_role("heading", name="Suspected causes")).to_be_visible()
    keys.press("Control+ArrowDown")
    expect(page.get_by_role("button", name=re.compile("results as reviewed"))).to_be_focused()
    keys.press("Enter")
    keys.press("Control+ArrowDown")
    keys.choose("All", "Not needed: Referred")
    keys.press("Control+ArrowDown")
    keys.choose("Agreed cause", "Blood clots")
    keys.press("Control+ArrowDown")
    keys.choose("What happens next", "Refer")
    keys.press("Control+Enter")
    expect(page.get_by_text(f"Record {first}")).to_have_count(0)
    expect(page.get_by_text(re.compile("^Record S-"))).to_be_visible()
    assert keys.pressed <= MOST
    visit.assert_quiet()


def test_each_thing_that_holds_back_the_sign_off_leads_to_its_place(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = visit.open("/review")
    page.get_by_role("row").nth(2).get_by_role("button").click()
    expect(page.get_by_role("heading", name="Your view first")).to_be_visible()
    visit.settled()
    page.get_by_role("button", name=re.compile("Mark reviewed and next")).click()
    problem = page.get_by_role("alert").filter(has_text="Not signed off yet")
    expect(problem.get_by_role("link").first).to_be_focused()
    problem.get_by_role("link", name=re.compile("What happens next")).click()
    expect(page.get_by_role("combobox", name="What happens next")).to_be_focused()
    problem.get_by_role("link", name=re.compile("our view first")).click()
    expect(page.get_by_role("combobox", name="Leading cause")).to_be_focused()
    visit.assert_quiet()
