"""Two versions of one review beside each other: what differs, and how much is the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from circulation.reviewing import reviews
from circulation.reviewing.reviews import Field

_SEALED = (Field.AS_SEEN,)
"""Written by the store itself: nobody reads them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with both values, '' for nothing; ``typed`` where the reader tried to save it."""

    field: str
    about: str
    mine: str
    theirs: str
    typed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, in the order of the store, and how many fields are the same in both."""

    differs: tuple[Difference, ...]
    same: int


def compare(
    before: reviews.RecordReview,
    tried: Sequence[reviews.Change],
    theirs: reviews.RecordReview,
) -> Comparison:
    """What the reader had before them, with what they tried to save, beside what stands now."""
    wanted = {(str(change.field), change.about): change.new for change in tried}
    mine, now = _values(before) | wanted, _values(theirs)
    places = sorted(place for place in {*mine, *now} if place[0] not in _SEALED)
    found = [
        Difference(*place, mine.get(place, ""), now.get(place, ""), place in wanted)
        for place in places
    ]
    differs = tuple(one for one in found if one.mine != one.theirs)
    return Comparison(differs, len(found) - len(differs))


def _values(review: reviews.RecordReview) -> dict[tuple[str, str], str]:
    return {(one.field, one.about): one.value for one in review.standing}
