"""Every sign-off of the store, read off the events: when, by whom, on what, and what was agreed."""

from collections.abc import Iterable
from dataclasses import dataclass

from circulation.reviewing import ledger, review_rules
from circulation.reviewing.reviews import Field

FIELDS = (Field.STATE, Field.AGREED_CAUSE, Field.AS_SEEN)
"""What has to be read of the ledger."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One sign-off; ``view`` is the seal of the kept view, '' where none was kept."""

    sequence: int
    record_id: str
    at: str
    actor: str
    agreed: str
    view: str
    data_set: str
    knowledge: str


def of(events: Iterable[ledger.Event]) -> tuple[SignOff, ...]:
    """The sign-offs in the order of the ledger; ``events`` are those about FIELDS, in order."""
    stood: dict[tuple[str, str], str] = {}
    found = []
    for event in events:
        stood[event.record_id, event.field] = event.new
        if (event.field, event.new) == review_rules.SIGNED:
            found.append(
                SignOff(
                    sequence=event.sequence,
                    record_id=event.record_id,
                    at=event.ordered_at,
                    actor=event.actor,
                    agreed=stood.get((event.record_id, Field.AGREED_CAUSE), ""),
                    view=stood.get((event.record_id, Field.AS_SEEN), ""),
                    data_set=event.data_set,
                    knowledge=event.knowledge,
                )
            )
    return tuple(found)


def first(signed: Iterable[SignOff]) -> dict[str, SignOff]:
    """The first sign-off of each record, in the order of the ledger."""
    found: dict[str, SignOff] = {}
    for one in signed:
        found.setdefault(one.record_id, one)
    return found


def last(signed: Iterable[SignOff]) -> dict[str, SignOff]:
    """The latest sign-off of each record."""
    return {one.record_id: one for one in signed}
