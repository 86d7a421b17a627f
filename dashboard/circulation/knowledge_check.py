"""Cross-check the knowledge: every name a rule uses exists, every source is listed, no id twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from circulation import columns, errors, expressions, knowledge, levels
from circulation import knowledge_model as model

CARD = 140
"""Longest statement on a card, characters (CDS Hooks 2.0, card summary)."""


@dataclass(frozen=True)
class Condition:
    """A condition with the entry it belongs to and what it may speak of besides the record."""

    owner: str
    when: str
    levels: bool = False
    flags: bool = False


def check(loaded: knowledge.Knowledge) -> None:
    """Raise DashboardError naming the first entry that does not hold together."""
    for entry, fault in faults(loaded):
        raise errors.DashboardError(
            f"data/knowledge, {entry}", fault, "Correct the file and start again"
        )


def faults(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Every fault as (entry, what is wrong)."""
    yield from _repeated(loaded)
    yield from _sources(loaded)
    yield from _conditions(loaded)
    yield from _long(loaded)
    yield from _strangers(loaded)


def conditions(loaded: knowledge.Knowledge) -> Iterator[Condition]:
    """Every condition written in the knowledge."""
    for cause in loaded.causes:
        if cause.confirmed_when:
            yield Condition(f"{cause.id} confirmed_when", cause.confirmed_when)
        for reason in (*cause.for_, *cause.against):
            yield Condition(f"{cause.id} '{reason.says}'", reason.when)
        for rule in (*cause.rules, *cause.caps):
            yield Condition(rule.id, rule.when)
        for mask in cause.masking:
            yield Condition(mask.id, mask.when)
    for flag in loaded.flags:
        yield Condition(flag.id, flag.when, levels=True)
    for test in loaded.tests:
        for called in test.called_for:
            yield Condition(called.id, called.when, levels=True, flags=True)


def statements(loaded: knowledge.Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every statement's name with its sources."""
    for cause in loaded.causes:
        yield cause.id, cause.sources
        yield from ((f"{cause.id} '{r.says}'", r.sources) for r in (*cause.for_, *cause.against))
        yield from ((rule.id, rule.sources) for rule in (*cause.rules, *cause.caps))
        yield from ((mask.id, mask.sources) for mask in cause.masking)
    for test in loaded.tests:
        yield test.id, test.sources
        yield from ((called.id, called.sources) for called in test.called_for)
    yield from ((entry.id, entry.sources) for entry in loaded.findings)
    yield from ((entry.id, entry.sources) for entry in loaded.choices)
    yield from ((entry.id, entry.sources) for entry in loaded.measurements)
    yield from ((entry.id, entry.sources) for entry in loaded.flags)
    yield from ((entry.id, entry.sources) for entry in loaded.advice)
    yield from ((entry.id, entry.sources) for entry in loaded.escalations)
    yield from ((entry.id, entry.sources) for entry in loaded.differences)
    yield "disclosure", loaded.disclosure.sources
    yield "trends", loaded.trends.sources


def _repeated(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    rules = [rule.id for cause in loaded.causes for rule in (*cause.rules, *cause.caps)]
    called = [called.id for test in loaded.tests for called in test.called_for]
    names = [column.name for column in columns.of(loaded)]
    sources = [source.id for source in loaded.sources]
    flags = [flag.id for flag in loaded.flags]
    for group in (names, sources, [*rules, *called, *flags]):
        yield from ((name, "stands twice") for name, n in Counter(group).items() if n > 1)


def _sources(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    for name, sources in statements(loaded):
        if not sources:
            yield name, "has no source"
        for source in sources:
            if source not in loaded.source:
                yield name, f"names the source '{source}', which sources.toml does not list"


def _conditions(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    for condition in conditions(loaded):
        try:
            tree = expressions.parse(condition.when)
        except expressions.ExpressionError as fault:
            yield condition.owner, f"has a condition that cannot be read: {fault}"
            continue
        for atom in expressions.atoms(tree):
            fault_found = _atom_fault(atom, condition, loaded)
            if fault_found:
                yield condition.owner, fault_found


def _atom_fault(
    atom: expressions.Atom, condition: Condition, loaded: knowledge.Knowledge
) -> str | None:
    known = columns.by_name(loaded)
    match atom:
        case expressions.Asked(name):
            column = known.get(name)
            right = column is not None and column.kind is columns.Kind.TERNARY
            return None if right else f"'{name}' is not a three-state question"
        case expressions.OneOf(name, values):
            column = known.get(name)
            if column is None or column.kind is not columns.Kind.CATEGORY:
                return f"'{name}' is not a category"
            strange = [value for value in values if value not in column.values]
            return f"'{strange[0]}' is not a value of '{name}'" if strange else None
        case expressions.Compare(name, _, _):
            right = name == "age" or name in measured(loaded)
            return None if right else f"'{name}' is not a measurement"
        case expressions.LevelReached(cause, level):
            codes = [scale.code for scale in levels.Level]
            right = condition.levels and cause in loaded.cause and level in codes
            return None if right else f"'level {cause} >= {level}' cannot be used here"
        case expressions.Flagged(flag):
            right = condition.flags and flag in loaded.flag
            return None if right else f"'flag {flag}' cannot be used here"


def measured(loaded: knowledge.Knowledge) -> frozenset[str]:
    """The names that stand for a number: columns, and lowest and highest of both sides."""
    names = [name for measure in loaded.measurements for name in measure.columns]
    paired = [m.id for m in loaded.measurements if m.sides is not model.Sides.NONE]
    ends = [f"{name}_{end}" for name in paired for end in ("lowest", "highest")]
    return frozenset((*names, *ends))


def _long(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    for name, text in _cards(loaded):
        if len(text) > CARD:
            yield name, f"says more than {CARD} characters"


def _cards(loaded: knowledge.Knowledge) -> Iterable[tuple[str, str]]:
    for cause in loaded.causes:
        yield from ((cause.id, reason.says) for reason in (*cause.for_, *cause.against))
        yield from ((rule.id, rule.says) for rule in (*cause.rules, *cause.caps))
    for test in loaded.tests:
        yield from ((called.id, called.because) for called in test.called_for)


def _strangers(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """References between entries that lead nowhere."""
    named = [(entry.id, entry.causes) for entry in loaded.advice]
    for name, causes in [*named, *((entry.id, entry.causes) for entry in loaded.escalations)]:
        for cause in causes:
            if cause not in loaded.cause:
                yield name, f"names the cause '{cause}', which no file describes"
    for escalation in loaded.escalations:
        for flag in escalation.flags:
            if flag not in loaded.flag:
                yield escalation.id, f"names the red flag '{flag}', which no file describes"
    for test in loaded.tests:
        if test.parent and (test.parent not in loaded.test or loaded.test[test.parent].parent):
            yield (
                test.id,
                f"has the parent '{test.parent}', which is not one of the article's tests",
            )
    for measure in loaded.measurements:
        if measure.test and measure.test not in loaded.test:
            yield measure.id, f"belongs to the test '{measure.test}', which no file describes"
