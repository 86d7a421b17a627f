"""One record for a second reader who is not to know what was decided, nor how the tool orders.

It holds what was asked, found and measured, and every red flag. It holds no level of a cause, no
cause suspected or confirmed, nothing that the first reader decided.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from circulation.judgement import explanation, standing
from circulation.knowledge_base import knowledge, result_words
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake, ternary
from circulation.reviewing import reviews
from circulation.reviewing.reviews import TestStatus


@dataclass(frozen=True, slots=True)
class Said:
    """One thing recorded, with its value in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One measurement taken on both sides; '' where a side was not measured."""

    label: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag with its action: never held back from anybody."""

    label: str
    action: str
    urgency: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the second reader sees."""

    person: tuple[Said, ...]
    flags: tuple[Flag, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    not_asked: tuple[str, ...]
    paired: tuple[Pair, ...]
    measured: tuple[Said, ...]
    choices: tuple[Said, ...]
    tests: tuple[Said, ...]


def of(
    table: intake.Intake, row: int, known: knowledge.Knowledge, review: reviews.RecordReview
) -> Sheet:
    """The sheet of one record; ``review`` gives the results that came since the intake.

    A red flag that a result lowered is on it all the same.
    """
    record = replace(standing.of(table, row, known, review), held=True)
    raised = explanation.explain_record(record, known).raised
    answers = {f: ternary.state(table.ternaries[f.id], row) for f in known.findings}
    return Sheet(
        person=tuple(_person(table, row)),
        flags=tuple(Flag(v.flag.label, v.flag.action, v.flag.urgency) for v in raised),
        present=tuple(_finding(f, table, row) for f, answer in answers.items() if answer),
        absent=tuple(f.label for f, answer in answers.items() if answer is False),
        not_asked=tuple(f.label for f, answer in answers.items() if answer is None),
        paired=tuple(_paired(known.measurements, record.table, record.row)),
        measured=tuple(_measured(known.measurements, record.table, record.row)),
        choices=tuple(_choices(known.choices, record.table, record.row)),
        tests=tuple(_tests(known, table, row, review)),
    )


def _person(table: intake.Intake, row: int) -> Iterator[Said]:
    for label, column in (("Age band", "age_band"), ("Sex", "sex"), ("Site", "site")):
        value = table.value(column, row) or "not recorded"
        yield Said(label, value[:1].upper() + value[1:])


def _finding(finding: model.Finding, table: intake.Intake, row: int) -> str:
    parts = [f"{finding.id}_side"] if finding.sided else []
    parts += [f"{finding.id}_onset", f"{finding.id}_duration"] if finding.timed else []
    told = [table.value(part, row).replace("_", " ") for part in parts]
    named = ", ".join(text for text in told if text)
    return f"{finding.label} ({named})" if named else finding.label


def _measured(
    measures: Iterable[model.Measurement], table: intake.Intake, row: int
) -> Iterator[Said]:
    for measure in measures:
        if measure.sides is model.Sides.NONE and (text := table.text(measure.id, row)):
            yield Said(measure.label, f"{text} {measure.unit}".strip())


def _paired(
    measures: Iterable[model.Measurement], table: intake.Intake, row: int
) -> Iterator[Pair]:
    for measure in measures:
        if measure.sides is not model.Sides.NONE:
            left, right = (table.text(column, row) for column in measure.columns)
            if left or right:
                unit = f" ({measure.unit})" if measure.unit else ""
                yield Pair(f"{measure.label}{unit}", left, right)


def _choices(choices: Iterable[model.Choice], table: intake.Intake, row: int) -> Iterator[Said]:
    for choice in choices:
        code = table.value(choice.id, row)
        for value in choice.values:
            if value.code == code:
                yield Said(choice.label, value.label)


def _tests(
    known: knowledge.Knowledge, table: intake.Intake, row: int, review: reviews.RecordReview
) -> Iterator[Said]:
    """The results that came back, at intake or since."""
    for test in known.tests:
        said = review.find(reviews.Field.TEST_STATUS, test.id)
        status = said.value if said else table.value(f"test_{test.id}", row)
        since = review.test(test.id)
        result = since.result if said else table.value(f"test_{test.id}_result", row)
        if status == TestStatus.DONE and result:
            words = result_words.of(test.id, result, known)
            yield Said(test.label, ", ".join(filter(None, (words, since.value))))
