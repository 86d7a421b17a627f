"""What would change our mind: what every possible result of an open test would do to a record.

Each result is written into the record and the one engine judges it; nothing is decided here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from circulation.judgement import assessment, standing, variants
from circulation.knowledge_base import columns, knowledge, outcome_model, result_words
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import intake, ternary

BOTH = "both"


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A cause whose level would change."""

    cause: str
    before: Level
    after: Level


@dataclass(frozen=True, slots=True)
class Preview:
    """One possible result: what it would write, and what would be different then (ids)."""

    label: str
    sets: tuple[tuple[str, str], ...]
    urgency_before: Urgency
    urgency_after: Urgency
    levels: tuple[LevelChange, ...] = ()
    flags_raised: tuple[str, ...] = ()
    flags_gone: tuple[str, ...] = ()
    called_for: tuple[str, ...] = ()
    no_longer: tuple[str, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether level, urgency, red flags and checklist would stay as they are."""
        differs = (self.levels, self.flags_raised, self.flags_gone, self.called_for, self.no_longer)
        return self.urgency_before == self.urgency_after and not any(differs)


def of_test(record: standing.Record, test: str, known: knowledge.Knowledge) -> tuple[Preview, ...]:
    """Every result that one test can have, in the order of the knowledge."""
    return of_tests(record, (test,), known)[test]


def of_tests(
    record: standing.Record, tests: Iterable[str], known: knowledge.Knowledge
) -> Mapping[str, tuple[Preview, ...]]:
    """The same for some tests of one record, judged in one run of the engine."""
    table, row = record.table, record.row
    asked = {test: outcomes(test, known) for test in tests}
    listed = [outcome for found in asked.values() for outcome in found]
    ways = [dict(written(table, row, outcome, known)) for outcome in listed]
    small = variants.of(table, row, [{}, *ways], columns.by_name(known))
    held = standing.everywhere(record.kept_up, small.words)
    judged = assessment.assess_window(small.window(), known, held)
    made = iter(
        _preview(outcome, way, judged, place, known)
        for place, (outcome, way) in enumerate(zip(listed, ways, strict=True), start=1)
    )
    return {test: tuple(next(made) for _ in found) for test, found in asked.items()}


def outcomes(test: str, known: knowledge.Knowledge) -> tuple[outcome_model.Outcome, ...]:
    """The results a test can have: those the knowledge names, else the three that any test has."""
    named = tuple(outcome for outcome in known.outcomes if outcome.test == test)
    return named or tuple(_generic(test, code, known) for code in columns.RESULTS)


def _generic(test: str, code: str, known: knowledge.Knowledge) -> outcome_model.Outcome:
    label = result_words.of(test, code, known).capitalize()
    sets = ((f"test_{test}", "done"), (f"test_{test}_result", code))
    return outcome_model.Outcome(id="", test=test, label=label, sets=sets, sources=())


def written(
    table: intake.Intake, row: int, outcome: outcome_model.Outcome, known: knowledge.Knowledge
) -> tuple[tuple[str, str], ...]:
    """What a result writes into this record: a finding of the one leg joins that of the other."""
    return tuple((name, _joined(table, row, name, text, known)) for name, text in outcome.sets)


def _joined(
    table: intake.Intake, row: int, name: str, text: str, known: knowledge.Knowledge
) -> str:
    finding = name.removesuffix("_side")
    if finding == name or finding not in known.finding:
        return text
    present = ternary.state(table.ternaries[finding], row)
    recorded = table.value(name, row)
    return BOTH if present and recorded not in ("", text) else text


def _preview(
    outcome: outcome_model.Outcome,
    way: Mapping[str, str],
    judged: assessment.Assessment,
    place: int,
    known: knowledge.Knowledge,
) -> Preview:
    levels = [
        LevelChange(cause, judged.causes[cause].level(0), judged.causes[cause].level(place))
        for cause in known.cause
    ]
    flags = _moved(judged.flags, known.flag, place)
    tests = _moved(judged.tests, known.test, place)
    return Preview(
        label=outcome.label,
        sets=tuple(way.items()),
        urgency_before=judged.urgency(0),
        urgency_after=judged.urgency(place),
        levels=tuple(change for change in levels if change.before != change.after),
        flags_raised=flags.new,
        flags_gone=flags.gone,
        called_for=tests.new,
        no_longer=tests.gone,
    )


@dataclass(frozen=True, slots=True)
class _Moves:
    new: tuple[str, ...]
    gone: tuple[str, ...]


def _moved(answers: Mapping[str, ternary.Ternary], names: Iterable[str], place: int) -> _Moves:
    """Which of the names hold in a row and not in the first one, and the other way round."""
    listed = tuple(names)
    before = {name for name in listed if ternary.holds(answers[name].present, 0)}
    after = {name for name in listed if ternary.holds(answers[name].present, place)}
    return _Moves(
        tuple(name for name in listed if name in after - before),
        tuple(name for name in listed if name in before - after),
    )
