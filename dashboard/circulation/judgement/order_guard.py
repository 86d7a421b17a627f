"""Orders of tests that guidance warns of: caught in one record with the reason, and counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from circulation.judgement import assessment, checklist, explanation, rules
from circulation.knowledge_base import gate_model, knowledge
from circulation.records import intake, ternary


@dataclass(frozen=True, slots=True)
class Caught:
    """An order of tests that is caught in one record, and what it rests on."""

    guard: gate_model.Guard
    grounds: explanation.Grounds


def of(one: explanation.OneRecord) -> tuple[Caught, ...]:
    """What is caught in a record as it stands, which the engine has read already."""
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


def answers(
    table: intake.Intake, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> tuple[ternary.Ternary, ...]:
    """Every order in the order of the files: caught, not caught, or neither for want of answers."""
    reader = rules.Reader(table.window(), known, flags=dict(assessed.flags))
    for name, suspicion in assessed.causes.items():
        for level in assessment.GRANTED:
            reader.reached[name, level] = suspicion.at_least(level)
    return tuple(reader.read(guard.when) for guard in known.guards)
