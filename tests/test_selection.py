"""One selection means the same rows however it is made, and its address restores it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import oracles
import random_records
from circulation import errors
from circulation.choosing import addresses, selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import distribution
from circulation.judgement import assessment
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from circulation.reviewing import reviews

FINDINGS = ("leg_swelling", "calf_pain_walking", "muscle_cramps")
CAUSES = ("blood_clots", "vein_disease", "diabetes")
TESTS = ("d_dimer", "blood_sugar")
SITES = ("North", "River", "Nowhere")
DAYS = st.none() | st.dates(date(2025, 12, 28), date(2026, 1, 25))


def some(*values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


SELECTIONS = st.builds(
    Selection,
    first=DAYS,
    last=DAYS,
    sites=some(*SITES),
    age_bands=some("50-59", "70-79", "85+"),
    sexes=some("female", "male"),
    causes=some(*CAUSES),
    findings=some(*FINDINGS),
    absent=some(*FINDINGS),
    not_recorded=some(*FINDINGS),
    tests_done=some(*TESTS),
    review_states=st.frozensets(st.sampled_from(list(reviews.State)), max_size=2),
)


OF_INTAKE = SELECTIONS.map(lambda wanted: replace(wanted, review_states=frozenset()))
"""Selections that need no ledger of reviews."""


@lru_cache(maxsize=1)
def records() -> list[Mapping[str, str]]:
    return random_records.records(makers.knowledge(), 300, seed=7, blank=0.3)


@lru_cache(maxsize=1)
def table() -> intake.Intake:
    return makers.table(makers.knowledge(), records())


@lru_cache(maxsize=1)
def assessed() -> assessment.Assessment:
    return assessment.assess(table(), makers.knowledge())


@lru_cache(maxsize=1)
def states() -> Mapping[reviews.State, ternary.Bits]:
    """Every fifth record is in progress, every third of the others reviewed, the rest waiting."""
    flags = {
        state: np.zeros(table().words * ternary.WORD, dtype=np.bool_) for state in reviews.State
    }
    for place, record in enumerate(records()):
        flags[state_of(place)][table().row_of(record["record_id"])] = True
    return {state: ternary.pack(rows) for state, rows in flags.items()}


def state_of(place: int) -> reviews.State:
    if place % 5 == 0:
        return reviews.State.IN_PROGRESS
    return reviews.State.REVIEWED if place % 3 == 0 else reviews.State.WAITING


def rows(wanted: Selection) -> set[int]:
    chosen = selection.apply(table(), assessed(), wanted, states())
    return set(ternary.rows(chosen.in_table(table())).tolist())


@given(SELECTIONS)
@settings(deadline=None)
def test_a_selection_means_the_records_that_plain_loops_find(wanted: Selection) -> None:
    chosen = selection.apply(table(), assessed(), wanted, states())
    found = {table().record_id(row) for row in rows(wanted)}
    in_state = [
        r
        for place, r in enumerate(records())
        if not wanted.review_states or state_of(place) in wanted.review_states
    ]
    assert found == {r["record_id"] for r in in_state if oracles.is_selected(r, wanted)}
    assert (chosen.count, chosen.of) == (len(found), 300)
    undated = [r for r in in_state if "received_on" not in r]
    without_period = replace(wanted, first=None, last=None)
    left_out = [r for r in undated if oracles.is_selected(r, without_period)]
    assert chosen.without_day == (len(left_out) if wanted.dated else 0)


@given(SELECTIONS)
@settings(deadline=None)
def test_filters_commute(wanted: Selection) -> None:
    alone = [
        Selection(first=wanted.first, last=wanted.last),
        *(
            replace(Selection(), **{group: getattr(wanted, group)})
            for group in (
                "review_states",
                "tests_done",
                "findings",
                "absent",
                "not_recorded",
                "causes",
                "sexes",
                "age_bands",
                "sites",
            )
        ),
    ]
    assert rows(wanted) == set.intersection(*(rows(one) for one in alone))


def test_nothing_chosen_is_every_record() -> None:
    chosen = selection.apply(table(), assessed(), Selection())
    assert (chosen.count, chosen.of, chosen.without_day) == (300, 300, 0)
    assert Selection().everything
    assert Selection(basis=Basis.CONFIRMED).everything
    assert not Selection(sexes=frozenset({"male"})).everything


@pytest.mark.parametrize(
    ("group", "category"), [("sexes", "sex"), ("age_bands", "age_band"), ("sites", "site")]
)
def test_the_parts_of_a_category_and_its_blanks_add_up_to_all(group: str, category: str) -> None:
    values = table().categories[category]
    parts = [rows(replace(Selection(), **{group: frozenset({value})})) for value in values]
    blank = [record for record in records() if category not in record]
    assert sum(len(part) for part in parts) + len(blank) == 300


def test_the_states_of_review_add_up_to_all() -> None:
    parts = [rows(Selection(review_states=frozenset({state}))) for state in reviews.State]
    assert sum(map(len, parts)) == 300
    assert set.union(*parts) == rows(Selection())


def test_a_filter_by_review_is_never_left_out_in_silence() -> None:
    wanted = Selection(review_states=frozenset({reviews.State.WAITING}))
    with pytest.raises(ValueError, match="needs the rows in each state of review"):
        selection.apply(table(), assessed(), wanted)


@given(SELECTIONS, st.randoms(use_true_random=False))
def test_each_crumb_takes_off_exactly_its_filter_in_any_order(
    wanted: Selection, chance: Random
) -> None:
    known, left = makers.knowledge(), wanted
    while parts := selection.parts(left, known):
        part = chance.choice(parts)
        words = [other.words for other in parts if other is not part]
        assert [other.words for other in selection.parts(part.without, known)] == words
        left = part.without
    assert left == Selection()


@given(SELECTIONS)
@settings(deadline=None, max_examples=30)
def test_taking_a_filter_off_never_loses_a_record(wanted: Selection) -> None:
    for part in selection.parts(wanted, makers.knowledge()):
        assert rows(wanted) <= rows(part.without)


@given(SELECTIONS, st.sampled_from(FINDINGS), st.sampled_from(("", *CAUSES)))
@settings(deadline=None, max_examples=30)
def test_the_count_on_a_cell_is_the_length_of_the_list_it_opens(
    wanted: Selection, finding: str, cause: str
) -> None:
    known = makers.knowledge()
    chosen = selection.apply(table(), assessed(), wanted, states())
    counts = distribution.by_cause(table(), assessed(), chosen, known)
    place = counts.findings.index(finding), counts.causes.index(cause)
    assert counts.present[place] == len(rows(wanted.with_cell(finding, cause)))


@given(SELECTIONS)
def test_a_selection_kept_in_one_part_of_an_address_comes_back(wanted: Selection) -> None:
    assert addresses.unpacked(addresses.packed(wanted), makers.knowledge(), SITES) == wanted


@pytest.mark.parametrize("text", ["nonsense", "site=", "foo=bar", "sites=North", "all=1"])
def test_a_strange_kept_selection_is_refused(text: str) -> None:
    with pytest.raises(errors.DashboardError, match="part '"):
        addresses.unpacked(text, makers.knowledge(), SITES)


def test_the_urgencies_add_up_to_all() -> None:
    parts = [rows(Selection(urgencies=frozenset({urgency}))) for urgency in Urgency]
    assert sum(len(part) for part in parts) == 300
    assert rows(Selection(urgencies=frozenset(Urgency))) == rows(Selection())


@given(SELECTIONS, st.sampled_from(list(Basis)), st.frozensets(st.sampled_from(list(Urgency))))
def test_an_address_restores_the_selection(
    plain: Selection, basis: Basis, urgencies: frozenset[Urgency]
) -> None:
    wanted = replace(plain, basis=basis, urgencies=urgencies)
    assert addresses.read(addresses.of(wanted), makers.knowledge(), SITES) == wanted


def test_the_address_of_everything_is_empty() -> None:
    assert addresses.of(Selection()) == {}


@pytest.mark.parametrize(
    "part",
    [
        {"cause": ["gout"]},
        {"finding": ["leg_swelling", "no_such"]},
        {"age": ["5-9"]},
        {"sex": ["unknown"]},
        {"urgency": ["soon"]},
        {"basis": ["guessed"]},
        {"test": ["tarot"]},
        {"review": ["forgotten"]},
        {"site": ["Atlantis"]},
        {"sites": ["North"]},
        {"from": ["yesterday"]},
        {"to": ["2026-02-30"]},
    ],
)
def test_an_address_with_a_code_that_nothing_bears_is_refused(
    part: Mapping[str, list[str]],
) -> None:
    with pytest.raises(errors.DashboardError, match=f"part '{next(iter(part))}'"):
        addresses.read(part, makers.knowledge(), SITES)


def test_the_reasons_name_each_filter() -> None:
    wanted = Selection(
        first=date(2026, 1, 1),
        last=date(2026, 1, 31),
        sites=frozenset({"River", "North"}),
        age_bands=frozenset({"60-64"}),
        sexes=frozenset({"female"}),
        urgencies=frozenset({Urgency.SAME_DAY}),
        causes=frozenset({"blood_clots"}),
        findings=frozenset({"leg_swelling"}),
        tests_done=frozenset({"d_dimer"}),
        review_states=frozenset({reviews.State.REVIEWED, reviews.State.WAITING}),
    )
    known = makers.knowledge()
    assert selection.why(wanted, known) == (
        "received 01-Jan-2026 to 31-Jan-2026",
        "site North or River",
        "age 60-64",
        "sex female",
        "urgency same day",
        "review waiting or reviewed",
        f"{known.cause['blood_clots'].label} suspected at intake",
        f"{known.finding['leg_swelling'].label} present",
        f"{known.test['d_dimer'].label} done",
    )
    assert selection.why(Selection(), known) == ()


def test_a_cell_adds_its_finding_and_its_cause() -> None:
    north = Selection(sites=frozenset({"North"}))
    cell = north.with_cell("leg_swelling", "blood_clots")
    assert cell.findings == {"leg_swelling"}
    assert cell.causes == {"blood_clots"}
    assert cell.sites == {"North"}
    assert north.with_cell("leg_swelling", "").causes == frozenset()
