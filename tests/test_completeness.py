"""What was not asked, by finding, site and month, and findings side by side: plain loops agree."""

from datetime import date

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
from circulation.counting import completeness, small_multiples
from circulation.counting.intervals import Part
from circulation.counting.small_multiples import Over
from circulation.judgement import assessment
from test_selection import OF_INTAKE


def chosen(wanted: Selection) -> selection.Chosen:
    return selection.apply(drawn.table(), drawn.assessed(), wanted)


@given(OF_INTAKE)
@settings(deadline=None, max_examples=20)
def test_what_each_site_did_not_ask_is_what_plain_loops_count(wanted: Selection) -> None:
    found = completeness.by_site(drawn.table(), chosen(wanted), makers.knowledge(), Role.CLINICIAN)
    fitting = [record for record in drawn.records() if oracles.is_selected(record, wanted)]
    assert found.groups == ("North", "River", "South", "")
    for site in found.groups:
        here = [record for record in fitting if record.get("site", "") == site]
        for finding in found.findings:
            assert found.part(finding, site) == Part(oracles.not_asked(here, finding), len(here))


@given(OF_INTAKE)
@settings(deadline=None, max_examples=20)
def test_what_was_not_asked_in_a_month_is_what_plain_loops_count(wanted: Selection) -> None:
    found = completeness.by_month(drawn.table(), chosen(wanted), makers.knowledge(), Role.CLINICIAN)
    fitting = [record for record in drawn.records() if oracles.is_selected(record, wanted)]
    for month in found.groups:
        here = [record for record in fitting if record.get("received_on", "")[:7] == month]
        for finding in found.findings:
            assert found.part(finding, month) == Part(oracles.not_asked(here, finding), len(here))
    for finding in found.findings:
        assert found.of(finding) == Part(oracles.not_asked(fitting, finding), len(fitting))


def test_the_months_are_in_order_and_the_undated_last() -> None:
    found = completeness.by_month(
        drawn.table(), chosen(Selection()), makers.knowledge(), Role.CLINICIAN
    )
    assert found.groups == ("2026-01", "2026-02", "2026-03", "")
    assert found.labels == ("Jan-2026", "Feb-2026", "Mar-2026", "Day not recorded")
    assert int(found.n.sum()) == drawn.table().count


@pytest.mark.parametrize(
    ("wanted", "months"),
    [
        (Selection(first=date(2026, 2, 10)), ("2026-02", "2026-03", "")),
        (Selection(last=date(2026, 1, 31)), ("2026-01", "")),
        (Selection(first=date(2027, 1, 1)), ("",)),
    ],
)
def test_a_period_names_its_own_months_only(wanted: Selection, months: tuple[str, ...]) -> None:
    found = completeness.by_month(drawn.table(), chosen(wanted), makers.knowledge(), Role.CLINICIAN)
    assert found.groups == months
    assert int(found.n.sum()) == chosen(wanted).count


@given(OF_INTAKE, st.sampled_from(list(Over)))
@settings(deadline=None, max_examples=30)
def test_findings_side_by_side_are_what_plain_loops_count(wanted: Selection, over: Over) -> None:
    found = small_multiples.of(
        drawn.table(), chosen(wanted), makers.knowledge(), Role.CLINICIAN, over=over
    )
    fitting = [record for record in drawn.records() if oracles.is_selected(record, wanted)]
    assert int(found.n.sum()) == len(fitting), "every record is in one column"
    for column, value in enumerate(found.values):
        here = [record for record in fitting if record.get(over, "") == value]
        assert found.n[column] == len(here)
        for finding in found.findings:
            yes, no = oracles.answers(here, finding)
            assert found.part(finding, value) == Part(yes, yes + no)
            rest = [record for record in fitting if record.get(over, "") != value]
            yes, no = oracles.answers(rest, finding)
            assert found.others(finding, value) == Part(yes, yes + no)
    for finding in found.findings:
        yes, no = oracles.answers(fitting, finding)
        assert found.everyone(finding) == Part(yes, yes + no)


def test_values_keep_the_order_of_the_knowledge_and_blanks_come_last() -> None:
    def values(over: Over) -> tuple[str, ...]:
        return small_multiples.of(
            drawn.table(), chosen(Selection()), makers.knowledge(), Role.CLINICIAN, over=over
        ).values

    bands = tuple(band.code for band in makers.knowledge().age_bands)
    assert values(Over.AGE_BAND) == (*bands, "")
    assert values(Over.SEX) == ("female", "male", "other", "")
    assert values(Over.SITE) == ("North", "River", "South", "")


def test_no_records_are_complete() -> None:
    known = makers.knowledge()
    empty = makers.table(known, [])
    nothing = selection.apply(empty, assessment.assess(empty, known), Selection())
    for found in (
        completeness.by_site(empty, nothing, known, Role.CLINICIAN),
        completeness.by_month(empty, nothing, known, Role.CLINICIAN),
    ):
        assert (found.groups, found.n.tolist()) == (("",), [0])
        assert found.of("leg_swelling") == Part(0, 0)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DATA_STEWARD])
def test_only_roles_that_see_exact_counts_see_parts_of_the_records(role: Role) -> None:
    table, known, everything = drawn.table(), makers.knowledge(), chosen(Selection())
    for counted in (completeness.by_site, completeness.by_month):
        with pytest.raises(errors.DashboardError, match="see exact counts"):
            counted(table, everything, known, role)
    with pytest.raises(errors.DashboardError, match="see exact counts"):
        small_multiples.of(table, everything, known, role, over=Over.SITE)
