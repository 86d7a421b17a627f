"""On the record's page: a sign-off keeps what was shown, and the decision opens as it was seen."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import pages
import review_makers
from circulation.reviewing import review_store, reviews
from circulation.reviewing.reviews import Change, Field
from pages import press, said

RECORDS = (
    {
        "record_id": "URGENT-1",
        "received_on": "2026-01-05",
        "age_band": "60-64",
        "leg_pain": "present",
        "leg_pain_onset": "sudden",
        "cold_leg": "present",
        "varicose_veins": "absent",
    },
    {"record_id": "CALM-1", "received_on": "2026-01-01", "varicose_veins": "present"},
)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A store with two records; all that is owed of the urgent one is settled."""
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text(RECORDS))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    store = review_store.ReviewStore(review_makers.address(folder))
    known = makers.knowledge()
    flags = tuple(known.flag)
    basis = reviews.Basis("x", known.version, tuple(known.cause), tuple(known.test), (), flags)
    changes = [
        *(Change(Field.RED_FLAG, reviews.ACKNOWLEDGED, flag) for flag in flags),
        *(Change(Field.TEST_STATUS, "not_needed", test) for test in known.test),
        *(Change(Field.TEST_REASON, "seen last month", test) for test in known.test),
        Change(Field.FIRST_CAUSE, "blood_clots"),
        Change(Field.FIRST_CERTAINTY, "unsure"),
        Change(Field.AGREED_CAUSE, "peripheral_artery_disease"),
        Change(Field.DISPOSITION, "refer"),
        Change(Field.NOTE, "Pulses not felt."),
    ]
    actor = "clinician (no sign-in)"
    review_makers.add(store, *changes, record="URGENT-1", basis=basis, actor=actor)
    yield store
    store.close()


@pytest.fixture
def record(ledger: review_store.ReviewStore) -> AppTest:
    return pages.on_record("URGENT-1")


def opened_again(page: AppTest) -> AppTest:
    page.switch_page("views/record.py")
    page.query_params["record"] = "URGENT-1"
    return press(page.run(), "As seen then")


def test_a_decision_opens_as_it_was_seen_and_says_that_nothing_differs(
    record: AppTest, ledger: review_store.ReviewStore
) -> None:
    assert "Decisions so far" not in said(record)
    press(record, "Mark reviewed and next")
    signed = ledger.current("URGENT-1")
    assert signed.state is reviews.State.REVIEWED
    assert signed.value(Field.AS_SEEN)
    text = said(opened_again(record))
    assert not record.exception
    assert "**As seen on " in text
    assert "Agreed cause **Peripheral artery disease" in text
    assert "Note: Pulses not felt." in text
    assert "Today's view of this record is the same." in text
    known = makers.knowledge()
    for basis in (known.flag["RF-ALI"], known.test["arterial_duplex"].called_for[0]):
        assert f"{basis.id} version" in text
        assert known.source[basis.sources[0]].title in text


def bring_in_instead(folder: Path, cold_leg: str) -> None:
    """Take the records out and bring them in with another answer."""
    (file,) = (folder / "batches").glob("*.json")
    for path in (file, file.with_suffix(".parquet")):
        path.unlink()
    changed = [{**RECORDS[0], "cold_leg": cold_leg}, RECORDS[1]]
    intake_files.bring_in(folder, intake_files.text(changed))


def test_what_a_removed_answer_changes_today_is_marked_beside_what_was_shown(
    record: AppTest, tmp_path: Path
) -> None:
    press(record, "Mark reviewed and next")
    bring_in_instead(tmp_path / "store", "")
    opened_again(record)
    assert any(one.label.endswith("differ today") for one in record.expander)
    assert "| Record | Leg or foot cold to the touch | present | not there |" in said(record)


def test_what_was_not_shown_is_not_signed(
    record: AppTest, ledger: review_store.ReviewStore, tmp_path: Path
) -> None:
    bring_in_instead(tmp_path / "store", "absent")
    press(record, "Mark reviewed and next")
    assert "were changed since this page was shown; nothing is signed" in said(record)
    assert ledger.current("URGENT-1").state is reviews.State.IN_PROGRESS
