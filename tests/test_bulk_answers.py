"""One answer for all open tests leaves what a red flag calls for to an answer of its own."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import pages
from circulation.judgement import bulk_answers, checklist, explanation, standing
from circulation.reviewing import reviews
from pages import said
from ui import shared_data

KNOWN = makers.knowledge()
LIMB = {"record_id": "LIMB-1", "ankle_pressure_dp_left": "40.0", "ankle_pressure_pt_left": "45.0"}
CALM = {"record_id": "CALM-1", "varicose_veins": "present"}
OF_THE_FLAG = {  # what diagnostic_tests.toml names for RF-CLTI, read by hand
    "toe_pressures",
    "transcutaneous_oxygen",
    "arterial_duplex",
    "ct_or_mr_angiography",
}
DECLINED, REFERRED = "The person declined", "Referred: done there"


def asked(record: dict[str, str]) -> tuple[checklist.Checklist, explanation.RecordAssessment]:
    table = makers.table(KNOWN, [record])
    review = reviews.RecordReview(record["record_id"])
    assessed = explanation.explain_record(standing.of(table, 0, KNOWN, review), KNOWN)
    return checklist.for_record(table, 0, assessed, review, KNOWN.measurements), assessed


def test_only_tests_that_a_raised_flag_calls_for_are_kept_open() -> None:
    made, assessed = asked(LIMB)
    kept = {line.test.id for line in bulk_answers.kept_open(made, assessed, KNOWN)}
    assert "RF-CLTI" in {view.flag.id for view in assessed.raised}
    assert kept == {line.test.id for line in made.unanswered} & OF_THE_FLAG
    assert len(kept) > 1
    assert bulk_answers.kept_open(*asked(CALM), KNOWN) == ()


def test_a_reason_leaves_them_out_and_a_referral_answers_them() -> None:
    made, assessed = asked(LIMB)
    kept = bulk_answers.kept_open(made, assessed, KNOWN)
    declined = bulk_answers.not_needed(DECLINED, made, assessed, KNOWN)
    assert set(declined) == set(made.unanswered) - set(kept)
    assert bulk_answers.not_needed(REFERRED, made, assessed, KNOWN) == made.unanswered


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text((LIMB, CALM)))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    return pages.on_record("LIMB-1")


def settle(page: AppTest, reason: str) -> AppTest:
    return next(b for b in page.selectbox if b.label.startswith("All ")).set_value(reason).run()


def test_the_page_names_the_tests_that_stay_open_and_a_referral_closes_them(page: AppTest) -> None:
    made, assessed = asked(LIMB)
    kept = bulk_answers.kept_open(made, assessed, KNOWN)
    some, count = len(made.unanswered) - len(kept), len(made.unanswered)
    box = next(one for one in page.selectbox if one.label.startswith("All "))
    assert f"Not needed: {DECLINED} ({some} of {count})" in box.options
    assert f"Not needed: {REFERRED}" in box.options
    assert "stay open" not in said(page)
    settle(page, DECLINED)
    stands = shared_data.reviews().current("LIMB-1")
    assert {one.test for one in stands.tests if one.status is reviews.TestStatus.NOT_NEEDED} == {
        line.test.id for line in made.unanswered if line not in kept
    }
    named = "; ".join(line.test.label for line in kept)
    assert f"{len(kept)} tests a red flag calls for stay open: {named}." in said(page)
    assert f"Only “{REFERRED}”, given for all at once, answers these too." in said(page)
    settle(page, REFERRED)
    assert "stay open" not in said(page)
    stands = shared_data.reviews().current("LIMB-1")
    assert {stands.test(line.test.id).reason for line in kept} == {REFERRED}
