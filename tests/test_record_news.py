"""A record's page says what is newer than it, and shows it only when its reader asks."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import manage
import pages
import plain_html
import review_makers
from circulation.records import batches
from circulation.reviewing.reviews import Change, Field
from pages import choose, press, said
from ui import shared_data

RECORD = {"record_id": "REC-1", "received_on": "2026-01-05", "varicose_veins": "present"}
OTHER = {"record_id": "REC-2", "received_on": "2026-01-06", "leg_pain": "present"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text((RECORD,)))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    return folder


@pytest.fixture
def page(store: Path) -> AppTest:
    return pages.on_record("REC-1")


def next_step(page: AppTest) -> str | None:
    return next(one for one in page.selectbox if one.label == "What happens next").value


def someone_saves(*changes: Change) -> None:
    review_makers.add(shared_data.reviews(), *changes, record="REC-1", actor="Clinician 2")


def test_what_another_saves_is_announced_and_shown_only_when_asked_for(page: AppTest) -> None:
    assert "Load it" not in [one.label for one in page.button]
    someone_saves(Change(Field.DISPOSITION, "treat"), review_makers.note("seen in the clinic"))
    text = said(page.run())
    assert ": Review; What happens next; Note. Nothing changes here until" in text
    assert (next_step(page), page.text_area[0].value) == (None, "")
    press(page, "Load it")
    assert (next_step(page), page.text_area[0].value) == ("treat", "seen in the clinic")
    assert "Saved elsewhere" not in said(page)


def test_a_save_on_the_older_page_overwrites_nothing_and_both_versions_are_shown(
    page: AppTest,
) -> None:
    choose(page, "Leading cause", "diabetes")
    choose(page, "How sure are you?", "sure")
    press(page, "Record my view")
    someone_saves(Change(Field.DISPOSITION, "treat"))
    page.run()
    page.text_area[0].set_value("cold foot").run()
    text = said(page)
    assert "someone else saved this record since it was opened; yours is not saved" in text
    shown = plain_html.read(plain_html.sent(page)).splitlines()
    head = shown.index("On your page")
    assert shown[head + 1].startswith("What stands now, by Clinician 2, ")
    assert shown[head + 2 : head + 8] == [
        *("What happens next", "nothing", "Treat"),
        *("Note", "cold foot (not saved)", "nothing"),
    ]
    assert "3 other entries are the same in both." in shown
    assert (next_step(page), page.text_area[0].value) == ("treat", "cold foot")
    assert shared_data.reviews().current("REC-1").note == ""
    assert "Saved elsewhere" not in text, "the page shows what stands now"


def test_own_saves_and_their_undo_are_no_news(page: AppTest) -> None:
    choose(page, "What happens next", "refer")
    assert "Saved elsewhere" not in said(page.run())
    assert next_step(page) == "refer"
    page.button(key="undo").click().run()
    assert "Saved elsewhere" not in said(page.run())
    assert next_step(page) is None


def test_other_records_are_announced_with_what_became_of_this_one(
    page: AppTest, store: Path
) -> None:
    intake_files.bring_in(store, intake_files.text((OTHER,)))
    text = said(page.run())
    assert "Other records were loaded since " in text
    assert "The answers of this record are the same." in text
    press(page, "Load it")
    assert "Other records were loaded" not in said(page.run())


def test_answers_that_are_others_now_are_announced_until_the_reader_has_read_them(
    page: AppTest, store: Path
) -> None:
    (batch,) = batches.names(store)
    assert manage.main(["remove", batch, "--store", str(store)]) == 0
    intake_files.bring_in(store, intake_files.text(({**RECORD, "varicose_veins": "absent"},)))
    for _ in range(2):
        assert "The answers of this record are others now: read it again." in said(page.run())
    press(page, "Load it")
    assert "answers of this record" not in said(page.run())
