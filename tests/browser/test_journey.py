"""The main job in a real browser: from a cell of the distribution to a reviewed record and back."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

import serving
import visiting
from circulation.reviewing import review_store
from visiting import Visit


def _press(visit: Visit, key: str) -> None:
    """Press a key once the whole record page, its foot last, is there to hear it."""
    expect(visit.page.get_by_role("button", name=re.compile("Mark reviewed"))).to_be_visible()
    visit.settled()
    visit.page.wait_for_timeout(500)
    visit.page.keyboard.press(key)


def _wait_for_note(folder: Path, record: str, note: str) -> None:
    """Until the ledger itself holds the note; the page's 'Saved' may be that of the save before."""
    store = review_store.ReviewStore(f"sqlite:///{folder / 'reviews.sqlite'}")
    end = time.monotonic() + visiting.PATIENCE / 1000
    while store.current(record).note != note and time.monotonic() < end:
        time.sleep(0.1)
    assert store.current(record).note == note
    store.close()


def _open_first(visit: Visit) -> str:
    """Open the first record of the list; its id."""
    page = visit.page
    opener = page.get_by_role("button", name=re.compile("^Open record ")).first
    record = (opener.inner_text()).strip()
    opener.click()
    expect(page.get_by_text(f"Record {record}")).to_be_visible()
    visit.settled()
    return record


def test_from_a_cell_to_a_reviewed_record_that_a_restart_keeps(
    chromium: Browser, tmp_path: Path
) -> None:
    with serving.running(tmp_path) as server, visiting.reader(chromium, server) as visit:
        page = visit.open("/?order=By+clinical+group")
        page.locator("[data-cell]").first.click()
        visit.settled()
        opening = page.get_by_role("button", name=re.compile(r"^Open \d+ "))
        count = re.search(r"\d+", opening.inner_text())
        assert count
        opening.click()
        visit.settled()
        every = page.get_by_text(re.compile(rf"^{count.group()} of 1,200 records shown"))
        expect(every).to_be_visible()
        page.get_by_role("radio", name=re.compile("^Waiting ")).click()
        expect(every).to_have_count(0)
        visit.settled()
        record = _open_first(visit)
        boxes = page.get_by_role("combobox", name=re.compile(": status$"))
        names = [boxes.nth(place).get_attribute("aria-label") or "" for place in range(3)]
        for name in names:
            page.get_by_role("combobox", name=name).select_option("Ordered")
            expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d")).first).to_be_visible()
            visit.settled()
        expect(page.get_by_role("heading", name="Suspected causes")).to_have_count(0)
        visiting.record_view(visit)
        visiting.choose(page, "Agreed cause", "Undecided")
        visit.settled()
        visiting.choose(page, "What happens next", "More tests")
        visit.settled()
        page.get_by_label("Note (no names or identifiers)").fill("Both legs, scan first.")
        page.get_by_label("Note (no names or identifiers)").press("Tab")
        _wait_for_note(tmp_path, record, "Both legs, scan first.")
        expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d")).first).to_be_visible()
        visit.settled()
        visit.assert_quiet()
    with serving.running(tmp_path) as server, visiting.reader(chromium, server) as visit:
        page = visit.open("/review?tab=in_progress")
        expect(page.get_by_role("button", name=f"Open record {record}")).to_be_visible()
        assert _open_first(visit) == record
        expect(page.get_by_label("Note (no names or identifiers)")).to_have_value(
            "Both legs, scan first."
        )
        for name in names:
            expect(page.get_by_role("combobox", name=name)).to_have_value("ordered")
        visit.assert_quiet()


def test_sign_off_says_everything_that_holds_it_back(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    visit.open("/review")
    _open_first(visit)
    visit.page.get_by_role("button", name=re.compile("Mark reviewed and next")).click()
    problem = visit.page.get_by_role("alert").filter(has_text="Not signed off yet")
    expect(problem).to_contain_text("no agreed cause", ignore_case=True)
    expect(problem).to_contain_text("what happens next", ignore_case=True)
    expect(problem).to_contain_text("is not acknowledged")
    visit.assert_quiet()


def test_the_list_is_worked_by_keys_alone(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = visit.open("/review")
    rows = page.get_by_role("row")
    first = rows.nth(1).get_attribute("data-record")
    second = rows.nth(2).get_attribute("data-record")
    rows.nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name=f"Record {second}")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Record {second}")).to_be_visible()
    _press(visit, "p")
    expect(page.get_by_text(f"Record {first}")).to_be_visible()
    _press(visit, "n")
    expect(page.get_by_text(f"Record {second}")).to_be_visible()
    _press(visit, "Escape")
    expect(page.get_by_role("heading", name=re.compile("^Longest wait"))).to_be_visible()
    visit.assert_quiet()


def test_two_reviewers_on_one_record_both_keep_their_words(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    first, second = new_visit(server), new_visit(server)
    for visit in (first, second):
        visit.open("/review")
    record = _open_first(first)
    assert _open_first(second) == record
    for visit, text in ((first, "Words of the first."), (second, "Words of the second.")):
        note = visit.page.get_by_label("Note (no names or identifiers)")
        note.fill(text)
        note.press("Tab")
        visit.settled()
    expect(second.page.get_by_role("alert").filter(has_text="someone else saved")).to_be_visible()
    versions = second.page.get_by_role("row").filter(has_text="Words of the first.")
    expect(versions).to_contain_text("Words of the second. (not saved)")
    note = second.page.get_by_label("Note (no names or identifiers)")
    expect(note).to_have_value("Words of the second.")
    expect(second.page.get_by_text("Not saved", exact=True)).to_be_visible()


def _counts(page: Page) -> list[str]:
    """How many records each tab of the list has."""
    return page.get_by_role("radio", name=re.compile(r"^(Waiting|In progress) ")).all_inner_texts()


def test_keys_pressed_while_a_record_is_drawn_are_all_heard_and_save_nothing(
    new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    visit = new_visit(server)
    page = visit.open("/review?urgency=routine")
    rows = page.get_by_role("row")
    expect(rows.nth(6)).to_be_visible()
    before = _counts(page)
    ids = [rows.nth(place).get_attribute("data-record") for place in range(1, 5)]
    rows.nth(1).focus()
    for key in ("Enter", "n", "n", "p"):
        page.keyboard.press(key)
        page.wait_for_timeout(40)
    page.keyboard.press("Escape")
    expect(page.locator("tr:focus")).to_have_attribute("data-record", str(ids[1]))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name=f"Record {ids[2]}")).to_be_visible()
    visit.settled()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Record {ids[2]}")).to_be_visible()
    visit.settled()
    page.go_back()
    expect(page.locator("tr:focus")).to_have_attribute("data-record", str(ids[2]))
    assert _counts(page) == before
    visit.assert_quiet()
