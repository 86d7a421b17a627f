"""What confirms or refutes a cause afterwards, and whether the intake or a review said so."""

import pytest

import makers
import typed_makers
from circulation.auditing import known_outcomes
from circulation.judgement import assessment
from circulation.reviewing import reviews

KNOWN = makers.knowledge()
PAD, CLOTS, VEINS = "peripheral_artery_disease", "blood_clots", "vein_disease"
LEFT = "ankle_brachial_index_left"


def outcome(record: dict[str, str], review: reviews.RecordReview) -> known_outcomes.Known:
    table = makers.table(KNOWN, [{}, record, {}])
    review = reviews.RecordReview("R00002", standing=review.standing)
    return known_outcomes.of([review], table, assessment.assess(table, KNOWN), KNOWN)["R00002"]


@pytest.mark.parametrize(
    ("record", "review", "cause", "confirmed", "by_review"),
    [
        ({}, typed_makers.review(), PAD, None, False),
        ({LEFT: "0.62"}, typed_makers.review(), PAD, True, False),
        ({}, typed_makers.review(measured={LEFT: "0.62"}), PAD, True, True),
        ({}, typed_makers.review(measured={LEFT: "1.10"}), PAD, False, True),
        ({LEFT: "1.10"}, typed_makers.review(measured={LEFT: "0.62"}), PAD, True, True),
        ({LEFT: "0.62"}, typed_makers.review(measured={LEFT: "0.60"}), PAD, True, False),
        ({"confirmed_blood_clots": "present"}, typed_makers.review(), CLOTS, True, False),
        (
            {},
            typed_makers.review(results={"compression_ultrasound": "abnormal"}),
            CLOTS,
            True,
            True,
        ),
        ({}, typed_makers.review(results={"compression_ultrasound": "normal"}), CLOTS, None, False),
        ({}, typed_makers.review(results={"venous_duplex": "abnormal"}), VEINS, True, True),
        ({}, typed_makers.review(results={"venous_duplex": "normal"}), VEINS, False, True),
        ({}, typed_makers.review(results={"venous_duplex": "unclear"}), VEINS, None, False),
        ({"test_venous_duplex_result": "normal"}, typed_makers.review(), VEINS, False, False),
        (
            {"confirmed_vein_disease": "present"},
            typed_makers.review(results={"venous_duplex": "normal"}),
            VEINS,
            True,
            False,
        ),
    ],
)
def test_an_outcome_is_known_by_the_intake_or_by_a_result_of_the_review(
    record: dict[str, str],
    review: reviews.RecordReview,
    cause: str,
    confirmed: bool | None,
    by_review: bool,
) -> None:
    found = outcome(record, review)
    assert found.confirmed[cause] is confirmed
    assert (cause in found.from_review) is by_review


def test_one_raised_sugar_or_d_dimer_typed_in_a_review_settles_nothing() -> None:
    found = outcome({}, typed_makers.review(measured={"hba1c_percent": "9.0", "d_dimer": "9000"}))
    assert set(found.confirmed.values()) == {None}
    assert found.from_review == frozenset()
