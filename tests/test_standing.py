"""A record as it stands with the results of its review is judged like any other by one engine."""

import dataclasses
import random
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from hypothesis import strategies as st

import makers
import postgres_server
import random_records
import review_makers
import typed_makers
from circulation import access
from circulation.judgement import assessment, standing, standing_rows, typed_results
from circulation.knowledge_base import columns
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import intake, ternary
from circulation.reviewing import basis, review_news, review_store, reviews
from circulation.reviewing.reviews import Field

KNOWN = makers.knowledge()
LAYOUT = columns.by_name(KNOWN)
FAST = hypothesis.settings(max_examples=15, deadline=None, derandomize=True)
SEEDS = st.integers(0, 10_000)
BLANKS = st.sampled_from([0.97, 0.9, 0.5])
MEASURED = [name for one in KNOWN.measurements if one.test for name in one.columns]
LIMB = {  # a leg ulcer with low ankle pressures: limb-threatening by its pressures alone
    "ankle_pressure_dp_left": "40.0",
    "ankle_pressure_pt_left": "45.0",
}
RAISED = {"ankle_pressure_dp_left": "120.0", "ankle_pressure_pt_left": "125.0"}


def record(seed: int, blank: float) -> dict[str, str]:
    return dict(random_records.records(KNOWN, 1, seed=seed, blank=blank)[0])


def typed(seed: int) -> reviews.RecordReview:
    """A review with some numbers and results typed at random."""
    chance = random.Random(seed)
    found = record(seed + 1, 0.0)
    numbers = {name: found[name] for name in chance.sample(MEASURED, chance.randrange(4))}
    tests = chance.sample(list(KNOWN.test), chance.randrange(4))
    results = {test: chance.choice(columns.RESULTS) for test in tests}
    return typed_makers.review(measured=numbers, results=results, signed=True)


def stands(base: Mapping[str, str], review: reviews.RecordReview) -> standing.Record:
    table = makers.table(KNOWN, [{}, {**base, "record_id": "R00009"}, {}])
    return standing.of(table, makers.row(table, 9), KNOWN, review)


def answers(found: assessment.Assessment, row: int) -> dict[str, object]:
    """Everything that the engine says of one row."""
    return {
        "levels": {
            c: (s.level(row), s.lowest(row), s.highest(row)) for c, s in found.causes.items()
        },
        "flags": {f: ternary.state(one, row) for f, one in found.flags.items()},
        "tests": {t: ternary.state(one, row) for t, one in found.tests.items()},
        "confirmed": {c: ternary.state(one, row) for c, one in found.confirmed.items()},
        "sooner": {u: ternary.state(one, row) for u, one in found.sooner.items()},
    }


def as_intake(base: Mapping[str, str], review: reviews.RecordReview) -> intake.Intake:
    """A table of the one record, as if the results had been recorded at intake."""
    said = typed_results.texts(typed_results.of(review, KNOWN))
    return makers.table(KNOWN, [{**base, **said, "record_id": "R00001"}])


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_a_result_typed_counts_like_the_same_answer_at_intake(seed: int, blank: float) -> None:
    base, review = record(seed, blank), typed(seed)
    found = stands(base, review)
    if not found.typed:
        return
    alone = as_intake(base, review)
    expected = answers(assessment.assess(alone, KNOWN), makers.row(alone))
    judged = assessment.assess_window(found.window(), KNOWN)
    assert answers(judged, found.row) == expected


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_a_value_equal_to_the_intakes_changes_nothing(seed: int, blank: float) -> None:
    base = record(seed, blank)
    numbers = {name: base[name] for name in MEASURED if base.get(name)}
    found = stands(base, typed_makers.review(measured=numbers))
    judged = assessment.assess_window(found.window(), KNOWN)
    assert answers(judged, found.row % ternary.WORD) == answers(judged, found.before % ternary.WORD)
    assert found.lowered == frozenset()


