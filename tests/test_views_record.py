"""What a clinician reads and does on one record: own view, results, corrections, hand-over."""

import dataclasses
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import pages
import plain_html
import review_makers
from circulation.judgement import result_bands, review_basis, standing
from circulation.knowledge_base import review_model
from circulation.knowledge_base.levels import Urgency
from circulation.reviewing import ledger, reviews
from pages import choose, press, said
from ui import session, shared_data

RECORD = {
    "record_id": "URGENT-1",
    "received_on": "2026-01-05",
    "leg_pain": "present",
    "leg_pain_onset": "sudden",
    "leg_pain_duration": "under_24_hours",
    "cold_leg": "present",
    "ankle_brachial_index_left": "0.41",
    "test_ankle_brachial_index": "done",
    "test_ankle_brachial_index_result": "abnormal",
    "test_hba1c": "done",
    "test_hba1c_result": "normal",
}
ORDER = "Suspected causes"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    folder = tmp_path / "store"
    calm = {"record_id": "CALM-1", "received_on": "2026-01-01"}
    intake_files.bring_in(folder, intake_files.text((RECORD, calm)))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    return pages.on_record("URGENT-1")


def ask(page: AppTest) -> AppTest:
    choose(page, "Leading cause", "peripheral_artery_disease")
    return press(choose(page, "How sure are you?", "sure"), "Record my view")


def settle(page: AppTest) -> AppTest:
    """Everything that a sign-off needs but the agreed cause."""
    press(page, "I have seen this")
    ask(page)
    press(page, "Mark 2 results as reviewed")
    box = next(one for one in page.selectbox if one.label.startswith("All "))
    box.set_value("Referred: done there").run()
    return choose(page, "What happens next", "refer")


def events(record_id: str = "URGENT-1") -> tuple[ledger.Event, ...]:
    return shared_data.reviews().history(record_id)


def test_the_tools_order_opens_after_the_own_view_and_red_flags_are_never_held_back(
    record: AppTest,
) -> None:
    assert "(RF-ALI)" in said(record)
    text = said(record)
    assert "Pain in the leg" in text
    assert "0.41" in text
    for held_back in (ORDER, "Measures and treatments", "is suspected"):
        assert held_back not in text
    assert "What if?" not in text
    assert next(one for one in record.selectbox if one.label == "Agreed cause").disabled
    choose(record, "Leading cause", "diabetes")
    press(record, "Record my view")
    assert "needs both a cause and how sure you are" in said(record)
    ask(record)
    text = said(record)
    assert ORDER in text
    assert "Your view first Peripheral artery disease, sure." in text
    stands = shared_data.reviews().current("URGENT-1").first_view
    assert stands == reviews.FirstView("peripheral_artery_disease", reviews.Certainty.SURE)


def test_the_list_does_not_give_the_tools_view_away_before_the_own(record: AppTest) -> None:
    listed = record.switch_page("views/review.py").run()
    assert "**Suspicion** After your view" in said(listed)
    ask(listed.switch_page("views/record.py").run())
    listed.switch_page("views/review.py").run()
    listed.segmented_control(key="worklist_tab").set_value("in_progress").run()
    assert "Peripheral artery disease: urgent" in said(listed)


