"""On the pages: a result typed in a review counts like an answer of the intake, and says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import manage
import pages
import plain_html
import review_makers
from circulation.judgement import review_basis
from circulation.knowledge_base.levels import Urgency
from circulation.reviewing import review_store, reviews
from circulation.reviewing.reviews import Change, Field
from pages import press, said

KNOWN = makers.knowledge()
RECORDS = (
    {  # low pressures at both ankle arteries: a red flag by its numbers alone
        "record_id": "LIMB-1",
        "received_on": "2026-01-05",
        "ankle_pressure_dp_left": "40.0",
        "ankle_pressure_pt_left": "45.0",
    },
    {"record_id": "CALM-1", "received_on": "2026-01-02", "calf_pain_walking": "present"},
    {"record_id": "CALM-2", "received_on": "2026-01-03", "varicose_veins": "present"},
)
VIEW = (Change(Field.FIRST_CAUSE, "vein_disease"), Change(Field.FIRST_CERTAINTY, "unsure"))
INDEX, TOE = "ankle_brachial_index", "toe_pressures"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[review_store.ReviewStore]:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text(RECORDS))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    opened = review_store.ReviewStore(review_makers.address(folder))
    yield opened
    opened.close()


def save(store: review_store.ReviewStore, record: str, *changes: Change) -> None:
    """What the open page would save, by the same name as the page's reader."""
    basis = review_basis.of(
        makers.table(KNOWN, RECORDS),
        0,
        KNOWN,
        urgency=Urgency.ROUTINE,
        called_for=(),
        red_flags=tuple(KNOWN.flag),
    )
    actor = "clinician (no sign-in)"
    review_makers.add(store, *changes, record=record, basis=basis, actor=actor)


def done(test: str, **numbers: str) -> tuple[Change, ...]:
    measured = (Change(Field.MEASURED, text, column) for column, text in numbers.items())
    return (
        Change(Field.TEST_STATUS, "done", test),
        Change(Field.TEST_RESULT, "abnormal", test),
        Change(Field.RESULT_SEEN, reviews.SEEN, test),
        *measured,
    )


def opened(record: str) -> AppTest:
    return pages.on_record(record)


def test_a_number_typed_raises_a_level_says_what_stood_before_and_is_taken_back(
    store: review_store.ReviewStore,
) -> None:
    save(store, "CALM-1", *VIEW, Change(Field.TEST_STATUS, "done", INDEX))
    assert "Counted with the intake" not in said(opened("CALM-1"))
    save(store, "CALM-1", *done(INDEX, ankle_brachial_index_left="0.62"))
    text = said(opened("CALM-1"))
    assert "Counted with the intake: Ankle-brachial index, left leg 0.62; Ankle-brachial" in text
    assert "index: result abnormal (review, " in text
    assert "Strongly supported at intake: possible" in text
    assert "Ankle-brachial index (ratio)\n0.62 (review, " in text
    save(store, "CALM-1", Change(Field.MEASURED, "", f"{INDEX}_left"))
    text = said(opened("CALM-1"))
    assert "0.62" not in text
    assert "Strongly supported" not in text


def test_a_number_without_its_unit_type_is_not_counted_and_says_why(
    store: review_store.ReviewStore,
) -> None:
    test, number = "d_dimer_quantitative", {"d_dimer": "812"}
    save(store, "CALM-1", *VIEW, *done(test, **number))
    text = said(opened("CALM-1"))
    counted = next(line for line in text.splitlines() if "Counted with the intake" in line)
    assert "D-dimer 812" not in counted
    assert (
        "Not counted: D-dimer, because “Unit type of the D-dimer” is not recorded. "
        "Without the type no D-dimer is banded"
    ) in text
    save(store, "CALM-1", Change(Field.MEASURED, "feu", "d_dimer_type"))
    text = said(opened("CALM-1"))
    counted = next(line for line in text.splitlines() if "Counted with the intake" in line)
    assert "D-dimer 812" in counted
    assert "Not counted" not in text
    feu = next(one.label for one in KNOWN.choice["d_dimer_type"].values if one.code == "feu")
    assert f"Unit type of the D-dimer {feu} (review, " in text
    save(store, "CALM-1", Change(Field.MEASURED, "", "d_dimer"))
    assert "Not counted: Unit type of the D-dimer, because “D-dimer” is not" in said(
        opened("CALM-1")
    )


def test_the_command_line_assesses_a_record_as_its_page_does(
    store: review_store.ReviewStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(store, "CALM-1", *VIEW, *done(INDEX, ankle_brachial_index_left="0.62"))
    assert manage.main(["assess", "CALM-1", "--store", str(tmp_path / "store")]) == 0
    told = capsys.readouterr().out
    assert "Peripheral artery disease: Strongly supported (at intake: Possible)" in told
    assert "Blood clots: Open\n" in told


def test_a_red_flag_that_a_result_would_lower_stays_until_sign_off_and_says_what_lowers_it(
    store: review_store.ReviewStore,
) -> None:
    higher = {"ankle_pressure_dp_left": "120.0", "ankle_pressure_pt_left": "125.0"}
    save(store, "LIMB-1", *VIEW, *done(INDEX, **higher))
    page = opened("LIMB-1")
    assert "(RF-CLTI)" in plain_html.alert(page)
    text = said(page)
    assert "Ankle pressure, dorsalis pedis, left leg 120.0; Ankle pressure, posterior tib" in text
    assert "would lower limb-threatening lack of blood" in text
    assert "The alert stays until sign-off: a clinician decides." in text
    settled = [
        *(Change(Field.RED_FLAG, reviews.ACKNOWLEDGED, flag) for flag in ("RF-CLTI", "RF-WOUND")),
        *(Change(Field.TEST_STATUS, "not_needed", test) for test in KNOWN.test if test != INDEX),
        *(Change(Field.TEST_REASON, "done elsewhere", t) for t in KNOWN.test if t != INDEX),
        Change(Field.AGREED_CAUSE, "undecided"),
        Change(Field.DISPOSITION, "refer"),
    ]
    save(store, "LIMB-1", *settled)
    press(opened("LIMB-1"), "Mark reviewed and next")
    assert store.current("LIMB-1").state is reviews.State.REVIEWED
    page = opened("LIMB-1")
    assert not plain_html.alert(page)
    assert "Red flag of the intake, no longer raised with Ankle pressure" in said(page)
    text = said(press(page, "As seen then"))
    assert "it stood until the sign-off." in text
    assert "**Counted with the intake** " in text


def test_the_list_puts_a_record_first_that_a_result_makes_urgent(
    store: review_store.ReviewStore,
) -> None:
    def listed() -> list[dict[str, str]]:
        page = pages.new().run()
        page.query_params["tab"] = "all"
        page.switch_page("views/review.py").run()
        assert not page.exception
        text = [one.value.replace("\\", "") for one in page.header]
        return [{"first": text[0], "said": said(page)}]

    assert listed()[0]["first"] == "Record LIMB-1"
    save(store, "CALM-2", *VIEW, *done(TOE, toe_pressure_left="24"))
    (found,) = listed()
    assert found["first"] == "Record CALM-2"
    assert "by a result of the review" in found["said"]
    assert " raised limb-threatening lack of blood: " in said(opened("CALM-2"))
