"""The chain shows an edit, a removal and another order of events, whatever field it touches."""

import dataclasses
import datetime
import hashlib
import json

import pytest

from circulation import errors
from circulation.reviewing import ledger

AT = "2026-11-22T14:32:05.000000Z"
EARLIER = "2026-11-22T14:30:00.000000Z"


def entry(new: str = "a note", at: str = AT) -> ledger.Entry:
    return ledger.Entry(
        at=at,
        actor="Clinician 1",
        role="clinician",
        record_id="A-1",
        field="note",
        about="",
        old="",
        new=new,
        reason="",
        data_set="a" * 64,
        knowledge="2026.1",
    )


def chain() -> tuple[ledger.Event, ...]:
    first = ledger.seal(ledger.START, [entry("one"), entry("two")])
    return first + ledger.seal(ledger.head_after(first[-1]), [entry("three"), entry("four")])


def faults(events: tuple[ledger.Event, ...]) -> list[str]:
    head, found = ledger.START, []
    for event in events:
        found += ledger.faults(head, event)
        head = ledger.head_after(event)
    return found


def test_events_are_numbered_without_gaps_and_know_their_save() -> None:
    assert [(event.sequence, event.act) for event in chain()] == [(1, 1), (2, 1), (3, 3), (4, 3)]
    assert faults(chain()) == []


def test_the_seal_is_sha_256_over_the_canonical_json_of_every_other_field() -> None:
    (event,) = ledger.seal(ledger.START, [entry("naïve")])
    text = (
        '{"about":"","act":1,"actor":"Clinician 1","at":"2026-11-22T14:32:05.000000Z",'
        f'"data_set":"{"a" * 64}","field":"note","knowledge":"2026.1","new":"na\\u00efve","old":"",'
        '"ordered_at":"2026-11-22T14:32:05.000000Z",'
        f'"previous_hash":"{"0" * 64}","reason":"","record_id":"A-1","role":"clinician",'
        '"sequence":1}'
    )
    assert json.loads(text) == {
        name: value for name, value in vars(event).items() if name != "hash"
    }
    assert event.hash == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(ledger.Event)])
def test_a_change_of_any_field_is_found(field: str) -> None:
    events = chain()
    told = getattr(events[1], field)
    other = told + 1 if isinstance(told, int) else told + "x"
    edited = dataclasses.replace(events[1], **{field: other})
    assert faults((events[0], edited, *events[2:])) != []


@pytest.mark.parametrize(
    "order", [(1, 2, 3), (0, 2, 3), (0, 1, 3), (1, 0, 2, 3), (0, 1, 3, 2), (0, 1, 1, 2, 3)]
)
def test_a_removal_a_doubling_and_another_order_are_found(order: tuple[int, ...]) -> None:
    events = chain()
    assert faults(tuple(events[place] for place in order)) != []


def test_a_fault_names_its_place_and_not_its_content() -> None:
    events = chain()
    edited = dataclasses.replace(events[2], new="secret")
    assert faults((*events[:2], edited, events[3])) == [
        "event 3: its content does not match its seal"
    ]


def test_a_clock_that_went_back_is_kept_and_flagged() -> None:
    events = ledger.seal(ledger.START, [entry(at=AT), entry(at=EARLIER), entry(at=AT)])
    assert [(event.at, event.ordered_at, event.clock_skew) for event in events] == [
        (AT, AT, False),
        (EARLIER, AT, True),
        (AT, AT, False),
    ]


def test_an_order_of_times_that_the_clocks_do_not_give_is_found_even_with_a_right_seal() -> None:
    (event,) = ledger.seal(ledger.START, [entry()])
    moved = dataclasses.replace(event, ordered_at="2027-01-01T00:00:00.000000Z")
    sealed = dataclasses.replace(moved, hash=ledger.seal_of(moved))
    assert faults((sealed,)) == ["event 1: its time does not follow from the events before it"]


def test_a_cell_that_came_back_as_bytes_is_found() -> None:
    damaged = dataclasses.replace(chain()[0], new=b"one")  # what a damaged file can give
    assert faults((damaged,)) == ["event 1: its content does not match its seal"]


def test_a_time_is_written_in_utc_and_a_time_without_zone_is_refused() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    there = datetime.datetime(2026, 11, 22, 16, 32, 5, tzinfo=zone)
    assert ledger.utc_text(there) == AT
    with pytest.raises(errors.DashboardError, match="no time zone"):
        ledger.utc_text(there.replace(tzinfo=None))
