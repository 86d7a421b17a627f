"""What a reader sees of the scores of a record."""

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

import plain_html

ABI = {
    "ankle_brachial_index_left": "0.85",
    "ankle_brachial_index_right": "1.02",
    "sex": "female",
}


def seen(record: Mapping[str, str]) -> AppTest:
    """The panel of one record, drawn."""

    def page(record: dict[str, str]) -> None:
        import makers  # noqa: PLC0415 # the script runs by itself, away from this file
        from circulation.judgement import standing  # noqa: PLC0415 # as above
        from ui import score_panels  # noqa: PLC0415 # as above

        known = makers.knowledge()
        table = makers.table(known, [record])
        score_panels.show("R00001", standing.Record(table, makers.row(table)), known)

    shown = AppTest.from_function(page, kwargs={"record": dict(record)}, default_timeout=30).run()
    assert not shown.exception
    return shown


def text(shown: AppTest) -> str:
    """Everything drawn."""
    return plain_html.read(plain_html.sent(shown))


def test_each_leg_stands_with_its_result_and_the_worse_leg_is_named() -> None:
    told = text(seen(ABI))
    assert "Left leg: Index 0.85: Abnormal, 0.90 or less: supports arterial disease" in told
    assert "Right leg: Index 1.02: Within the reference range, 1.00 to 1.40" in told
    assert "Worse leg: left" in told
    assert "Inputs used 1 of 1." in told
    assert "Version: ACC/AHA 2024 report bands. Source: S6 ACC/AHA 2024 guideline" in told


def test_a_score_that_is_begun_says_what_is_missing_and_still_possible() -> None:
    told = text(seen({"active_cancer": "present", "heart_rate": "120", "sex": "female"}))
    assert "Not calculated: 9 items missing (possible range -1 to 9)" in told
    assert "Inputs used 1 of 10. Missing: Paralysis, paresis or recent plaster" in told
    assert "Not asked, and not valid in: pregnancy and 6 weeks after birth" in told


def test_a_closed_score_gives_its_reason_and_no_number() -> None:
    record = {"active_cancer": "present", "pregnant_or_post_partum": "present", "sex": "female"}
    told = text(seen(record))
    assert "Not valid here. The rule does not hold in pregnancy" in told
    assert "Not calculated" not in told.partition("that nothing is recorded for")[0]


def test_scores_that_nothing_is_recorded_for_stand_aside_with_what_they_need() -> None:
    told = text(seen({}))
    assert "Nothing is recorded that a score could use." in told
    assert "Wells score for a deep vein clot, two levels 10 items missing" in told
    assert "20 scores that nothing is recorded for" in told


def test_why_names_answers_doubts_sources_and_that_no_clinician_has_signed() -> None:
    shown = seen({**ABI, "ankle_brachial_index_left": "0.40"})
    told = text(shown)
    assert "Answers used\nIndex as recorded: 0.40" in told
    assert "exactly 0.40 is unsettled" in told
    assert "S7 AHA/ACC 2016: how the ankle-brachial index is measured" in told
    assert "Not yet reviewed by a clinician. Review due 22-May-2027. Knowledge version" in told
    assert "reference?entry=ankle_brachial_index" in plain_html.sent(shown)
