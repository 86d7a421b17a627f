"""Check that the numbers of the demonstration records hold together and fit the knowledge."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from circulation.demonstration_data import synthetic_model as model
from circulation.demonstration_data.synthetic_numbers import Numbers
from circulation.knowledge_base import columns, knowledge

ASSUMPTION = "assumption"
PARTS = ("findings", "choices", "tests", "bells", "spreads", "chances", "picks", "constants")


def faults(numbers: Numbers, known: knowledge.Knowledge) -> Iterator[str]:
    """Everything in the numbers that does not hold together."""
    yield from _bases(numbers, known)
    yield from _twice(numbers)
    yield from _strangers(numbers, known)
    yield from _uncovered(numbers, known)
    yield from _stories(numbers)
    yield from _shapes(numbers)


def _bases(numbers: Numbers, known: knowledge.Knowledge) -> Iterator[str]:
    for part in fields(numbers):
        entries = getattr(numbers, part.name)
        for entry in entries if isinstance(entries, tuple) else (entries,):
            basis = getattr(entry, "basis", ASSUMPTION)
            if basis != ASSUMPTION and basis not in known.source:
                yield f"{part.name}: '{basis}' is neither a source nor '{ASSUMPTION}'"


def _twice(numbers: Numbers) -> Iterator[str]:
    for part in PARTS:
        names = Counter(name for section in numbers.section for name in getattr(section, part))
        yield from (f"{part}: '{name}' stands twice" for name, n in names.items() if n > 1)
    yield from (
        f"state '{name}' stands twice" for name, n in Counter(numbers.states).items() if n > 1
    )


def _strangers(numbers: Numbers, known: knowledge.Knowledge) -> Iterator[str]:
    """Names that the knowledge, or the numbers themselves, do not have."""
    profiles = {entry.id for entry in numbers.profile}
    causes = {entry.cause for entry in numbers.profile}
    layout = columns.by_name(known)
    for wanted, allowed, what in (
        (causes, known.cause, "cause"),
        ({entry.cause for entry in numbers.suspicion}, known.cause, "cause"),
        ({name for entry in numbers.story for name in entry.suspected}, known.cause, "cause"),
        ({entry.season for entry in numbers.profile}, {s.id for s in numbers.season}, "season"),
        ({entry.given for entry in numbers.together}, profiles | causes, "profile"),
        ({entry.adds for entry in numbers.together}, profiles, "profile"),
        ({name for entry in numbers.story for name in entry.among}, profiles, "profile"),
        ({entry.state for entry in numbers.course}, {*numbers.states, ""}, "state"),
        (_states_named(numbers), set(numbers.states), "state"),
        (_findings_named(numbers), known.finding, "finding"),
        (_tests_named(numbers), known.test, "test"),
        (set(numbers.choices), known.choice, "choice"),
        ({entry.measure for entry in numbers.recorded}, layout, "measurement"),
    ):
        yield from (f"'{name}' is not a {what}" for name in sorted(wanted - set(allowed)))


def _states_named(numbers: Numbers) -> set[str]:
    abnormal = [entry.abnormal for entry in numbers.tests.values() if entry.abnormal]
    named = {state for entry in numbers.findings.values() for state in entry.by}
    for entry in numbers.findings.values():
        named |= {*entry.never, *entry.mostly_in}
    named |= {state for entry in numbers.choices.values() for state in entry.by}
    named |= {state for entry in numbers.tests.values() for state in entry.by}
    named |= {state for entry in numbers.bells.values() for state in entry.by}
    return named | {state for e in (*abnormal, *numbers.chances.values()) for state in e.by}


def _findings_named(numbers: Numbers) -> set[str]:
    named = set(numbers.findings)
    for entry in numbers.findings.values():
        named |= {entry.after, entry.part_of, entry.not_with, *entry.implied_by, *entry.lasting}
    for story in numbers.story:
        named |= {*story.present, *story.absent}
    for course in numbers.course:
        named |= set(course.only)
    for test in numbers.tests.values():
        named |= set(test.findings)
    return (named | {entry.after for entry in numbers.choices.values()}) - {""}


def _tests_named(numbers: Numbers) -> set[str]:
    named = {*numbers.tests, *(entry.confirmed_by for entry in numbers.suspicion)}
    named |= {name for entry in numbers.story for name in entry.done}
    named |= {entry.seen_at for entry in numbers.findings.values()}
    named |= {name for entry in numbers.tests.values() for name in entry.done_with}
    return named - {""}


def _uncovered(numbers: Numbers, known: knowledge.Knowledge) -> Iterator[str]:
    """What the knowledge asks for and the numbers are silent about."""
    parents = {test.parent for test in known.tests}
    specific = {test.id for test in known.tests} - parents
    for wanted, given, what in (
        ({finding.kind for finding in known.findings}, {k.kind for k in numbers.kind}, "kind"),
        (set(known.choice), set(numbers.choices), "choice"),
        (set(known.cause), {entry.cause for entry in numbers.suspicion}, "suspicion"),
        (set(known.cause), {entry.cause for entry in numbers.profile}, "profile of the cause"),
        (specific, set(numbers.tests), "test"),
    ):
        yield from (f"the {what} '{name}' has no numbers" for name in sorted(wanted - given))


def _stories(numbers: Numbers) -> Iterator[str]:
    """A story may not record a follow-up as present without its first question."""
    for story in numbers.story:
        for name in story.present:
            own = numbers.findings.get(name, model.FindingNumbers())
            for first in (own.after, own.part_of):
                if first and first not in story.present:
                    yield f"story {story.id}: '{name}' needs '{first}'"


def _shapes(numbers: Numbers) -> Iterator[str]:
    if not numbers.course or numbers.course[-1].state or numbers.course[-1].only:
        yield "the last course must hold for every state and finding"
    for season in numbers.season:
        if len(season.months) != 12:
            yield f"season {season.id}: must have 12 months"
    courses = [entry.durations for entry in numbers.course]
    courses += [story.durations for story in numbers.story if story.durations]
    for durations in courses:
        if len(durations) != len(columns.DURATIONS):
            yield f"a course must have {len(columns.DURATIONS)} durations"
    bells = [bell for entry in numbers.bells.values() for bell in (entry.base, *entry.by.values())]
    if any(len(bell) != 4 for bell in (*bells, *(profile.age for profile in numbers.profile))):
        yield "a bell must have mean, deviation, lowest, highest"
    if abs(sum(profile.share for profile in numbers.profile) - 1) > 1e-9:
        yield "the shares of the profiles must sum to 1"
