"""A cause against all others: what plain loops find, with the reason where there is no figure."""

from collections.abc import Mapping

import numpy as np
import pytest

import makers
import oracles
import test_distribution as drawn
from circulation import access, errors
from circulation.access import Role
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import comparison, distribution
from circulation.counting.intervals import Part
from circulation.judgement import assessment

CLOTS = "blood_clots"
Records = list[Mapping[str, str]]


def compared(records: Records) -> comparison.Comparison:
    known = makers.knowledge()
    table = makers.table(known, records)
    assessed = assessment.assess(table, known)
    chosen = selection.apply(table, assessed, Selection())
    counts = distribution.by_cause(table, assessed, chosen, known)
    return comparison.against_others(counts, Role.CLINICIAN)


def swelling(found: comparison.Comparison) -> comparison.Row:
    return next(row for row in found.of_cause(CLOTS) if row.finding == "leg_swelling")


def people(suspected: str, answer: str, number: int) -> Records:
    return [{f"suspected_{CLOTS}": suspected, "leg_swelling": answer}] * number


@pytest.mark.parametrize("basis", list(Basis))
def test_both_groups_are_what_plain_loops_count(basis: Basis) -> None:
    found = comparison.against_others(drawn.counts(Selection(basis=basis)), Role.CLINICIAN)
    known = makers.knowledge()
    assert len(found.rows) == len(distribution.findings(known)) * len(known.causes)
    for row in found.rows:
        own, others = oracles.against_others(
            drawn.records(),
            row.finding,
            lambda record, cause=row.cause: drawn.belongs(record, cause, basis),
        )
        assert (row.own.present, row.own.asked) == own
        assert (row.others.present, row.others.asked) == others
        group = [r for r in drawn.records() if drawn.belongs(r, row.cause, basis)]
        rest = oracles.not_asked(drawn.records(), row.finding)
        assert row.not_asked == oracles.not_asked(group, row.finding)
        assert row.others_not_asked == rest - row.not_asked


def test_every_p_value_of_the_table_is_corrected_for_all_of_them() -> None:
    found = comparison.against_others(drawn.counts(Selection()), Role.CLINICIAN)
    known = [row.tested for row in found.rows if row.tested.p is not None]
    assert found.tests == len(known) > 100
    assert found.correction == "Benjamini-Hochberg"
    expected = oracles.q_values([result.p or 0.0 for result in known])
    assert [result.q for result in known] == pytest.approx(expected)


def test_a_row_has_everything_a_reader_needs() -> None:
    records = people("present", "present", 30) + people("present", "absent", 10)
    records += people("absent", "present", 20) + people("absent", "absent", 40)
    row = swelling(compared(records))
    assert (row.own, row.others) == (Part(30, 40), Part(20, 60))
    assert row.difference
    assert row.ratio
    assert row.standardised
    assert row.difference.value == pytest.approx(30 / 40 - 20 / 60)
    assert row.ratio.value == pytest.approx(2.25)
    assert row.standardised.value == pytest.approx(0.9206, abs=1e-4)
    assert row.tested.test == "Chi-squared test, two-sided"
    assert row.tested.p == pytest.approx(4.456e-05, rel=1e-3)
    assert not row.trivial


def test_all_others_are_also_those_where_nobody_said() -> None:
    records = people("present", "present", 12) + people("", "absent", 5)
    records += people("absent", "absent", 6) + people("absent", "not_asked", 4)
    row = swelling(compared(records))
    assert (row.own, row.others) == (Part(12, 12), Part(0, 11))


@pytest.mark.parametrize(
    ("records", "own", "others", "why_not", "difference"),
    [
        ([], (0, 0), (0, 0), "No p-value: fewer than 10 asked in both groups", None),
        (
            people("present", "present", 1),
            (1, 1),
            (0, 0),
            "No p-value: fewer than 10 asked in both groups",
            None,
        ),
        (
            people("present", "not_asked", 50) + people("absent", "not_asked", 50),
            (0, 0),
            (0, 0),
            "No p-value: fewer than 10 asked in both groups",
            None,
        ),
        (
            people("present", "present", 9) + people("absent", "absent", 50),
            (9, 9),
            (0, 50),
            "No p-value: fewer than 10 asked in this group",
            1.0,
        ),
        (people("present", "absent", 20) + people("absent", "absent", 20), (0, 20), (0, 20), "", 0),
        (
            people("present", "present", 20) + people("absent", "absent", 20),
            (20, 20),
            (0, 20),
            "",
            1,
        ),
    ],
    ids=["no records", "one record", "nobody asked", "few", "0 percent", "100 against 0 percent"],
)
def test_empty_small_and_one_sided_groups_keep_their_row(
    records: Records,
    own: tuple[int, int],
    others: tuple[int, int],
    why_not: str,
    difference: float | None,
) -> None:
    row = swelling(compared(records))
    assert (row.own, row.others) == (Part(*own), Part(*others))
    assert row.tested.why_not == why_not
    assert (row.tested.p is None) == (row.tested.q is None) == bool(why_not)
    assert (row.difference and row.difference.value) == difference


def test_a_negligible_difference_is_marked() -> None:
    records = people("present", "present", 50) + people("present", "absent", 50)
    records += people("absent", "present", 52) + people("absent", "absent", 48)
    assert swelling(compared(records)).trivial
    assert not swelling(compared(people("present", "present", 5))).trivial, "nothing to compare"


def test_the_largest_difference_comes_first_whatever_its_sign() -> None:
    found = comparison.against_others(drawn.counts(Selection()), Role.CLINICIAN)
    rows = comparison.by_difference(found.rows)
    few = [min(row.own.asked, row.others.asked) < 10 for row in rows]
    assert few == sorted(few), "differences between few stand behind all others"
    for part in (False, True):
        sizes = [row.size for row, small in zip(rows, few, strict=True) if small is part]
        assert sizes == sorted(sizes, reverse=True)
    assert {row.difference.value > 0 for row in found.rows if row.difference} == {True, False}


def test_rows_without_a_difference_come_last_and_stay_in_order() -> None:
    records = people("present", "present", 3) + people("absent", "absent", 3)
    ordered = comparison.by_difference(compared(records).of_cause(CLOTS))
    assert ordered[0].finding == "leg_swelling"
    rest = [row.finding for row in ordered[1:]]
    shown = [finding.id for finding in distribution.findings(makers.knowledge())]
    assert rest == [name for name in shown if name != "leg_swelling"]


def test_rows_can_stand_by_group_and_by_name() -> None:
    known = makers.knowledge()
    rows = comparison.by_difference(drawn_rows())
    assert comparison.by_group(rows, known) == drawn_rows()
    labels = [known.finding[row.finding].label for row in comparison.by_name(rows, known)]
    assert labels == sorted(labels, key=str.casefold)


def drawn_rows() -> tuple[comparison.Row, ...]:
    found = comparison.against_others(drawn.counts(Selection()), Role.CLINICIAN)
    return found.of_cause(CLOTS)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DATA_STEWARD])
def test_only_roles_that_see_exact_counts_compare(role: Role) -> None:
    assert not access.allowed(role, access.Act.SEE_EXACT_COUNTS)
    with pytest.raises(errors.DashboardError, match="see exact counts"):
        comparison.against_others(drawn.counts(Selection()), role)


def test_figures_are_plain_numbers() -> None:
    for row in drawn_rows():
        figures = (row.own.present, row.own.asked, row.others.present, row.others.asked)
        assert not any(isinstance(figure, np.generic) for figure in figures)
        assert type(row.tested.p) in (float, type(None))
