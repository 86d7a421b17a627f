"""The chain of the ledger: each event is sealed over all its fields and the seal before it.

The chain shows an edit, a removal or another order of events. A tail cut off whole leaves a chain
that is whole in itself: only an anchor noted outside the store (count and seal) shows it.
"""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Sequence

from circulation import errors

NO_HASH = "0" * 64
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode
"""The one text of some fields as JSON; made once, because it is asked a million times."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """What is to be recorded, before the ledger gives it its place and its seal."""

    at: str  # UTC, as the writer's clock had it: 2026-11-22T14:32:05.000000Z
    actor: str
    role: str
    record_id: str
    field: str
    about: str  # the test or the red flag, for a field that exists once for each
    old: str
    new: str
    reason: str
    data_set: str
    knowledge: str


@dataclasses.dataclass(frozen=True)
class Event:
    """One line of the ledger, exactly as it is stored."""

    sequence: int  # 1, 2, 3, ... over the whole store, without gaps
    act: int  # the sequence of the first event of the same save
    at: str
    ordered_at: str  # the latest time seen so far: equals `at` unless the clock went back
    actor: str
    role: str
    record_id: str
    field: str
    about: str
    old: str
    new: str
    reason: str
    data_set: str
    knowledge: str
    previous_hash: str
    hash: str

    @property
    def clock_skew(self) -> bool:
        """Whether the writer's clock was behind an earlier event."""
        return self.at < self.ordered_at


@dataclasses.dataclass(frozen=True)
class Head:
    """Where the chain ends."""

    sequence: int
    ordered_at: str
    hash: str


@dataclasses.dataclass(frozen=True)
class Anchor:
    """Count and seal of the chain at one moment, to be noted outside the store."""

    count: int
    head_hash: str


@dataclasses.dataclass(frozen=True)
class Verification:
    """What a check of the whole store found."""

    anchor: Anchor
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, taken out or put in."""
        return not self.problems


NOTHING = Anchor(count=0, head_hash=NO_HASH)
START = Head(sequence=0, ordered_at="", hash=NO_HASH)


def utc_text(moment: datetime.datetime) -> str:
    """The one written form of a time: UTC and of one length, so that text sorts as time."""
    if moment.tzinfo is None:
        raise errors.DashboardError("time of a review", "has no time zone", "Give it in UTC.")
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seal(head: Head, entries: Sequence[Entry]) -> tuple[Event, ...]:
    """The entries of one save as events that continue the chain."""
    events: list[Event] = []
    for entry in entries:
        unsealed = Event(
            **vars(entry),
            sequence=head.sequence + 1,
            act=events[0].sequence if events else head.sequence + 1,
            ordered_at=max(head.ordered_at, entry.at),
            previous_hash=head.hash,
            hash="",
        )
        events.append(dataclasses.replace(unsealed, hash=seal_of(unsealed)))
        head = head_after(events[-1])
    return tuple(events)


def seal_of(event: Event) -> str:
    """SHA-256 over the canonical JSON of every field but the seal itself."""
    fields = {name: value for name, value in vars(event).items() if name != "hash"}
    return hashlib.sha256(canonical(fields).encode("ascii")).hexdigest()


def head_after(event: Event) -> Head:
    """The end of the chain once an event is on it."""
    return Head(sequence=event.sequence, ordered_at=event.ordered_at, hash=event.hash)


def faults(head: Head, event: Event) -> tuple[str, ...]:
    """What is wrong with one event as the one after `head`; names its place, not its content."""
    place = f"event {event.sequence}"
    found = []
    if event.sequence != head.sequence + 1:
        found.append(f"{place}: follows event {head.sequence}: events are missing or out of order")
    if event.previous_hash != head.hash:
        found.append(f"{place}: does not carry the seal of the event before it")
    if not _seal_holds(event):
        found.append(f"{place}: its content does not match its seal")
    elif not _time_follows(head, event):
        found.append(f"{place}: its time does not follow from the events before it")
    return tuple(found)


def _seal_holds(event: Event) -> bool:
    try:
        return event.hash == seal_of(event)
    except TypeError:  # a damaged cell may come back as bytes, which no sealed event holds
        return False


def _time_follows(head: Head, event: Event) -> bool:
    try:
        return event.ordered_at == max(head.ordered_at, event.at)
    except TypeError:  # the event before is damaged, and was told
        return True