@FAST
@hypothesis.given(SEEDS, BLANKS)
def test_a_number_that_was_not_measured_only_adds_to_the_record(seed: int, blank: float) -> None:
    base = record(seed, blank)
    fresh = [name for name in MEASURED if not base.get(name)]
    numbers = {name: record(seed, 0.0)[name] for name in fresh[:1]}
    found = stands(base, typed_makers.review(measured=numbers))
    table = makers.table(KNOWN, [{**base, "record_id": "R00001"}])
    for name in (one for one in LAYOUT if one not in ("record_id", "received_on", *numbers)):
        assert _said(found.table, name, found.row) == _said(table, name, makers.row(table)), name


def _said(table: intake.Intake, name: str, row: int) -> object:
    if name in table.ternaries:
        return ternary.state(table.ternaries[name], row)
    return table.value(name, row) if name in table.categories else table.text(name, row)


def test_where_nothing_was_typed_the_intake_itself_is_judged() -> None:
    table = makers.table(KNOWN, [LIMB])
    row = makers.row(table)
    for review in (reviews.RecordReview("R00001"), typed_makers.review()):
        found = standing.of(table, row, KNOWN, review)
        assert (found.table, found.row, found.before) == (table, row, row)


def test_a_red_flag_of_the_intake_stays_until_sign_off_where_a_result_would_lower_it() -> None:
    held = stands(LIMB, typed_makers.review(measured=RAISED))
    assert (held.lowered, held.kept_up) == ({"RF-CLTI"}, {"RF-CLTI"})
    signed = stands(LIMB, typed_makers.review(measured=RAISED, signed=True))
    assert (signed.lowered, signed.kept_up) == ({"RF-CLTI"}, frozenset())
    worse = stands(RAISED, typed_makers.review(measured=LIMB))
    assert worse.lowered == frozenset()


def test_a_result_taken_back_takes_its_effect_back() -> None:
    review = typed_makers.review(measured=LIMB)
    back = review
    for column in LIMB:
        said = reviews.Standing(reviews.Field.MEASURED, column, "", typed_makers.LATER, "C")
        back = reviews.stand(back, said)
    assert stands({}, review).typed
    assert stands({}, back).typed == {}


def test_a_test_set_back_or_a_number_that_no_record_can_hold_says_nothing() -> None:
    review = typed_makers.review(
        measured={"ankle_brachial_index_left": "0.625", "d_dimer": "900000", "gone": "1"},
        statuses={"d_dimer": "to_do"},
    )
    found = typed_results.texts(typed_results.of(review, KNOWN))
    assert found == {"test_d_dimer": "", "test_d_dimer_result": ""}


def all_rows(seed: int) -> tuple[intake.Intake, dict[str, reviews.RecordReview]]:
    table = makers.table(KNOWN, random_records.records(KNOWN, 70, seed=seed, blank=0.9))
    listed = [dataclasses.replace(typed(n), record_id=f"R{n:05d}") for n in range(1, 70, 3)]
    return table, {one.record_id: one for one in listed}


def test_all_records_at_once_are_judged_as_each_one_by_itself() -> None:
    table, listed = all_rows(3)
    at_intake = assessment.assess(table, KNOWN)
    begun = standing_rows.Standing(0, at_intake, frozenset())
    now = standing_rows.advanced(
        begun, table, at_intake, KNOWN, review_news.News(9, {**listed, "NOT-LOADED": typed(1)})
    )
    assert now.version == 9
    for row in ternary.rows(table.real).tolist():
        review = listed.get(table.record_id(row))
        one = standing.of(table, row, KNOWN, review) if review else standing.Record(table, row)
        judged = assessment.assess_window(one.window(), KNOWN)
        assert answers(now.assessment, row) == answers(judged, one.row % ternary.WORD)
    back = {name: reviews.RecordReview(name) for name in listed}
    again = standing_rows.advanced(now, table, at_intake, KNOWN, review_news.News(10, back))
    assert again.overlaid == frozenset()
    for row in ternary.rows(table.real).tolist():
        assert answers(again.assessment, row) == answers(at_intake, row)


