"""What a clinician reads on the worklist while others save, and how a last save is taken back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import pages
import plain_html
import review_makers
from circulation import access
from circulation.reviewing import kept_filters, reviews, saved_filters
from circulation.reviewing.reviews import Change, Field
from pages import press, said
from ui import session, shared_data

RECORDS = tuple(
    {
        "record_id": f"REC-{number}",
        "received_on": f"2026-01-{number:02d}",
        "site": "North" if number % 2 else "South",
        "varicose_veins": "present",
    }
    for number in range(1, 7)
)
OTHER = "Clinician 2"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text(RECORDS))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    return folder


@pytest.fixture
def list_page(store: Path) -> AppTest:
    return opened()


def opened() -> AppTest:
    return pages.on("review")


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def open_record(page: AppTest, record: str) -> AppTest:
    press(page, f"Open {record}")
    return page.switch_page("views/record.py").run()


def someone_saves(record: str, *changes: Change) -> None:
    review_makers.add(shared_data.reviews(), *changes, record=record, actor=OTHER)


def order_test(page: AppTest) -> AppTest:
    first = re.findall(r'data-act="status" data-about="([^"]+)"', plain_html.sent(page))[0]
    return plain_html.act(page, "status", first, "ordered")


def test_what_others_change_is_announced_and_the_list_stays(list_page: AppTest) -> None:
    assert "Show the new list" not in labels(list_page)
    someone_saves("REC-1", review_makers.START)
    someone_saves("REC-3", review_makers.START)
    text = said(list_page.run())
    assert "2 records changed since " in text
    assert "6 of 6 records shown." in text
    assert "Record REC-1" in text
    press(list_page, "Show the new list")
    text = said(list_page.run())
    assert "4 of 6 records shown." in text
    assert "Record REC-2" in text
    assert "changed since" not in text


def test_a_change_outside_the_list_is_no_news(list_page: AppTest) -> None:
    list_page.multiselect(key="worklist_site").set_value(["North"]).run()
    assert "3 of 6 records shown because of: site North." in said(list_page)
    someone_saves("REC-2", review_makers.START)
    assert "changed since" not in said(list_page.run())


def test_other_records_are_announced_and_not_swapped_in(list_page: AppTest, store: Path) -> None:
    more = [{"record_id": "REC-9", "received_on": "2026-01-01", "leg_pain": "present"}]
    intake_files.bring_in(store, intake_files.text(more))
    text = said(list_page.run())
    assert "Other records were loaded since " in text
    assert "6 of 6 records shown." in text
    press(list_page, "Show the new list")
    assert "7 of 7 records shown." in said(list_page.run())


def test_own_saves_are_no_news_and_next_stays_inside_the_list(list_page: AppTest) -> None:
    record = open_record(list_page, "REC-1")
    order_test(record)
    assert "**1** of 6 records" in said(record)
    press(record, "Next")
    assert "Record **REC-2**" in said(record)
    back = record.switch_page("views/review.py").run()
    text = said(back)
    assert "changed since" not in text
    assert "5 of 6 records shown." in text
    assert "Record REC-2" in text, "the place in the list is that of the record left last"


def test_the_record_left_last_is_where_the_reader_comes_back_to(list_page: AppTest) -> None:
    record = open_record(list_page, "REC-1")
    for _ in range(3):
        press(record, "Next")
    assert "Record REC-4" in said(record.switch_page("views/review.py").run())


def test_undo_takes_back_the_last_save_by_new_events_and_says_what_it_undid(
    list_page: AppTest,
) -> None:
    record = open_record(list_page, "REC-1")
    assert "Undo" not in labels(record)
    order_test(record)
    assert "ordered" in record.button(key="undo").help
    press(record, "Undo")
    assert "Undone " in said(record)
    assert "Undo" not in labels(record)
    stood = shared_data.reviews().current("REC-1")
    assert stood.state is reviews.State.WAITING
    events = shared_data.reviews().history("REC-1")
    assert [event.reason for event in events][2:] == ["undo", "undo"]


def test_undo_is_refused_when_somebody_else_saved_since(list_page: AppTest) -> None:
    record = open_record(list_page, "REC-1")
    order_test(record)
    someone_saves("REC-1", review_makers.note("cold foot"))
    press(record, "Undo")
    assert "Not undone" in said(record)
    assert "someone else saved this record" in said(record)
    assert shared_data.reviews().current("REC-1").note == "cold foot"


def test_undo_after_going_on_lays_the_record_open_again(list_page: AppTest) -> None:
    record = open_record(list_page, "REC-1")
    order_test(record)
    press(record, "Next")
    assert "REC-1" in said(record), "the save named is of another record than the open one"
    press(record, "Undo")
    assert "Record **REC-1**" in said(record)


def test_a_red_flag_seen_is_not_offered_for_undo(store: Path) -> None:
    flagged = {
        "record_id": "FLAG-1",
        "received_on": "2026-01-05",
        "leg_pain": "present",
        "leg_pain_onset": "sudden",
        "leg_pain_duration": "under_24_hours",
        "cold_leg": "present",
    }
    intake_files.bring_in(store, intake_files.text([flagged]))
    record = open_record(opened(), "FLAG-1")
    record.button(key="seen").click().run()
    assert "Saved " in said(record)
    assert "Undo" not in labels(record)


def test_what_was_reviewed_is_under_today_only_on_that_day(
    list_page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone_saves("REC-2", review_makers.START)
    settle: Callable[..., None] = someone_saves
    settle("REC-2", Change(Field.AGREED_CAUSE, "vein_disease"), Change(Field.DISPOSITION, "refer"))
    settle(
        "REC-2",
        Change(Field.RED_FLAG, "acknowledged", about="RF-ALI"),
        *(c for c in review_makers.EVERYTHING_OWED if c.field in reviews.TEST_FIELDS),
        review_makers.SIGN_OFF,
    )
    day = session.local_day(review_makers.NOW)
    monkeypatch.setattr(session, "today", lambda: day)
    list_page.segmented_control(key="worklist_tab").set_value("reviewed_today").run()
    assert "1 of 6 records shown." in said(list_page)
    assert "Signed off 22-Nov-2026." in said(list_page)
    monkeypatch.setattr(session, "today", lambda: datetime(2026, 11, 24, tzinfo=UTC).date())
    monkeypatch.setattr(session, "local_now", lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert "0 of 6 records shown." in said(list_page.run())


def test_a_record_page_that_begins_anew_goes_on_with_the_list_it_was_opened_from(
    list_page: AppTest,
) -> None:
    list_page.query_params["site"] = "North"
    list_page.query_params["tab"] = "all"
    record = open_record(list_page.run(), "REC-1")
    press(record, "Next")
    assert "**2** of 3 records" in said(record)
    again = pages.new().run().switch_page("views/record.py")
    for name, value in record.query_params.items():
        again.query_params[name] = value
    assert "**2** of 3 records" in said(again.run())
    press(again, "Next")
    assert "**3** of 3 records" in said(again)
    press(again, "Back to list")
    assert "3 of 6 records shown because of: site North" in said(
        again.switch_page("views/review.py").run()
    )


def test_a_record_page_that_begins_anew_with_a_list_that_is_gone_works_all_that_wait(
    store: Path,
) -> None:
    record = pages.new().run().switch_page("views/record.py")
    record.query_params["record"], record.query_params["site"] = "REC-3", "Gone"
    assert "**3** of 6 records" in said(record.run())


def test_the_search_stays_out_of_the_address_and_walks_what_it_found(list_page: AppTest) -> None:
    list_page.text_input(key="worklist_find").set_value("rec-4").run()
    assert "1 of 6 records shown because of: record id holds rec-4." in said(list_page)
    assert "rec-4" not in str(dict(list_page.query_params)).lower()
    record = open_record(list_page, "REC-4")
    assert "**1** of 1 record" in said(record)
    back = record.switch_page("views/review.py").run()
    assert "1 of 6 records shown because of: record id holds rec-4." in said(back)
    press(back, "Clear filters")
    assert "6 of 6 records shown." in said(back.run())


def test_a_filter_is_kept_under_a_name_and_found_again_by_another_reader(
    list_page: AppTest,
) -> None:
    list_page.multiselect(key="worklist_site").set_value(["South"]).run()
    list_page.text_input(key="filter_name").set_value("South list").run()
    press(list_page, "Keep this filter")
    other = opened()
    assert "6 of 6 records shown." in said(other)
    press(other, "South list")
    assert "3 of 6 records shown because of: site South." in said(other.run())


def test_a_filter_under_the_name_of_a_person_is_refused(list_page: AppTest) -> None:
    list_page.text_input(key="filter_name").set_value("Mr Brown").run()
    press(list_page, "Keep this filter")
    assert "holds what looks like a person's name" in said(list_page)
    assert "Mr Brown" not in said(list_page)


def test_a_filter_of_a_site_that_is_gone_is_refused_and_can_be_deleted(
    list_page: AppTest, store: Path
) -> None:
    gone = kept_filters.Filter("Old site", {"site": ["West"]})
    saved_filters.save(shared_data.reviews(), access.Role.CLINICIAN, gone, today=session.today())
    press(list_page.run(), "Old site")
    assert "names something that these records do not have" in said(list_page)
    list_page.selectbox(key="filter_picked").set_value("Old site").run()
    press(list_page, "Delete")
    assert "Old site" not in labels(list_page)
