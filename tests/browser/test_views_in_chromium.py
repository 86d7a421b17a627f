"""The views of the distribution by keys alone, on a small screen."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

import serving
from visiting import Visit

SMALL = {"width": 1024, "height": 768}
FOCUSED = """() => {
  let at = document.activeElement
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at.dataset.cell ?? at.textContent
}"""
GRID = ("CANVAS", "TD")  # what has the focus inside a table of figures
VIEWS = ("One cause", "Sites", "Age bands", "Sex", "Together", "Not recorded")


def tab_to(page: Page, found: Callable[[str], bool], most: int = 60) -> str:
    """Press Tab until the focus is where the reader wants it; what is written there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = str(page.evaluate(FOCUSED))
        if found(said):
            return said
    raise AssertionError("no key leads there")


def count_in(text: str) -> int:
    found = re.search(r"[\d,]+", text)
    assert found
    return int(found.group().replace(",", ""))


def open_records(visit: Visit, *, presses: int = 1) -> None:
    """From the cell that lies open to its records, by keys; the list has exactly as many."""
    page = visit.page
    expect(page.get_by_role("button", name=re.compile("^Close"))).to_be_visible()
    count = count_in(tab_to(page, lambda said: "assessment" in said))
    visit.settled()
    for _ in range(presses):
        page.keyboard.press("Enter")
    page.wait_for_url("**/review?**")
    shown = page.get_by_text(re.compile(rf"^{count:,} of [\d,]+ records? shown"))
    expect(shown).to_be_visible()


def test_keys_alone_go_through_every_view(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server, viewport=SMALL)
    page = visit.open()
    tab_to(page, lambda said: said == "All causes")
    for name in VIEWS:
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()
        visit.settled()
        expect(page.get_by_role("figure").first).to_be_visible()
        expect(page).to_have_url(re.compile("view=" + re.escape(name.replace(" ", "+"))))
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= 1024
        expect(page.get_by_text(re.compile("^All 1,200 records shown"))).to_be_visible()
    visit.assert_quiet()


def test_keys_alone_open_a_cell_and_exactly_its_records(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server, viewport=SMALL)
    page = visit.open("/?view=Sites")
    first = page.locator("button[data-cell]").first
    cell = first.get_attribute("data-cell")
    page.get_by_role("radio", name="Sites").focus()
    tab_to(page, lambda said: said == cell)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("at="))
    visit.settled()
    open_records(visit)
    page.get_by_role("link", name="Back to the distribution").click()
    expect(page.get_by_role("radio", name="Sites", exact=True)).to_be_checked()
    expect(page.get_by_role("button", name=re.compile("Open .* assessment"))).to_be_visible()
    visit.assert_quiet()


def test_keys_alone_open_a_line_of_one_cause(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server, viewport=SMALL)
    page = visit.open("/?view=One+cause&compared=Blood+clots&order=By+name")
    page.get_by_test_id("stDataFrame").wait_for()
    page.get_by_role("combobox", name="Cause").focus()
    tab_to(page, lambda _: page.evaluate("document.activeElement.tagName") in GRID)
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"cell=\w+\.blood_clots"))
    visit.settled()
    open_records(visit, presses=3)  # what the line still reports must not lead back
    visit.settled()
    expect(page).to_have_url(re.compile("/review"))
    visit.assert_quiet()


def test_the_address_follows_every_choice_also_after_a_filter(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = visit.open()
    for name, part in (
        ("12 months", r"from=\d"),
        ("Sites", "view=Sites"),
        ("Confirmed", "causes=Confirmed"),
        ("All", r"^(?!.*from=)"),
        ("Age bands", r"view=Age\+bands"),
    ):
        page.get_by_role("radio", name=name, exact=True).click()
        expect(page).to_have_url(re.compile(part))
        visit.settled()
        expect(page).to_have_url(re.compile(part))
    visit.assert_quiet()
