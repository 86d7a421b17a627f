"""What a score gives: points and band, or the possible range and what is missing."""

from dataclasses import dataclass
from decimal import Decimal

from circulation.knowledge_base.score_model import Band, Note, Score


@dataclass(frozen=True, slots=True)
class Used:
    """An answer the score was given, as it was given.

    ``own`` tells an item of the score from an exception or a help beside it.
    """

    name: str
    label: str
    value: str
    own: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer the score still needs; ``known`` is what is known of it, a band of ages perhaps.

    ``columns`` are the columns of the record that are blank, where the answer is read from them.
    """

    name: str
    label: str
    known: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One score for one person, or for one leg of theirs.

    ``points`` is there only when it is exact; ``low`` and ``high`` are the limits it can lie in,
    None for a class. ``band`` is there only when no missing answer could change it; until then
    ``possible`` names the bands it can be. A closed score has none of these but the reason.
    ``unchecked`` are the exceptions nobody asked about. ``worst_leg`` is left, right, both or ''.
    """

    score: str
    label: str
    version: str
    leg: str
    worst_leg: str
    value_label: str
    unit: str
    points: Decimal | None
    low: Decimal | None
    high: Decimal | None
    band: Band | None
    possible: tuple[Band, ...]
    grade: Band | None
    listed: tuple[Band, ...]
    used: tuple[Used, ...]
    missing: tuple[Missing, ...]
    closed_because: str
    not_valid_in: tuple[str, ...]
    unchecked: tuple[str, ...]
    notes: tuple[Note, ...]
    sources: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def own(self) -> tuple[Used, ...]:
        """The score's own items among the answers given."""
        return tuple(item for item in self.used if item.own)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and not self.closed_because


def rank(score: Score, result: Result) -> int:
    """How grave its band is: 0 is the gravest; behind all bands when there is none."""
    bands = [band.id for band in score.bands]
    return bands.index(result.band.id) if result.band else len(bands)
