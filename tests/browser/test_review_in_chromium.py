"""The review page when the server dies under it: typed words stay, or are said to be unsaved."""

import os
import re
import signal
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

import serving
import visiting
from circulation.reviewing import review_store

NOTE = "Note (no names or identifiers)"


def opened(visit: visiting.Visit) -> str:
    """Open the first record of the list; its id."""
    page = visit.open("/review")
    opener = page.get_by_role("button", name=re.compile("^Open record ")).first
    record = opener.inner_text().strip()
    opener.click()
    expect(page.get_by_text(f"Record {record}")).to_be_visible()
    visit.settled()
    return record


def note_kept(folder: Path, record: str) -> str:
    store = review_store.ReviewStore(f"sqlite:///{folder / 'reviews.sqlite'}")
    found = store.current(record).note
    assert store.verify().whole
    store.close()
    return found


def saved(page: Page) -> None:
    expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d")).last).to_be_visible()


def test_words_typed_while_the_server_is_killed_and_started_again_are_not_lost(
    chromium: Browser, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(serving.running(tmp_path))
        visit = stack.enter_context(visiting.reader(chromium, server))
        record, page = opened(visit), visit.page
        note = page.get_by_label(NOTE)
        note.fill("Acknowledged words.")
        note.press("Tab")
        saved(page)
        note.press_sequentially(" Words being typed")
        os.kill(server.pid, signal.SIGKILL)
        expect(note).to_be_disabled()
        assert note_kept(tmp_path, record) == "Acknowledged words."
        stack.enter_context(serving.running(tmp_path, port=server.port))
        expect(note).to_be_enabled()
        expect(note).to_have_value("Acknowledged words. Words being typed")
        note.press("End")
        note.press_sequentially(" on.")
        note.press("Tab")
        told = page.get_by_role("alert").filter(has_text="the server was started again")
        expect(told).to_be_visible()
        expect(page.get_by_text(f"Record {record}")).to_be_visible()
        expect(note).to_have_value("Acknowledged words. Words being typed on.")
        assert note_kept(tmp_path, record) == "Acknowledged words."
        page.get_by_role("button", name="Save my note now").click()
        saved(page)
        expect(told).to_have_count(0)
        assert note_kept(tmp_path, record) == "Acknowledged words. Words being typed on."
