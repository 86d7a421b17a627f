"""What a reader meets around every page: the role's pages, the notices and a quiet network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import serving
from visiting import Visit

PAGES = {"Distribution": "/", "Symptoms": "/symptoms", "Review": "/review"}
PAGES |= {"Second look": "/second_look", "Trends": "/trends", "Data": "/data"}
PAGES |= {"Reference": "/reference"}
FOR_MANAGERS = ["Distribution", "Trends", "Outcomes", "Data", "Reference"]
FIRST_VISIT = 3_000_000  # bytes over the line, with a chart on the page


def page_names(visit: Visit) -> list[str]:
    links = visit.page.get_by_test_id("stTopNavLink").all_inner_texts()
    return [link.splitlines()[-1] for link in links]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_without_an_error_or_a_request_to_elsewhere(
    new_visit: Callable[..., Visit], server: serving.Server, scheme: str
) -> None:
    visit = new_visit(server, color_scheme=scheme)
    for path in (*PAGES.values(), "/outcomes?role=Manager"):
        visit.open(path)
        expect(visit.page.get_by_text("There is a problem")).to_have_count(0)
        expect(visit.page.get_by_text("This page could not be shown")).to_have_count(0)
    visit.assert_quiet()


def test_the_page_says_what_it_is_and_that_there_is_no_sign_in(visit: Visit) -> None:
    page = visit.open()
    expect(page).to_have_title("Distribution, Leg circulation intake")
    expect(page.get_by_text("Supports the decision of a clinician and makes none.")).to_be_visible()
    expect(page.get_by_text("No sign-in yet")).to_be_visible()
    icon = page.locator("link[rel~=icon]").first.get_attribute("href")
    assert (icon or "").startswith("data:image/svg")


def test_a_role_sees_its_own_pages_only(visit: Visit) -> None:
    page = visit.open("/review")
    assert page_names(visit) == list(PAGES)
    page.get_by_role("radio", name="Manager").click()
    expect(page).to_have_url(f"{visit.server.url}/?role=Manager")
    assert page_names(visit) == FOR_MANAGERS


@pytest.mark.parametrize("path", ["/symptoms", "/review", "/record"])
def test_an_address_of_another_roles_page_opens_the_home_page(visit: Visit, path: str) -> None:
    page = visit.open(f"{path}?role=Manager")
    expect(page.get_by_role("dialog")).to_contain_text("Page not found")
    assert page_names(visit) == FOR_MANAGERS


def test_the_role_stays_on_the_way_through_the_pages_and_after_a_reload(visit: Visit) -> None:
    page = visit.open("/?role=Manager")
    page.get_by_role("link", name="Trends").click()
    chosen = page.get_by_role("radio", name="Manager")
    expect(chosen).to_be_checked()
    page.reload()
    expect(chosen).to_be_checked()


def test_a_first_visit_moves_less_than_three_megabytes(visit: Visit) -> None:
    network = visit.page.context.new_cdp_session(visit.page)
    network.send("Network.enable")
    moved: list[int] = []
    network.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    visit.open("/trends")
    visit.page.wait_for_load_state("networkidle")
    assert sum(moved) < FIRST_VISIT


def test_nothing_scrolls_sideways_on_a_phone(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server, viewport={"width": 320, "height": 740})
    for path in PAGES.values():
        page = visit.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
