"""The demonstration records are worth showing: gaps, an outlier, a step, seasons, urgent cases."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import makers
import synthetic_makers
from circulation import periods
from circulation.judgement import assessment
from circulation.knowledge_base import columns
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from circulation.trending import process_limits, trends

FINDINGS = makers.knowledge().finding


def share(name: str, value: str, where: np.ndarray) -> float:
    """The share of some of the many records that have a value."""
    return float(synthetic_makers.has(name, value)[where].mean())


def test_ten_to_twenty_five_of_a_hundred_optional_questions_are_not_asked() -> None:
    shares = {}
    for finding in FINDINGS.values():
        entry = synthetic_makers.shipped().findings.get(finding.id)
        special = entry and (entry.after or entry.seen_at or entry.part_of or entry.sex)
        if finding.kind != "red_flag_question" and not special and not (entry and entry.not_asked):
            shares[finding.id] = float(
                (synthetic_makers.many().coded(finding.id).codes == -1).mean()
            )
    assert len(shares) > 70
    assert {name for name, share in shares.items() if not 0.10 <= share <= 0.25} == set()


def test_one_site_leaves_far_more_unasked_than_every_other() -> None:
    asked = ("leg_pain", "itching", "known_hypertension", "statin", "migraine", "aching_legs")
    site = synthetic_makers.many().coded("site")
    blank = np.mean([synthetic_makers.many().coded(name).codes == -1 for name in asked], axis=0)
    shares = {name: blank[site.codes == n].mean() for n, name in enumerate(site.values)}
    outlier = shares.pop("Mill clinic")
    assert outlier > 2 * max(shares.values())
    assert max(shares.values()) - min(shares.values()) < 0.02


def test_six_sites_are_neutral_inventions_and_all_are_used() -> None:
    assert len(set(synthetic_makers.demo()["site"])) == 6
    assert all(name.endswith(" clinic") for name in synthetic_makers.demo()["site"])


def weeks() -> tuple[np.ndarray, date]:
    """Records a day, and the first day."""
    days = pd.to_datetime(
        synthetic_makers.demo().loc[synthetic_makers.demo()["received_on"] != "", "received_on"]
    )
    first = days.min().date()
    counts = np.zeros((synthetic_makers.LAST_DAY - first).days + 1, dtype=np.int64)
    np.add.at(counts, (days - days.min()).dt.days.to_numpy(), 1)
    return counts, first


def test_the_weekly_intake_has_a_step_and_stays_up() -> None:
    counts, _ = weeks()
    step = synthetic_makers.shipped().period.step_days
    before, after = counts[:-step].mean(), counts[-step:].mean()
    assert 1.3 < after / before < 1.8
    assert counts[-step // 2 :].mean() > 1.2 * before


def test_a_process_chart_finds_the_step() -> None:
    counts, first = weeks()
    calendar = periods.weekly(first, synthetic_makers.LAST_DAY)
    series = trends.counts(trends.tally(counts, calendar))
    chart = process_limits.chart(series, makers.knowledge().trends)
    day_of_step = synthetic_makers.LAST_DAY - timedelta(
        days=synthetic_makers.shipped().period.step_days
    )
    risen = [
        chart.points[signal.at[0]].observation.period.first
        for signal in chart.signals
        if signal.rule is process_limits.Rule.RUN and signal.side is process_limits.Side.HIGH
    ]
    assert risen
    assert all(abs((begin - day_of_step).days) <= 28 for begin in risen)


def test_some_records_have_no_day() -> None:
    assert 1 <= (synthetic_makers.demo()["received_on"] == "").sum() <= 12


@pytest.mark.parametrize("cause", [cause.id for cause in makers.knowledge().causes])
def test_every_cause_is_suspected_and_also_denied(cause: str) -> None:
    answers = Counter(synthetic_makers.demo()[f"suspected_{cause}"])
    assert answers["present"] >= 40
    assert answers["absent"] >= 100
    assert answers[""] >= 50


def test_none_one_and_several_causes_are_suspected() -> None:
    names = [f"suspected_{cause.id}" for cause in makers.knowledge().causes]
    ticked = Counter((synthetic_makers.demo()[names] == "present").sum(axis=1))
    assert ticked[0] > 50
    assert ticked[1] > 300
    assert ticked[2] + ticked[3] > 300


def test_causes_occur_together_as_often_as_meant() -> None:
    people = synthetic_makers.many().people
    artery = people.in_any(("artery", "artery_doubt"))
    diabetes, vein = people.in_any(("sugar", "nerve")), people.in_any(("vein", "vein_skin"))
    assert 0.27 < diabetes[artery].mean() < 0.42
    assert 0.24 < artery[diabetes & (people.age >= 50)].mean() < 0.40
    assert 0.30 < people.in_any(("weight",))[vein].mean() < 0.40
    assert 0.42 < people.in_any(("weight",))[diabetes].mean() < 0.60


def test_findings_point_to_the_cause_that_made_them() -> None:
    suspected = {
        cause.id: synthetic_makers.has(f"suspected_{cause.id}")
        for cause in makers.knowledge().causes
    }
    for finding, cause in (
        ("colour_change_cold", "raynauds"),
        ("varicose_veins", "vein_disease"),
        ("leg_pain_walking", "peripheral_artery_disease"),
        ("known_diabetes", "diabetes"),
        ("previous_dvt", "blood_clots"),
        ("breathless_on_exertion", "heart_conditions"),
        ("spine_or_joint_disease", "other"),
    ):
        shares = {other: share(finding, "present", rows) for other, rows in suspected.items()}
        assert max(shares, key=lambda other: shares[other]) == cause, finding


def test_raynaud_comes_in_winter_and_swelling_in_summer() -> None:
    month = (
        synthetic_makers.many()
        .people.days.astype("datetime64[D]")
        .astype("datetime64[M]")
        .astype(int)
    ) % 12
    winter, summer = np.isin(month, (10, 11, 0, 1)), np.isin(month, (4, 5, 6, 7))
    assert share("suspected_raynauds", "present", winter) > 1.3 * share(
        "suspected_raynauds", "present", summer
    )
    assert share("leg_swelling", "present", summer) > share("leg_swelling", "present", winter)


def test_about_half_of_the_older_tests_are_done_and_the_newest_are_to_do() -> None:
    status = synthetic_makers.many().coded("test_venous_duplex")
    since = synthetic_makers.many().people.days.max() - synthetic_makers.many().people.days
    wanted = status.codes != -1
    done = status.codes == status.values.index("done")
    assert 0.45 < done[wanted & (since > 180)].mean() < 0.65
    assert done[wanted & (since < 14)].mean() < 0.30


def test_a_test_is_wanted_more_often_where_its_cause_is_suspected() -> None:
    for test, cause in (
        ("ankle_brachial_index", "peripheral_artery_disease"),
        ("venous_duplex", "vein_disease"),
        ("hba1c", "diabetes"),
        ("nailfold_capillaroscopy", "raynauds"),
        ("compression_ultrasound", "blood_clots"),
    ):
        wanted = synthetic_makers.many().coded(f"test_{test}").codes != -1
        suspected = synthetic_makers.has(f"suspected_{cause}")
        assert wanted[suspected].mean() > 1.4 * wanted[~suspected].mean(), test


def test_the_rules_find_few_urgent_records_of_several_kinds() -> None:
    records = synthetic_makers.made(synthetic_makers.shipped().demo.records)
    table = intake.build(
        columns.of(makers.knowledge()),
        version="test",
        synthetic=True,
        ids=records.ids,
        days=records.days,
        coded=records.coded,
        numbers=records.numbers,
    )
    assessed = assessment.assess(table, makers.knowledge())
    same_day = assessed.with_urgency(Urgency.SAME_DAY, table.real)
    two_weeks = assessed.with_urgency(Urgency.WITHIN_2_WEEKS, table.real)
    assert 0.01 <= ternary.count(same_day) / table.count <= 0.03
    assert 0.03 <= ternary.count(two_weeks) / table.count <= 0.06
    kinds = [name for name, raised in assessed.flags.items() if ternary.count(raised.present)]
    assert len(kinds) >= 8
    recent = table.period(synthetic_makers.LAST_DAY - timedelta(days=27), synthetic_makers.LAST_DAY)
    assert 50 <= ternary.count(table.real[recent]) <= 90
    assert 3 <= ternary.count(same_day[recent]) <= 8
    assert ternary.count(two_weeks[recent]) >= 2
