"""What a clinician had before them when they signed a record off, as one value in words.

It needs neither the records nor the knowledge of that day to be read again: each label, rule,
version, source and answer stands in it as it was shown. Views of form 1 were made before results
typed in a review counted: what has a default here was not in them and was not shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from circulation.judgement import advice, checklist, explanation, scores, standing
from circulation.knowledge_base import columns, knowledge
from circulation.records import intake, recorded
from circulation.reviewing import reviews
from circulation.scoring import score_words

FORM = 2
BEFORE_RESULTS = 1
"""The form of views that show what the intake alone supported."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One column of the record; ``value`` is '' where it was not asked or measured.

    ``origin`` is as explanation.Input has it: intake, or when it was typed in the review.
    """

    column: str
    label: str
    value: str
    origin: str = ""


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
    """One cause as it stood in the list; ``level`` is the code, the other levels are words.

    ``by_intake`` is the code of the level without the results typed in the review, with its words.
    """

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
    by_intake: str = ""
    by_intake_label: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """One red flag with its action and time.

    ``held``: results typed since would have lowered it; it stood until the sign-off.
    """

    id: str
    label: str
    action: str
    time: str
    urgency: str
    ground: Ground
    held: bool = False


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
    """The whole page; causes in the order in which they were listed.

    ``answers`` are those of the intake, ``results`` those typed in the review that counted.
    """

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
    results: tuple[Answer, ...] = ()
    urgency_by_intake: str = ""


def of(
    table: intake.Intake, row: int, known: knowledge.Knowledge, review: reviews.RecordReview
) -> Seen:
    """The page of one record as these records, this knowledge and this review make it."""
    record = standing.of(table, row, known, review)
    assessed = explanation.explain_record(record, known)
    made = checklist.for_record(table, row, assessed, review, known.measurements)
    unsigned = any(not note.reviewed for _, note in known.files)
    asked = [finding for finding in known.findings if recorded.text(table, finding.id, row)]
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
        advice=tuple(_advice(view, known) for view in advice.for_record(record, known)),
        scores=tuple(
            Score(one.score, one.label, one.leg, one.version, score_words.headline(one, known))
            for one in scores.for_record(record.table, record.row, known)
            if one.own
        ),
        results=_inputs(assessed.typed),
        urgency_by_intake=known.urgency(assessed.urgency_by_intake).label,
    )


def _answers(table: intake.Intake, row: int, known: knowledge.Knowledge) -> Iterable[Answer]:
    for column in columns.of(known):
        if value := recorded.text(table, column.name, row):
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
        by_intake=view.by_intake.code,
        by_intake_label=known.level(view.by_intake).label,
    )


def _flag(view: explanation.FlagView, known: knowledge.Knowledge) -> Flag:
    flag = view.flag
    ground = _ground(view.grounds, known)
    return Flag(flag.id, flag.label, flag.action, flag.time, flag.urgency, ground, view.held)


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
    return tuple(Answer(item.name, item.label, item.value, item.origin) for item in items)
