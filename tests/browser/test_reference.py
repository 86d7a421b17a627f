"""A clinician looks up why something was suggested."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import serving
from visiting import Visit

SECTIONS = (
    *("Causes", "Findings", "Tests", "Red flags", "Measures", "Escalations", "Differences"),
    *("Scores", "Method", "Columns", "Sources", "Glossary", "Versions"),
)
FIRST_VIEW = 5_000  # milliseconds on two shared cores; about 650 on an idle machine


def pick(visit: Visit, group: str, name: str) -> None:
    groups = visit.page.get_by_role("radiogroup", name=group)
    groups.get_by_role("radio", name=name, exact=True).click()
    visit.settled()


def heading_levels(page: Page) -> list[int]:
    headings = page.get_by_test_id("stMain").get_by_role("heading")
    return [int(tag[1]) for tag in headings.evaluate_all("all => all.map(each => each.tagName)")]


def test_an_address_opens_the_page_at_its_entry(visit: Visit) -> None:
    page = visit.open("/reference?entry=PAD-8")
    expect(page.get_by_role("heading", name="Rule: PAD-8")).to_be_in_viewport()
    expect(page.get_by_text("Not yet reviewed by a clinician").first).to_be_visible()
    expect(page.get_by_text("Doubt The Edinburgh questionnaire asks for more")).to_be_visible()
    page.get_by_role("button", name="S20 Edinburgh Claudication Questionnaire").click()
    expect(page.get_by_role("heading", name="Source: S20")).to_be_in_viewport()
    expect(page).to_have_url(f"{visit.server.url}/reference?entry=S20")
    page.go_back()
    expect(page.get_by_role("heading", name="Rule: PAD-8")).to_be_in_viewport()
    page.get_by_role("button", name="All about Peripheral artery disease").click()
    expect(page.get_by_role("heading", name="PAD-8", exact=True)).to_be_visible()
    visit.assert_quiet()


def test_a_place_on_the_page_of_a_cause_is_one_key_away(visit: Visit) -> None:
    page = visit.open("/reference")
    page.get_by_role("link", name="Speaks against it").press("Enter")
    expect(page.get_by_role("heading", name="Speaks against it")).to_be_in_viewport()


def test_search_answers_while_the_reader_types_and_keeps_words_out_of_the_address(
    visit: Visit,
) -> None:
    page = visit.open("/reference")
    page.get_by_label("Search the reference").press_sequentially("swell")
    first = page.get_by_role("button", name="Swelling of the leg").first
    expect(first).to_be_visible()
    assert "swell" not in page.url
    first.press("Enter")
    expect(page.get_by_role("heading", name="Finding: Swelling of the leg")).to_be_visible()
    page.get_by_role("button", name="Back to the reference").click()
    expect(first).to_be_visible()
    visit.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_section_opens_in_order_and_fits(
    new_visit: Callable[..., Visit], server: serving.Server, scheme: str
) -> None:
    size = {"width": 1024, "height": 768}
    visit = new_visit(server, color_scheme=scheme, viewport=size)
    page = visit.open("/reference")
    for name in SECTIONS:
        pick(visit, "Section", name)
        levels = heading_levels(page)
        steps = [after - before for before, after in itertools.pairwise(levels)]
        assert levels[0] == 1, name
        assert max(steps) <= 1, (name, levels)
        main = page.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollWidth") <= size["width"], name
    visit.assert_quiet()


def test_a_section_has_an_address_of_its_own(visit: Visit) -> None:
    page = visit.open("/reference")
    pick(visit, "Section", "Red flags")
    expect(page).to_have_url(f"{visit.server.url}/reference?section=Red+flags")
    page.reload()
    expect(page.get_by_role("heading", name="22 red flags")).to_be_visible()


def test_the_first_view_comes_at_once(visit: Visit) -> None:
    visit.open("/reference")
    visit.page.reload(wait_until="commit")
    heading = visit.page.get_by_role("heading", name="PAD-18", exact=True)
    expect(heading).to_be_visible(timeout=FIRST_VIEW)
