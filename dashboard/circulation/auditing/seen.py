"""What a clinician had before them when they signed a record off, as one value in words.

It needs neither the records nor the knowledge of that day to be read again: each label, rule,
version, source and answer stands in it as it was shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from circulation.judgement import advice, checklist, explanation, order_guard
from circulation.knowledge_base import knowledge
from circulation.records import columns, intake, ternary
from circulation.reviewing import reviews
from circulation.scoring import score_words, scores

FORM = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """One column of the record; ``value`` is '' where it was not asked or measured."""

    column: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A statement that held, with what it rested on."""

    id: str
    version: int
    says: str
    condition: str
    inputs: tuple[Answer, ...]
    sources: tuple[str, ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause as it stood in the list; ``level`` is the code, the other levels are words."""

    id: str
    label: str
    level: str
    level_label: str
    lowest: str
    highest: str
    confirmed: bool | None
    supports: tuple[Ground, ...]
    against: tuple[Ground, ...]
    not_asked: tuple[str, ...]
    granted: tuple[Ground, ...]
    held_down: tuple[Ground, ...]
    masking: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """One red flag with its action and time."""

    id: str
    label: str
    action: str
    time: str
    urgency: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A red flag that nobody could judge, with the questions that were not asked."""

    id: str
    label: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """One line of the checklist; ``under`` is the test of the clinic's list that it belongs to.

    ``missing`` are the unasked questions that could call for it.
    """

    id: str
    label: str
    under: str
    called_for: bool | None
    owed: bool
    because: tuple[Ground, ...]
    missing: tuple[str, ...]
    status: str
    result: str
    value: str
    date: str
    reason: str
    at_intake: bool
    measured: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """One measure or treatment with the strictest gate that held."""

    id: str
    label: str
    shows: str
    says: str
    because: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One score with its result, or what was missing, in a sentence."""

    id: str
    label: str
    leg: str
    version: str
    says: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The whole page; causes in the order in which they were listed."""

    form: int
    record_id: str
    data_set: str
    knowledge: str
    unreviewed: str
    urgency: str
    urgency_label: str
    urgency_could_be: str
    answers: tuple[Answer, ...]
    not_asked: tuple[str, ...]
    raised: tuple[Flag, ...]
    unanswered: tuple[Unanswered, ...]
    causes: tuple[Cause, ...]
    tests: tuple[Test, ...]
    advice: tuple[Advice, ...]
    scores: tuple[Score, ...]


def of(
    table: intake.Intake, row: int, known: knowledge.Knowledge, review: reviews.RecordReview
) -> Seen:
    """The page of one record as these records, this knowledge and this review make it."""
    assessed = explanation.explain(table, row, known)
    made = checklist.for_record(table, row, assessed, review, known.measurements)
    stand = order_guard.states(made)
    unsigned = any(not note.reviewed for _, note in known.files)
    asked = [finding for finding in known.findings if _answered(table, finding.id, row)]
    return Seen(
        form=FORM,
        record_id=assessed.record_id,
        data_set=table.version,
        knowledge=known.version,
        unreviewed=known.words["not_reviewed"] if unsigned else "",
        urgency=assessed.urgency.code,
        urgency_label=known.urgency(assessed.urgency).label,
        urgency_could_be=known.urgency(assessed.urgency_could_be).label,
        answers=tuple(_answers(table, row, known)),
        not_asked=tuple(finding.label for finding in known.findings if finding not in asked),
        raised=tuple(_flag(view, known) for view in assessed.raised),
        unanswered=tuple(
            Unanswered(view.flag.id, view.flag.label, _labels(view.grounds.missing))
            for view in assessed.unanswered
        ),
        causes=tuple(_cause(view, known) for view in assessed.causes),
        tests=tuple(_tests(made, known)),
        advice=tuple(_advice(view, known) for view in advice.for_record(table, row, known, stand)),
        scores=tuple(
            Score(one.score, one.label, one.leg, one.version, score_words.headline(one, known))
            for one in scores.for_record(table, row, known)
            if one.own
        ),
    )


def answer(table: intake.Intake, column: columns.Column, row: int) -> str:
    """One row's answer as the CSV has it, '' where it was not asked or measured."""
    match column.kind:
        case columns.Kind.ID:
            return table.record_id(row)
        case columns.Kind.DAY:
            received = table.day_of(row)
            return received.isoformat() if received else ""
        case columns.Kind.TERNARY:
            asked = _answered(table, column.name, row)
            present = ternary.state(table.ternaries[column.name], row)
            return (columns.PRESENT if present else columns.ABSENT) if asked else ""
        case columns.Kind.MEASURE:
            return table.text(column.name, row)
        case _:
            return table.value(column.name, row)


def _answered(table: intake.Intake, name: str, row: int) -> bool:
    return ternary.state(table.ternaries[name], row) is not None


def _answers(table: intake.Intake, row: int, known: knowledge.Knowledge) -> Iterable[Answer]:
    for column in columns.of(known):
        if value := answer(table, column, row):
            yield Answer(column.name, column.meaning, value)


def _cause(view: explanation.CauseView, known: knowledge.Knowledge) -> Cause:
    return Cause(
        id=view.cause.id,
        label=view.cause.label,
        level=view.level.code,
        level_label=known.level(view.level).label,
        lowest=known.level(view.lowest).label,
        highest=known.level(view.highest).label,
        confirmed=view.confirmed,
        supports=_grounds(view.supports, known),
        against=_grounds(view.against, known),
        not_asked=tuple(item.says for item in view.not_asked),
        granted=_grounds(view.granted, known),
        held_down=_grounds(view.held_down, known),
        masking=_grounds(view.masking, known),
    )


def _flag(view: explanation.FlagView, known: knowledge.Knowledge) -> Flag:
    flag = view.flag
    ground = _ground(view.grounds, known)
    return Flag(flag.id, flag.label, flag.action, flag.time, flag.urgency, ground)


def _tests(made: checklist.Checklist, known: knowledge.Knowledge) -> Iterable[Test]:
    owed = {line.test.id for line in made.owed}
    for group in made.groups:
        for line in (group.head, *group.under):
            yield Test(
                id=line.test.id,
                label=line.test.label,
                under="" if line is group.head else group.head.test.label,
                called_for=line.called_for,
                owed=line.test.id in owed,
                because=_grounds(line.because, known),
                missing=_labels(item for ground in line.could_be for item in ground.missing),
                status=line.status.value,
                result=line.result.value if line.result else "",
                value=line.value,
                date=line.date,
                reason=line.reason,
                at_intake=line.at_intake,
                measured=_inputs(line.measured),
            )


def _advice(view: advice.AdviceView, known: knowledge.Knowledge) -> Advice:
    held = (view.strictest, *view.others) if view.strictest else ()
    entry = view.advice
    return Advice(entry.id, entry.label, view.shows.value, view.says, _grounds(held, known))


def _grounds(
    listed: Iterable[explanation.Grounds], known: knowledge.Knowledge
) -> tuple[Ground, ...]:
    return tuple(_ground(item, known) for item in listed)


def _ground(item: explanation.Grounds, known: knowledge.Knowledge) -> Ground:
    return Ground(
        id=item.id,
        version=item.version,
        says=item.says,
        condition=item.condition,
        inputs=_inputs(item.inputs),
        sources=tuple(known.source[source].title for source in item.sources),
        doubt=item.doubt,
    )


def _labels(items: Iterable[explanation.Input]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.label for item in items))


def _inputs(items: Iterable[explanation.Input]) -> tuple[Answer, ...]:
    return tuple(Answer(item.name, item.label, item.value) for item in items)
