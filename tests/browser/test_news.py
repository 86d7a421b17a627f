"""What others did while a list or a record lay open is shown when its reader asks for it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

import serving
import visiting
from visiting import Visit


def test_the_new_list_and_the_newer_record_are_shown_when_asked_for(
    visit: Visit, new_visit: Callable[..., Visit], server: serving.Server
) -> None:
    other, reading = new_visit(server), new_visit(server)
    page = visit.open("/review")
    opener = page.get_by_role("button", name=re.compile("^Open record ")).first
    record = opener.inner_text().strip()
    reading.open(f"/record?record={record}")
    other.open(f"/record?record={record}")
    visiting.choose(other.page, "What happens next", "Treat")
    other.settled()

    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Show the new list").click()
    expect(page.get_by_role("button", name=f"Open record {record}")).to_have_count(0)
    expect(page.get_by_role("button", name="Show the new list")).to_have_count(0)

    note = reading.page.get_by_role("textbox", name=re.compile("^Note"))
    reading.page.get_by_role("button", name="Load it").click(timeout=25_000)
    reading.settled()
    expect(reading.page.get_by_role("combobox", name="What happens next")).to_have_value("Treat")
    expect(note).to_be_visible()
