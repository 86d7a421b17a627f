"""A score's conditions and numbers for one set of answers, where an answer may be missing.

Conditions are answered in Kleene's three-valued logic, numbers within the limits they can have:
what holds here holds whatever the missing answers turn out to be.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from circulation.knowledge_base import expressions
from circulation.knowledge_base.score_model import (
    POINTS,
    Answer,
    Item,
    Score,
    ScoreInput,
    WorkedOut,
)
from circulation.scoring import score_arithmetic, score_entries
from circulation.scoring.score_arithmetic import NoNumber, Number, Span
from circulation.scoring.score_entries import Entered


class Case:
    """One score with the answers given; each part is worked out once."""

    def __init__(self, score: Score, given: Mapping[str, Entered]) -> None:
        self.score, self.given = score, given
        self._facts: dict[str, bool | None] = {}
        self._numbers: dict[str, Number] = {}
        recorded = [entry for entry in score.worked_out if self.recorded(entry)]
        self.replaced = {name for entry in recorded for name in behind(score, entry)} - set(given)
        """The inputs whose number was recorded in one instead."""

    def read(self, text: str) -> bool | None:
        """Whether a condition holds; None while missing answers could decide it."""
        return self.truth(expressions.parse(text))

    def truth(self, condition: expressions.Condition) -> bool | None:
        """The same for a condition already parsed."""
        match condition:
            case expressions.Asked(name):
                return self.answer(name)
            case expressions.Compare(name, sign, limit):
                return _compared(self.number(name), sign, limit)
            case expressions.OneOf(name, values):
                return self._one_of(name, values)
            case expressions.AtLeast(needed, parts):
                return _at_least(needed, [self.truth(part) for part in parts])
            case expressions.Not(part):
                held = self.truth(part)
                return None if held is None else not held
            case expressions.Unless(part, exception):
                return False if self.truth(exception) else self.truth(part)
            case expressions.Always():
                return True
        raise expressions.ExpressionError(f"{condition} has no place in a score")

    def answer(self, name: str) -> bool | None:
        """A yes/no input or a fact."""
        if name not in self._facts:
            self._facts[name] = self._answer(name)
        return self._facts[name]

    def _answer(self, name: str) -> bool | None:
        if name in self.score.fact:
            return self.read(self.score.fact[name].when)
        entry = self.score.input[name]
        told = [self._entered(entry), self.read(entry.also) if entry.also else None]
        return True if True in told else False if False in told else None

    def number(self, name: str) -> Number:
        """A number input, the sum, or a number worked out: within the limits it can have."""
        if name not in self._numbers:
            self._numbers[name] = self._number(name)
        return self._numbers[name]

    def _number(self, name: str) -> Number:
        if name == POINTS:
            return self._sum()
        if name in self.score.numbers:
            return self._worked_out(name)
        entry = self.score.input[name]
        told = self._entered(entry)
        return told if isinstance(told, Span | NoNumber) else Span(entry.low, entry.high)

    def _sum(self) -> Span:
        low = high = Decimal(0)
        for item in self.score.items:
            span = self._item(item)
            low, high = low + span.low, high + span.high
        return Span(low, high)

    def _item(self, item: Item) -> Span:
        if item.adds:
            number = self.number(item.adds)
            return number if isinstance(number, Span) else Span(Decimal(0), Decimal(0))
        held = self.read(item.when)
        nothing = Decimal(0)
        if held is None:
            return Span(min(nothing, item.points), max(nothing, item.points))
        return Span(item.points, item.points) if held else Span(nothing, nothing)

    def _worked_out(self, name: str) -> Number:
        could_be = []
        for entry in self.score.numbers[name]:
            held = self.read(entry.when)
            if held is not False:
                could_be.append(self._by_formula(entry))
            if held:
                break
        return score_arithmetic.hull(could_be) if could_be else NoNumber(score_entries.NOT_DONE)

    def _by_formula(self, entry: WorkedOut) -> Number:
        recorded = self.recorded(entry)
        if recorded is None:
            return self._worked(entry)
        if self.differs(entry):
            return score_arithmetic.hull([recorded, self._worked(entry)])
        return self._worked(entry) if self._formula_known(entry) else recorded

    def _worked(self, entry: WorkedOut) -> Number:
        worked = score_arithmetic.work_out(entry.formula, self.number)
        return score_arithmetic.rounded(worked, entry.decimals)

    def recorded(self, entry: WorkedOut) -> Span | None:
        """The number itself, where it was recorded."""
        told = self.given.get(entry.recorded)
        return told if isinstance(told, Span) else None

    def worked(self, entry: WorkedOut) -> Span | None:
        """The number that its inputs give, where they are all known."""
        if not entry.recorded or not self._formula_known(entry):
            return None
        found = self._worked(entry)
        return found if isinstance(found, Span) else None

    def differs(self, entry: WorkedOut) -> bool:
        """Whether a number recorded is not the one its inputs give, to its own decimals.

        Where no guideline says how it is rounded, one that was cut off is the same number too.
        """
        recorded = self.recorded(entry)
        if recorded is None or not self._formula_known(entry):
            return False
        decimals, worked = -int(recorded.low.as_tuple().exponent), self._worked(entry)
        same = [score_arithmetic.rounded(worked, decimals)]
        if entry.decimals is None:
            same.append(score_arithmetic.cut_off(worked, decimals))
        return recorded not in same

    def known(self, name: str) -> bool:
        """Whether an input or a number is known, be it within limits only."""
        if name in self.score.numbers:
            entries = self.score.numbers[name]
            return all(self.recorded(e) is not None or self._formula_known(e) for e in entries)
        entry = self.score.input[name]
        if name in self.replaced:
            return False
        if entry.kind is Answer.YES_NO:
            return self.answer(name) is not None
        return self._entered(entry) is not None

    def _formula_known(self, entry: WorkedOut) -> bool:
        return all(self.known(name) for name in score_arithmetic.names(entry.formula))

    def needed(self, entry: ScoreInput) -> bool:
        """Whether an answer could still matter, by the score's own order of questions."""
        return not entry.needed_when or self.read(entry.needed_when) is not False

    def _entered(self, entry: ScoreInput) -> Entered | None:
        if entry.id in self.given:
            return self.given[entry.id]
        if entry.id in self.replaced:
            return NoNumber(score_entries.NOT_DONE)
        if entry.otherwise and (entry.optional or not self.needed(entry)):
            return score_entries.value(self.score, entry, entry.otherwise)
        return None

    def _one_of(self, name: str, values: tuple[str, ...]) -> bool | None:
        entry = self.score.input[name]
        match self._entered(entry):
            case str(code) | NoNumber(code):
                return code in values
            case Span():
                return False
        return None


def behind(score: Score, worked: WorkedOut) -> Iterator[str]:
    """The inputs that a number is worked out from."""
    for name in score_arithmetic.names(worked.formula):
        for part in score.numbers.get(name, ()):
            yield from behind(score, part)
        if name in score.input:
            yield name


def _at_least(needed: int, held: list[bool | None]) -> bool | None:
    if held.count(True) >= needed:
        return True
    return None if len(held) - held.count(False) >= needed else False


def _compared(number: Number, sign: str, limit: Decimal) -> bool | None:
    """What has no number is on no side of any limit."""
    if isinstance(number, NoNumber):
        return False
    low, high = number.low, number.high
    match sign:
        case "<":
            return True if high < limit else False if low >= limit else None
        case "<=":
            return True if high <= limit else False if low > limit else None
        case ">":
            return True if low > limit else False if high <= limit else None
        case ">=":
            return True if low >= limit else False if high < limit else None
    if low <= limit <= high:
        return True if number.exact else None
    return False
