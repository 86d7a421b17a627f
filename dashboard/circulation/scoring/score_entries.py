"""Reads the answers entered for a score: yes or no, a number within its limits, one of a list."""

import re
from collections.abc import Mapping
from decimal import Decimal

from circulation import errors
from circulation.knowledge_base.score_model import Answer, Score, ScoreInput
from circulation.scoring import score_arithmetic
from circulation.scoring.score_arithmetic import NoNumber, Number, Span

Entered = bool | Number | str
"""A yes/no answer, a number, or the code of a choice."""
WORDS = {"yes": True, "no": False, "present": True, "absent": False}
BLANK = ("", "not_asked", "unknown")
NOT_DONE = "not_done"
"""What an optional number counts as when nobody took it."""
NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,6})?")
RANGE = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)")


def read(score: Score, entries: Mapping[str, str]) -> dict[str, Entered]:
    """The answers given, blanks left out. Raises DashboardError, never with the value in it."""
    for name in entries:
        if name not in score.input:
            known = ", ".join(score.input)
            raise errors.DashboardError(
                f"score {score.id}", f"has no input '{name}'", f"It takes {known}"
            )
    given = {name: text.strip() for name, text in entries.items()}
    return {
        name: value(score, score.input[name], text)
        for name, text in given.items()
        if text.lower() not in BLANK
    }


def value(score: Score, entry: ScoreInput, text: str) -> Entered:
    """One answer."""
    match entry.kind:
        case Answer.YES_NO:
            if text.lower() in WORDS:
                return WORDS[text.lower()]
            raise _refused(score, entry, "must be yes or no")
        case Answer.CHOICE:
            codes = [choice.code for choice in entry.values]
            if text in codes:
                return text
            raise _refused(score, entry, f"must be one of {', '.join(codes)}")
        case Answer.NUMBER:
            return _number(score, entry, text)


def _number(score: Score, entry: ScoreInput, text: str) -> Number:
    if text in (word.id for word in entry.words) or (entry.optional and text == NOT_DONE):
        return NoNumber(text)
    span = _range(text, entry) if entry.ranged else None
    if NUMBER.fullmatch(text):
        span = Span(Decimal(text), Decimal(text))
    if span is None or not entry.low <= span.low <= span.high <= entry.high:
        unit = f" {entry.unit}" if entry.unit else ""
        raise _refused(score, entry, f"must be a number from {entry.low} to {entry.high}{unit}")
    if entry.step and span.low % entry.step:
        raise _refused(score, entry, f"must be a multiple of {entry.step}")
    return score_arithmetic.rounded(span, entry.decimals)


def _range(text: str, entry: ScoreInput) -> Span | None:
    """A band such as 70-79 or 85+, whose last whole number is its end."""
    found = RANGE.fullmatch(text)
    return found and Span(Decimal(found[1]), Decimal(found[2]) if found[2] else entry.high)


def _refused(score: Score, entry: ScoreInput, fault: str) -> errors.DashboardError:
    way_out = "Correct it, or leave it out when it is not known"
    return errors.DashboardError(f"score {score.id}, {entry.id}", fault, way_out)
