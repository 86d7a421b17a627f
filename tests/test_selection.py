"""One selection means the same rows however it is made, and its address restores it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import oracles
import random_records
from circulation import errors
from circulation.judgement import assessment
from circulation.knowledge_base.levels import Urgency
from circulation.records import addresses, intake, selection, ternary
from circulation.records.selection import Basis, Selection

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
    tests_done=some(*TESTS),
)


@lru_cache(maxsize=1)
def records() -> list[Mapping[str, str]]:
    return random_records.records(makers.knowledge(), 300, seed=7, blank=0.3)


@lru_cache(maxsize=1)
def table() -> intake.Intake:
    return makers.table(makers.knowledge(), records())


@lru_cache(maxsize=1)
def assessed() -> assessment.Assessment:
    return assessment.assess(table(), makers.knowledge())


def rows(wanted: Selection) -> set[int]:
    chosen = selection.apply(table(), assessed(), wanted)
    return set(ternary.rows(chosen.in_table(table())).tolist())


@given(SELECTIONS)
@settings(deadline=None)
def test_a_selection_means_the_records_that_plain_loops_find(wanted: Selection) -> None:
    chosen = selection.apply(table(), assessed(), wanted)
    found = {table().record_id(row) for row in rows(wanted)}
    assert found == {r["record_id"] for r in records() if oracles.is_selected(r, wanted)}
    assert (chosen.count, chosen.of) == (len(found), 300)
    undated = [r for r in records() if "received_on" not in r]
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
            for group in ("tests_done", "findings", "causes", "sexes", "age_bands", "sites")
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
    )
    known = makers.knowledge()
    assert selection.why(wanted, known) == (
        "received 01-Jan-2026 to 31-Jan-2026",
        "site North or River",
        "age 60-64",
        "sex female",
        "urgency same day",
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
