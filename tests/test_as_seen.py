"""A past decision opens again as it was shown, whatever happens to rules and records meanwhile."""

import dataclasses
import functools
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

import makers
import postgres_server
import review_makers
import typed_makers
from circulation import errors
from circulation.auditing import decisions, seen, seen_differences, seen_text
from circulation.knowledge_base.levels import Level
from circulation.reviewing import review_store, reviews
from faults import replays

RECORD = {
    "record_id": "A-1",
    "received_on": "2026-01-05",
    "site": "North",
    "age_band": "60-64",
    "leg_pain": "present",
    "leg_pain_onset": "sudden",
    "cold_leg": "present",
    "varicose_veins": "absent",
    "ankle_brachial_index_left": "0.41",
}


@functools.cache
def view(**changed: str) -> seen.Seen:
    known = makers.knowledge()
    table = makers.table(known, [{**RECORD, **changed}])
    row = table.row_of("A-1")
    assert row is not None
    return seen.of(table, row, known, reviews.RecordReview("A-1"))


def test_past_decisions_open_as_they_were_shown_also_after_a_rule_was_altered(
    tmp_path: Path,
) -> None:
    """`make faults` opens 500."""
    outcome = replays.replay(review_makers.address(tmp_path), count=12)
    assert outcome == replays.Outcome(12, (), (), ())


def test_the_same_on_postgresql(postgres: sa.URL) -> None:
    url = postgres_server.fresh(postgres)
    assert replays.replay(url, count=3) == replays.Outcome(3, (), (), ())


def test_the_view_holds_answers_levels_reasons_flags_and_tests_in_words() -> None:
    shown = view()
    assert [(one.label, one.value) for one in shown.answers[:3]] == [
        ("A random code given at intake, unique", "A-1"),
        ("The clinic site that took the intake", "North"),
        ("The day the intake was received, as 2026-01-31", "2026-01-05"),
    ]
    assert (shown.urgency, shown.raised[0].id) == ("same_day", "RF-ALI")
    first = shown.causes[0]
    assert (first.id, first.level) == ("peripheral_artery_disease", "urgent")
    assert "Varicose veins" not in shown.not_asked
    assert "Spider veins" in shown.not_asked
    assert any(test.owed and test.because for test in shown.tests)
    rule = first.granted[0]
    assert rule.id
    assert rule.version
    assert rule.sources


def test_a_view_has_one_text_and_comes_back_from_it_equal() -> None:
    shown = view()
    text = seen_text.text(shown)
    assert seen_text.read(text) == shown
    assert seen_text.text(seen_text.read(text)) == text
    assert text.isascii()


@pytest.mark.parametrize("fault", ["", "{}", "[]", '{"form":9}', '{"form":1,"record_id":"A"}'])
def test_a_text_that_is_no_view_is_refused(fault: str) -> None:
    with pytest.raises(errors.DashboardError):
        seen_text.read(fault)


@pytest.mark.parametrize("part", ["urgency_label", "answers", "causes", "tests"])
def test_a_text_that_lacks_a_part_or_has_another_type_is_refused(part: str) -> None:
    text = seen_text.text(view())
    for broken in (text.replace(f'"{part}":', '"other":'), text.replace('"form":2', '"form":"2"')):
        with pytest.raises(errors.DashboardError):
            seen_text.read(broken)


GROUND = {
    "id": "PAD-1",
    "version": 1,
    "says": "Pain on walking",
    "condition": "calf_pain_walking",
    "inputs": [{"column": "calf_pain_walking", "label": "Calf pain", "value": "present"}],
    "sources": ["A guideline"],
    "doubt": "",
}
OLD = {  # a view as it was kept before results typed in a review counted, with one of each part
    "form": 1,
    "record_id": "A-1",
    "data_set": "then",
    "knowledge": "2026.1",
    "unreviewed": "",
    "urgency": "same_day",
    "urgency_label": "Same day",
    "urgency_could_be": "Same day",
    "answers": [{"column": "calf_pain_walking", "label": "Calf pain", "value": "present"}],
    "not_asked": ["Numbness"],
    "raised": [
        {"id": "RF", "label": "F", "action": "A", "time": "Now", "urgency": "u", "ground": GROUND}
    ],
    "unanswered": [{"id": "RF-2", "label": "Fever", "missing": ["Fever"]}],
    "causes": [
        {
            "id": "peripheral_artery_disease",
            "label": "Peripheral artery disease",
            "level": "possible",
            "level_label": "Possible",
            "lowest": "Open",
            "highest": "Urgent",
            "confirmed": None,
            "supports": [GROUND],
            "against": [],
            "not_asked": ["Wound"],
            "granted": [],
            "held_down": [],
            "masking": [],
        }
    ],
    "tests": [
        {
            "id": "d_dimer",
            "label": "D-dimer",
            "under": "",
            "called_for": None,
            "owed": False,
            "because": [],
            "missing": [],
            "status": "done",
            "result": "abnormal",
            "value": "",
            "date": "",
            "reason": "",
            "at_intake": False,
            "measured": [],
        }
    ],
    "advice": [{"id": "walk", "label": "Walk", "shows": "helps", "says": "", "because": [GROUND]}],
    "scores": [{"id": "w", "label": "W", "leg": "", "version": "1", "says": "incomplete"}],
}


