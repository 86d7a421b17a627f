"""The fields of a review: what each may hold, as a table, and the check of one value."""

import dataclasses
import datetime
import decimal
import enum
import re
import types
import unicodedata
from collections.abc import Mapping, Sequence

from circulation import errors
from circulation.reviewing import event_words, reviews
from circulation.reviewing.reviews import (
    Certainty,
    Disposition,
    Field,
    State,
    TestResult,
    TestStatus,
)
from circulation.way_in import identifiers, note_names

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
    NUMBER = "a number within its limits, or its unit type"
    ROLE = "someone a record can be handed to"


@dataclasses.dataclass(frozen=True)
class FieldRule:
    """What may be written in a field: its kind, its closed words, its length in characters."""

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
        Field.RESULT_SEEN: FieldRule(Kind.WORD, words=(reviews.SEEN,)),
        Field.MEASURED: FieldRule(Kind.NUMBER),
        Field.AGREED_CAUSE: FieldRule(Kind.CAUSE),
        Field.DISPOSITION: FieldRule(Kind.WORD, words=tuple(Disposition)),
        Field.NOTE: FieldRule(Kind.TEXT, longest=2000),
        Field.RED_FLAG: FieldRule(Kind.WORD, words=(reviews.ACKNOWLEDGED,), lasting=True),
        Field.AS_SEEN: FieldRule(Kind.SEAL),
        Field.PUBLISHED: FieldRule(Kind.SEAL),
        Field.HANDED_TO: FieldRule(Kind.ROLE),
        Field.FIRST_SIGNATURE: FieldRule(Kind.WORD, words=(reviews.SIGNED,)),
        Field.SECOND_CAUSE: FieldRule(Kind.CAUSE, lasting=True),
        Field.SECOND_CERTAINTY: FieldRule(Kind.WORD, words=tuple(Certainty), lasting=True),
    }
)


def check_value(change: reviews.Change, basis: reviews.Basis, today: datetime.date) -> None:
    """Raises DashboardError unless the value is one that the field can hold."""
    rule, place = FIELDS[change.field], named(change.field, change.about, basis)
    if rule.kind is Kind.SEAL:
        raise errors.DashboardError(place, f"is {rule.kind.value}")
    _check_about(change, basis)
    check_free_text(change.reason, today, longest=LONGEST_REASON, place="reason", names=basis.names)
    if not change.new:
        if rule.lasting or not rule.blank:
            raise errors.DashboardError(place, "cannot be left blank")
        return
    if rule.kind in (Kind.LINE, Kind.TEXT):
        lines = rule.kind is Kind.TEXT
        longest, names = rule.longest, basis.names
        check_free_text(change.new, today, longest=longest, place=place, lines=lines, names=names)
    elif rule.kind is Kind.DATE:
        _check_date(change, today, place)
    elif rule.kind is Kind.NUMBER:
        _check_number(change, basis, place)
    else:
        _check_word(change.new, _words(rule, basis), place=place)


def _words(rule: FieldRule, basis: reviews.Basis) -> tuple[str, ...]:
    if rule.kind is Kind.CAUSE:
        return (*basis.causes, reviews.UNDECIDED)
    return basis.hand_overs if rule.kind is Kind.ROLE else rule.words


def _check_about(change: reviews.Change, basis: reviews.Basis) -> None:
    if change.field is Field.RED_FLAG:
        _check_word(change.about, basis.red_flags, place="red flag")
    elif change.field in reviews.TEST_FIELDS:
        _check_word(change.about, basis.tests, place="test")
    elif change.field is Field.MEASURED:
        _check_word(change.about, [one.column for one in basis.measures], place="measurement")
    elif change.about:
        raise errors.DashboardError(plain(change.field), "is not about a test or a flag")


def _check_word(word: str, words: Sequence[str], *, place: str) -> None:
    if word not in words:
        listed = ", ".join(words) if words else "none for this record"
        raise errors.DashboardError(place, "is not one of the known values", f"Use: {listed}.")


def _check_number(change: reviews.Change, basis: reviews.Basis, place: str) -> None:
    measure = next(one for one in basis.measures if one.column == change.about)
    if measure.words:
        _check_word(change.new, measure.words, place=place)
        return
    if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", change.new, re.ASCII):
        raise errors.DashboardError(place, "must be a number with a point, as 0.85")
    number = decimal.Decimal(change.new)
    if not measure.low <= number <= measure.high:
        limits = f"Possible are {measure.low} to {measure.high}."
        raise errors.DashboardError(place, "is outside what is possible", limits)
    if -int(number.as_tuple().exponent) > measure.decimals:
        raise errors.DashboardError(place, f"has more than {measure.decimals} decimals")


def _check_date(change: reviews.Change, today: datetime.date, place: str) -> None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", change.new, re.ASCII):
        raise errors.DashboardError(place, "must be a date, as 2026-01-31")
    try:
        day = datetime.date.fromisoformat(change.new)
    except ValueError:
        raise errors.DashboardError(
            place, "is not a day of the calendar", "Give it as 2026-01-31."
        ) from None
    if day > today + datetime.timedelta(days=1):
        raise errors.DashboardError(place, "lies in the future")


def check_free_text(
    text: str,
    today: datetime.date,
    *,
    longest: int,
    place: str,
    lines: bool = False,
    names: note_names.Scanner | None = None,
) -> None:
    """Raises DashboardError for text that is too long, holds signs that cannot be seen, or could
    name a person. Every text typed by a user passes here, and only here."""
    _check_signs(text, longest=longest, place=place, lines=lines)
    identifiers.check_text(text, today, place=place, names=names)


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


def named(field: Field, about: str, basis: reviews.Basis) -> str:
    """What the page calls a field, and the test or number that it is about."""
    return event_words.WORDS[field].format(about=basis.label(about))
