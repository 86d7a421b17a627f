"""The distribution page as a reader works it: keys, clicks, addresses, roles, sizes of screen."""

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import serving
from visiting import Visit

SWELLING = "leg_swelling blood_clots"


@pytest.fixture
def visit(new_visit: Callable[..., Visit], server: serving.Server) -> Iterator[Visit]:
    """A fresh reader of the demonstration records, who meets no error and no foreign request."""
    fresh = new_visit(server)
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
    visit.settled()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text(re.compile("^All 1,200 records shown"))).to_be_visible()
    visit.settled()
    expect(page).not_to_have_url(re.compile("sex=|from=|review="))


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
    visit: Visit, new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    page = visit.open("/?sex=female&sex=male&from=2026-01-01&show=Number&causes=Confirmed")
    cell(page, "muscle_cramps vein_disease").click()
    expect(panel(page)).to_contain_text("with confirmed varicose veins")
    shown = "button[data-cell] .figure"
    numbers = page.locator(shown).all_inner_texts()
    other = new_visit(server).open(page.url.removeprefix(server.url))
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
    new_visit: Callable[..., Visit], server: serving.Server, scheme: str, width: int, height: int
) -> None:
    visit = new_visit(server, color_scheme=scheme, viewport={"width": width, "height": height})
    page = visit.open("/?cell=leg_swelling.blood_clots")
    expect(cell(page, SWELLING)).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= width
    for some in page.locator("button[data-cell]").all()[:40]:
        assert (some.bounding_box() or {"height": 0})["height"] >= 24
    head = page.locator("thead th").filter(has_text="Raynaud").first
    assert head.evaluate("th => th.scrollWidth <= th.clientWidth + 1")
    visit.assert_quiet()


def saved(page: Page, press: Locator, folder: Path) -> Path:
    """The file that the browser saves when something is pressed."""
    with page.expect_download() as download:
        press.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_the_back_button_takes_one_filter_off_after_the_other(visit: Visit) -> None:
    page = visit.open("/?sex=female")
    page.get_by_role("radio", name="12 months").click()
    crumb = page.get_by_role("button", name=re.compile(r"Received \d"))
    expect(crumb).to_be_visible()
    crumb.focus()
    page.keyboard.press("Enter")
    expect(crumb).to_have_count(0)
    expect(page.get_by_text(re.compile("records shown, because sex female"))).to_be_visible()
    page.go_back()
    expect(crumb).to_be_visible()
    page.go_back()
    expect(crumb).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/\?sex=female$"))


def test_seldom_filters_stay_open_while_several_are_chosen_and_hold_when_closed(
    visit: Visit,
) -> None:
    page = visit.open()
    expect(page.get_by_text("Finding present")).to_have_count(0)
    page.get_by_role("button", name="More filters").click()
    for label, option in (("Sex", "female"), ("Review", "reviewed")):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()
        expect(page).to_have_url(re.compile(f"{label.lower()}="))
        visit.settled()
    for _ in ("the list", "the window"):
        page.keyboard.press("Escape")
        visit.settled()
    expect(page.get_by_text("Finding present")).to_have_count(0)
    for name in ("Sex female", "Review reviewed"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    expect(page).to_have_url(re.compile(r"(?=.*sex=female)(?=.*review=reviewed)"))


@pytest.mark.parametrize("role", ["Clinician", "Manager"])
def test_what_is_saved_is_what_the_page_shows(visit: Visit, tmp_path: Path, role: str) -> None:
    page = visit.open(f"/?role={role}")
    cells = page.locator("button[data-cell]")
    expect(cells.first).to_be_visible()
    names = [
        name.split(": ", 1)[1]
        for name in cells.evaluate_all("all => all.map(one => one.ariaLabel)")
    ]
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Take along").click()
    dialog = page.get_by_role("dialog")
    file = saved(page, dialog.get_by_role("button", name="Table as CSV"), tmp_path)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    told = [row for row in rows if row["Records"]]
    assert Counter(as_said(row) for row in told if row["Share"] != "not asked") == Counter(
        name for name in names if name != "Nobody was asked"
    )
    assert title in file.read_text("utf-8-sig").replace('""', '"')


def test_a_picture_holds_its_title_what_it_shows_and_as_of_when(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.open("/?role=Manager")
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Take along").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="SVG").click()
    visit.settled()
    drawing = saved(page, dialog.locator(".modebar-btn"), tmp_path).read_text("utf-8")
    for text in (title[:40], "records. Filters: ", "Records up to: ", "Knowledge: "):
        assert html.escape(text, quote=False) in drawing
    dialog.get_by_role("radio", name="PNG").click()
    visit.settled()
    assert saved(page, dialog.locator(".modebar-btn"), tmp_path).read_bytes()[:4] == b"\x89PNG"


def as_said(row: dict[str, str | None]) -> str:
    """A line of the file in the words of its cell on the page."""
    share = f" ({row['Share']})" if "%" in (row["Share"] or "") else ""
    if row["Records"] == "0":
        return "No records"
    if row["Asked"] == "hidden":
        return "Hidden"
    counts = [f"{int(n):,}" if (n or "").isdigit() else n for n in (row["Present"], row["Asked"])]
    return f"{counts[0]} of {counts[1]} asked{share}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_print_is_the_page_on_white_without_its_controls(
    new_visit: Callable[..., Visit], server: serving.Server, scheme: str
) -> None:
    visit = new_visit(server, color_scheme=scheme)
    page = visit.open("/?sex=female")
    expect(cell(page, SWELLING)).to_be_visible()
    expect(page.get_by_text("Data set: ")).to_be_hidden()
    page.emulate_media(media="print")
    for chrome in ("stHeader", "stButton", "stPopover", "stMultiSelect", "stButtonGroup"):
        expect(page.get_by_test_id(chrome).filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(re.compile("records shown, because sex female"))).to_be_visible()
    expect(page.get_by_text(re.compile("As of: .*Data set: .*Knowledge: "))).to_be_visible()
    table = page.get_by_role("table", name=re.compile("Share of each finding"))
    assert table.evaluate("t => t.parentElement.scrollHeight <= t.parentElement.clientHeight + 1")
    shades = page.evaluate("""[document.body, document.querySelector('.stApp')].map(
        one => getComputedStyle(one).backgroundColor)""")
    assert set(shades) == {"rgb(255, 255, 255)"}
    ink = page.get_by_role("heading", level=1).evaluate("one => getComputedStyle(one).color")
    assert ink == "rgb(18, 24, 28)"
    assert page.pdf(format="A4").startswith(b"%PDF")
