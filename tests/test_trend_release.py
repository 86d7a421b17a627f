"""A trend is released exact to those who may see it, and else without small numbers."""

import datetime

import numpy as np
import pytest

import trend_makers
from circulation import access, errors, periods
from circulation.access import Role
from circulation.knowledge_base import settings_model
from circulation.periods import Step
from circulation.trending import trend_release, trends
from circulation.trending.trend_counts import Measure, Question

SETTINGS = settings_model.Disclosure(floor=8, base=5, fewest_to_break_down=30, sources=())
PROTECTED = [role for role in Role if not access.allowed(role, access.Act.SEE_EXACT_COUNTS)]
MONTHS = Question(Measure.INTAKE, Step.MONTH)


def months(counts: list[int]) -> trends.Series:
    closed = trend_makers.months(len(counts))
    counted = trends.counted(closed, counts)
    return trends.Series(Step.MONTH, trends.Kind.COUNT, counted, undated=3, later=1)


def test_a_clinician_sees_the_series_as_it_is() -> None:
    series = months([0, 1, 7, 8])
    found = trend_release.release(series, MONTHS, Role.CLINICIAN, SETTINGS)
    assert found == trend_release.Release(series, exact=True, note="")


@pytest.mark.parametrize("role", PROTECTED)
def test_others_see_every_month_rounded(role: Role) -> None:
    found = trend_release.release(months([0, 8, 12, 13, 42]), MONTHS, role, SETTINGS)
    assert [seen.count for seen in found.series.closed] == [0, 10, 10, 15, 40]
    assert not found.exact
    assert found.note == (
        "Small numbers are protected: all counts are rounded to the nearest 5, shares and limits "
        "come from the rounded counts. Only whole months are shown."
    )


@pytest.mark.parametrize("role", PROTECTED)
@pytest.mark.parametrize("floor", [5, 8, 11])
def test_one_small_month_withholds_the_whole_series(role: Role, floor: int) -> None:
    limits = settings_model.Disclosure(floor=floor, base=5, fewest_to_break_down=30, sources=())
    for small in (1, floor - 1):
        found = trend_release.release(months([40, small, 40]), MONTHS, role, limits)
        assert found.series.closed == ()
        assert f"A month holds 1-{floor - 1} records" in found.withheld
    assert trend_release.release(months([40, floor, 0]), MONTHS, role, limits).withheld == ""


@pytest.mark.parametrize("role", PROTECTED)
def test_others_see_shares_of_rounded_counts_only(role: Role) -> None:
    closed = trend_makers.months(3)
    shares = trends.shared(closed, [12, 23, 0], [41, 23, 0])
    series = trends.Series(Step.MONTH, trends.Kind.SHARE, shares)
    found = trend_release.release(series, MONTHS, role, SETTINGS).series.closed
    assert [(seen.count, seen.of, seen.value) for seen in found] == [
        (10, 40, 0.25),
        (25, 25, 1),
        (0, 0, None),
    ]


@pytest.mark.parametrize("role", PROTECTED)
def test_a_small_part_of_one_month_withholds_every_share(role: Role) -> None:
    shares = trends.shared(trend_makers.months(2), [3, 12], [40, 41])
    series = trends.Series(Step.MONTH, trends.Kind.SHARE, shares)
    assert trend_release.release(series, MONTHS, role, SETTINGS).series.closed == ()


@pytest.mark.parametrize("role", PROTECTED)
def test_incomplete_months_and_days_are_not_released(role: Role) -> None:
    calendar = periods.monthly(datetime.date(2026, 1, 15), datetime.date(2026, 3, 10))
    exact = trends.counts(trends.tally(np.ones(56, np.int64), calendar))
    assert len(exact.incomplete) == 2
    found = trend_release.release(exact, MONTHS, role, SETTINGS).series
    assert (found.incomplete, found.undated, found.later) == ((), 0, 0)


@pytest.mark.parametrize("role", PROTECTED)
@pytest.mark.parametrize(
    "question",
    [Question(Measure.INTAKE, Step.WEEK), Question(Measure.INTAKE, Step.MONTH, site="North")],
    ids=["weeks", "one site"],
)
def test_weeks_and_single_sites_are_refused_to_others(role: Role, question: Question) -> None:
    with pytest.raises(errors.DashboardError, match="whole months of all sites"):
        trend_release.release(months([10] * 3), question, role, SETTINGS)
    assert trend_release.steps(role) == (Step.MONTH,)


def test_a_clinician_may_ask_for_weeks_and_months() -> None:
    assert trend_release.steps(Role.CLINICIAN) == (Step.WEEK, Step.MONTH)
