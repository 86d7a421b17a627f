"""Two selections side by side: all counted again in plain loops, no test where they share."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import multitest, proportion

import makers
import oracles
import random_records
from circulation import access, errors
from circulation.choosing import selection
from circulation.choosing.selection import Selection
from circulation.counting import between, between_words, distribution
from circulation.counting.between import Between
from circulation.counting.intervals import Part
from circulation.judgement import assessment
from circulation.records import intake

KNOWN = makers.knowledge()
CAUSES = ("blood_clots", "vein_disease", distribution.ALL)
WOMEN, MEN = (Selection(sexes=frozenset({sex})) for sex in ("female", "male"))
SELECTIONS = st.builds(
    Selection,
    sites=st.frozensets(st.sampled_from(("North", "River")), max_size=1),
    age_bands=st.frozensets(st.sampled_from(("50-59", "60-64", "70-79")), max_size=2),
    sexes=st.frozensets(st.sampled_from(("female", "male")), max_size=1),
)


@lru_cache(maxsize=1)
def records() -> list[Mapping[str, str]]:
    return random_records.records(KNOWN, 400, seed=9, blank=0.3)


@lru_cache(maxsize=1)
def table() -> intake.Intake:
    return makers.table(KNOWN, records())


@lru_cache(maxsize=1)
def assessed() -> assessment.Assessment:
    return assessment.assess(table(), KNOWN)


@lru_cache(maxsize=64)
def counts(wanted: Selection) -> distribution.Counts:
    chosen = selection.apply(table(), assessed(), wanted)
    return distribution.by_cause(table(), assessed(), chosen, KNOWN)


def compared(a: Selection, b: Selection, cause: str = distribution.ALL) -> Between:
    role = access.Role.CLINICIAN
    return between.of(table(), assessed(), counts(a), counts(b), role, cause=cause)


def plain(wanted: Selection, cause: str) -> list[Mapping[str, str]]:
    """The records of one side, found in plain loops."""
    return [
        record
        for record in records()
        if oracles.is_selected(record, wanted)
        and (cause == distribution.ALL or record.get(f"suspected_{cause}") == "present")
    ]


def counted(found: Iterable[Mapping[str, str]], finding: str) -> Part:
    present, absent = oracles.answers(found, finding)
    return Part(present, present + absent)


@given(SELECTIONS, SELECTIONS, st.sampled_from(CAUSES))
@settings(deadline=None, max_examples=40)
def test_both_sides_and_what_they_share_are_what_plain_loops_find(
    a: Selection, b: Selection, cause: str
) -> None:
    found, own, other = compared(a, b, cause), plain(a, cause), plain(b, cause)
    ids = {record["record_id"] for record in own}
    assert found.both == sum(record["record_id"] in ids for record in other)
    assert (found.a.n, found.b.n) == (len(own), len(other))
    for line in found.lines:
        assert (line.a, line.b) == (counted(own, line.finding), counted(other, line.finding))


@given(SELECTIONS, SELECTIONS, st.sampled_from(CAUSES))
@settings(deadline=None, max_examples=40)
def test_there_is_an_interval_and_a_test_only_where_no_record_is_shared(
    a: Selection, b: Selection, cause: str
) -> None:
    found = compared(a, b, cause)
    for line in found.lines:
        if found.both:
            assert (line.difference, line.tested.p) == (None, None)
            assert line.tested.why_not == "No test: A and B share records"
        elif line.a.asked and line.b.asked:
            assert line.difference is not None
            assert line.difference.value == line.gap
        if line.tested.p is not None:
            assert min(line.a.asked, line.b.asked) >= 10


@given(SELECTIONS, SELECTIONS)
@settings(deadline=None, max_examples=20)
def test_the_other_way_round_every_difference_changes_its_sign_only(
    a: Selection, b: Selection
) -> None:
    one, other = compared(a, b), compared(b, a)
    assert one.both == other.both
    for line, turned in zip(one.lines, other.lines, strict=True):
        assert (line.a, line.b) == (turned.b, turned.a)
        assert line.gap == pytest.approx(-turned.gap if turned.gap is not None else None)
        assert line.tested.p == pytest.approx(turned.tested.p)
        assert line.tested.q == pytest.approx(turned.tested.q)


def test_interval_test_and_correction_agree_with_other_libraries() -> None:
    found = compared(WOMEN, MEN)
    assert not found.both
    tested = [line for line in found.lines if line.tested.p is not None]
    assert len(tested) > 10
    for line in tested:
        square = [[line.a.present, line.a.absent], [line.b.present, line.b.absent]]
        if line.tested.test.startswith("Fisher"):
            expected = stats.fisher_exact(square).pvalue
        else:
            expected = stats.chi2_contingency(square, correction=False).pvalue
        assert line.tested.p == pytest.approx(expected, rel=1e-6)
        low, high = proportion.confint_proportions_2indep(
            line.a.present, line.a.asked, line.b.present, line.b.asked, method="newcomb"
        )
        assert line.difference
        interval = line.difference.interval
        assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-9)
    corrected = multitest.multipletests([line.tested.p for line in tested], method="fdr_bh")[1]
    assert [line.tested.q for line in tested] == pytest.approx(list(corrected))


def test_a_selection_beside_itself_shares_every_record_and_differs_in_nothing() -> None:
    found = compared(WOMEN, WOMEN)
    assert found.both == found.a.shown == found.b.shown
    assert {line.gap for line in found.lines} <= {0.0, None}
    assert between_words.title(found, KNOWN) == "Two selections side by side"
    assert f"{found.both} records are in both A and B" in between_words.shared(found)


def test_the_title_names_the_largest_difference_among_groups_large_enough() -> None:
    found = compared(WOMEN, MEN)
    most = max(
        (line for line in found.lines if min(line.a.asked, line.b.asked) >= 30),
        key=lambda line: abs(line.gap or 0),
    )
    label = KNOWN.finding[most.finding].label
    assert between_words.title(found, KNOWN).startswith(f"{label} differs most: ")


def test_each_side_says_how_many_of_how_many_and_why() -> None:
    found = compared(replace(WOMEN, sites=frozenset({"North"})), Selection(), "blood_clots")
    own = len(plain(found.a.selection, distribution.ALL))
    with_cause = len(plain(found.a.selection, "blood_clots"))
    assert between_words.side(found.a, "blood_clots", KNOWN) == (
        f"{own} of 400 records, because site North; sex female; "
        f"{with_cause} of them with suspected blood clots"
    )
    assert between_words.side(found.b, "", KNOWN) == "400 of 400 records, without filters"


def test_small_groups_stand_behind_and_lines_without_a_difference_last() -> None:
    lines = between.by_size(compared(replace(WOMEN, sites=frozenset({"North"})), MEN).lines)
    ranks = [(line.gap is None, line.few, -abs(line.gap or 0)) for line in lines]
    assert ranks == sorted(ranks)


def test_no_manager_compares_selections() -> None:
    with pytest.raises(errors.DashboardError, match="may not"):
        between.of(table(), assessed(), counts(WOMEN), counts(MEN), access.Role.MANAGER)
