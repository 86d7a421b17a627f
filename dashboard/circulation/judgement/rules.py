"""The rule engine: a condition over the rows of a window, in Kleene's three-valued logic.

One record is the same engine on the one word that holds it; there is no second way to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce

import numpy as np

from circulation.judgement import worked_measures
from circulation.knowledge_base import columns, expressions, knowledge, levels
from circulation.records import ternary
from circulation.records.intake import Window
from circulation.records.measured import Measure
from circulation.records.ternary import Bits, Ternary
from circulation.scoring import worked_columns


@dataclass
class Reader:
    """Evaluates conditions on one window and remembers what it has worked out.

    ``reached`` holds, per cause and level, the answer to "is the level reached"; ``flags`` the red
    flags. Both are filled by the assessment in the order the knowledge allows.
    """

    window: Window
    known: knowledge.Knowledge
    reached: dict[tuple[str, levels.Level], Ternary] = field(default_factory=dict)
    flags: dict[str, Ternary] = field(default_factory=dict)
    _known: dict[expressions.Condition, Ternary] = field(default_factory=dict)
    _categories: dict[str, Mapping[str, Bits]] = field(default_factory=dict)
    _measures: dict[str, Measure] = field(default_factory=dict)

    def read(self, text: str) -> Ternary:
        """The answer to a condition for every row of the window."""
        return self.evaluate(expressions.parse(text))

    def settled(self, text: str) -> Ternary:
        """The answer that no question still unasked could change."""
        return self.evaluate(expressions.settled(expressions.parse(text)))

    def evaluate(self, condition: expressions.Condition) -> Ternary:
        """The answer to a parsed condition."""
        if condition not in self._known:
            self._known[condition] = self._work_out(condition)
        return self._known[condition]

    def _category(self, name: str) -> Mapping[str, Bits]:
        if name not in self._categories:
            self._categories[name] = self.window.category(name)
        return self._categories[name]

    def measure(self, name: str) -> Measure:
        """A measurement, worked out from others where it was not recorded and they give it."""
        if name not in self._measures:
            self._measures[name] = self._filled(name)
        return self._measures[name]

    def worked_out(self, name: str, row: int) -> str:
        """The number of a row of the window that was not recorded itself, and that it is none."""
        if name not in worked_columns.of(self.known):
            return ""
        measure = self.measure(name)
        number = measure.at(row)
        return "" if number is None else f"{Decimal(number).scaleb(-measure.decimals)} (worked out)"

    def _filled(self, name: str) -> Measure:
        recorded, way = self.window.measure(name), worked_columns.of(self.known).get(name)
        if way is None:
            return recorded
        column = columns.by_name(self.known)[name]
        return worked_measures.filled(
            recorded, column, way, self.window.measure, lambda when: self.read(when).present
        )

    def _work_out(self, condition: expressions.Condition) -> Ternary:
        match condition:
            case expressions.Always():
                return Ternary(self.window.real, ternary.nothing(self.window.words))
            case expressions.Asked(name):
                return self.window.answer(name)
            case expressions.Answered(name):
                return self._answered(name)
            case expressions.Not(part):
                return ternary.opposite(self.evaluate(part))
            case expressions.Unless(part, exception):
                taken_back = self.evaluate(exception).present
                answer = self.evaluate(part)
                return Ternary(answer.present & ~taken_back, answer.absent | taken_back)
            case expressions.AtLeast(needed, parts):
                return self._at_least(needed, [self.evaluate(part) for part in parts])
            case expressions.OneOf(name, values):
                return _one_of(self._category(name), values)
            case expressions.Compare(name, sign, limit):
                return self._compare(name, sign, limit)
            case expressions.LevelReached(cause, level):
                return self.reached[cause, levels.Level[level.upper()]]
            case expressions.Flagged(flag):
                return self.flags[flag]

    def _at_least(self, needed: int, answers: list[Ternary]) -> Ternary:
        if needed == len(answers):
            return reduce(ternary.both, answers)
        if needed == 1:
            return reduce(ternary.either, answers)
        return ternary.at_least(needed, answers, self.window.words)

    def _answered(self, name: str) -> Ternary:
        """Present where the column is not blank, else absent."""
        if name in self.window.intake.ternaries:
            known = self.window.answer(name).asked
        elif name in self.window.intake.categories:
            known = reduce(np.bitwise_or, self._category(name).values())
        else:
            measure = self.measure(name)
            known = ternary.pack(measure.values != measure.missing)
        return Ternary(known, self.window.real & ~known)

    def _compare(self, name: str, sign: str, limit: Decimal) -> Ternary:
        if sign == "==":
            below, above = self._compare(name, "<=", limit), self._compare(name, ">=", limit)
            return ternary.both(below, above)
        if name == "age":
            return self._age(sign, limit)
        end = name.rpartition("_")[2]
        if end not in columns.OVER_SIDES:
            return _compared(self.measure(name), sign, limit)
        measures = [self.measure(column) for column in columns.measured(name)]
        if end == "difference":
            return _compared(_difference(*measures), sign, limit)
        sides = [_compared(measure, sign, limit) for measure in measures]
        some_side_decides = (end == "lowest") == (sign in ("<", "<="))
        return _some(sides) if some_side_decides else _every(sides)

    def _age(self, sign: str, limit: Decimal) -> Ternary:
        bands = self._category("age_band")
        empty = ternary.nothing(self.window.words)
        yes, no = empty, empty
        for band in self.known.age_bands:
            ends = [band.low, band.high if band.high is not None else _NO_END]
            answers = {_holds(age, sign, limit) for age in ends}
            if answers == {True}:
                yes = yes | bands[band.code]
            elif answers == {False}:
                no = no | bands[band.code]
        return Ternary(yes, no)


_NO_END = 200


def _holds(age: int, sign: str, limit: Decimal) -> bool:
    return {"<": age < limit, "<=": age <= limit, ">": age > limit, ">=": age >= limit}[sign]


def _one_of(category: Mapping[str, Bits], values: tuple[str, ...]) -> Ternary:
    chosen = reduce(np.bitwise_or, [category[value] for value in values])
    known = reduce(np.bitwise_or, category.values())
    return Ternary(chosen, known & ~chosen)


def _compared(measure: Measure, sign: str, limit: Decimal) -> Ternary:
    """Exact: the limit is moved to the measure's whole units, never the values to floats."""
    scaled = limit.scaleb(measure.decimals)
    down = sign in ("<=", ">")
    whole = int(scaled.to_integral_value(ROUND_FLOOR if down else ROUND_CEILING))
    low = measure.values <= whole if down else measure.values < whole
    known = measure.values != measure.missing
    wanted = low if sign in ("<", "<=") else ~low
    return Ternary(ternary.pack(wanted & known), ternary.pack(~wanted & known))


def _difference(left: Measure, right: Measure) -> Measure:
    """How far the two sides are apart; not measured where either side is not."""
    apart = np.abs(left.values.astype(np.int64) - right.values)
    known = (left.values != left.missing) & (right.values != right.missing)
    return Measure(np.where(known, apart, np.iinfo(np.int64).min), left.decimals)


def _some(sides: list[Ternary]) -> Ternary:
    """Over the sides measured: present where one side is, absent where measured and none is."""
    present = reduce(np.bitwise_or, [side.present for side in sides])
    asked = reduce(np.bitwise_or, [side.asked for side in sides])
    return Ternary(present, asked & ~present)


def _every(sides: list[Ternary]) -> Ternary:
    """Over the sides measured: absent where one side is, present where measured and none is."""
    return ternary.opposite(_some([ternary.opposite(side) for side in sides]))
