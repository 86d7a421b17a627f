"""Which measurements follow from others: an index that was not recorded, from what it is made of.

A score that knows where its own number may be recorded says by its formula what stands in that
column when it is blank; nobody else writes the formula down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from circulation.knowledge_base import knowledge
from circulation.knowledge_base.score_model import Legs, Score, WorkedOut
from circulation.scoring import score_arithmetic

LEGS = ("left", "right")


@dataclass(frozen=True)
class Part:
    """A number that a formula needs: its column, and when there is none to be had, in conditions.

    Where one of ``none_when`` holds the formula goes without it; else a blank is not known.
    """

    column: str
    none_when: tuple[str, ...]


@dataclass(frozen=True)
class WorkedColumn:
    """How a blank column is worked out: rounded half-up to ``decimals``, cut off where None."""

    score: str
    formula: str
    parts: Mapping[str, Part]
    decimals: int | None


@lru_cache(maxsize=4)
def of(known: knowledge.Knowledge) -> Mapping[str, WorkedColumn]:
    """Every column that can be worked out, by its name."""
    return {
        of_leg(score.input[number.recorded].column, leg): _column(score, number, leg)
        for score in known.scores
        for number in score.worked_out
        if number.recorded
        for leg in _legs(score)
    }


def of_leg(text: str, leg: str) -> str:
    """A condition or a column's name for one leg."""
    other = LEGS[1 - LEGS.index(leg)] if leg else ""
    return text.replace("{leg}", leg).replace("{other}", other)


def _legs(score: Score) -> tuple[str, ...]:
    return ("",) if score.legs is Legs.NONE else LEGS


def _column(score: Score, number: WorkedOut, leg: str) -> WorkedColumn:
    parts = dict(_parts(score, number, leg))
    return WorkedColumn(score.id, number.formula, parts, number.decimals)


def _parts(score: Score, number: WorkedOut, leg: str) -> Iterator[tuple[str, Part]]:
    for name in score_arithmetic.names(number.formula):
        entry = score.input[name]
        none_when = tuple(of_leg(word.reads, leg) for word in entry.words if word.reads)
        yield name, Part(of_leg(entry.column, leg), none_when)
