"""The fields of a review: what each may hold, as a table, and the check of one value."""

import dataclasses
import datetime
import enum
import re
import types
import unicodedata
from collections.abc import Mapping, Sequence

from circulation import errors
from circulation.reviewing import reviews
from circulation.reviewing.reviews import (
    Certainty,
    Disposition,
    Field,
    State,
    TestResult,
    TestStatus,
)
from circulation.way_in import identifiers

LONGEST_REASON = 500
LONGEST_NAME = 200


class Kind(enum.Enum):
    """What a value of a field has to be."""

    WORD = "one of a list"
    CAUSE = "a cause or undecided"
    DATE = "a date"
    LINE = "one line of text"
    TEXT = "text"
    SEAL = "written by the store itself"


@dataclasses.dataclass(frozen=True)
class FieldRule:
    kind: Kind
    words: tuple[str, ...] = ()
    longest: int = 0
    blank: bool = True  # whether it can be taken back
    lasting: bool = False  # once said it is neither changed nor taken back


FIELDS: Mapping[Field, FieldRule] = types.MappingProxyType(
    {
        Field.STATE: FieldRule(Kind.WORD, words=tuple(State), blank=False),
        Field.TEST_STATUS: FieldRule(Kind.WORD, words=tuple(TestStatus)),
        Field.TEST_RESULT: FieldRule(Kind.WORD, words=tuple(TestResult)),
        Field.TEST_VALUE: FieldRule(Kind.LINE, longest=60),
        Field.TEST_DATE: FieldRule(Kind.DATE),
        Field.TEST_REASON: FieldRule(Kind.LINE, longest=200),
        Field.FIRST_CAUSE: FieldRule(Kind.CAUSE, lasting=True),
        Field.FIRST_CERTAINTY: FieldRule(Kind.WORD, words=tuple(Certainty), lasting=True),
        Field.AGREED_CAUSE: FieldRule(Kind.CAUSE),
        Field.DISPOSITION: FieldRule(Kind.WORD, words=tuple(Disposition)),
        Field.NOTE: FieldRule(Kind.TEXT, longest=2000),
        Field.RED_FLAG: FieldRule(Kind.WORD, words=(reviews.ACKNOWLEDGED,), lasting=True),
        Field.AS_SEEN: FieldRule(Kind.SEAL),
    }
)


def check_value(change: reviews.Change, basis: reviews.Basis) -> None:
    """Raises DashboardError unless the value is one that the field can hold."""
    rule = FIELDS[change.field]
    if rule.kind is Kind.SEAL:
        raise errors.DashboardError(plain(change.field), f"is {rule.kind.value}")
    _check_about(change, basis)
    check_free_text(change.reason, longest=LONGEST_REASON, place="reason")
    if not change.new:
        if rule.lasting or not rule.blank:
            raise errors.DashboardError(plain(change.field), "cannot be left blank")
        return
    if rule.kind in (Kind.LINE, Kind.TEXT):
        lines = rule.kind is Kind.TEXT
        check_free_text(change.new, longest=rule.longest, place=plain(change.field), lines=lines)
    elif rule.kind is Kind.DATE:
        _check_date(change)
    else:
        words = (*basis.causes, reviews.UNDECIDED) if rule.kind is Kind.CAUSE else rule.words
        _check_word(change.new, words, place=plain(change.field))


def _check_about(change: reviews.Change, basis: reviews.Basis) -> None:
    if change.field is Field.RED_FLAG:
        _check_word(change.about, basis.red_flags, place="red flag")
    elif change.field in reviews.TEST_FIELDS:
        _check_word(change.about, basis.tests, place="test")
    elif change.about:
        raise errors.DashboardError(plain(change.field), "is not about a test or a flag")


def _check_word(word: str, words: Sequence[str], *, place: str) -> None:
    if word not in words:
        listed = ", ".join(words) if words else "none for this record"
        raise errors.DashboardError(place, "is not one of the known values", f"Use: {listed}.")


def _check_date(change: reviews.Change) -> None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", change.new, re.ASCII):
        raise errors.DashboardError(plain(change.field), "must be a date, as 2026-01-31")
    try:
        datetime.date.fromisoformat(change.new)
    except ValueError:
        raise errors.DashboardError(
            plain(change.field), "is not a day of the calendar", "Give it as 2026-01-31."
        ) from None


def check_free_text(text: str, *, longest: int, place: str, lines: bool = False) -> None:
    """Raises DashboardError for text that is too long, holds signs that cannot be seen, or could
    name a person. Every text typed by a user passes here, and only here."""
    _check_signs(text, longest=longest, place=place, lines=lines)
    identifiers.check_text(text, place=place)


def _check_signs(text: str, *, longest: int, place: str, lines: bool = False) -> None:
    if len(text) > longest:
        raise errors.DashboardError(
            place, f"is {len(text):,} characters long", f"Shorten it to {longest:,}."
        )
    hidden = {"Cc", "Cs", "Cf"}  # control signs, halves of characters, invisible marks
    for number, sign in enumerate(text, start=1):
        if unicodedata.category(sign) in hidden and not (lines and sign == "\n"):
            raise errors.DashboardError(
                place, f"character {number} cannot be seen or printed", "Type the text anew."
            )


def check_name(text: str, *, place: str) -> None:
    """Raises DashboardError unless it can name a record or a reviewer."""
    if not text.strip():
        raise errors.DashboardError(place, "is blank")
    _check_signs(text, longest=LONGEST_NAME, place=place)


def plain(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")