def test_a_clinic_can_switch_the_own_view_off(
    record: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_settings(monkeypatch, first_view=False)
    assert ORDER in said(record.run())


def choose_settings(monkeypatch: pytest.MonkeyPatch, **chosen: object) -> None:
    known = makers.knowledge()
    settings = dataclasses.replace(known.reviewing.settings, **chosen)
    reviewing = dataclasses.replace(known.reviewing, settings=settings)
    changed = dataclasses.replace(known, reviewing=reviewing)
    monkeypatch.setattr(shared_data, "knowledge", lambda: changed)


def test_a_number_is_kept_with_its_unit_range_and_band_in_the_words_of_the_previews(
    record: AppTest,
) -> None:
    text = said(record)
    assert "Glycated haemoglobin Within its range" in text
    assert "left 0.41 ratio, date not recorded, recorded with the intake" in text
    assert "Ankle-brachial index, left leg: Index 0.41: Abnormal, 0.90 or less" in text
    plain_html.act(record, "edit", "ankle_brachial_index")
    label = "Ankle-brachial index, left leg (ratio)"
    number = next(one for one in record.text_input if one.label == label)
    number.set_value("1,1").run()
    assert "must be a number with a point, as 0.85" in said(record)
    assert next(one for one in record.text_input if one.label == label).value == "1,1"
    next(one for one in record.text_input if one.label == label).set_value("1.1").run()
    assert "Ankle-brachial index, left leg: Index 1.10: Within the reference range" in said(record)
    test = shared_data.reviews().current("URGENT-1").test("ankle_brachial_index")
    assert (test.status, test.result) == ("done", "abnormal"), "what the intake said is kept"


def test_each_reason_that_holds_back_the_sign_off_is_a_link_to_its_place(record: AppTest) -> None:
    press(record, "Mark reviewed and next")
    links = dict(re.findall(r"\[(.+?)\]\(#at-(.+?)\)", record.error[-1].value.replace("\\", "")))
    assert links["Your view first is not recorded"] == "first_cause_URGENT-1"
    assert links["What happens next is not chosen"] == "disposition_URGENT-1"
    assert (
        links[
            "Red flag Suddenly painful leg, cold, pale, pulseless, numb or weak is not acknowledged"
        ]
        == "seen"
    )
    assert links["Glycated haemoglobin"] == "result_seen_URGENT-1_hba1c"
    assert links["Ankle-brachial index"] == "result_seen_URGENT-1_ankle_brachial_index"
    drawn = {one.key for kind in ("selectbox", "button") for one in record.get(kind)}
    assert set(links.values()) <= drawn | plain_html.spots(record)


def test_a_signed_record_is_corrected_with_a_reason_and_opened_again_with_another(
    record: AppTest,
) -> None:
    choose(settle(record), "Agreed cause", "peripheral_artery_disease")
    press(record, "Mark reviewed and next")
    assert shared_data.reviews().current("URGENT-1").state is reviews.State.REVIEWED
    record.query_params["record"] = "URGENT-1"  # as the browser goes back
    record.session_state["correct"] = True  # opens the window
    record.run()
    choose(record, "New value", "diabetes")
    press(record, "Save the correction")
    assert "closed to changes" in said(record)
    choose(record, "Why?", "The wrong choice was recorded")
    press(record, "Save the correction")
    last = events()[-1]
    assert (last.old, last.new) == ("peripheral_artery_disease", "diabetes")
    assert last.reason == "The wrong choice was recorded"
    assert shared_data.reviews().current("URGENT-1").state is reviews.State.REVIEWED
    press(record, "Open this review again")
    assert "to reopen needs a reason" in said(record)
    choose(record, "Why is it opened again?", "A result came in late")
    press(record, "Open this review again")
    record.session_state["history"] = True  # opens the part
    text = said(record.run())
    newest, older = text.index("from signed off to in progress"), text.index("disease to Diabetes")
    assert newest < older
    assert "Reason: The wrong choice was recorded" in text
    assert "clinician (no sign-in)" in text


def test_a_hand_over_is_a_stated_note_with_its_reason_and_can_be_taken_back(
    record: AppTest,
) -> None:
    record.session_state["hand_over"] = True  # opens the window
    record.run()
    choose(record, "To", "vascular_specialist")
    press(record, "Hand over")
    assert "hand-over: needs a reason" in said(record)
    choose(record, "Why?", "Needs their expertise")
    press(record, "Hand over")
    assert "Handed over to the vascular specialist, " in said(record)
    assert events()[-1].reason == "Needs their expertise"
    press(record, "Take it over")
    assert "Handed over to the vascular specialist, " not in said(record)


def test_where_the_clinic_asks_for_two_a_second_other_person_signs(
    record: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_settings(monkeypatch, second_reviewer_urgencies=("same_day",))
    choose(settle(record.run()), "Agreed cause", "peripheral_artery_disease")
    assert "a second person cannot be told apart" in said(record)
    press(record, "Sign first and next")
    assert shared_data.reviews().current("URGENT-1").state is reviews.State.IN_PROGRESS
    record.query_params["record"] = "URGENT-1"  # as the browser goes back
    press(record.run(), "Mark reviewed and next")
    assert "A second reviewer, another person, has to sign as well" in said(record)
    monkeypatch.setattr(session, "actor", lambda: "Clinician 2")
    press(record, "Mark reviewed and next")
    stands = shared_data.reviews().current("URGENT-1")
    assert stands.state is reviews.State.REVIEWED
    assert review_model.Disposition.REFER is stands.disposition


HOSTILE = '<img src=x onerror=alert(1)> & "quoted"'


def test_a_reason_of_ones_own_is_read_as_it_was_typed_and_never_as_html(record: AppTest) -> None:
    plain_html.act(record, "status", "hba1c", "not_needed")
    labels = [one.label for one in record.selectbox]
    assert "Glycated haemoglobin: why it is not needed" in labels
    change = reviews.Change(reviews.Field.TEST_REASON, HOSTILE, "hba1c")
    basis = review_basis.of(
        makers.table(makers.knowledge(), [RECORD]),
        0,
        makers.knowledge(),
        urgency=Urgency.ROUTINE,
        called_for=(),
        red_flags=(),
    )
    review_makers.add(shared_data.reviews(), change, record="URGENT-1", basis=basis)
    press(record.run(), "Load it")
    assert "<img" not in plain_html.sent(record)
    assert f"{HOSTILE}." in said(record)


@pytest.mark.parametrize(
    ("do", "about", "value", "record_id"),
    [
        ("status", "hba1c", "not_needed", "CALM-1"),
        ("status", "hba1c", "gone", "URGENT-1"),
        ("status", "no_such_test", "ordered", "URGENT-1"),
        ("no_such_act", "hba1c", "ordered", "URGENT-1"),
    ],
)
def test_an_act_for_another_record_or_without_sense_changes_nothing(
    record: AppTest, do: str, about: str, value: str, record_id: str
) -> None:
    plain_html.act(record, do, about, value, record_id=record_id)
    assert not record.exception
    assert events() == ()


def test_an_act_that_is_sent_again_is_done_once(record: AppTest) -> None:
    plain_html.act(record, "status", "hba1c", "ordered")
    before = len(events())
    plain_html.act(record, "status", "hba1c", "done", again=True)
    assert len(events()) == before


def test_words_that_were_refused_stay_through_other_saves_until_they_are_saved_or_taken_out(
    record: AppTest,
) -> None:
    why = "holds what looks like a phone number"
    record.text_area[0].set_value("call 020 7946 0958").run()
    assert why in said(record)
    choose(record, "What happens next", "refer")
    press(record, "I have seen this")
    assert record.text_area[0].value == "call 020 7946 0958"
    assert why in said(record), "it goes on saying that they are not saved"
    record.text_area[0].set_value("").run()
    assert why not in said(record), "back to what is saved"
    record.text_area[0].set_value("call 020 7946 0958").run()
    record.text_area[0].set_value("rang the ward").run()
    assert why not in said(record)
    assert shared_data.reviews().current("URGENT-1").note == "rang the ward"


def test_a_band_beside_a_recorded_index_says_that_both_are_the_same_number() -> None:
    known = makers.knowledge()
    sized = {"bmi": "25.74", "weight": "82.00", "height": "178.50"}  # 25.7356...
    table = makers.table(known, [{**sized, "test_weight_height_waist": "done"}])
    stands = standing.of(table, 0, known, reviews.RecordReview("R00001"))
    (told,) = result_bands.of(stands, known)["weight_height_waist"]
    assert told.startswith("Body mass index: Index 25.73 kg/m²: Overweight, 25.0 to 29.9. Worked")
    assert "Recorded as 25.74: the same number, rounded." in told
