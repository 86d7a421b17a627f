"""The distribution page as a reader works it: keys, clicks, addresses, roles, sizes of screen."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

import serving
from visiting import Visit

SWELLING = "leg_swelling blood_clots"


@pytest.fixture
def visit(new_visit: Callable[..., Visit], demo: serving.Server) -> Iterator[Visit]:
    """A fresh reader of the demonstration records, who meets no error and no foreign request."""
    fresh = new_visit(demo)
    yield fresh
    fresh.assert_quiet()


def cell(page: Page, name: str) -> Locator:
    return page.locator(f"button[data-cell='{name}']")


def panel(page: Page) -> Locator:
    return page.get_by_test_id("stColumn").last


def count_in(text: str | None) -> int:
    found = re.search(r"[\d,]+", text or "")
    assert found
    return int(found.group().replace(",", ""))


def test_a_click_on_a_cell_opens_exactly_its_records_and_back_keeps_everything(
    visit: Visit,
) -> None:
    page = visit.open("/?sex=female&review=reviewed")
    page.get_by_role("radio", name="12 months").click()
    visit.settled()
    expect(page.get_by_role("button", name=re.compile("Review reviewed"))).to_be_visible()
    cell(page, SWELLING).click()
    expect(page).to_have_url(re.compile("cell=leg_swelling.blood_clots"))
    expect(panel(page)).to_contain_text("Swelling of the leg with suspected blood clots")
    opener = page.get_by_role("button", name=re.compile("Open .* assessment"))
    count = count_in(opener.text_content())
    assert cell(page, SWELLING).get_attribute("aria-pressed") == "true"
    assert f": {count} of" in (cell(page, SWELLING).get_attribute("aria-label") or "")
    opener.click()
    expect(page).to_have_url(re.compile(r"/review\?.*finding=leg_swelling"))
    expect(page.get_by_text(re.compile(rf"^{count:,} of [\d,]+ records? shown"))).to_be_visible()
    page.get_by_role("link", name="Distribution").first.click()
    expect(page.get_by_role("radio", name="12 months")).to_be_checked()
    expect(page).to_have_url(re.compile("review=reviewed"))
    expect(panel(page)).to_contain_text("Swelling of the leg with suspected blood clots")


def test_keys_alone_reach_and_open_a_cell_and_the_focus_stays(visit: Visit) -> None:
    page = visit.open("/?order=By+clinical+group")
    cells = page.locator("button[data-cell]")
    cells.first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    there = "stinging_or_throbbing_pain blood_clots"
    expect(cell(page, there)).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("Stinging or throbbing pain in the legs with suspected")
    visit.settled()
    expect(cell(page, there)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(panel(page)).to_contain_text("with suspected peripheral artery disease")
    expect(page.locator("button[data-cell][tabindex='0']")).to_have_count(1)


def test_the_table_is_a_table_with_a_caption_and_heads(visit: Visit) -> None:
    page = visit.open()
    table = page.get_by_role("table", name=re.compile("Share of each finding for each cause"))
    expect(table.get_by_role("columnheader").first).to_have_text("Finding")
    expect(table.get_by_role("columnheader")).to_have_count(10)
    assert table.get_by_role("rowheader").count() > 10
    assert table.get_by_role("button").count() == 9 * table.get_by_role("rowheader").count()


def test_an_address_opens_the_same_numbers_for_someone_else(
    visit: Visit, new_visit: Callable[..., Visit], demo: serving.Server
) -> None:
    page = visit.open("/?sex=female&sex=male&from=2026-01-01&show=Number&causes=Confirmed")
    cell(page, "muscle_cramps vein_disease").click()
    expect(panel(page)).to_contain_text("with confirmed varicose veins")
    shown = "button[data-cell] .figure"
    numbers = page.locator(shown).all_inner_texts()
    other = new_visit(demo).open(page.url.removeprefix(demo.url))
    expect(panel(other)).to_contain_text("with confirmed varicose veins")
    expect(other.locator(shown)).to_have_text(numbers)
    assert re.search(r"[a-z]+=[^&]*S-", page.url) is None


def test_the_chart_opens_a_cell_too(visit: Visit) -> None:
    page = visit.open("/?form=Chart&order=By+clinical+group")
    plot = page.locator(".js-plotly-plot").first
    point = plot.locator(".scatterlayer text").nth(1)
    point.wait_for()  # the first chart of a visit brings its own library
    box = point.bounding_box()
    assert box
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.wait_for_timeout(300)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(panel(page)).to_contain_text("Muscle cramps with suspected blood clots")


def test_a_manager_meets_no_filter_and_no_way_to_records(visit: Visit) -> None:
    page = visit.open("/?role=Manager&cell=leg_swelling.vein_disease")
    expect(page.get_by_text("Counts of 1-7 are hidden")).to_be_visible()
    expect(page.get_by_text("Swelling of the leg with suspected").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Open .* assessment"))).to_have_count(0)
    expect(page.get_by_text("Age band")).to_have_count(0)
    hidden = page.locator("button[data-cell] .figure").filter(has_text="1-7 hidden")
    expect(hidden.first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (360, 740)])
def test_the_page_fits_the_screen_and_its_text_is_readable(
    new_visit: Callable[..., Visit], demo: serving.Server, scheme: str, width: int, height: int
) -> None:
    visit = new_visit(demo, color_scheme=scheme, viewport={"width": width, "height": height})
    page = visit.open("/?cell=leg_swelling.blood_clots")
    expect(cell(page, SWELLING)).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= width
    for some in page.locator("button[data-cell]").all()[:40]:
        assert (some.bounding_box() or {"height": 0})["height"] >= 24
    head = page.locator("thead th").filter(has_text="Raynaud").first
    assert head.evaluate("th => th.scrollWidth <= th.clientWidth + 1")
    visit.assert_quiet()
