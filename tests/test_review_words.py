"""A refusal on a record's page names tests and numbers as the page does, never a column."""

import datetime

import pytest

import makers
from circulation import errors
from circulation.judgement import review_basis
from circulation.knowledge_base import columns
from circulation.knowledge_base.levels import Urgency
from circulation.reviewing import review_fields, review_rules, reviews, sign_off
from circulation.reviewing.reviews import Change, Field

KNOWN = makers.knowledge()
BASIS = review_basis.of(
    makers.table(KNOWN, [{}]),
    0,
    KNOWN,
    urgency=Urgency.ROUTINE,
    called_for=tuple(KNOWN.test),
    red_flags=tuple(KNOWN.flag),
)
TODAY = datetime.date(2026, 11, 22)


def refusal(change: Change) -> str:
    with pytest.raises(errors.DashboardError) as refused:
        review_fields.check_value(change, BASIS, TODAY)
    return str(refused.value)


def test_a_number_that_cannot_be_is_named_as_its_box_is() -> None:
    for measure in BASIS.measures:
        label = columns.label(KNOWN, measure.column)
        assert refusal(Change(Field.MEASURED, "1,81", measure.column)).startswith(f"{label}: ")


def test_words_about_a_test_are_named_as_its_boxes_are() -> None:
    boxes = {
        Field.TEST_VALUE: "value or finding",
        Field.TEST_REASON: "why it is not needed",
        Field.TEST_DATE: "day of the result",
    }
    for test in KNOWN.tests:
        for field, box in boxes.items():
            told = refusal(Change(field, "a@clinic.example", test.id))
            assert told.startswith(f"{test.label}, {box}: ")


def test_what_a_state_of_a_test_lacks_is_told_with_the_tests_name() -> None:
    change = Change(Field.MEASURED, "0.85", "ankle_brachial_index_left")
    with pytest.raises(errors.DashboardError) as refused:
        review_rules.plan(
            reviews.RecordReview("A-1"), [change], at="2026-11-22", actor="A", basis=BASIS
        )
    told = str(refused.value)
    assert told == (
        "Ankle-brachial index, left leg: is given, but Ankle-brachial index is not set to done. "
        "Set it to done first."
    )


def test_what_holds_back_a_sign_off_is_named_as_on_the_page() -> None:
    with pytest.raises(sign_off.SignOffRefused) as refused:
        sign_off.check_sign_off(reviews.RecordReview("A-1"), BASIS, "A")
    told = str(refused.value)
    assert "_" not in told
    for named in (*KNOWN.tests, *KNOWN.flags):
        assert named.label in told
