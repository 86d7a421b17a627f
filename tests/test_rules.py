"""The rule engine: three-valued, exact at every limit, the same for one record as for all."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import oracles
import random_records
from circulation.judgement import assessment, rules
from circulation.knowledge_base import columns, expressions
from circulation.knowledge_loading import knowledge_check
from circulation.records import intake, ternary

KNOWN = makers.knowledge()
STATES = {True: "present", False: "absent", None: ""}
YES, NO, OPEN = True, False, None
QUESTIONS = ("leg_pain", "numbness", "tingling", "itching", "gangrene", "migraine", "cold_leg")


def _answer(text: str, **record: str) -> bool | None:
    table = makers.table(KNOWN, [record])
    return ternary.state(_read(table.window(), text), makers.row(table))


def _read(window: intake.Window, text: str) -> ternary.Ternary:
    return rules.Reader(window, KNOWN).read(text)


@pytest.mark.parametrize(
    ("operator", "wanted"),
    [  # left: yes, yes, yes, no, no, no, open, open, open; right: yes, no, open, and again
        ("{a} and {b}", (YES, NO, OPEN, NO, NO, NO, OPEN, NO, OPEN)),
        ("{a} or {b}", (YES, YES, YES, YES, NO, OPEN, YES, OPEN, OPEN)),
        ("all_of({a}, {b})", (YES, NO, OPEN, NO, NO, NO, OPEN, NO, OPEN)),
        ("any_of({a}, {b})", (YES, YES, YES, YES, NO, OPEN, YES, OPEN, OPEN)),
        ("at_least 1 of ({a}, {b})", (YES, YES, YES, YES, NO, OPEN, YES, OPEN, OPEN)),
        ("at_least 2 of ({a}, {b})", (YES, NO, OPEN, NO, NO, NO, OPEN, NO, OPEN)),
        ("{a} unless {b}", (NO, YES, YES, NO, NO, NO, NO, OPEN, OPEN)),
        ("not ({a} and {b})", (NO, YES, OPEN, YES, YES, YES, OPEN, YES, OPEN)),
        ("{a} and not {a}", (NO, NO, NO, NO, NO, NO, OPEN, OPEN, OPEN)),
    ],
)
def test_every_operator_has_its_three_valued_truth_table(
    operator: str, wanted: tuple[bool | None, ...]
) -> None:
    text = operator.format(a="leg_pain", b="numbness")
    pairs = itertools.product((YES, NO, OPEN), repeat=2)
    found = tuple(_answer(text, leg_pain=STATES[a], numbness=STATES[b]) for a, b in pairs)
    assert found == wanted


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("leg_pain", "present", YES),
        ("leg_pain", "absent", YES),
        ("leg_pain", "not_asked", NO),
        ("leg_pain", "", NO),
        ("smoking", "never", YES),
        ("smoking", "", NO),
        ("test_d_dimer", "to_do", YES),
        ("test_d_dimer", "", NO),
        ("d_dimer", "500", YES),
        ("d_dimer", "", NO),
        ("ankle_brachial_index_left", "0.00", YES),
        ("ankle_brachial_index_left", "", NO),
    ],
)
def test_whether_it_was_asked_is_never_open(name: str, value: str, asked: bool) -> None:
    assert _answer(f"asked {name}", **{name: value}) is asked
    assert _answer(f"not asked {name}", **{name: value}) is not asked


def test_not_asked_stays_not_asked_under_not() -> None:
    assert _answer("not leg_pain", leg_pain="present") is NO
    assert _answer("not leg_pain", leg_pain="absent") is YES
    assert _answer("not leg_pain") is OPEN
    assert _answer("not leg_pain", leg_pain="not_asked") is OPEN


def test_at_least_two_of_three_waits_for_the_answers_that_decide() -> None:
    text = "at_least 2 of (leg_pain, numbness, tingling)"
    for states in itertools.product((YES, NO, OPEN), repeat=3):
        yes, unknown = states.count(True), states.count(None)
        wanted = YES if yes >= 2 else OPEN if yes + unknown >= 2 else NO
        given_states = dict(zip(QUESTIONS, map(STATES.get, states), strict=False))
        assert _answer(text, **given_states) is wanted, states


@settings(max_examples=60, deadline=None)
@given(
    needed=st.integers(1, len(QUESTIONS)),
    records=st.lists(
        st.lists(
            st.sampled_from((YES, NO, OPEN)), min_size=len(QUESTIONS), max_size=len(QUESTIONS)
        ),
        min_size=1,
        max_size=70,
    ),
)
def test_at_least_counts_as_a_plain_loop_counts(
    needed: int, records: list[list[bool | None]]
) -> None:
    table = makers.table(
        KNOWN, [dict(zip(QUESTIONS, map(STATES.get, one), strict=True)) for one in records]
    )
    answers = _read(table.window(), f"at_least {needed} of ({', '.join(QUESTIONS)})")
    for place, one in enumerate(records, start=1):
        wanted = oracles.at_least(needed, one)
        assert ternary.state(answers, makers.row(table, place)) is wanted


@pytest.mark.parametrize(
    ("text", "below", "at", "above"),
    [
        ("ankle_brachial_index_left < 0.90", YES, NO, NO),
        ("ankle_brachial_index_left <= 0.90", YES, YES, NO),
        ("ankle_brachial_index_left > 0.90", NO, NO, YES),
        ("ankle_brachial_index_left >= 0.90", NO, YES, YES),
        ("ankle_brachial_index_left == 0.90", NO, YES, NO),
        ("not ankle_brachial_index_left <= 0.90", NO, NO, YES),
        ("ankle_brachial_index_left <= 0.9", YES, YES, NO),
        ("ankle_brachial_index_left <= 0.900", YES, YES, NO),
        ("ankle_brachial_index_left < 0.905", YES, YES, NO),
        ("ankle_brachial_index_left <= 0.905", YES, YES, NO),
        ("ankle_brachial_index_left > 0.895", NO, YES, YES),
        ("ankle_brachial_index_left >= 0.895", NO, YES, YES),
        ("ankle_brachial_index_left == 0.905", NO, NO, NO),
        ("ankle_brachial_index_left < 1000000", YES, YES, YES),
        ("ankle_brachial_index_left > 1000000", NO, NO, NO),
        ("ankle_brachial_index_left > -1000000", YES, YES, YES),
    ],
)
def test_a_limit_is_exact_one_unit_below_at_it_and_one_unit_above(
    text: str, below: bool, at: bool, above: bool
) -> None:
    found = [_answer(text, ankle_brachial_index_left=value) for value in ("0.89", "0.90", "0.91")]
    assert found == [below, at, above]
    assert _answer(text) is OPEN


def _limits() -> list[expressions.Compare]:
    shipped = [expressions.parse(one.when) for one in knowledge_check.conditions(KNOWN)]
    found = [
        atom
        for tree in shipped
        for atom in expressions.atoms(tree)
        if isinstance(atom, expressions.Compare) and atom.name != "age"
    ]
    return list(dict.fromkeys(found))


def test_every_limit_of_the_shipped_rules_is_exact_one_unit_either_side() -> None:
    assert len(_limits()) > 40
    for atom in _limits():
        names = columns.measured(atom.name)
        column = columns.by_name(KNOWN)[names[0]]
        unit = Decimal(1).scaleb(-column.decimals)
        for number in (atom.limit - unit, atom.limit, atom.limit + unit):
            if atom.name.endswith("_difference"):
                record = {names[0]: str(column.low), names[1]: str(column.low + number)}
            elif not column.low <= number <= column.high:
                continue
            else:
                record = dict.fromkeys(names, str(number))
            table = makers.table(KNOWN, [record])
            found = rules.Reader(table.window(), KNOWN).evaluate(atom)
            assert ternary.state(found, makers.row(table)) is oracles.answer(atom, record), atom


@pytest.mark.parametrize(
    ("text", "band", "wanted"),
    [
        ("age >= 50", "40-49", NO),
        ("age >= 50", "50-59", YES),
        ("age >= 50", "85+", YES),
        ("age >= 50", "", OPEN),
        ("age >= 55", "50-59", OPEN),
        ("age >= 60", "50-59", NO),
        ("age > 59", "50-59", NO),
        ("age > 58", "50-59", OPEN),
        ("age > 49", "50-59", YES),
        ("age < 60", "50-59", YES),
        ("age < 59", "50-59", OPEN),
        ("age < 50", "50-59", NO),
        ("age <= 50", "50-59", OPEN),
        ("age <= 59", "50-59", YES),
        ("age <= 49", "50-59", NO),
        ("age >= 65", "60-64", NO),
        ("age >= 65", "65-69", YES),
        ("age >= 90", "85+", OPEN),
        ("age < 90", "85+", OPEN),
        ("age == 50", "50-59", OPEN),
        ("age == 50", "40-49", NO),
        ("age >= 49.5", "50-59", YES),
        ("age >= 50.5", "50-59", OPEN),
    ],
)
def test_an_age_band_that_straddles_the_limit_leaves_the_answer_open(
    text: str, band: str, wanted: bool | None
) -> None:
    assert _answer(text, age_band=band) is wanted


@pytest.mark.parametrize(
    ("text", "left", "right", "wanted"),
    [
        ("toe_pressure_lowest < 30", "29", "80", YES),
        ("toe_pressure_lowest < 30", "80", "29", YES),
        ("toe_pressure_lowest < 30", "30", "80", NO),
        ("toe_pressure_lowest < 30", "29", "", YES),
        ("toe_pressure_lowest < 30", "", "30", NO),
        ("toe_pressure_lowest < 30", "", "", OPEN),
        ("toe_pressure_lowest >= 30", "29", "80", NO),
        ("toe_pressure_lowest >= 30", "30", "30", YES),
        ("toe_pressure_lowest == 30", "30", "31", YES),
        ("toe_pressure_lowest == 30", "29", "30", NO),
        ("toe_pressure_highest > 140", "141", "90", YES),
        ("toe_pressure_highest > 140", "90", "140", NO),
        ("toe_pressure_highest > 140", "", "141", YES),
        ("toe_pressure_highest > 140", "", "", OPEN),
        ("toe_pressure_highest <= 140", "141", "90", NO),
        ("toe_pressure_highest <= 140", "140", "90", YES),
        ("toe_pressure_difference >= 15", "100", "85", YES),
        ("toe_pressure_difference >= 15", "85", "100", YES),
        ("toe_pressure_difference >= 15", "100", "85.1", NO),
        ("toe_pressure_difference >= 15", "100", "", OPEN),
        ("toe_pressure_difference >= 15", "", "", OPEN),
    ],
)
def test_lowest_and_highest_look_at_the_sides_measured_and_difference_needs_both(
    text: str, left: str, right: str, wanted: bool | None
) -> None:
    assert _answer(text, toe_pressure_left=left, toe_pressure_right=right) is wanted


def test_a_blank_category_is_unknown_and_a_recorded_one_is_one_of_its_values() -> None:
    assert _answer("smoking in (current, former)") is OPEN
    assert _answer("smoking in (current, former)", smoking="former") is YES
    assert _answer("smoking in (current, former)", smoking="never") is NO
    assert _answer("not smoking is never", smoking="never") is NO
    assert _answer("leg_swelling_side is both", leg_swelling="absent") is OPEN


def test_always_holds_for_every_record_and_for_no_row_that_only_fills_up() -> None:
    table = makers.table(KNOWN, [{"received_on": "2026-01-31"}, {"received_on": "2026-02-02"}, {}])
    answer = _read(table.window(), "always")
    assert ternary.count(answer.present) == 3
    assert not (answer.present & ~table.real).any()
    assert _answer("not always") is NO


def test_an_exception_not_asked_does_not_take_back_but_leaves_the_settled_answer_open() -> None:
    table = makers.table(KNOWN, [{"leg_pain": "present"}])
    reader = rules.Reader(table.window(), KNOWN)
    row = makers.row(table)
    assert ternary.state(reader.read("leg_pain unless numbness"), row) is YES
    assert ternary.state(reader.settled("leg_pain unless numbness"), row) is OPEN


@pytest.mark.parametrize("blank", [0.2, 0.5, 0.9])
def test_every_shipped_condition_answers_as_a_plain_loop_over_the_record(blank: float) -> None:
    records = random_records.records(KNOWN, 40, seed=7, blank=blank)
    table = makers.table(KNOWN, records)
    reader = rules.Reader(table.window(), KNOWN)
    for condition in knowledge_check.conditions(KNOWN):
        tree = expressions.parse(condition.when)
        if _of_the_record_alone(tree):
            found = reader.evaluate(tree)
            for place, record in enumerate(records, start=1):
                wanted = oracles.answer(tree, record)
                assert ternary.state(found, makers.row(table, place)) is wanted, condition.owner


def test_a_row_answers_the_same_in_the_whole_table_and_in_its_own_word() -> None:
    table = makers.table(KNOWN, random_records.records(KNOWN, 200, seed=3, blank=0.6, days=5))
    whole = rules.Reader(table.window(), KNOWN)
    assessment.assess_reader(whole, KNOWN)
    for word in range(table.words):
        alone = rules.Reader(table.window(word, word + 1), KNOWN)
        assessment.assess_reader(alone, KNOWN)
        for condition in knowledge_check.conditions(KNOWN):
            one, all_ = alone.read(condition.when), whole.read(condition.when)
            assert (one.present == all_.present[word]).all(), condition.owner
            assert (one.absent == all_.absent[word]).all(), condition.owner


def _of_the_record_alone(tree: expressions.Condition) -> bool:
    return not any(
        isinstance(atom, expressions.LevelReached | expressions.Flagged)
        for atom in expressions.atoms(tree)
    )
