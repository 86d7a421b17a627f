"""The entries of a score file: inputs, points, numbers worked out, bands, and when it is closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from circulation.knowledge_base import knowledge_model as model

POINTS = "points"
"""The name of a sum in the conditions of its own score."""


class Kind(StrEnum):
    """What a score works out."""

    SUM = "sum"
    INDEX = "index"
    CLASS = "class"


class Legs(StrEnum):
    """Whether a score is worked out for each leg, and whether only the worse leg is shown."""

    NONE = "none"
    EACH = "each"
    WORSE = "worse"


class Answer(StrEnum):
    """How an input is answered."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class NumberWord:
    """What may stand in the place of a number, such as a signal that cannot be found."""

    id: str
    label: str
    reads: str = ""


@dataclass(frozen=True)
class ScoreInput:
    """One answer a score needs.

    ``reads`` is a condition on the intake record and ``column`` one of its columns ({leg}, {other}
    stand for left and right); ``takes_band_of`` is another score whose band is the answer. ``also``
    is a condition on the score's other inputs that gives a yes/no answer as well. A number is a
    multiple of ``step`` and rounded half-up to ``decimals`` before it is banded; where ``ranged``
    it may be given as a band. An optional input is never missing; ``otherwise`` is what it counts
    as when it is left out or not needed.
    """

    id: str
    label: str
    kind: Answer = Answer.YES_NO
    reads: str = ""
    column: str = ""
    takes_band_of: str = ""
    judgement: bool = False
    optional: bool = False
    otherwise: str = ""
    needed_when: str = ""
    also: str = ""
    values: tuple[model.Value, ...] = ()
    words: tuple[NumberWord, ...] = ()
    meanings: tuple[str, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    decimals: int | None = None
    step: Decimal = Decimal(0)
    unit: str = ""
    ranged: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Item:
    """What adds to a sum: ``points`` when the condition holds, or the number of an input."""

    when: str = ""
    points: Decimal = Decimal(1)
    adds: str = ""


@dataclass(frozen=True)
class WorkedOut:
    """A number worked out from inputs, rounded half-up to ``decimals`` where they are given.

    ``recorded`` is an input that may hold the number itself; when it is not the one worked out, to
    the decimals it was recorded with, both are kept open and ``differs`` says so. ``agrees`` is
    said where both are the same but for rounding, ``alone`` where none was recorded.
    """

    id: str
    label: str
    formula: str
    when: str = "always"
    decimals: int | None = None
    recorded: str = ""
    differs: str = ""
    agrees: str = ""
    alone: str = ""


@dataclass(frozen=True)
class Fact:
    """A condition with a name, used by other conditions of the same score."""

    id: str
    when: str


@dataclass(frozen=True)
class Band:
    """A result in words; the first band whose condition holds is the one, the gravest first."""

    id: str
    label: str
    when: str
    meaning: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Note:
    """A sentence shown beside the result where its condition holds."""

    when: str
    says: str
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Closing:
    """Where a score is not valid: it gives no result and says why."""

    when: str
    not_valid_in: str
    reason: str
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True, eq=False)
class Score:
    """One score or index, pinned to a published version.

    ``value`` names the number that an index shows; ``shown_decimals`` cuts it off for display only.
    ``one_of`` are inputs of which one is enough. Of the scores that share ``choose_one`` the clinic
    shows one. ``listed`` names every class that is present, beside the one that counts.
    """

    id: str
    label: str
    version: str
    kind: Kind
    cause: str
    sources: tuple[str, ...]
    inputs: tuple[ScoreInput, ...]
    bands: tuple[Band, ...] = ()
    legs: Legs = Legs.NONE
    value: str = ""
    value_label: str = "Points"
    unit: str = ""
    shown_decimals: int = 2
    lower_is_worse: bool = False
    one_of: tuple[str, ...] = ()
    choose_one: str = ""
    shown: bool = True
    doubt: str = ""
    items: tuple[Item, ...] = ()
    worked_out: tuple[WorkedOut, ...] = ()
    facts: tuple[Fact, ...] = ()
    grades: tuple[Band, ...] = ()
    listed: tuple[Band, ...] = ()
    notes: tuple[Note, ...] = ()
    closings: tuple[Closing, ...] = ()

    @cached_property
    def input(self) -> Mapping[str, ScoreInput]:
        """Inputs by id."""
        return {entry.id: entry for entry in self.inputs}

    @cached_property
    def fact(self) -> Mapping[str, Fact]:
        """Facts by id."""
        return {entry.id: entry for entry in self.facts}

    @cached_property
    def numbers(self) -> Mapping[str, tuple[WorkedOut, ...]]:
        """Numbers worked out, by id; several under one id are told apart by their condition."""
        names = dict.fromkeys(entry.id for entry in self.worked_out)
        return {name: tuple(e for e in self.worked_out if e.id == name) for name in names}

    @property
    def result(self) -> str:
        """The name of the number it shows, '' for a class."""
        return POINTS if self.kind is Kind.SUM else self.value


def conditions(score: Score) -> Iterator[tuple[str, str]]:
    """Every condition on the score's own inputs as (what it belongs to, condition)."""
    yield from deciding(score)
    yield from ((note.says, note.when) for note in score.notes)


def deciding(score: Score) -> Iterator[tuple[str, str]]:
    """The same without those of the notes, which decide nothing."""
    for entry in score.inputs:
        yield from ((entry.id, text) for text in (entry.needed_when, entry.also) if text)
    yield from ((item.when, item.when) for item in score.items if not item.adds)
    yield from ((worked.id, worked.when) for worked in score.worked_out)
    yield from ((fact.id, fact.when) for fact in score.facts)
    for band in (*score.bands, *score.grades, *score.listed):
        yield band.id, band.when
    yield from ((closing.reason, closing.when) for closing in score.closings)
