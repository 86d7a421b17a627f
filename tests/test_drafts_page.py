"""A record's page that begins anew finds its record, and says what is not saved."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import pages
from pages import said
from ui import drafts

RECORDS = ({"record_id": "A-1", "leg_pain": "present"}, {"record_id": "A-2"})


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text(RECORDS))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    return pages.new().run()


def test_the_address_names_the_record_and_opens_it_in_a_new_session(page: AppTest) -> None:
    page.switch_page("views/record.py")
    page.query_params["record"] = "A-2"
    text = said(page.run())
    assert "Record **A-2**" in text
    assert drafts.ANEW in text


def test_a_record_opened_from_the_list_is_put_into_the_address_and_says_nothing(
    page: AppTest,
) -> None:
    page.session_state["desk_record"] = "A-1"
    text = said(page.switch_page("views/record.py").run())
    assert "Record **A-1**" in text
    assert page.query_params["record"] == "A-1"
    assert drafts.ANEW not in text


def test_an_address_that_names_no_record_is_told_the_way_out(page: AppTest) -> None:
    page.switch_page("views/record.py")
    assert "no record is open. Open one from the list" in said(page.run())
    page.query_params["record"] = "A-9"
    page.run()
    assert [one.proto.title.replace("\\", "") for one in page.warning] == [
        "Record A-9 is not among the records loaded now"
    ]
    assert "Back to list" in [one.label for one in page.button]


def test_a_page_that_has_saved_since_is_not_called_new_after_an_undo(page: AppTest) -> None:
    page.switch_page("views/record.py")
    page.query_params["record"] = "A-2"
    page.run()
    box = next(one for one in page.selectbox if one.label == "What happens next")
    assert drafts.ANEW not in said(box.set_value("refer").run())
    undo = next(one for one in page.button if one.label == "Undo")
    assert drafts.ANEW not in said(undo.click().run())
