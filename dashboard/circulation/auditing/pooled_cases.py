"""What can be counted for pooled figures: who was behind it, in which quarter, and what came out.

A record of somebody whose name is shared without sign-in is left out: it cannot be told who it was.
So are some records of all: counting/counted_records.py says which and why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from circulation import quarters
from circulation.auditing import outcomes, second_look, sign_offs
from circulation.counting import counted_records
from circulation.knowledge_base import settings_model
from circulation.knowledge_base.levels import Level
from circulation.reviewing import reviews, shared_names
from circulation.reviewing.reviews import Certainty, Field


@dataclass(frozen=True, slots=True)
class Judged:
    """One cause of one record whose outcome is known, with both views of it.

    ``by`` wrote the first view; ``quarter`` is that of the first sign-off. ``named``: the first
    view named this cause, ``sure`` of it; ``supported``: the tool's level did at sign-off.
    """

    cause: str
    quarter: int
    by: frozenset[str]
    named: bool
    sure: bool
    supported: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One record that was read twice; ``quarter`` is that of the second look."""

    why: second_look.Why
    quarter: int
    by: frozenset[str]
    alike: bool


def judged(
    cases: Iterable[outcomes.Case],
    first: Mapping[str, sign_offs.SignOff],
    asked: settings_model.Pooling,
) -> tuple[Judged, ...]:
    """Every cause with a known outcome of every case that has both views.

    ``first`` is the first sign-off of each record: its time is sealed in the ledger, so that no
    record can come into a quarter that is over. Only cases with both views are counted, so that
    the records behind one view are those behind the other.
    """
    found = []
    for case in cases:
        if case.first is None or case.levels is None or shared_names.shared(case.first_by):
            continue
        if not counted_records.counted(case.record_id, asked):
            continue
        signed = first[case.record_id]
        for cause, confirmed in case.confirmed.items():
            if confirmed is None:
                continue
            named = case.first.cause == cause
            found.append(
                Judged(
                    cause=cause,
                    quarter=_quarter(signed.at),
                    by=frozenset({case.first_by}),
                    named=named,
                    sure=named and case.first.certainty is Certainty.SURE,
                    supported=case.levels.get(cause, Level.NOT_SUPPORTED) >= Level.SUPPORTED,
                    confirmed=confirmed,
                )
            )
    return tuple(found)


def read_twice(
    looked: Sequence[second_look.Looked],
    stood: Mapping[str, reviews.RecordReview],
    asked: settings_model.Pooling,
) -> tuple[Read, ...]:
    """Every second look whose two readers are known to be two."""
    found = []
    for one in looked:
        first = one.drawn.first
        said = stood[first.record_id].find(Field.SECOND_CAUSE)
        both = frozenset({first.actor, one.by})
        if said is None or len(both) < 2 or any(map(shared_names.shared, both)):
            continue
        if not counted_records.counted(first.record_id, asked):
            continue
        alike = first.agreed == one.second
        found.append(Read(one.drawn.why, _quarter(said.at), both, alike))
    return tuple(found)


def _quarter(at: str) -> int:
    return quarters.of(reviews.moment(at).date())