def test_the_urgency_of_a_list_holds_what_a_result_would_lower_until_sign_off() -> None:
    table = makers.table(KNOWN, [LIMB, {}])
    at_intake = assessment.assess(table, KNOWN)
    begun = standing_rows.Standing(0, at_intake, frozenset())

    def urgencies(signed: bool) -> list[Urgency]:
        news = {
            "R00001": typed_makers.review("R00001", RAISED, signed=signed),
            "R00002": typed_makers.review("R00002", LIMB, signed=signed),
        }
        found = standing_rows.advanced(begun, table, at_intake, KNOWN, review_news.News(1, news))
        return [found.assessment.urgency(makers.row(table, n)) for n in (1, 2)]

    assert urgencies(signed=False) == [Urgency.SAME_DAY, Urgency.SAME_DAY]
    assert urgencies(signed=True) == [Urgency.ROUTINE, Urgency.SAME_DAY]


def test_a_result_raises_a_level_from_what_the_intake_alone_supports() -> None:
    found = stands({}, typed_makers.review(measured={"ankle_brachial_index_left": "0.62"}))
    judged = assessment.assess_window(found.window(), KNOWN)
    levels = judged.causes["peripheral_artery_disease"]
    assert (levels.level(found.before), levels.level(found.row)) == (Level.OPEN, Level.STRONG)


@pytest.mark.parametrize(
    ("typed_too", "level"),
    [
        ({}, Level.OPEN),
        ({"d_dimer_type": "feu"}, Level.POSSIBLE),
        ({"d_dimer_type": "ddu"}, Level.POSSIBLE),
    ],
)
def test_a_d_dimer_counts_only_with_its_unit_type(typed_too: dict[str, str], level: Level) -> None:
    found = stands({}, typed_makers.review(measured={"d_dimer": "600", **typed_too}))
    judged = assessment.assess_window(found.window(), KNOWN)
    assert judged.causes["blood_clots"].level(found.row) is level


def one_save_and_its_undo(url: str) -> None:
    table = makers.table(KNOWN, [{"record_id": "A-1"}, {"record_id": "A-2"}])
    at_intake = assessment.assess(table, KNOWN)
    store = review_store.ReviewStore(url)
    keeper = standing_rows.Keeper(table, at_intake, KNOWN, store)
    index = basis.Measure("ankle_brachial_index_left", "d_dimer", Decimal(0), Decimal(3), 2)
    ground = dataclasses.replace(review_makers.BASIS, measures=(index,))
    row = table.row_of("A-1")
    assert row is not None

    def level() -> Level:
        found = keeper.standing().assessment
        assert answers(found, 1 - row) == answers(at_intake, 1 - row)
        return found.causes["peripheral_artery_disease"].level(row)

    assert level() is Level.OPEN
    review_makers.add(store, reviews.Change(Field.TEST_STATUS, "done", "d_dimer"), basis=ground)
    low = reviews.Change(Field.MEASURED, "0.62", "ankle_brachial_index_left")
    review_makers.add(store, low, basis=ground)
    assert level() is Level.STRONG
    later = standing_rows.Keeper(table, at_intake, KNOWN, store)
    assert answers(later.standing().assessment, row) == answers(keeper.standing().assessment, row)
    store.undo(
        "A-1",
        actor="Clinician 1",
        role=access.Role.CLINICIAN,
        expected_version=store.current("A-1").version,
        now=review_makers.NOW,
        basis=ground,
    )
    assert level() is Level.OPEN
    store.close()


def test_a_save_and_its_undo_reach_the_list_and_no_other_record(tmp_path: Path) -> None:
    one_save_and_its_undo(review_makers.address(tmp_path))


def test_the_same_on_postgresql(postgres: sa.URL) -> None:
    one_save_and_its_undo(postgres_server.fresh(postgres))
