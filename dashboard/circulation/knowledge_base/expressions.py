"""The small language of the rules: parse a condition such as ``calf_pain and not age < 50``.

Grammar (not binds before and, and before or, or before unless)::

    condition = either ["unless" either]
    either    = both {"or" both}        both = single {"and" single}
    single    = "not" single | "(" condition ")" | list | atom
    list      = ("any_of" | "all_of") "(" condition {"," condition} ")"
              | "at_least" N "of" "(" condition {"," condition} ")"
    atom      = "always" | NAME | NAME "is" VALUE | NAME "in" "(" VALUE {"," VALUE} ")"
              | NAME ("<" | "<=" | ">" | ">=" | "==") NUMBER | "level" CAUSE ">=" LEVEL | "flag" ID
              | "asked" NAME

An alarm may stand *unless* something is recorded that takes it back: not asked does not take it
back, just as a cap that was not asked does not hold a level down.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

TOKEN = re.compile(r"\s*(?:(<=|>=|==|[<>(),])|(-?\d+(?:\.\d+)?(?![\w+-]))|([\w+-]+))")
COMPARISONS = ("<", "<=", ">", ">=", "==")
WORDS = frozenset(("and", "or", "not", "unless", "any_of", "all_of", "at_least", "of", "is", "in"))
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every record."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A three-valued answer by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a question was asked, a category recorded or a number measured: never open."""

    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A category that is one of the values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A measurement (or ``age``) against an exact limit."""

    name: str
    sign: str
    limit: Decimal


@dataclass(frozen=True, slots=True)
class LevelReached:
    """A cause's level of suspicion, at least so high."""

    cause: str
    level: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """A red flag that is raised."""

    flag: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Unless:
    """A condition that a recorded exception takes back; an exception not asked does not."""

    part: "Condition"
    exception: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``needed`` of the parts; all of them is *and*, one of them is *or*."""

    needed: int
    parts: tuple["Condition", ...]


Atom: TypeAlias = Always | Asked | Answered | OneOf | Compare | LevelReached | Flagged
Condition: TypeAlias = Atom | Not | Unless | AtLeast


class ExpressionError(ValueError):
    """A condition that cannot be read; the text says why."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Condition:
    """The condition behind a rule's text. Raises ExpressionError."""
    reader = _Reader(_tokens(text), text)
    condition = reader.condition()
    if reader.ahead:
        raise ExpressionError(f"unexpected {reader.ahead!r} in {text!r}")
    return condition


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atom of a condition, in reading order, repeats included."""
    match condition:
        case Not(part):
            yield from atoms(part)
        case Unless(part, exception):
            yield from atoms(part)
            yield from atoms(exception)
        case AtLeast(_, parts):
            for part in parts:
                yield from atoms(part)
        case _:
            yield condition


@lru_cache(maxsize=4096)
def settled(condition: Condition) -> Condition:
    """The same, but an exception not asked leaves it open: what no further answer can change."""
    match condition:
        case Not(part):
            return Not(settled(part))
        case Unless(part, exception):
            return AtLeast(2, (settled(part), Not(settled(exception))))
        case AtLeast(needed, parts):
            return AtLeast(needed, tuple(settled(part) for part in parts))
        case _:
            return condition


def _tokens(text: str) -> list[str]:
    found, place = [], 0
    stripped = text.rstrip()
    while place < len(stripped):
        match = TOKEN.match(stripped, place)
        if not match:
            raise ExpressionError(f"cannot read {stripped[place:].strip()!r} in {text!r}")
        found.append(match.group(match.lastindex or 0))
        place = match.end()
    return found


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[str], text: str) -> None:
        self._tokens, self._text, self._next = tokens, text, 0

    @property
    def ahead(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.ahead
        if not token or (expected and token != expected):
            raise ExpressionError(f"expected {expected or 'more'} at {token!r} in {self._text!r}")
        self._next += 1
        return token

    def condition(self) -> Condition:
        part = self._either()
        if self.ahead == "unless":
            self.take()
            return Unless(part, self._either())
        return part

    def _either(self) -> Condition:
        parts = [self._both()]
        while self.ahead == "or":
            self.take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else AtLeast(1, tuple(parts))

    def _both(self) -> Condition:
        parts = [self._single()]
        while self.ahead == "and":
            self.take()
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else AtLeast(len(parts), tuple(parts))

    def _single(self) -> Condition:
        match self.ahead:
            case "not":
                self.take()
                return Not(self._single())
            case "(":
                self.take()
                inner = self.condition()
                self.take(")")
                return inner
            case "any_of" | "all_of" | "at_least":
                return self._list()
            case _:
                return self._atom()

    def _list(self) -> Condition:
        word = self.take()
        needed = Decimal(1)
        if word == "at_least":
            needed = self._number()
            self.take("of")
        self.take("(")
        parts = [self.condition()]
        while self.ahead == ",":
            self.take()
            parts.append(self.condition())
        self.take(")")
        if word == "all_of":
            needed = Decimal(len(parts))
        if needed not in range(1, len(parts) + 1):
            raise ExpressionError(f"{needed} of {len(parts)} in {self._text!r}")
        return AtLeast(int(needed), tuple(parts))

    def _atom(self) -> Atom:
        name = self._word()
        if name == "always":
            return Always()
        if name == "flag":
            return Flagged(self._word())
        if name == "asked":
            return Answered(self._word())
        if name == "level":
            cause = self._word()
            self.take(">=")
            return LevelReached(cause, self._word())
        if not name.isidentifier():
            raise ExpressionError(f"expected a name at {name!r} in {self._text!r}")
        if self.ahead == "is":
            self.take()
            return OneOf(name, (self._word(),))
        if self.ahead == "in":
            return OneOf(name, self._values())
        if self.ahead in COMPARISONS:
            return Compare(name, self.take(), self._number())
        return Asked(name)

    def _values(self) -> tuple[str, ...]:
        self.take("in")
        self.take("(")
        values = [self._word()]
        while self.ahead == ",":
            self.take()
            values.append(self._word())
        self.take(")")
        return tuple(values)

    def _word(self) -> str:
        token = self.take()
        if token in WORDS or not (token[0].isalnum() or token[0] == "_"):
            raise ExpressionError(f"expected a name at {token!r} in {self._text!r}")
        return token

    def _number(self) -> Decimal:
        token = self.take()
        if not NUMBER.fullmatch(token):
            raise ExpressionError(f"expected a number at {token!r} in {self._text!r}")
        return Decimal(token)
