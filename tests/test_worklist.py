"""The worklist: most urgent first, then the longest wait, then the id, over the whole list."""

from datetime import date

import makers
import random_records
from circulation.judgement import assessment, worklist
from circulation.records import ternary
from circulation.reviewing import reviews

TODAY = date(2026, 2, 1)


def _review(record_id: str, state: reviews.State) -> reviews.RecordReview:
    said = reviews.Standing(reviews.Field.STATE, "", state, "2026-02-01T10:00:00+00:00", "someone")
    return reviews.stand(reviews.RecordReview(record_id), said)


def test_the_order_is_urgency_then_day_then_id_with_unknown_days_last() -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 200, seed=7, blank=0.4, days=6))
    assessed = assessment.assess(table, known)
    shown = worklist.items(
        worklist.ordered(assessed, table.real), table, assessed, known, {}, today=TODAY
    )
    plain = sorted(shown, key=lambda i: (-i.urgency, i.received_on or date.max, i.record_id))
    assert [item.record_id for item in shown] == [item.record_id for item in plain]
    assert len(shown) == 200


def test_every_record_is_in_exactly_one_state_and_in_all() -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 50, seed=3))
    stood = {
        "R00001": _review("R00001", reviews.State.REVIEWED),
        "R00002": _review("R00002", reviews.State.IN_PROGRESS),
        "GONE": _review("GONE", reviews.State.REVIEWED),
    }
    parts = worklist.tabs(table, stood)
    assert ternary.count(parts[worklist.Tab.REVIEWED]) == 1
    assert ternary.count(parts[worklist.Tab.IN_PROGRESS]) == 1
    assert ternary.count(parts[worklist.Tab.WAITING]) == 48
    assert ternary.count(parts[worklist.Tab.ALL]) == 50
    assert ternary.holds(parts[worklist.Tab.REVIEWED], makers.row(table, 1))


def test_a_record_without_a_day_has_no_known_wait() -> None:
    known = makers.knowledge()
    table = makers.table(known, [{"received_on": "2026-01-11"}, {}])
    assessed = assessment.assess(table, known)
    rows = worklist.ordered(assessed, table.real)
    dated, undated = worklist.items(rows, table, assessed, known, {}, today=TODAY)
    assert dated.days_waiting == 21
    assert undated.days_waiting is None
    assert undated.received_on is None


def test_the_counts_by_urgency_add_up_to_the_list() -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 150, seed=5))
    assessed = assessment.assess(table, known)
    assert sum(worklist.by_urgency(assessed, table.real).values()) == 150


def test_a_test_counts_as_settled_by_the_review_or_else_by_the_intake() -> None:
    known = makers.knowledge()
    table = makers.table(known, [{"test_hba1c": "done"}])
    row, empty = makers.row(table), reviews.RecordReview("R00001")
    assert worklist.settled("hba1c", row, table, empty)
    assert not worklist.settled("ankle_brachial_index", row, table, empty)
    said = reviews.Standing(
        reviews.Field.TEST_STATUS, "hba1c", "ordered", "2026-02-01T10:00:00+00:00", "someone"
    )
    assert not worklist.settled("hba1c", row, table, reviews.stand(empty, said))
