"""Nothing but a Release reaches a reader, and a protected one holds no small or exact number."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import makers
import oracles
import test_distribution as drawn
from circulation import access, errors, periods
from circulation.access import Role
from circulation.choosing import selection
from circulation.choosing.selection import Selection
from circulation.counting import disclosure, distribution, published
from circulation.counting.clearance import Clearance
from circulation.counting.published import Cell, Count
from circulation.judgement import assessment

SETTINGS = makers.knowledge().disclosure
FEWEST = SETTINGS.fewest_to_break_down
ALL_CLEARED = Clearance(FEWEST, {one.id: frozenset() for one in makers.knowledge().findings})
TWO_MONTHS = Selection(first=date(2026, 1, 1), last=date(2026, 2, 28))


def numbers(release: published.Release) -> Iterator[Count]:
    yield from (release.shown, release.of, release.without_day)
    for row in release.rows:
        for cell in row:
            yield from (cell.present, cell.asked, cell.n)


def cell(present: int, asked: int, n: int) -> Cell:
    """A protected cell made of raw numbers."""
    parts = [disclosure.protected_count(raw, SETTINGS) for raw in (present, asked, n)]
    return Cell("leg_swelling", "blood_clots", *parts)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (0, "0"),
        (1, "1-7 hidden"),
        (7, "1-7 hidden"),
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (17, "15"),
        (18, "20"),
        (1002, "1,000"),
    ],
)
def test_1_to_7_is_hidden_and_the_rest_is_rounded_to_5(raw: int, shown: str) -> None:
    assert disclosure.protected_count(raw, SETTINGS).words == shown


@given(st.integers(0, 100_000))
def test_a_published_count_is_what_the_rule_says(raw: int) -> None:
    assert disclosure.protected_count(raw, SETTINGS).value == oracles.published(raw)


def test_a_protected_release_holds_rounded_numbers_only() -> None:
    raw = drawn.counts(TWO_MONTHS)
    release = disclosure.release(raw, Role.MANAGER, SETTINGS, lambda: ALL_CLEARED)
    assert not release.exact
    assert {count.value % 5 for count in numbers(release) if count.value is not None} == {0}
    assert any(count.value is None for count in numbers(release)), "the records must be few"
    for place, row in enumerate(release.rows):
        for column, one in enumerate(row):
            n, asked = int(raw.n[column]), int(raw.asked[place, column])
            assert one.n.value == oracles.published(n)
            shown = None if 0 < n < FEWEST else oracles.published(asked)
            assert one.asked.value == shown
            present = oracles.published(int(raw.present[place, column]))
            assert one.present.value == (None if shown is None else present)


def test_a_finding_that_is_not_cleared_is_left_out_whole() -> None:
    cleared = Clearance(FEWEST, {"leg_swelling": frozenset()})
    release = disclosure.protected(drawn.counts(TWO_MONTHS), SETTINGS, cleared)
    assert [row[0].finding for row in release.rows] == ["leg_swelling"]
    assert "muscle_cramps" in release.left_out
    nothing = disclosure.protected(drawn.counts(TWO_MONTHS), SETTINGS, Clearance(FEWEST))
    assert nothing.rows == ()


@pytest.mark.parametrize("fewest", [1, 30, 10_000])
def test_a_cause_with_fewer_records_than_the_knowledge_sets_is_not_broken_down(fewest: int) -> None:
    settings = replace(SETTINGS, fewest_to_break_down=fewest)
    raw = drawn.counts(TWO_MONTHS)
    release = disclosure.protected(raw, settings, replace(ALL_CLEARED, fewest=fewest))
    assert f"Causes with fewer than {fewest} records" in release.note
    for row in release.rows:
        for one, n in zip(row, raw.n.tolist(), strict=True):
            assert (one.asked.words == published.HIDDEN) is (0 < n < fewest)


def test_a_cell_that_is_not_cleared_says_nothing_but_hidden() -> None:
    cells = frozenset({(selection.Basis.RECORDED, ""), (selection.Basis.CONFIRMED, "diabetes")})
    cleared = Clearance(FEWEST, {"leg_swelling": cells})
    for basis in selection.Basis:
        counts = drawn.counts(replace(TWO_MONTHS, basis=basis))
        release = disclosure.protected(counts, SETTINGS, cleared)
        everyone, one = release.everyone("leg_swelling"), release.cell("leg_swelling", "diabetes")
        assert everyone
        assert one
        assert (everyone.of_asked, everyone.percent, everyone.not_asked) == (
            "Hidden",
            "hidden",
            None,
        )
        hidden = basis is selection.Basis.CONFIRMED or 0 < (one.n.value or 1) < FEWEST
        assert (one.of_asked == "Hidden") is hidden
        assert release.hidden_as == "hidden"


def test_an_exact_release_holds_the_counts() -> None:
    raw = drawn.counts(Selection(sites=frozenset({"North"})))
    release = disclosure.release(raw, Role.CLINICIAN, SETTINGS, lambda: Clearance(FEWEST))
    assert release.exact
    assert release.shown == Count(raw.chosen.count)
    assert [[one.present.value for one in row] for row in release.rows] == raw.present.tolist()
    assert [[one.asked.value for one in row] for row in release.rows] == raw.asked.tolist()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DATA_STEWARD])
def test_exact_counts_are_refused_to_other_roles(role: Role) -> None:
    with pytest.raises(errors.DashboardError, match="see exact counts"):
        disclosure.exact(drawn.counts(TWO_MONTHS), role)
    with pytest.raises(errors.DashboardError, match="see exact counts"):
        disclosure.months(distribution.Months((), np.zeros(0), np.zeros(0)), role)


@pytest.mark.parametrize(
    "wanted",
    [
        Selection(),
        replace(TWO_MONTHS, first=None),
        replace(TWO_MONTHS, first=date(2026, 1, 2)),
        replace(TWO_MONTHS, last=date(2026, 2, 27)),
        replace(TWO_MONTHS, sites=frozenset({"North"})),
        replace(TWO_MONTHS, age_bands=frozenset({"50-59"})),
        replace(TWO_MONTHS, sexes=frozenset({"female"})),
        replace(TWO_MONTHS, causes=frozenset({"blood_clots"})),
        replace(TWO_MONTHS, findings=frozenset({"leg_swelling"})),
        replace(TWO_MONTHS, tests_done=frozenset({"d_dimer"})),
    ],
)
def test_a_filter_or_a_part_of_a_month_is_never_protected_but_refused(wanted: Selection) -> None:
    with pytest.raises(errors.DashboardError, match="whole months without any filter"):
        disclosure.protected(drawn.counts(wanted), SETTINGS, ALL_CLEARED)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 3, 31), ("2026-01-01", "2026-02-28")),
        (date(2026, 3, 1), ("2026-01-01", "2026-02-28")),
        (date(2026, 2, 28), ("2026-01-01", "2026-01-31")),
        (date(2027, 1, 5), ("2026-01-01", "2026-02-28")),
        (date(2026, 1, 31), None),
    ],
)
def test_only_months_that_are_over_are_published(
    today: date, months: tuple[str, str] | None
) -> None:
    rows = [{"received_on": day} for day in ("2026-01-15", "2026-02-10", "2026-03-05")]
    fixed = disclosure.closed_months(makers.table(makers.knowledge(), rows), today)
    found = fixed and (str(fixed.first), str(fixed.last))
    assert found == months


def test_records_without_a_date_are_in_no_published_month() -> None:
    undated = makers.table(makers.knowledge(), [{}])
    assert disclosure.closed_months(undated, date(2026, 5, 1)) is None


@pytest.mark.parametrize(
    ("one", "says", "share", "percent"),
    [
        (cell(66, 80, 90), "65 of 80 asked (81%)", 65 / 80, "81%"),
        (cell(5, 80, 90), "1-7 hidden of 80 asked", None, "1-7 hidden"),
        (cell(3, 4, 90), "1-7 hidden of 1-7 hidden asked", None, "1-7 hidden"),
        (cell(0, 4, 90), "0 of 1-7 hidden asked", None, "1-7 hidden"),
        (cell(0, 0, 90), "Nobody was asked", None, "not asked"),
        (cell(0, 0, 0), "No records", None, "no records"),
        (cell(0, 40, 90), "0 of 40 asked (0%)", 0.0, "0%"),
        (cell(40, 40, 40), "40 of 40 asked (100%)", 1.0, "100%"),
    ],
)
def test_a_cell_says_its_share_or_why_it_has_none(
    one: Cell, says: str, share: float | None, percent: str
) -> None:
    assert (one.of_asked, one.share, one.percent) == (says, share, percent)


@pytest.mark.parametrize(
    ("share", "says"),
    [(0.0, "0%"), (0.001, "<1%"), (0.005, "0%"), (0.824, "82%"), (0.996, ">99%"), (1.0, "100%")],
)
def test_a_small_share_does_not_read_as_none_nor_a_large_one_as_all(
    share: float, says: str
) -> None:
    assert published.percent(share) == says


def test_the_difference_is_to_all_others_asked() -> None:
    asked = [{"suspected_blood_clots": "present", "leg_swelling": "present"}] * 3
    asked += [{"suspected_blood_clots": "present", "leg_swelling": "absent"}]
    asked += [{"suspected_blood_clots": "absent", "leg_swelling": "present"}]
    asked += [{"leg_swelling": "absent"}] * 3 + [{"leg_swelling": "not_asked"}]
    release = released(asked)
    one = release.cell("leg_swelling", "blood_clots")
    assert one
    assert one.of_asked == "3 of 4 asked (75%)"
    assert release.others(one) == 0.25
    assert release.points(one) == 50
    everyone = release.everyone("leg_swelling")
    assert everyone
    assert (everyone.of_asked, everyone.not_asked) == ("4 of 8 asked (50%)", 1)
    assert release.points(everyone) is None


def test_questions_nobody_answered_are_told_apart() -> None:
    release = released([{"leg_swelling": "absent"}])
    assert [row[0].finding for row in release.answered().rows] == ["leg_swelling"]
    assert "muscle_cramps" in release.unanswered()
    assert len(release.unanswered()) == len(release.rows) - 1


@given(st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=1, max_size=4))
def test_no_share_of_published_numbers_exceeds_all(raw: list[tuple[int, int, int]]) -> None:
    for present, absent, more in raw:
        one = cell(present, present + absent, present + absent + more)
        assert one.share is None or 0 <= one.share <= 1
        assert one.not_asked is None or one.not_asked >= 0


def released(rows: list[dict[str, str]]) -> published.Release:
    known = makers.knowledge()
    table = makers.table(known, rows)
    assessed = assessment.assess(table, known)
    chosen = selection.apply(table, assessed, Selection())
    counts = distribution.by_cause(table, assessed, chosen, known)
    return disclosure.exact(counts, Role.CLINICIAN)


def test_a_total_is_rounded_for_those_who_may_not_see_it() -> None:
    assert disclosure.total(1203, Role.CLINICIAN, SETTINGS).words == "1,203"
    assert disclosure.total(1203, Role.MANAGER, SETTINGS).words == "1,205"
    assert disclosure.total(3, Role.DATA_STEWARD, SETTINGS).words == "1-7 hidden"


def test_the_months_of_a_cell_keep_their_counts() -> None:
    period = periods.monthly(date(2026, 1, 1), date(2026, 1, 31)).closed[0]
    raw = distribution.Months((period,), np.array([3]), np.array([9]))
    shown = disclosure.months(raw, Role.CLINICIAN)
    assert shown == (published.Month(period, Count(3), Count(9)),)


def test_every_role_is_either_exact_or_protected() -> None:
    exact = {role for role in Role if access.allowed(role, access.Act.SEE_EXACT_COUNTS)}
    assert exact == {Role.CLINICIAN}
