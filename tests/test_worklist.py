"""The worklist: most urgent first, then the earliest due, the longest wait and the id."""

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import random_records
import review_makers
from circulation.judgement import assessment, board, waits, worklist
from circulation.knowledge_base.levels import Urgency
from circulation.records import ternary
from circulation.reviewing import review_store, reviews
from circulation.reviewing.review_clocks import Changed, Clock
from circulation.reviewing.reviews import Field, State

KNOWN = makers.knowledge()
TODAY = date(2026, 2, 1)
SPARSE = random_records.records(KNOWN, 200, seed=7, blank=0.95, days=6)
TABLE = makers.table(  # of every urgency, a few without a day
    KNOWN,
    [
        {
            **record,
            "received_on": f"2026-01-{1 + place % 6:02d}" if place % 9 else "",
            "wound_over_2_weeks": "present" if place % 5 == 0 else "",
        }
        for place, record in enumerate(SPARSE)
    ],
)
ASSESSED = assessment.assess(TABLE, KNOWN)
EMPTY = board.empty(TABLE)


def day_of(moment: datetime) -> date:
    return moment.date()


def at(day: int) -> str:
    return f"2026-01-{day:02d}T10:00:00.000000Z"


def after(clocks: dict[str, Clock], before: board.Board = EMPTY) -> board.Board:
    return board.advanced(before, TABLE, Changed(before.version + 1, clocks), day_of)


def shown(rows: ternary.Bits, seen: board.Board = EMPTY) -> tuple[worklist.Item, ...]:
    order = worklist.ordered(TABLE, ASSESSED, seen, rows)
    return worklist.items(
        order, TABLE, worklist.Judged(ASSESSED, ASSESSED), KNOWN, seen, {}, today=TODAY
    )


def plainly(items: tuple[worklist.Item, ...]) -> list[str]:
    """The promised order, by the words of the promise."""
    return [
        item.record_id
        for item in sorted(
            items,
            key=lambda i: (
                -i.urgency,
                i.wait.due or date.max,
                -(i.wait.days or 0),
                i.record_id,
            ),
        )
    ]


def test_the_order_is_urgency_then_due_then_id_with_unknown_days_last() -> None:
    items = shown(TABLE.real)
    assert [item.record_id for item in items] == plainly(items)
    assert len(items) == TABLE.count
    assert {item.wait.band for item in items} >= {waits.Band.OVERDUE, waits.Band.UNKNOWN}


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.integers(1, 200), st.integers(1, 31), max_size=30))
def test_a_record_opened_again_stands_where_its_new_clock_puts_it(again: dict[int, int]) -> None:
    clocks = {f"R{n:05d}": Clock(State.IN_PROGRESS, at(day)) for n, day in again.items()}
    items = shown(TABLE.real, after(clocks))
    assert [item.record_id for item in items] == plainly(items)
    assert sum(item.wait.again for item in items) == len(again)


def test_every_record_is_in_exactly_one_state_and_in_all() -> None:
    seen = after(
        {
            "R00001": Clock(State.REVIEWED, "", "2026-02-01T10:00:00.000000Z"),
            "R00002": Clock(State.IN_PROGRESS),
            "R00003": Clock(State.REVIEWED, "", at(31)),
            "GONE": Clock(State.REVIEWED, "", at(31)),
            "AN-ID-LONGER-THAN-ANY-IN-THE-TABLE": Clock(State.REVIEWED, "", at(31)),
        }
    )
    parts = worklist.tabs(TABLE, seen, today=TODAY)
    counts = {tab: ternary.count(rows) for tab, rows in parts.items()}
    assert counts == {
        worklist.Tab.WAITING: 197,
        worklist.Tab.IN_PROGRESS: 1,
        worklist.Tab.REVIEWED_TODAY: 1,
        worklist.Tab.ALL: 200,
    }
    assert ternary.holds(parts[worklist.Tab.REVIEWED_TODAY], makers.row(TABLE, 1))
    assert not (seen.states[State.WAITING] & seen.states[State.REVIEWED]).any()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([f"R{n:05d}" for n in range(1, 12)]),
            st.sampled_from(
                [
                    Clock(),
                    Clock(State.IN_PROGRESS),
                    Clock(State.IN_PROGRESS, at(9)),
                    Clock(State.REVIEWED, "", at(8)),
                ]
            ),
        ),
        max_size=5,
    )
)
def test_a_board_brought_up_to_date_is_the_one_made_at_once(
    saves: list[dict[str, Clock]],
) -> None:
    stepwise, last = EMPTY, dict[str, Clock]()
    for some in saves:
        stepwise, last = after(some, stepwise), {**last, **some}
    at_once = after(last)
    for state in State:
        assert np.array_equal(stepwise.states[state], at_once.states[state])
    assert np.array_equal(stepwise.since, at_once.since)
    assert np.array_equal(stepwise.signed, at_once.signed)


