"""Which signed records a second reader looks at again, blind: a sample, and near misses.

The sample is drawn before anybody signs: in every run of so many sign-offs with the same agreed
cause, a place that the seed has drawn. So each record has the same chance, each cause has its
share, and what was drawn stays drawn when more is signed.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from circulation.auditing import sign_offs
from circulation.counting import intervals, kappa
from circulation.knowledge_base.levels import Level
from circulation.reviewing import reviews
from circulation.reviewing.reviews import Field


class Why(StrEnum):
    """Why a record was drawn."""

    SAMPLE = "sample"
    NEAR_MISS = "near_miss"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One record to be looked at again, with its first sign-off."""

    first: sign_offs.SignOff
    why: Why


@dataclass(frozen=True, slots=True)
class Looked:
    """One record that was looked at again: both causes, and by whom the second."""

    drawn: Drawn
    second: str
    by: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers over some records: pairs alike of all pairs, and kappa where it is defined."""

    why: Why
    alike: intervals.Part
    kappa: intervals.Estimate | None


def drawn(
    signed: Iterable[sign_offs.SignOff],
    levels: Callable[[sign_offs.SignOff], Mapping[str, Level] | None],
    *,
    seed: str,
    one_in: int,
) -> tuple[Drawn, ...]:
    """The records to be looked at again, in an order that says nothing about why.

    ``signed`` are the first sign-offs in the order of the ledger; ``levels`` gives the tool's
    levels then, None where they are not certain; ``one_in`` is how long a run is.
    """
    places: Counter[str] = Counter()
    found = []
    for one in signed:
        place = places[one.agreed]
        places[one.agreed] += 1
        if place % one_in == _place(seed, one.agreed, place // one_in, one_in):
            found.append(Drawn(one, Why.SAMPLE))
        elif near_miss(one.agreed, levels(one)):
            found.append(Drawn(one, Why.NEAR_MISS))
    return tuple(sorted(found, key=lambda item: _number(f"{seed} {item.first.record_id}")))


def seed(signed: Sequence[sign_offs.SignOff]) -> str:
    """What this store draws by: its own first sign-off, which nobody chose for that."""
    return f"{signed[0].at} {signed[0].record_id}" if signed else ""


def _place(seed: str, agreed: str, run: int, one_in: int) -> int:
    return _number(f"{seed} {agreed} {run}") % one_in


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest())


def near_miss(agreed: str, levels: Mapping[str, Level] | None) -> bool:
    """Whether the agreed cause stood just one level below the tool's highest.

    Also a record left undecided while the highest was just supported.
    """
    if not levels or not agreed:
        return False
    highest = max(levels.values())
    if agreed == reviews.UNDECIDED:
        return highest is Level.SUPPORTED
    return highest >= Level.SUPPORTED and highest - levels.get(agreed, Level.NOT_SUPPORTED) == 1


def looked_at(
    records: Iterable[Drawn], stood: Mapping[str, reviews.RecordReview]
) -> tuple[Looked, ...]:
    """Those of the drawn records that have a second reading."""
    found = []
    for one in records:
        review = stood.get(one.first.record_id)
        second = review.find(Field.SECOND_CAUSE) if review else None
        if second:
            found.append(Looked(one, second.value, second.actor))
    return tuple(found)


def to_look_at(
    records: Iterable[Drawn],
    stood: Mapping[str, reviews.RecordReview],
    *,
    reader: str,
    shared: bool,
) -> tuple[Drawn, ...]:
    """Those that still wait for this reader: nobody looks again at what they signed themselves.

    ``shared``: without sign-in many people share one name, so that it tells nobody apart.
    """
    return tuple(
        one
        for one in records
        if (review := stood.get(one.first.record_id))
        and review.state is reviews.State.REVIEWED
        and not review.find(Field.SECOND_CAUSE)
        and (shared or one.first.actor != reader)
    )


def agreement(looked: Sequence[Looked], why: Why) -> Agreement:
    """How far both readers named the same cause. Near misses are told apart: they were picked."""
    pairs = [(one.drawn.first.agreed, one.second) for one in looked if one.drawn.why is why]
    alike = sum(first == second for first, second in pairs)
    return Agreement(why, intervals.Part(alike, len(pairs)), kappa.cohens(pairs))
