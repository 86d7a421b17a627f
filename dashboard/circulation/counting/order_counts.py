"""How often orders of tests were caught that guidance warns of, and what a role may see of it."""

from dataclasses import dataclass
from datetime import date

from circulation import access
from circulation.choosing import selection
from circulation.counting import disclosure, published
from circulation.judgement import assessment, order_guard
from circulation.knowledge_base import gate_model, knowledge, settings_model
from circulation.records import intake, ternary


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
    caught: published.Count
    undecided: published.Count


def counts(
    table: intake.Intake,
    assessed: assessment.Assessment,
    wanted: selection.Selection,
    known: knowledge.Knowledge,
) -> tuple[Tally, ...]:
    """Every order over a selection, as recorded with the intake."""
    rows = selection.apply(table, assessed, wanted).in_table(table)
    answers = order_guard.answers(table, assessed, known)
    return tuple(
        Tally(guard, ternary.count(rows & answer.present), ternary.count(rows & ~answer.asked))
        for guard, answer in zip(known.guards, answers, strict=True)
    )


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


def _as_seen(tally: Tally, role: access.Role, settings: settings_model.Disclosure) -> Released:
    caught = disclosure.total(tally.caught, role, settings)
    return Released(tally.guard, caught, disclosure.total(tally.undecided, role, settings))
