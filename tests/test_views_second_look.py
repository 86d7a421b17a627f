"""What a clinician finds on the Second look page, and what is not there before they decided."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import makers
import pages
import review_makers
from circulation.reviewing import review_store, reviews
from circulation.reviewing.reviews import Change, Field
from pages import said
from ui import session

SIGNED = 20  # so many of one cause that exactly one is drawn


def row(number: int) -> dict[str, str]:
    return {
        "record_id": f"S-{number:03}",
        "age_band": "60-64",
        "varicose_veins": "present",
        "leg_pain": "present",
        "leg_pain_onset": "sudden",
        "cold_leg": "present",
        "confirmed_vein_disease": "present",
    }


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Twenty signed records, each with a first view, an agreed cause and a known outcome."""
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text([row(n) for n in range(SIGNED)]))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    store = review_store.ReviewStore(review_makers.address(folder))
    known = makers.knowledge()
    basis = reviews.Basis("x", known.version, tuple(known.cause), tuple(known.test))
    for number in range(SIGNED):
        certainty = list(reviews.Certainty)[number % 3]
        changes = (
            Change(Field.FIRST_CAUSE, "vein_disease"),
            Change(Field.FIRST_CERTAINTY, certainty),
            Change(Field.AGREED_CAUSE, "diabetes"),
            Change(Field.DISPOSITION, "refer"),
            Change(Field.NOTE, "Words of the first reader."),
            review_makers.SIGN_OFF,
        )
        name, who = f"S-{number:03}", "clinician (no sign-in)"
        review_makers.add(store, *changes, record=name, actor=who, basis=basis)
    yield store
    store.close()


@pytest.fixture
def page(ledger: review_store.ReviewStore) -> AppTest:
    return pages.on("second_look")


def tab(page: AppTest, label: str) -> str:
    found = next(one for one in page.tabs if one.label == label)
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error")
    return "\n".join(one.value for kind in kinds for one in found.get(kind)).replace("\\", "")


def save(page: AppTest, cause: str | None, sure: str | None) -> AppTest:
    page.selectbox(key="second_look_cause").set_value(cause)
    page.radio(key="second_look_sure").set_value(sure)
    return next(one for one in page.button if one.label.startswith("Save my view")).click().run()


def test_the_record_is_shown_without_id_decision_level_or_cause(page: AppTest) -> None:
    assert not page.exception
    text = tab(page, "Look again")
    assert "1 record waits" in text
    assert "Varicose veins" in text
    assert "Suddenly painful leg" in text, "red flags are never held back"
    known = makers.knowledge()
    hidden = ["S-0", "Words of the first", "Refer", *(cause.label for cause in known.causes)]
    hidden += ["Suspected causes", *(f"-badge[{level.label}]" for level in known.levels)]
    body = text.replace("Varicose veins", "")
    assert [word for word in hidden if word in body] == []


def test_after_the_own_view_both_are_shown_and_compared(
    page: AppTest, ledger: review_store.ReviewStore
) -> None:
    save(page, "vein_disease", "fairly_sure")
    text = said(page)
    assert "you **Varicose veins and vein disease**, first decision **Diabetes**" in text
    assert "The two views differ." in text
    assert "No record waits for a second look. One in 20 signed records is drawn" in text
    readers = tab(page, "Two readers")
    assert "The random one in 20" in readers
    assert "Both named the same cause in 0 of 1. Too few for more: 10 are needed." in readers
    assert "| Diabetes | Varicose veins and vein disease |" in readers
    looked = [r for r in ledger.all_current().values() if r.value(Field.SECOND_CAUSE)]
    assert [one.agreed_cause for one in looked] == ["diabetes"]


@pytest.mark.parametrize(("cause", "sure"), [(None, "sure"), ("diabetes", None)])
def test_half_a_view_is_not_saved_and_shows_nothing(
    page: AppTest, cause: str | None, sure: str | None
) -> None:
    save(page, cause, sure)
    assert "not saved: it needs a cause and how sure you are" in said(page)
    assert "first decision" not in said(page).replace("neither the first decision", "")


def test_own_first_views_stand_beside_what_was_confirmed(page: AppTest) -> None:
    text = tab(page, "Were we right?")
    assert "| Varicose veins and vein disease | 20 of 20 (100%, 95% interval 84% to 100%)" in text
    assert "Too few known outcomes to say" in text
    assert "20 signed records whose view was not kept at sign-off" in text


def test_nobody_else_sees_another_ones_first_views(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "actor", lambda: "Clinician 2")
    text = tab(page.run(), "Were we right?").split("The tool at sign-off")[0]
    assert "20 of 20" not in text


@pytest.mark.parametrize("role", ["manager", "data_steward"])
def test_managers_and_stewards_have_no_such_page(page: AppTest, role: str) -> None:
    page.segmented_control(key="role").set_value(role).run()
    assert "Look again" not in [one.label for one in page.tabs]
    assert "S-0" not in said(page)