BANDS = {  # urgency, days since received -> band, and days past due
    (Urgency.SAME_DAY, 0): (waits.Band.DUE_SOON, 0),
    (Urgency.SAME_DAY, 1): (waits.Band.OVERDUE, 1),
    (Urgency.WITHIN_2_WEEKS, 10): (waits.Band.WITHIN, 0),
    (Urgency.WITHIN_2_WEEKS, 11): (waits.Band.DUE_SOON, 0),
    (Urgency.WITHIN_2_WEEKS, 14): (waits.Band.DUE_SOON, 0),
    (Urgency.WITHIN_2_WEEKS, 15): (waits.Band.OVERDUE, 1),
    (Urgency.ROUTINE, 75): (waits.Band.WITHIN, 0),
    (Urgency.ROUTINE, 76): (waits.Band.DUE_SOON, 0),
    (Urgency.ROUTINE, 91): (waits.Band.OVERDUE, 1),
}


def of_urgency(urgency: Urgency) -> int:
    rows = ternary.rows(ASSESSED.with_urgency(urgency, TABLE.real))
    return int(next(row for row in rows if TABLE.day_of(int(row))))


@pytest.mark.parametrize(("urgency", "days"), BANDS)
def test_the_band_of_a_wait_is_that_of_its_urgency_at_each_edge(
    urgency: Urgency, days: int
) -> None:
    row = of_urgency(urgency)
    received = TABLE.day_of(row)
    assert received
    today = received + timedelta(days=days)
    wait = waits.of(row, TABLE, ASSESSED, EMPTY, KNOWN, today=today)
    assert (wait.band, wait.past) == BANDS[urgency, days]
    assert wait.days == days


def test_a_wait_ends_with_the_sign_off_and_starts_anew_when_opened_again() -> None:
    row = of_urgency(Urgency.ROUTINE)
    name, received = TABLE.record_id(row), TABLE.day_of(row)
    signed = after({name: Clock(State.REVIEWED, "", at(20))})
    wait = waits.of(row, TABLE, ASSESSED, signed, KNOWN, today=TODAY)
    assert received
    assert (wait.band, wait.days) == (waits.Band.SIGNED, (date(2026, 1, 20) - received).days)
    again = after({name: Clock(State.IN_PROGRESS, at(22))}, signed)
    wait = waits.of(row, TABLE, ASSESSED, again, KNOWN, today=TODAY)
    assert (wait.again, wait.since, wait.days) == (True, date(2026, 1, 22), 10)


