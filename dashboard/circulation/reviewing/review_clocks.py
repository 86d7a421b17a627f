"""The wait clock of each record, derived from the events of its state.

It runs from the day the record was received until it is signed off. Opening a signed review again
starts it anew; putting a review back does not. An undo leaves it as it was before what was undone.
"""

import dataclasses
import itertools
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from circulation.reviewing import review_rules, review_schema
from circulation.reviewing.reviews import Field, State

_EVENTS, _STATES, _HEAD = review_schema.EVENTS, review_schema.STATES, review_schema.HEAD


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One event about the state of a review; ``at`` is UTC text as the ledger has it."""

    record_id: str
    act: int
    at: str
    old: str
    new: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Clock:
    """Where a record stands and what its wait is counted from.

    ``since``: when it was opened again, blank: the day it was received. ``signed``: when it was
    signed off, blank while it waits for that. Both are UTC texts of the ledger.
    """

    state: State = State.WAITING
    since: str = ""
    signed: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Changed:
    """The clocks of all records with events after a version, and the version they bring it to."""

    version: int
    clocks: Mapping[str, Clock]


def fold(steps: Iterable[Step]) -> Clock:
    """The clock that follows from all steps of one record, in their order."""
    clock, before, act = Clock(), Clock(), 0
    for step in steps:
        if step.reason == review_rules.UNDO:
            clock = dataclasses.replace(before, state=State(step.new))
            continue
        if step.act != act:
            before, act = clock, step.act
        clock = _after(clock, step)
    return clock


def _after(clock: Clock, step: Step) -> Clock:
    state = State(step.new)
    if state is State.REVIEWED:
        return Clock(state, clock.since, step.at)
    if clock.state is State.REVIEWED:
        return Clock(state, step.at)
    return dataclasses.replace(clock, state=state)


def changed(connection: sa.Connection, after: int) -> Changed:
    """What changed after a version of the store; after 0, the clock of every record with events."""
    version = connection.execute(sa.select(_HEAD.c.sequence)).scalar_one()
    news = sa.select(_STATES.c.record_id).where(_STATES.c.version > after)
    kept = (_EVENTS.c.field == Field.STATE.value) & _EVENTS.c.record_id.in_(news)
    names = [_EVENTS.c[field.name] for field in dataclasses.fields(Step) if field.name != "at"]
    names.insert(2, _EVENTS.c.ordered_at)
    rows = connection.execute(
        sa.select(*names).where(kept).order_by(_EVENTS.c.record_id, _EVENTS.c.sequence)
    )
    steps = itertools.groupby((Step(*row) for row in rows), key=lambda step: step.record_id)
    return Changed(version, {record_id: fold(some) for record_id, some in steps})


def versions_after(connection: sa.Connection, version: int) -> dict[str, int]:
    """The records that changed after a version of the store, each with its own version now."""
    query = sa.select(_STATES.c.record_id, _STATES.c.version).where(_STATES.c.version > version)
    return {row.record_id: row.version for row in connection.execute(query)}
