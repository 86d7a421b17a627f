"""Every count of the distribution is what plain loops count, and what its list opens."""

import itertools
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import oracles
import random_records
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import distribution
from circulation.judgement import assessment
from circulation.knowledge_base.levels import Level
from circulation.records import intake, ternary
from circulation.records.ternary import Ternary
from test_selection import OF_INTAKE


@lru_cache(maxsize=1)
def records() -> list[Mapping[str, str]]:
    return random_records.records(makers.knowledge(), 250, seed=11, blank=0.4, days=70)


@lru_cache(maxsize=1)
def table() -> intake.Intake:
    return makers.table(makers.knowledge(), records())


@lru_cache(maxsize=1)
def assessed() -> assessment.Assessment:
    return assessment.assess(table(), makers.knowledge())


def counts(wanted: Selection) -> distribution.Counts:
    chosen = selection.apply(table(), assessed(), wanted)
    return distribution.by_cause(table(), assessed(), chosen, makers.knowledge())


def belongs(record: Mapping[str, str], cause: str, basis: Basis) -> bool:
    """Whether a record counts for a cause, asked of its own row."""
    if cause == distribution.ALL:
        return True
    row = table().row_of(record["record_id"])
    assert row is not None
    if basis is Basis.RECORDED:
        return record.get(f"suspected_{cause}") == "present"
    if basis is Basis.SUPPORTED:
        return assessed().causes[cause].level(row) >= Level.SUPPORTED
    return ternary.state(assessed().confirmed[cause], row) is True


@pytest.mark.parametrize("basis", list(Basis))
def test_every_cell_is_what_plain_loops_count(basis: Basis) -> None:
    found = counts(Selection(basis=basis))
    assert found.causes == (*makers.knowledge().cause, distribution.ALL)
    for column, cause in enumerate(found.causes):
        group = [record for record in records() if belongs(record, cause, basis)]
        assert found.n[column] == len(group)
        for row, finding in enumerate(found.findings):
            numbers = (found.present[row, column], found.absent[row, column])
            assert numbers == oracles.answers(group, finding), (finding, cause)


@given(OF_INTAKE)
@settings(deadline=None, max_examples=25)
def test_every_cell_of_a_selection_is_what_plain_loops_count(wanted: Selection) -> None:
    found = counts(wanted)
    fitting = [record for record in records() if oracles.is_selected(record, wanted)]
    for column, cause in enumerate(found.causes):
        group = [record for record in fitting if belongs(record, cause, Basis.RECORDED)]
        assert found.n[column] == len(group)
        for row, finding in enumerate(found.findings):
            numbers = (found.present[row, column], found.absent[row, column])
            assert numbers == oracles.answers(group, finding), (finding, cause)


@given(OF_INTAKE, st.sampled_from(list(Basis)), st.integers(0), st.integers(0))
@settings(deadline=None, max_examples=60)
def test_the_number_in_a_cell_is_the_length_of_the_list_it_opens(
    plain: Selection, basis: Basis, row: int, column: int
) -> None:
    wanted = Selection(first=plain.first, last=plain.last, sites=plain.sites, basis=basis)
    found = counts(wanted)
    row, column = row % len(found.findings), column % len(found.causes)
    opened = wanted.with_cell(found.findings[row], found.causes[column])
    assert selection.apply(table(), assessed(), opened).count == found.present[row, column]


def test_present_absent_and_not_asked_add_up_to_the_group() -> None:
    found = counts(Selection())
    not_asked = found.n - found.asked
    assert (not_asked >= 0).all()
    assert (found.present + found.absent + not_asked == found.n).all()


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_counts_over_many_blocks_are_those_of_single_rows(
    words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distribution, "BLOCK", 2)
    _counts_are_those_of_single_rows(words)
    _counts_are_those_of_single_rows(words + 2 * distribution.TURNS)


def test_counts_over_blocks_as_long_as_in_use_are_those_of_single_rows() -> None:
    _counts_are_those_of_single_rows(distribution.TURNS * distribution.BLOCK)
    _counts_are_those_of_single_rows(distribution.TURNS * distribution.BLOCK + 77)


def _counts_are_those_of_single_rows(words: int) -> None:
    """The second column and the second answer fill every bit: the most that a byte must hold."""
    chance = np.random.default_rng(3)
    every, nothing = np.full(words, 2**64 - 1, np.uint64), np.zeros(words, np.uint64)

    def bits() -> np.ndarray:
        return chance.integers(0, 2**64, words, dtype=np.uint64)

    present = bits()
    answers = [Ternary(present, bits() & ~present), Ternary(every, nothing)]
    columns = [bits(), every]
    for rows in (bits(), every):
        found = distribution.cross(answers, columns, rows)
        groups = [ternary.unpack(rows & column) for column in columns] + [ternary.unpack(rows)]
        for answered, states in ((found[0], "present"), (found[1], "absent")):
            assert answered.tolist() == [
                [(group & ternary.unpack(getattr(answer, states))).sum() for group in groups]
                for answer in answers
            ]
        assert found[2].tolist() == [group.sum() for group in groups]


def test_no_records_count_as_nothing() -> None:
    empty = makers.table(makers.knowledge(), [])
    none = assessment.assess(empty, makers.knowledge())
    chosen = selection.apply(empty, none, Selection())
    found = distribution.by_cause(empty, none, chosen, makers.knowledge())
    assert (found.n.sum(), found.asked.sum()) == (0, 0)
    assert distribution.by_month(empty, none, chosen, "leg_swelling", "").months == ()


@pytest.mark.parametrize("cause", ["vein_disease", distribution.ALL])
def test_the_months_of_a_cell_are_what_plain_loops_count(cause: str) -> None:
    wanted = Selection(sites=frozenset({"North", "South"}))
    chosen = selection.apply(table(), assessed(), wanted)
    found = distribution.by_month(table(), assessed(), chosen, "leg_swelling", cause)
    assert [month.label for month in found.months] == ["Jan-2026", "Feb-2026", "Mar-2026"]
    for month, present, asked in zip(found.months, found.present, found.asked, strict=True):
        group = [
            record
            for record in records()
            if oracles.is_selected(record, Selection(first=month.first, last=month.last))
            and oracles.is_selected(record, wanted)
            and belongs(record, cause, Basis.RECORDED)
        ]
        yes, no = oracles.answers(group, "leg_swelling")
        assert (present, asked) == (yes, yes + no)


def test_months_of_a_period_stay_inside_it() -> None:
    wanted = Selection(first=date(2026, 1, 20), last=date(2026, 2, 10))
    chosen = selection.apply(table(), assessed(), wanted)
    found = distribution.by_month(table(), assessed(), chosen, "leg_swelling", "")
    place = counts(wanted).findings.index("leg_swelling")
    assert found.present.sum() == counts(wanted).present[place, -1]


def test_findings_stand_together_by_clinical_group() -> None:
    groups = [finding.group for finding in distribution.findings(makers.knowledge())]
    changes = sum(one != other for one, other in itertools.pairwise(groups))
    assert changes == len(set(groups)) - 1