def test_a_decision_made_before_results_counted_opens_as_it_was_shown_without_their_effect() -> (
    None
):
    kept = json.dumps(OLD, sort_keys=True, separators=(",", ":"))
    then = seen_text.read(kept)
    assert seen_text.text(then) == kept
    assert (then.form, then.results, then.causes[0].level) == (seen.BEFORE_RESULTS, (), "possible")
    assert seen_text.levels(kept) == seen_text.levels_by_intake(kept)


def test_the_view_holds_what_results_typed_in_the_review_changed_and_what_stood_before() -> None:
    known = makers.knowledge()
    table = makers.table(known, [{"calf_pain_walking": "present", "record_id": "R00001"}])
    numbers = {"ankle_brachial_index_left": "0.62"}
    review = typed_makers.review(measured=numbers)
    shown = seen.of(table, makers.row(table), known, review)
    first = shown.causes[0]
    assert (first.id, first.level, first.by_intake) == (
        "peripheral_artery_disease",
        "strong",
        "possible",
    )
    assert [(one.column, one.value, one.origin) for one in shown.results] == [
        ("ankle_brachial_index_left", "0.62", typed_makers.AT)
    ]
    inputs = {one.column: one.origin for one in first.granted[0].inputs if one.value}
    assert set(inputs.values()) <= {typed_makers.AT, "intake"}
    assert "ankle_brachial_index_left" not in {one.column for one in shown.answers}
    text = seen_text.text(shown)
    assert seen_text.read(text) == shown
    levels = seen_text.levels(text), seen_text.levels_by_intake(text)
    assert [found["peripheral_artery_disease"] for found in levels] == [
        Level.STRONG,
        Level.POSSIBLE,
    ]


def test_what_differs_today_is_named_with_both_sides() -> None:
    assert seen_differences.between(view(), view()) == ()
    found = seen_differences.between(view(), view(cold_leg="absent", varicose_veins=""))
    told = {(one.part, one.what): (one.then, one.now) for one in found}
    assert told["Record", "Leg or foot cold to the touch"] == ("present", "absent")
    assert told["Record", "Varicose veins"] == ("absent", seen_differences.NOTHING)


def test_a_rule_of_a_red_flag_or_a_test_that_was_altered_since_is_named() -> None:
    flag = view().raised[0]
    test = next(one for one in view().tests if one.because)
    older = dataclasses.replace(flag.ground, version=flag.ground.version - 1)
    asked = dataclasses.replace(test.because[0], condition="leg_pain")
    then = dataclasses.replace(
        view(),
        raised=(dataclasses.replace(flag, ground=older), *view().raised[1:]),
        tests=tuple(
            dataclasses.replace(one, because=(asked, *one.because[1:])) if one is test else one
            for one in view().tests
        ),
    )
    found = {(one.part, one.what): one.then for one in seen_differences.between(then, view())}
    assert found == {
        ("Red flag: reason", f"Rule {flag.id}"): f"version {older.version}: {older.condition}",
        (f"{test.label}: reason", f"Rule {asked.id}"): f"version {asked.version}: leg_pain",
    }


def test_each_sign_off_is_a_decision_with_what_stood_after_it(tmp_path: Path) -> None:
    store = review_store.ReviewStore(review_makers.address(tmp_path))
    assert decisions.of(store.history("A-1")) == ()
    add = review_makers.add
    add(store, *review_makers.EVERYTHING_OWED, review_makers.SIGN_OFF, basis=review_makers.SEEN)
    add(store, review_makers.REOPEN)
    later = reviews.Change(reviews.Field.DISPOSITION, "treat")
    other = dataclasses.replace(review_makers.BASIS, knowledge="2027.1")
    add(store, later, review_makers.SIGN_OFF, actor="Clinician 2", basis=other)
    last, first = decisions.of(store.history("A-1"))
    assert (first.actor, first.review.disposition, bool(first.view)) == (
        "Clinician 1",
        "refer",
        True,
    )
    assert (last.actor, last.review.disposition, last.view) == ("Clinician 2", "treat", "")
    assert (first.knowledge, last.knowledge) == ("2026.1", "2027.1")
    store.close()
