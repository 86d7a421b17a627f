"""A trend counts the records of the table: every one in its period, none twice, none lost."""

import datetime
import random
from collections.abc import Mapping
from fractions import Fraction

import pytest

import makers
import oracles
from circulation.judgement import assessment
from circulation.knowledge_base.levels import Urgency
from circulation.periods import Step
from circulation.records import intake, ternary
from circulation.trending import trend_counts, trends
from circulation.trending.trend_counts import Measure, Question

FIRST = datetime.date(2025, 11, 12)
TODAY = datetime.date(2026, 1, 28)
DAYS = 90  # some records come today, and some in days that are still ahead
RED_FLAGS = ("sudden_breathlessness", "coughing_blood", "new_leg_weakness")


def record(chance: random.Random) -> Mapping[str, str]:
    day = FIRST + datetime.timedelta(days=chance.randrange(DAYS))
    return {
        "received_on": "" if chance.random() < 0.1 else day.isoformat(),
        "site": chance.choice(("North", "South")),
        "suspected_blood_clots": chance.choice(("present", "absent", "not_asked")),
        **{name: chance.choice(("present", "absent", "")) for name in RED_FLAGS},
    }


@pytest.fixture(scope="module")
def table() -> intake.Intake:
    chance = random.Random(20260522)
    first = {"received_on": FIRST.isoformat(), "site": "North"}
    return makers.table(makers.knowledge(), [first, *(record(chance) for _ in range(400))])


@pytest.fixture(scope="module")
def assessed(table: intake.Intake) -> assessment.Assessment:
    return assessment.assess(table, makers.knowledge())


@pytest.mark.parametrize("site", ["", "North", "South", "Nowhere"])
@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("step", Step)
def test_each_period_counts_the_records_that_a_walk_over_all_records_finds(
    table: intake.Intake,
    assessed: assessment.Assessment,
    measure: Measure,
    step: Step,
    site: str,
) -> None:
    cause = "blood_clots" if measure is Measure.CAUSE else ""
    found = trend_counts.series(table, assessed, Question(measure, step, cause, site), today=TODAY)
    assert found is not None
    slow = oracles.records_by_period(
        [
            (table.day_of(row), assessed.urgency(row) is Urgency.SAME_DAY)
            for row in (makers.row(table, number) for number in range(1, table.count + 1))
            if site in ("", table.value("site", row))
            and (not cause or ternary.holds(table.ternaries["suspected_blood_clots"].present, row))
        ],
        step.value,
        TODAY,
    )
    whole, urgent, undated, later = slow
    assert (found.undated, found.later) == (undated, later)
    for seen in (*found.closed, *found.incomplete):
        period = oracles.period_of(seen.period.first, step.value)
        shown = seen.count if measure is not Measure.SAME_DAY else seen.of
        assert shown == whole.get(period, 0)
        if measure is Measure.SAME_DAY:
            assert seen.count == urgent.get(period, 0)
            assert seen.value == (Fraction(seen.count, shown) if shown else None)
    periods = {oracles.period_of(seen.period.first, step.value) for seen in found.closed}
    periods |= {oracles.period_of(seen.period.first, step.value) for seen in found.incomplete}
    assert periods >= set(whole)


def test_the_walk_meets_same_day_records_undated_and_later_ones(
    table: intake.Intake, assessed: assessment.Assessment
) -> None:
    question = Question(Measure.SAME_DAY, Step.MONTH)
    found = trend_counts.series(table, assessed, question, today=TODAY)
    assert found is not None
    assert found.undated
    assert found.later
    assert any(seen.count for seen in found.closed)


@pytest.mark.parametrize("records", [[], [{}], [{"received_on": TODAY.isoformat()}]])
def test_without_a_day_that_is_over_there_is_no_trend(records: list[Mapping[str, str]]) -> None:
    table = makers.table(makers.knowledge(), records)
    assessed = assessment.assess(table, makers.knowledge())
    question = Question(Measure.INTAKE, Step.WEEK)
    assert trend_counts.series(table, assessed, question, today=TODAY) is None


def test_a_site_without_records_in_a_week_has_a_week_of_nought() -> None:
    mondays = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"]
    sites = ["North", "South", "North", "North"]
    table = makers.table(
        makers.knowledge(),
        [{"received_on": d, "site": s} for d, s in zip(mondays, sites, strict=True)],
    )
    assessed = assessment.assess(table, makers.knowledge())
    question = Question(Measure.INTAKE, Step.WEEK, site="North")
    found = trend_counts.series(table, assessed, question, today=TODAY)
    assert found is not None
    assert [seen.count for seen in found.closed] == [1, 0, 1]
    assert [seen.count for seen in found.incomplete] == [1]
    assert found.kind is trends.Kind.COUNT
