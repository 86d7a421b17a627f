"""What a score is made of, in words: what it works out, its points, and its conditions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from circulation.knowledge_base import atom_words, expressions, rule_words, score_model
from circulation.knowledge_base.score_model import POINTS, Legs, Score

KINDS = {
    score_model.Kind.SUM: "a sum of points",
    score_model.Kind.INDEX: "a number",
    score_model.Kind.CLASS: "a class",
}
LEGS = {
    Legs.NONE: "",
    Legs.EACH: ", for each leg",
    Legs.WORSE: ", of the leg with more symptoms",
}


@dataclass(frozen=True)
class Inputs:
    """Says the questions of one score."""

    score: Score
    answers: tuple[str, str] = ("yes", "no")

    def asks(self, name: str) -> bool:
        """Every name alone is a yes/no question."""
        return name in self.score.input

    def quoted(self, name: str) -> str:
        """The words of an input, of a number worked out, or of the sum."""
        if name == POINTS:
            return self.score.value_label.lower()
        if name in self.score.input:
            return f"“{self.score.input[name].label}”"
        return f"“{self.score.numbers[name][0].label}”"

    def say(self, atom: expressions.Atom, *, holds: bool) -> str:
        """“Active cancer” is yes; “Age” is 50 or more."""
        verb = "is" if holds else "is not"
        match atom:
            case expressions.Always():
                return "always" if holds else "never"
            case expressions.Asked(name):
                return f"{self.quoted(name)} is {self.answers[0 if holds else 1]}"
            case expressions.OneOf(name, values):
                listed = " or ".join(self._value(name, value) for value in values)
                return f"{self.quoted(name)} {verb} {listed}"
            case expressions.Compare(name, sign, limit):
                told = atom_words.LIMITS[sign].format(self._with_unit(name, limit))
                return f"{self.quoted(name)} {verb} {told}"
            case expressions.Answered() | expressions.LevelReached() | expressions.Flagged():
                raise expressions.ExpressionError(f"{atom} has no place in a score")

    def between(self, name: str, low: Decimal, high: Decimal) -> str:
        """“Index” is 0.91 to 0.99."""
        return f"{self.quoted(name)} is {low} to {self._with_unit(name, high)}"

    def _value(self, name: str, code: str) -> str:
        entry = self.score.input[name]
        labels = {value.code: value.label for value in entry.values}
        labels |= {word.id: word.label for word in entry.words}
        return f"“{labels[code]}”"

    def _with_unit(self, name: str, limit: Decimal) -> str:
        unit = self.score.input[name].unit if name in self.score.input else ""
        return f"{limit} {unit}".strip()


def makes(score: Score) -> str:
    """What the score works out, and for which leg."""
    return f"{KINDS[score.kind]}{LEGS[score.legs]}"


def points(score: Score) -> Iterator[str]:
    """Each item of a sum with its points."""
    for item in score.items:
        if item.adds:
            yield f"the number of {Inputs(score).quoted(item.adds)}"
        else:
            noun = "point" if abs(item.points) == 1 else "points"
            yield f"{item.points:+} {noun}: {condition(score, item.when)}"


def condition(score: Score, when: str) -> str:
    """A condition of the score in words; a named fact is said in full."""
    return rule_words.said(Inputs(score), _in_full(score, expressions.parse(when)))


def _in_full(score: Score, part: expressions.Condition) -> expressions.Condition:
    match part:
        case expressions.Asked(name) if name in score.fact:
            return _in_full(score, expressions.parse(score.fact[name].when))
        case expressions.Not(inner):
            return expressions.Not(_in_full(score, inner))
        case expressions.AtLeast(_, parts):
            return replace(part, parts=tuple(_in_full(score, inner) for inner in parts))
        case expressions.Unless(inner, exception):
            return expressions.Unless(_in_full(score, inner), _in_full(score, exception))
        case _:
            return part
