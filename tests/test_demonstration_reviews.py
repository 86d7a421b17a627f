"""Demonstration records look like a clinic at work: the older are reviewed, the latest wait."""

from datetime import date, timedelta
from pathlib import Path

import makers
import random_records
from circulation.auditing import known_outcomes
from circulation.demonstration_data import (
    demonstration_begun,
    demonstration_reviews,
    demonstration_second_looks,
)
from circulation.judgement import assessment, standing_rows
from circulation.records import ternary
from circulation.reviewing import review_store, reviews
from circulation.reviewing.reviews import Field

LAST_DAY = date(2026, 2, 10)


def test_older_records_are_reviewed_through_the_ledger_and_the_latest_wait(tmp_path: Path) -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 40, seed=2, blank=0.5, days=40))
    assessed = assessment.assess(table, known)
    store = review_store.ReviewStore(f"sqlite:///{tmp_path / 'reviews.sqlite'}")
    made = demonstration_reviews.fill(store, table, assessed, known, last_day=LAST_DAY)
    old = [
        row
        for row in ternary.rows(table.real).tolist()
        if (day := table.day_of(row)) and day <= LAST_DAY - timedelta(days=28)
    ]
    stood = store.all_current()
    assert made == len(old) > 0
    assert set(stood) == {table.record_id(row) for row in old}
    assert {review.state for review in stood.values()} == {reviews.State.REVIEWED}
    looked = demonstration_second_looks.fill(store, table, assessed, known)
    again = [one for one in store.all_current().values() if one.value(Field.SECOND_CAUSE)]
    assert len(again) == looked > 0
    assert store.verify().whole
    store.close()


def test_results_of_signed_reviews_bear_views_out_or_not_and_raise_no_red_flag(
    tmp_path: Path,
) -> None:
    known = makers.knowledge()
    veins = {
        "varicose_veins": "present",
        "skin_changes_venous": "present",
        "received_on": "2026-01-02",
    }
    table = makers.table(known, [veins] * 24)
    assessed = assessment.assess(table, known)
    store = review_store.ReviewStore(f"sqlite:///{tmp_path / 'reviews.sqlite'}")
    demonstration_reviews.fill(store, table, assessed, known, last_day=LAST_DAY)
    outcomes = known_outcomes.of(store.all_current().values(), table, assessed, known).values()
    told = [one.confirmed[cause] for one in outcomes for cause in one.from_review]
    assert {True, False} <= set(told)
    now = standing_rows.Keeper(table, assessed, known, store).standing().assessment
    raised = {name: flag.present.tolist() for name, flag in assessed.flags.items()}
    assert {name: flag.present.tolist() for name, flag in now.flags.items()} == raised
    store.close()


def test_some_waiting_records_are_begun_with_results_to_look_at_and_a_hand_over(
    tmp_path: Path,
) -> None:
    known = makers.knowledge()
    calm = {"varicose_veins": "present", "leg_pain": "absent"}
    table = makers.table(known, [{**calm, "received_on": f"2026-02-0{n}"} for n in range(1, 9)])
    assessed = assessment.assess(table, known)
    store = review_store.ReviewStore(f"sqlite:///{tmp_path / 'reviews.sqlite'}")
    begun = demonstration_begun.fill(store, table, assessed, known, last_day=LAST_DAY)
    stood = store.all_current().values()
    assert len(stood) == begun == demonstration_begun.COUNT
    assert {review.state for review in stood} == {reviews.State.IN_PROGRESS}
    assert all(review.first_view for review in stood)
    assert any(review.handed_to for review in stood)
    assert any(one.result and not one.seen for review in stood for one in review.tests)
    store.close()
