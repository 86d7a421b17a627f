"""What a clinician reads on the worklist and on one record."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import pages
import plain_html
from circulation.reviewing import reviews
from pages import press, said
from ui import session, shared_data

RECORDS = (
    {
        "record_id": "URGENT-1",
        "received_on": "2026-01-05",
        "site": "North",
        "age_band": "60-64",
        "sex": "male",
        "leg_pain": "present",
        "leg_pain_side": "left",
        "leg_pain_onset": "sudden",
        "leg_pain_duration": "under_24_hours",
        "cold_leg": "present",
        "cold_leg_side": "left",
        "varicose_veins": "absent",
        "ankle_brachial_index_left": "0.41",
        "test_hba1c": "done",
        "test_hba1c_result": "abnormal",
    },
    {"record_id": "CALM-1", "received_on": "2026-01-01", "varicose_veins": "present"},
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text(RECORDS))
    return folder


@pytest.fixture
def list_page(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    return pages.on("review")


@pytest.fixture
def record(list_page: AppTest) -> AppTest:
    """The page of the most urgent record."""
    press(list_page, "Open URGENT-1")
    return list_page.switch_page("views/record.py").run()


def test_the_button_of_a_record_reads_as_its_id_is_written(list_page: AppTest) -> None:
    assert r"Open URGENT\-1" in [one.label for one in list_page.button]


def test_the_list_says_who_waits_longest_and_previews_the_most_urgent(
    list_page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "today", lambda: date(2026, 1, 20))
    list_page.run()
    assert not list_page.exception
    assert list_page.title[0].value.replace("\\", "") == (
        "Longest wait: 19 days (CALM-1); 1 same-day record is past its time"
    )
    text = said(list_page)
    assert "A wait runs until sign-off. Past their time: Same day: 1, the worst by 15 days." in text
    assert "2 of 2 records shown. Most urgent first, then earliest due, longest wait" in text
    assert "Waiting 15 days: past its time by 15 days, due 05-Jan-2026." in text
    assert [one.value for one in list_page.header] == ["Record URGENT\\-1"]


def test_the_record_shows_who_why_and_what_is_present_absent_and_not_asked(
    record: AppTest,
) -> None:
    assert not record.exception
    text = said(record)
    assert "Record **URGENT-1**" in text
    assert "Age band **60-64**" in text
    assert "Received **05-Jan-2026**" in text
    assert "(RF-ALI)" in text
    assert "Pain in the leg (left, sudden, under 24 hours)" in text
    assert "\nAbsent Varicose veins\n" in text
    assert "\nNot asked: " in text
    assert "Ankle-brachial index (ratio)\n0.41\nnot measured\n" in text


def test_a_test_state_is_saved_at_once_and_stands_in_the_ledger(record: AppTest) -> None:
    plain_html.act(record, "status", "ankle_brachial_index", "ordered")
    assert not record.error
    assert "Saved " in said(record)
    stands = shared_data.reviews().current("URGENT-1").test("ankle_brachial_index")
    assert stands.status is reviews.TestStatus.ORDERED


def test_the_note_refuses_what_could_name_a_person_and_keeps_the_text(record: AppTest) -> None:
    typed = "Call the daughter on jane.doe@example.org"
    record.text_area[0].set_value(typed).run()
    problem = record.error[-1].value.replace("\\", "")
    assert "holds what looks like an e-mail address" in problem
    assert "jane.doe" not in problem
    assert record.text_area[0].value == typed


def test_sign_off_lists_every_reason_that_holds_it_back(record: AppTest) -> None:
    press(record, "Mark reviewed and next")
    problem = record.error[-1].value
    for reason in ("is not acknowledged", "o agreed cause", "hat happens next is not chosen"):
        assert reason in problem


@pytest.mark.parametrize(("day", "overdue"), [(0, False), (1, True)])
def test_a_card_says_when_its_knowledge_is_past_its_review(
    record: AppTest, monkeypatch: pytest.MonkeyPatch, day: int, overdue: bool
) -> None:
    due = max(note.review_due for _, note in makers.knowledge().files)
    monkeypatch.setattr(session, "today", lambda: due + timedelta(days=day))
    assert ("The review date of this content has passed" in said(record.run())) is overdue


def test_a_manager_has_no_record_page(list_page: AppTest) -> None:
    list_page.segmented_control(key="role").set_value("manager").run()
    assert "URGENT" not in said(list_page)
