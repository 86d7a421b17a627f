"""Figures for managers change once a month: nobody reads a file from before and after it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import intake_files
import pages
from circulation.records import batches, settled_batches
from pages import everything
from ui import session, shared_data

APRIL = date(2026, 4, 1)
PAGES = ("distribution", "trends", "data")


def bring_in(store: Path, at: datetime, ids: range, **said: str) -> str:
    """A file of records of February, imported at some moment; the batch that it is."""
    rows = [{"record_id": f"P-{n:04}", "received_on": "2026-02-03", **said} for n in ids]
    made = intake_files.bring_in(store, intake_files.text(rows), today=at.date(), at=at)
    return made.batch


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        ([(3, 1), (3, 31)], [0, 1]),
        ([(3, 1), (4, 1)], [0]),
        ([(3, 31), (4, 1), (4, 30)], [0]),
        ([(4, 2)], [0]),
        ([(4, 2), (4, 2), (4, 3)], [0, 1]),
        ([(5, 2), (6, 2)], [0]),
    ],
)
def test_the_files_of_this_month_wait_but_those_of_the_very_first_day_do_not(
    tmp_path: Path, days: list[tuple[int, int]], counted: list[int]
) -> None:
    store = tmp_path / "store"
    made = [
        bring_in(store, datetime(2026, month, day, 9, place, tzinfo=UTC), range(place, place + 1))
        for place, (month, day) in enumerate(days)
    ]
    found = settled_batches.names(store, APRIL, lambda moment: moment.date())
    assert found == tuple(sorted(made[place] for place in counted))
    assert batches.version(store, shared_data.knowledge(), found) != "nothing"


def test_an_empty_store_has_none(tmp_path: Path) -> None:
    assert settled_batches.names(tmp_path, APRIL, lambda moment: moment.date()) == ()


def read(monkeypatch: pytest.MonkeyPatch, role: str, today: date) -> dict[str, str]:
    """What a reader is shown on each page on a day; the list of files apart, which is no figure."""
    monkeypatch.setattr(session, "today", lambda: today)
    page = pages.new().run()
    page.segmented_control(key="role").set_value(role).run()
    told = {}
    for name in PAGES:
        text = everything(page.switch_page(f"views/{name}.py").run())
        told[name] = re.sub(r"\d\d:\d\d", "", text.partition("Files")[0])
    assert not page.exception
    return told


def test_a_file_of_one_record_changes_no_page_of_a_manager_before_the_next_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    monkeypatch.setenv("INTAKE_STORE", str(store))
    bring_in(store, datetime(2026, 3, 2, 9, tzinfo=UTC), range(62), itching="absent")
    before = read(monkeypatch, "manager", date(2026, 4, 9))
    assert "60 records" in before["data"]
    bring_in(store, datetime(2026, 4, 9, 9, tzinfo=UTC), range(62, 63), itching="present")
    assert read(monkeypatch, "manager", date(2026, 4, 9)) == before
    assert "63 records" in read(monkeypatch, "clinician", date(2026, 4, 9))["data"]
    after = read(monkeypatch, "manager", date(2026, 5, 1))
    assert "65 records" in after["data"]
    assert after["distribution"] != before["distribution"]
