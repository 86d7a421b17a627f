"""What the results typed in a review say, in the columns and words of the intake record.

A test that the review speaks of stands as the review has it, also where it takes back what the
intake said of it; a number typed takes the place of the one measured at intake.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from circulation.knowledge_base import columns, knowledge
from circulation.records import intake
from circulation.reviewing import reviews
from circulation.reviewing.reviews import Field, TestStatus

_MEASURED, _STATUS = Field.MEASURED.value, Field.TEST_STATUS.value
_RESULT = Field.TEST_RESULT.value
_FIELDS = frozenset((_MEASURED, _STATUS, _RESULT))
"""As texts: many thousand reviews are read at once."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One column as a review has it: its text as in the CSV ('' for blank), when and by whom."""

    column: str
    value: str
    at: str
    actor: str


def of(review: reviews.RecordReview, known: knowledge.Knowledge) -> Mapping[str, Typed]:
    """The columns that a review has said something about; none where no result was typed.

    What the knowledge has no column for, or a number outside its limits, says nothing.
    """
    layout = columns.by_name(known)
    said = _said(review, known)
    return {one.column: one for one in said if _possible(one, layout.get(one.column))}


def texts(typed: Mapping[str, Typed]) -> dict[str, str]:
    """The same as columns with their text, as a table is altered by."""
    return {column: one.value for column, one in typed.items()}


def lacking(
    table: intake.Intake, row: int, typed: Iterable[str], known: knowledge.Knowledge
) -> Mapping[str, str]:
    """The typed columns that no rule can read yet, each with the column that it lacks.

    A number lacks the choice it needs, such as its unit type; such a choice lacks its number.
    """
    found, names = {}, frozenset(typed)
    for measure in known.measurements:
        if not measure.needs:
            continue
        numbers = [name for name in measure.columns if table.text(name, row)]
        if not table.value(measure.needs, row):
            found.update(dict.fromkeys(names.intersection(numbers), measure.needs))
        elif not numbers and measure.needs in names:
            found[measure.needs] = measure.columns[0]
    return found


def _said(review: reviews.RecordReview, known: knowledge.Knowledge) -> Iterator[Typed]:
    said = [one for one in review.standing if one.field in _FIELDS]
    results = {one.about: one for one in said if one.field == _RESULT}
    for one in said:
        if one.field == _MEASURED:
            yield Typed(one.about, one.value, one.at, one.actor)
        elif one.field == _STATUS and one.about in known.test:
            status = "" if one.value == TestStatus.TO_DO else one.value
            yield Typed(f"test_{one.about}", status, one.at, one.actor)
            found = results.get(one.about, one)
            value = found.value if found is not one else ""
            yield Typed(f"test_{one.about}_result", value, found.at, found.actor)


def _possible(typed: Typed, column: columns.Column | None) -> bool:
    """Whether the record can hold it under this knowledge: it may be another than when typed."""
    if column is None:
        return False
    if column.kind is not columns.Kind.MEASURE:
        return typed.value in ("", *column.values)
    if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", typed.value, re.ASCII):
        return False
    number = Decimal(typed.value)
    scaled = number.scaleb(column.decimals)
    return column.low <= number <= column.high and scaled == scaled.to_integral_value()
