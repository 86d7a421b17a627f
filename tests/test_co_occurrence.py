"""Findings that come together: each pair and each combination is what plain loops count."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import oracles
import test_distribution as drawn
from circulation import errors
from circulation.access import Role
from circulation.choosing import selection
from circulation.choosing.selection import Selection
from circulation.counting import co_occurrence, distribution
from circulation.counting.co_occurrence import Combination, Combinations
from circulation.counting.intervals import Part
from circulation.judgement import assessment
from circulation.records import ternary
from test_selection import OF_INTAKE

SHOWN = [finding.id for finding in distribution.findings(makers.knowledge())]
FINDINGS = st.lists(st.sampled_from(SHOWN), min_size=1, max_size=5, unique=True)
TRIO = ("leg_swelling", "leg_pain", "muscle_cramps")


def combined(records: list[Mapping[str, str]], *, most: int = 15) -> Combinations:
    known = makers.knowledge()
    table = makers.table(known, records)
    chosen = selection.apply(table, assessment.assess(table, known), Selection())
    return co_occurrence.combinations(table, chosen, TRIO, Role.CLINICIAN, most=most)


@given(OF_INTAKE)
@settings(deadline=None, max_examples=20)
def test_pairs_are_what_plain_loops_count(wanted: Selection) -> None:
    chosen = selection.apply(drawn.table(), drawn.assessed(), wanted)
    found = co_occurrence.pairs(drawn.table(), chosen, SHOWN[:8], Role.CLINICIAN)
    fitting = [record for record in drawn.records() if oracles.is_selected(record, wanted)]
    for one in found.findings:
        for other in found.findings:
            assert found.part(one, other) == Part(*oracles.pair(fitting, one, other))


@given(OF_INTAKE, FINDINGS, st.integers(1, 15))
@settings(deadline=None, max_examples=40)
def test_combinations_are_what_plain_loops_count(
    wanted: Selection, findings: list[str], most: int
) -> None:
    chosen = selection.apply(drawn.table(), drawn.assessed(), wanted)
    found = co_occurrence.combinations(drawn.table(), chosen, findings, Role.CLINICIAN, most=most)
    fitting = [record for record in drawn.records() if oracles.is_selected(record, wanted)]
    kinds, not_asked = oracles.combinations(fitting, findings)
    shown = {combination.findings: combination.count for combination in found.shown}
    assert len(shown) == min(most, len(kinds))
    assert all(kinds[names] == count for names, count in shown.items())
    rest = [count for names, count in kinds.items() if names not in shown]
    assert (found.other, found.other_kinds) == (sum(rest), len(rest))
    assert max(rest, default=0) <= min(shown.values(), default=0)
    assert found.not_asked == not_asked
    assert found.asked + found.not_asked == chosen.count


def test_a_record_not_asked_about_one_of_the_set_is_counted_apart() -> None:
    everything = dict.fromkeys(TRIO, "absent")
    records = [
        everything,
        {**everything, "leg_pain": "present"},
        {**everything, "leg_pain": "present", "muscle_cramps": "present"},
        {**everything, "leg_pain": "not_asked"},
        {"leg_swelling": "present"},
    ]
    assert combined(records) == Combinations(
        findings=TRIO,
        shown=(
            Combination((), 1),
            Combination(("leg_pain",), 1),
            Combination(("leg_pain", "muscle_cramps"), 1),
        ),
        other=0,
        other_kinds=0,
        not_asked=2,
    )


def test_rare_combinations_are_counted_together() -> None:
    absent = dict.fromkeys(TRIO, "absent")
    records = (
        [absent] * 3 + [{**absent, "leg_pain": "present"}] * 2 + [dict.fromkeys(TRIO, "present")]
    )
    found = combined(records, most=1)
    assert found.shown == (Combination((), 3),)
    assert (found.other, found.other_kinds, found.asked) == (3, 2, 6)


def test_no_records_and_no_findings_make_no_combination() -> None:
    assert combined([]) == Combinations(TRIO, (), 0, 0, 0)
    chosen = selection.apply(drawn.table(), drawn.assessed(), Selection())
    found = co_occurrence.combinations(drawn.table(), chosen, (), Role.CLINICIAN)
    assert found.shown == (Combination((), chosen.count),)
    assert co_occurrence.pairs(drawn.table(), chosen, (), Role.CLINICIAN).present.size == 0


def test_pairs_over_many_blocks_are_those_of_single_rows() -> None:
    chance = np.random.default_rng(5)
    words = 2 * co_occurrence.BLOCK + 31
    groups = [chance.integers(0, 2**63, words, dtype=np.uint64) for _ in range(3)]
    rows = chance.integers(0, 2**63, words, dtype=np.uint64)
    found = co_occurrence.together(groups, rows)
    flags = [ternary.unpack(group & rows) for group in groups]
    assert found.tolist() == [[int((one & other).sum()) for other in flags] for one in flags]


def test_more_findings_than_an_upset_plot_holds_are_refused() -> None:
    chosen = selection.apply(drawn.table(), drawn.assessed(), Selection())
    names = [finding.id for finding in makers.knowledge().findings][:31]
    with pytest.raises(errors.DashboardError, match="30 are the most"):
        co_occurrence.combinations(drawn.table(), chosen, names, Role.CLINICIAN)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DATA_STEWARD])
def test_only_roles_that_see_exact_counts_see_what_comes_together(role: Role) -> None:
    chosen = selection.apply(drawn.table(), drawn.assessed(), Selection())
    for counted in (co_occurrence.pairs, co_occurrence.combinations):
        with pytest.raises(errors.DashboardError, match="see exact counts"):
            counted(drawn.table(), chosen, TRIO, role)
