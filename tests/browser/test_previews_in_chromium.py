"""What would change our mind, opened in a real browser beside a test and beside a cause."""

import re

from playwright.sync_api import expect

import visiting
from visiting import Visit


def test_previews_and_first_questions_are_worked_out_when_they_are_opened(visit: Visit) -> None:
    page = visit.open("/review")
    page.get_by_role("button", name=re.compile("^Open record ")).first.click()
    expect(page.get_by_text("Your view first")).to_be_visible()
    visit.settled()
    visiting.record_view(visit)
    judged = page.get_by_text(re.compile("judged by the same rules"))
    expect(judged).to_have_count(0)
    page.get_by_role("button", name="What if?").first.click()
    expect(judged).to_be_visible()
    expect(
        page.get_by_text(re.compile(r"Changes no level|Urgency: | to |Then called for"))
    ).not_to_have_count(0)
    visit.settled()
    page.locator("details[id$='-diabetes'] > summary").first.click()
    page.locator("details[id$='-diabetes']").get_by_role("button", name="What to ask first").click()
    expect(page.get_by_text(re.compile("^Ask first")).first).to_be_visible()
    visit.settled()
    expect(judged).to_be_visible()
