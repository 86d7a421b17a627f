"""One question of a condition in words, said as it holds or as its opposite."""

from dataclasses import dataclass
from decimal import Decimal

from circulation.knowledge_base import columns, expressions, knowledge, levels, result_words
from circulation.knowledge_base import knowledge_model as model

COUNTED = ("ratio", "dilution", "sites")
"""Units that only say what is counted: they are not written behind a number."""
LIMITS = {"<": "below {}", "<=": "{} or less", ">": "above {}", ">=": "{} or more", "==": "{}"}


@dataclass(frozen=True)
class Record:
    """Says the questions of the intake record."""

    known: knowledge.Knowledge
    answers: tuple[str, str] = ("present", "absent")

    def asks(self, name: str) -> bool:
        """Whether a name is a question about a finding (and not about a cause)."""
        return name in self.known.finding

    def quoted(self, name: str) -> str:
        """A column's label in quotation marks."""
        return _quoted(name, self.known)

    def say(self, atom: expressions.Atom, *, holds: bool) -> str:
        """“Migraine” is present; or absent, which is more than not asked."""
        return _said(atom, self.known, holds=holds)

    def between(self, name: str, low: Decimal, high: Decimal) -> str:
        """“Toe pressure, left leg” is 30 to 50 mmHg."""
        if name == "age":
            return f"age {low} to {high}"
        return _of_number(name, f"{low} to {_with_unit(name, high, self.known)}", "is", self.known)


def _quoted(name: str, known: knowledge.Knowledge) -> str:
    return f"“{columns.label(known, name)}”"


def _said(atom: expressions.Atom, known: knowledge.Knowledge, *, holds: bool) -> str:
    verb = "is" if holds else "is not"
    match atom:
        case expressions.Always():
            return "every record" if holds else "no record"
        case expressions.Asked(name):
            return _asked(name, known, holds=holds)
        case expressions.Answered(name):
            return f"{_quoted(name, known)} {verb} recorded"
        case expressions.OneOf(name, values):
            return _category(name, values, known, holds=holds)
        case expressions.Compare("age", sign, limit):
            return f"age {'' if holds else 'not '}{LIMITS[sign].format(limit)}"
        case expressions.Compare(name, sign, limit):
            return _of_number(
                name, LIMITS[sign].format(_with_unit(name, limit, known)), verb, known
            )
        case expressions.LevelReached(cause, level):
            reached = known.level(levels.Level[level.upper()]).label
            return f"“{known.cause[cause].label}” {verb} at the level “{reached}” or higher"
        case expressions.Flagged(flag):
            return f"red flag {flag} (“{known.flag[flag].label}”) {verb} raised"


def _asked(name: str, known: knowledge.Knowledge, *, holds: bool) -> str:
    if name in known.finding:
        return f"{_quoted(name, known)} is {'present' if holds else 'absent'}"
    state, _, cause = name.partition("_")
    verb = "is" if holds else "is not"
    where = " at intake" if state == "suspected" else ""
    return f"“{known.cause[cause].label}” {verb} {state}{where}"


def _category(
    name: str, values: tuple[str, ...], known: knowledge.Knowledge, *, holds: bool
) -> str:
    named = [_value(name, value, known) for value in values]
    negation = "not " if len(named) == 1 else "neither "
    listed = _either(named, "or" if holds or len(named) == 1 else "nor")
    if name.endswith("_duration"):
        verb = "has lasted" if holds else f"has {negation}lasted"
    else:
        verb = "is" if holds else f"is {negation.strip()}"
    return f"{_subject(name, known)} {verb} {listed}"


def _either(named: list[str], word: str) -> str:
    return f"{', '.join(named[:-1])} {word} {named[-1]}" if len(named) > 1 else named[0]


def _subject(name: str, known: knowledge.Knowledge) -> str:
    """What a category is about: a choice, or one side of a finding or a test."""
    if name in known.choice:
        return _quoted(name, known)
    if name.startswith("test_"):
        test = name.removeprefix("test_").removesuffix("_result")
        whole = f"the test “{known.test[test].label}”"
        return f"the result of {whole}" if name.endswith("_result") else whole
    finding, _, part = name.rpartition("_")
    if finding in known.finding:
        label = _quoted(finding, known)
        return label if part == "duration" else f"the {part} of {label}"
    return name.replace("_", " ")


def _value(name: str, code: str, known: knowledge.Knowledge) -> str:
    if name in known.choice:
        return next(f"“{v.label}”" for v in known.choice[name].values if v.code == code)
    return result_words.of_column(name, code, known) or code.replace("_", " ")


def _of_number(name: str, limit: str, verb: str, known: knowledge.Knowledge) -> str:
    stem, _, end = name.rpartition("_")
    if end not in columns.OVER_SIDES:
        return f"{_quoted(name, known)} {verb} {limit}"
    measure = known.measurement[stem]
    if end == "difference":
        differs = "differs" if verb == "is" else "does not differ"
        apart = limit.replace("below", "less than").replace("above", "more than")
        return f"“{measure.label}” {differs} between the {measure.sides}s by {apart}"
    return f"the {end} “{measure.label}” of the {measure.sides}s measured {verb} {limit}"


def _with_unit(name: str, limit: Decimal, known: knowledge.Knowledge) -> str:
    unit = _measurement(name, known).unit
    return f"{limit} {unit}" if unit and unit not in COUNTED else f"{limit}"


def _measurement(name: str, known: knowledge.Knowledge) -> model.Measurement:
    if name in known.measurement:
        return known.measurement[name]
    return known.measurement[name.rpartition("_")[0]]
