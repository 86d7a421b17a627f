"""The checklist shows all seven tests, what is called for first, and what stands for each."""

import makers
from circulation.judgement import checklist
from circulation.reviewing import reviews

ARTICLE = {
    "family_history",
    "physical_examination",
    "blood_sugar",
    "antibodies",
    "ct_or_ultrasound",
    "d_dimer",
    "blood_pressure_tests",
}


def _made(
    record: dict[str, str], review: reviews.RecordReview | None = None
) -> checklist.Checklist:
    known = makers.knowledge()
    table = makers.table(known, [record])
    row = makers.row(table)
    assessed = makers.explained(table, row, known)
    found = review or reviews.RecordReview("R00001")
    return checklist.for_record(table, row, assessed, found, known.measurements)


def _lines(made: checklist.Checklist) -> dict[str, checklist.Line]:
    return {line.test.id: line for g in made.groups for line in (g.head, *g.under)}


def test_all_seven_of_the_article_are_always_there() -> None:
    assert {group.head.test.id for group in _made({}).groups} == ARTICLE


def test_called_for_groups_stand_before_the_others() -> None:
    called = [group.called_for for group in _made({"leg_pain_walking": "present"}).groups]
    assert called == sorted(called, reverse=True)
    assert any(called)


def test_a_test_of_the_article_is_owed_by_itself_only_without_a_specific_one() -> None:
    for group in _made({"leg_pain_walking": "present", "varicose_veins": "present"}).groups:
        under = [line.test.id for line in group.under if line.called_for]
        owed = [line.test.id for line in group.owed]
        assert owed == (under or ([group.head.test.id] if group.called_for else []))


def test_the_review_speaks_before_the_intake() -> None:
    record = {"test_hba1c": "done", "test_hba1c_result": "abnormal"}
    at_intake = _lines(_made(record))["hba1c"]
    assert (at_intake.status, at_intake.result) == (
        reviews.TestStatus.DONE,
        reviews.TestResult.ABNORMAL,
    )
    assert at_intake.at_intake
    said = reviews.Standing(
        reviews.Field.TEST_STATUS, "hba1c", "ordered", "2026-02-01T10:00:00+00:00", "someone"
    )
    review = reviews.stand(reviews.RecordReview("R00001"), said)
    reviewed = _lines(_made(record, review))["hba1c"]
    assert (reviewed.status, reviewed.result, reviewed.at_intake) == (
        reviews.TestStatus.ORDERED,
        None,
        False,
    )


def test_what_was_measured_stands_beside_its_test_with_side_and_unit() -> None:
    line = _lines(_made({"ankle_brachial_index_left": "0.85"}))["ankle_brachial_index"]
    assert [(item.label, item.value.split()[0]) for item in line.measured] == [
        ("Ankle-brachial index, left", "0.85")
    ]