def test_a_record_without_a_day_has_no_known_wait() -> None:
    table = makers.table(KNOWN, [{"received_on": "2026-01-11"}, {}])
    assessed, seen = assessment.assess(table, KNOWN), board.empty(table)
    order = worklist.ordered(table, assessed, seen, table.real)
    dated, undated = worklist.items(
        order, table, worklist.Judged(assessed, assessed), KNOWN, seen, {}, today=TODAY
    )
    assert dated.wait.days == 21
    assert (undated.wait.days, undated.wait.band) == (None, waits.Band.UNKNOWN)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 200),
        st.one_of(
            st.just(Clock(State.REVIEWED, "", at(30))),
            st.integers(1, 31).map(lambda day: Clock(State.IN_PROGRESS, at(day))),
        ),
        max_size=150,
    ),
    st.integers(0, 120),
)
def test_the_summary_names_the_oldest_and_the_worst_of_all_that_wait(
    said: dict[int, Clock], later: int
) -> None:
    today = TODAY + timedelta(days=later)
    seen = after({f"R{n:05d}": clock for n, clock in said.items()})
    items = worklist.items(
        ternary.rows(seen.unsigned),
        TABLE,
        worklist.Judged(ASSESSED, ASSESSED),
        KNOWN,
        seen,
        {},
        today=today,
    )
    dated = [item for item in items if item.wait.since]
    found = waits.summary(TABLE, ASSESSED, seen, KNOWN, today=today)
    assert found.days == max((item.wait.days or 0 for item in dated), default=0)
    assert (found.oldest is None) == (not dated)
    if found.oldest is not None:
        first = min(item.wait.since for item in dated if item.wait.since)
        same = [item.urgency for item in dated if item.wait.since == first]
        assert ASSESSED.urgency(found.oldest) is max(same)
    assert found.unknown == sum(item.wait.since is None for item in items)
    late = []
    for urgency in reversed(Urgency):
        past = [i.wait.past for i in dated if i.urgency is urgency and i.wait.past]
        late += [waits.Late(urgency, len(past), max(past))] if past else []
    assert found.late == tuple(late)


def test_nobody_waits_in_an_empty_table() -> None:
    table = makers.table(KNOWN, [])
    assessed, seen = assessment.assess(table, KNOWN), board.empty(table)
    none = waits.summary(table, assessed, seen, KNOWN, today=TODAY)
    assert none == waits.Summary(None, 0, (), 0)
    same = board.advanced(seen, table, Changed(1, {"A": Clock(State.IN_PROGRESS)}), day_of)
    assert not same.unsigned.any()


@pytest.mark.parametrize("text", ["R0001", "r00017", "17", "R", "0", "X", "R00001-and-more"])
def test_a_search_finds_every_id_that_holds_the_text(text: str) -> None:
    found = [TABLE.record_id(int(row)) for row in ternary.rows(worklist.matching(TABLE, text))]
    expected = {f"R{n:05d}" for n in range(1, 201) if text.upper() in f"R{n:05d}"}
    assert set(found) == expected
    assert len(found) == len(expected)


def said(field: Field, about: str, value: str) -> reviews.Standing:
    return reviews.Standing(field, about, value, "2026-02-01T10:00:00+00:00", "someone")


def test_a_test_counts_as_settled_by_the_review_with_its_result_or_else_by_the_intake() -> None:
    table = makers.table(KNOWN, [{"test_hba1c": "done"}])
    row, empty = makers.row(table), reviews.RecordReview("R00001")
    assert worklist.settled("hba1c", row, table, empty)
    assert not worklist.settled("ankle_brachial_index", row, table, empty)
    answers = (("ordered", None), ("done", Field.TEST_RESULT), ("not_needed", Field.TEST_REASON))
    for status, asked in answers:
        review = reviews.stand(empty, said(Field.TEST_STATUS, "hba1c", status))
        assert not worklist.settled("hba1c", row, table, review)
        if asked:
            whole = reviews.stand(review, said(asked, "hba1c", "abnormal"))
            assert worklist.settled("hba1c", row, table, whole)


def test_the_keeper_reads_only_what_changed_and_stands_still_without_news(
    tmp_path: Path,
) -> None:
    store = review_store.ReviewStore(review_makers.address(tmp_path))
    keeper = board.Keeper(TABLE, store, day_of)
    assert keeper.board() is keeper.board()
    review_makers.add(store, review_makers.START, record="R00001")
    first = keeper.board()
    assert ternary.holds(first.states[State.IN_PROGRESS], makers.row(TABLE, 1))
    assert first.version == store.version()
    assert keeper.board() is first
    store.close()
