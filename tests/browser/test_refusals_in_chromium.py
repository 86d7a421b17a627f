"""Whoever is told that nothing was saved is one step from the reason, wherever the page stands."""

import re
from collections.abc import Callable

from playwright.sync_api import expect
from test_checklist_in_chromium import open_most_urgent

import serving
from visiting import Visit


def test_the_reason_for_a_refusal_is_reached_from_far_down_the_page(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = open_most_urgent(visit)
    page.get_by_text("History of this record").scroll_into_view_if_needed()
    page.keyboard.press("Control+Enter")
    visit.settled()
    reason = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(reason).to_be_focused()
    expect(reason).to_be_in_viewport()

    page.get_by_label(re.compile("^Note")).fill("call 07911 123456")
    page.get_by_text("History of this record").scroll_into_view_if_needed()
    page.get_by_role("combobox", name="What happens next").focus()
    visit.settled()
    expect(reason).not_to_be_in_viewport()
    page.get_by_role("link", name="See why").click()
    expect(reason).to_be_in_viewport()
    expect(reason.get_by_role("link", name="Go to it")).to_be_focused()
    visit.assert_quiet()
