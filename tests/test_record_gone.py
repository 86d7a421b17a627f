"""Records are removed or added while others read: nothing typed is lost, nothing is left unsaid."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import manage
import pages
from circulation.records import batches
from pages import said
from ui import shared_data

NORTH = {"record_id": "REC-1", "received_on": "2026-01-05", "site": "North", "leg_pain": "present"}
SOUTH = {"record_id": "REC-2", "received_on": "2026-01-01", "site": "South", "leg_pain": "absent"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text((NORTH,)))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    return folder


@pytest.fixture
def page(store: Path) -> AppTest:
    opened = pages.new()
    return opened.run().switch_page("views/review.py")


def on_record(page: AppTest) -> AppTest:
    page.session_state["desk_record"] = "REC-1"
    return page.switch_page("views/record.py").run()


def exchange(store: Path) -> None:
    """A data steward removes the record's file and adds another."""
    (batch,) = batches.names(store)
    intake_files.bring_in(store, intake_files.text((SOUTH,)))
    assert manage.main(["remove", batch, "--store", str(store)]) == 0


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def test_what_was_typed_before_the_record_went_is_saved_and_said_to_be(
    page: AppTest, store: Path
) -> None:
    on_record(page)
    exchange(store)
    text = said(page.text_area[0].set_value("cold foot").run())
    assert "Record REC-1 is not among the records loaded now" in text
    assert "Saved " in text
    assert shared_data.reviews().current("REC-1").note == "cold foot"
    assert labels(page)[:3] == ["Back to list", "Previous", "Next"]


def test_words_that_were_refused_stand_there_to_be_copied(page: AppTest, store: Path) -> None:
    on_record(page)
    exchange(store)
    page.text_area[0].set_value("write to a.b@example.com about the foot").run()
    for _ in range(2):
        text = said(page.run())
        assert "write to a.b@example.com about the foot" in text
        assert "e-mail" in text
    assert shared_data.reviews().current("REC-1").note == ""


def test_a_save_names_the_records_that_its_page_was_drawn_from(page: AppTest, store: Path) -> None:
    seen = shared_data.data_version()
    on_record(page)
    intake_files.bring_in(store, intake_files.text((SOUTH,)))
    assert shared_data.data_version() != seen
    page.text_area[0].set_value("cold foot").run()
    assert {event.data_set for event in shared_data.reviews().history("REC-1")} == {seen}


def test_a_list_whose_filter_is_gone_stays_until_the_reader_takes_the_new_one(
    page: AppTest, store: Path
) -> None:
    page.query_params["site"] = "North"
    assert "1 of 1 record shown" in said(page.run())
    exchange(store)
    text = said(page.run())
    assert "1 of 1 record shown because of: site North" in text
    assert "Other records were loaded since" in text
    page.button(key="take_new").click().run()
    assert "names something that these records do not have" in said(page)
    next(one for one in page.button if one.label == "Clear filters").click().run()
    assert "1 of 1 record shown." in said(page)
    assert "site" not in page.query_params
