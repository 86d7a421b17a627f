"""The checklist of a record in a real browser: its first lines in view, worked by keys."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

import serving
import visiting
from circulation.reviewing import review_store
from circulation.reviewing.reviews import Field
from visiting import Visit

IN_VIEW = """() => {
  const foot = document.querySelector('[data-testid="stBottom"]').getBoundingClientRect().top
  const lines = [...document.querySelectorAll(".sheet .line")].filter((one) => one.offsetParent)
  return lines.filter((one) => one.getBoundingClientRect().bottom <= foot + 1).length
}"""


def open_most_urgent(visit: Visit) -> Page:
    page = visit.open("/review")
    page.get_by_role("button", name=re.compile("^Open record ")).first.click()
    expect(page.get_by_role("button", name=re.compile("I have seen this"))).to_be_visible()
    visit.settled()
    return page


@pytest.mark.parametrize(("width", "height", "lines"), [(1440, 900, 5), (1024, 768, 3)])
def test_the_first_lines_are_in_view_while_an_alert_stands(
    new_visit: Callable[..., Visit], server: serving.Server, width: int, height: int, lines: int
) -> None:
    visit = new_visit(server, viewport={"width": width, "height": height})
    page = open_most_urgent(visit)
    expect(page.get_by_role("alert")).to_be_in_viewport(ratio=1)
    assert page.evaluate(IN_VIEW) >= lines


def test_a_line_is_worked_by_keys_and_stays_as_it_was(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = open_most_urgent(visit)
    record = parse_qs(urlsplit(page.url).query)["record"][0]
    why = page.locator(".line details").nth(1)
    why.locator("summary").press("Enter")
    expect(why.get_by_role("link").first).to_be_visible()
    box = page.get_by_role("combobox", name=re.compile(": status$")).first
    name = box.get_attribute("aria-label") or ""
    expect(box).to_have_value("to_do")
    box.focus()
    page.keyboard.press("ArrowDown")  # over Ordered, where an arrow must not save yet
    page.keyboard.press("ArrowDown")
    result = page.get_by_role("combobox", name=name.replace("status", "result"))
    expect(result).to_be_focused()
    visit.settled()
    expect(page.get_by_role("combobox", name=name)).to_have_value("done")
    expect(why.get_by_role("link").first).to_be_visible()
    store = review_store.ReviewStore(f"sqlite:///{server.store.parent / 'reviews.sqlite'}")
    saved = [event for event in store.history(record) if event.field == Field.TEST_STATUS]
    store.close()
    assert [event.new for event in saved] == ["done"]
    visit.assert_quiet()


def test_a_reason_leads_to_its_rule_and_back_to_the_record(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = open_most_urgent(visit)
    record = parse_qs(urlsplit(page.url).query)["record"]
    page.locator(".line details summary").first.click()
    page.locator(".line details").first.get_by_role("link").first.click()
    page.wait_for_url("**/reference?entry=*")
    visit.settled()
    page.go_back()
    expect(page.get_by_role("button", name=re.compile("I have seen this"))).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["record"] == record
    visiting.record_view(visit)
    aside = page.get_by_text(re.compile("more called for by possible suspicions"))
    if aside.count():
        aside.click()
        expect(page.locator(".aside .line").first).to_be_visible()
    visit.assert_quiet()
