"""The questions that would narrow a cause's band most, among those its rules ask and nobody did.

Each answer is written into the record and the one engine judges it. A question ranks by how much
the band (highest level less lowest) shrinks with its worse answer, then with its better one, then
by its place in the knowledge files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from circulation.judgement import assessment, variants
from circulation.knowledge_base import columns, expressions, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level
from circulation.records import intake, ternary

SHOWN = 2
SEX = "sex"
DETAILS = ("_side", "_onset", "_duration")
"""What is asked of a finding only once it is present."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and the band of the cause that it would leave."""

    value: str
    lowest: Level
    highest: Level


@dataclass(frozen=True, slots=True)
class Question:
    """An unasked question; ``worse`` and ``better`` are the levels by which its answers narrow."""

    column: str
    label: str
    answers: tuple[Answer, ...]
    worse: int
    better: int


def best(
    table: intake.Intake, row: int, cause: str, known: knowledge.Knowledge
) -> tuple[Question, ...]:
    """At most two questions, the one that narrows most first; none where none narrows."""
    layout = columns.by_name(known)
    asked = [layout[name] for name in unasked(table, row, known.cause[cause], known)]
    offered = [(column, value) for column in asked for value in _values(column)]
    ways = [{column.name: value} for column, value in offered]
    small = variants.of(table, row, [{}, *ways], layout)
    suspicion = assessment.assess_window(small.window(), known).causes[cause]
    width = suspicion.highest(0) - suspicion.lowest(0)
    answers: dict[str, list[Answer]] = {}
    for place, (column, value) in enumerate(offered, start=1):
        answer = Answer(value, suspicion.lowest(place), suspicion.highest(place))
        answers.setdefault(column.name, []).append(answer)
    found = [_question(column, tuple(answers[column.name]), width) for column in asked]
    ranked = sorted(found, key=lambda question: (-question.worse, -question.better))
    return tuple(question for question in ranked if question.better > 0)[:SHOWN]


def unasked(
    table: intake.Intake, row: int, cause: model.Cause, known: knowledge.Knowledge
) -> tuple[str, ...]:
    """The columns that the rules of a cause read and the record leaves open, in file order."""
    read = set(_read(cause))
    return tuple(
        column.name
        for column in columns.of(known)
        if column.name in read and _open(table, row, column, known)
    )


def _read(cause: model.Cause) -> Iterator[str]:
    for rule in (*cause.rules, *cause.caps):
        for atom in expressions.atoms(expressions.parse(rule.when)):
            if isinstance(atom, expressions.Asked | expressions.OneOf):
                yield atom.name


def _open(
    table: intake.Intake, row: int, column: columns.Column, known: knowledge.Knowledge
) -> bool:
    name = column.name
    if name in known.finding:
        return ternary.state(table.ternaries[name], row) is None
    if name in known.choice or name == SEX:
        return not table.value(name, row)
    finding = next((name.removesuffix(end) for end in DETAILS if name.endswith(end)), "")
    present = finding in known.finding and ternary.state(table.ternaries[finding], row)
    return bool(present) and not table.value(name, row)


def _values(column: columns.Column) -> Iterable[str]:
    ternary_column = column.kind is columns.Kind.TERNARY
    return (columns.PRESENT, columns.ABSENT) if ternary_column else column.values


def _question(column: columns.Column, answers: tuple[Answer, ...], width: int) -> Question:
    shrinks = [width - (answer.highest - answer.lowest) for answer in answers]
    return Question(column.name, column.meaning, answers, min(shrinks), max(shrinks))
