"""The browser's Back button leads to what its reader has seen, one act at a time."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

import serving
from visiting import Visit

SHOWN = re.compile(r"^[\d,]+ of 1,200 records? shown")


@pytest.fixture
def visit(new_visit: Callable[..., Visit], server: serving.Server) -> Iterator[Visit]:
    """A fresh reader of the demonstration records, who meets no error and no foreign request."""
    fresh = new_visit(server)
    yield fresh
    fresh.assert_quiet()


def steps(page: Page) -> int:
    return int(page.evaluate("history.length"))


def test_back_leads_from_a_record_to_its_list_and_to_the_cell_that_the_list_came_from(
    visit: Visit,
) -> None:
    page = visit.open("/?from=2026-01-01")
    page.locator("button[data-cell='leg_swelling blood_clots']").click()
    expect(page).to_have_url(re.compile("cell="))
    seen = [page.url]
    page.get_by_role("button", name=re.compile("Open .* assessment")).click()
    expect(page.get_by_text(SHOWN)).to_be_visible()
    visit.settled()
    seen.append(page.url)
    page.get_by_role("button", name=re.compile("^Open S-")).click()
    expect(page.get_by_role("heading", name="Findings")).to_be_visible()
    visit.settled()
    seen.append(page.url)
    page.locator("a[data-act='reference']").first.evaluate("link => link.click()")
    expect(page.get_by_role("button", name="Back to the reference")).to_be_visible()
    visit.settled()
    for address in reversed(seen):
        page.go_back()
        visit.settled()
        expect(page).to_have_url(address)
    expect(page.get_by_text("with suspected blood clots").first).to_be_visible()


def test_another_view_of_the_same_records_is_no_step_back(visit: Visit) -> None:
    page = visit.open("/?show=Number&form=List")
    before = steps(page)
    for view in ("One cause", "All causes", "Sites", "All causes"):
        page.get_by_role("radio", name=view, exact=True).click()
        visit.settled()
        expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    assert steps(page) == before
    expect(page.get_by_role("radio", name="Number", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="List", exact=True)).to_be_checked()


def test_filters_taken_up_again_are_no_step_of_their_own(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("radio", name="12 months").click()
    expect(page).to_have_url(re.compile("from="))
    for name in ("Reference", "Distribution"):
        before = steps(page)
        page.get_by_role("link", name=name).first.click()
        visit.settled()
        assert steps(page) == before + 1
    expect(page).to_have_url(re.compile("/\\?from="))
    page.go_back()
    expect(page).to_have_url(re.compile("/reference$"))
