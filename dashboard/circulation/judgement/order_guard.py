"""Orders of tests that guidance warns of: caught in one record with the reason, and counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from circulation import access
from circulation.counting import disclosure
from circulation.judgement import assessment, checklist, explanation, rules, standing
from circulation.knowledge_base import gate_model, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake, selection, ternary


@dataclass(frozen=True, slots=True)
class Caught:
    """An order of tests that is caught in one record, and what it rests on."""

    guard: gate_model.Guard
    grounds: explanation.Grounds


@dataclass(frozen=True, slots=True)
class Tally:
    """One order over a selection: records caught, and records that missing answers leave open."""

    guard: gate_model.Guard
    caught: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Released:
    """The same as a role may see it."""

    guard: gate_model.Guard
    caught: disclosure.Count
    undecided: disclosure.Count


def for_record(record: standing.Record, known: knowledge.Knowledge) -> tuple[Caught, ...]:
    """What is caught in a record as it stands."""
    return of(explanation.one(record, known))


def of(one: explanation.OneRecord) -> tuple[Caught, ...]:
    """The same in a record that the engine has read already."""
    read = (Caught(guard, _grounds(guard, one)) for guard in one.known.guards)
    return tuple(found for found in read if found.grounds.state)


def beside(caught: Iterable[Caught], made: checklist.Checklist) -> Mapping[str, tuple[Caught, ...]]:
    """What is caught, by the called-for test it is about; '' where none of them is called for."""
    owed = {line.test.id for line in made.owed}
    placed: dict[str, tuple[Caught, ...]] = {}
    for found in caught:
        place = next((test for test in found.guard.tests if test in owed), "")
        placed[place] = (*placed.get(place, ()), found)
    return placed


def _grounds(guard: gate_model.Guard, one: explanation.OneRecord) -> explanation.Grounds:
    says = f"{guard.says}. Instead: {guard.instead}"
    return one.grounds(guard.id, guard.version, says, guard.when, guard.sources, guard.doubt)


def counts(
    table: intake.Intake,
    assessed: assessment.Assessment,
    wanted: selection.Selection,
    known: knowledge.Knowledge,
) -> tuple[Tally, ...]:
    """Every order over a selection, as recorded with the intake."""
    rows = selection.apply(table, assessed, wanted).in_table(table)
    return tuple(
        Tally(guard, ternary.count(rows & answer.present), ternary.count(rows & ~answer.asked))
        for guard, answer in zip(known.guards, answers(table, assessed, known), strict=True)
    )


def answers(
    table: intake.Intake, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> tuple[ternary.Ternary, ...]:
    """Every order in the order of the files: caught, not caught, or neither for want of answers."""
    reader = rules.Reader(table.window(), known.age_bands, flags=dict(assessed.flags))
    for name, suspicion in assessed.causes.items():
        for level in assessment.GRANTED:
            reader.reached[name, level] = suspicion.at_least(level)
    return tuple(reader.read(guard.when) for guard in known.guards)


def released(
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    role: access.Role,
    *,
    today: date,
) -> tuple[Released, ...]:
    """The counts of all closed months, without any filter; nothing before the first has closed."""
    access.check(role, access.Act.SEE_TRENDS)
    months = disclosure.closed_months(table, today)
    if months is None:
        return ()
    return tuple(
        _as_seen(tally, role, known.disclosure) for tally in counts(table, assessed, months, known)
    )


def _as_seen(tally: Tally, role: access.Role, settings: model.DisclosureSettings) -> Released:
    caught = disclosure.total(tally.caught, role, settings)
    return Released(tally.guard, caught, disclosure.total(tally.undecided, role, settings))
