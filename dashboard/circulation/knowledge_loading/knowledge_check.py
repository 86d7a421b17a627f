"""Cross-check the knowledge: every name a rule uses exists, every source is listed, no id twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from circulation import errors
from circulation.knowledge_base import columns, expressions, gate_model, knowledge, levels
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_loading import outcome_check, pooling_check, review_check, score_check

ACTION = 200
"""Longest action of a red flag, characters."""
GRANTED = tuple(level.code for level in levels.Level if level >= levels.Level.POSSIBLE)
URGENCIES = tuple(urgency.code for urgency in levels.Urgency)


@dataclass(frozen=True)
class Condition:
    """A condition with the entry it belongs to and what it may speak of besides the record."""

    owner: str
    when: str
    levels: bool = False
    flags: bool = False
    blanks: bool = False


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
    yield from _scales(loaded)
    yield from _targets(loaded)
    yield from _strangers(loaded)
    yield from _follow_ups(loaded)
    yield from score_check.faults(loaded)
    yield from outcome_check.faults(loaded)
    yield from review_check.faults(loaded)
    yield from pooling_check.faults(loaded)


def conditions(loaded: knowledge.Knowledge) -> Iterator[Condition]:
    """Every condition written in the knowledge."""
    for cause in loaded.causes:
        if cause.confirmed_when:
            yield Condition(f"{cause.id} confirmed_when", cause.confirmed_when)
        if cause.confirmed_elsewhere:
            yield Condition(f"{cause.id} confirmed_elsewhere", cause.confirmed_elsewhere)
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
    for gate in _gates(loaded):
        yield Condition(gate.id, gate.when, levels=True, flags=True, blanks=True)
    yield from (Condition(one.id, one.when) for one in loaded.reviewing.settling)
    for score in loaded.scores:
        for owner, when in score_check.record_conditions(score):
            yield Condition(owner, when)


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
    yield from (told for score in loaded.scores for told in score_check.statements(score))
    yield from ((entry.id, entry.sources) for entry in _gates(loaded))
    yield from ((entry.id, entry.sources) for entry in loaded.outcomes)
    yield from review_check.statements(loaded)
    urgencies = zip(URGENCIES, loaded.urgencies, strict=True)
    yield from ((code, told.sources) for code, told in urgencies if told.sources)
    yield "disclosure", loaded.disclosure.sources
    yield "pooling", loaded.pooling.sources
    yield "names in notes", loaded.names.sources
    yield "trends", loaded.trends.sources


def _repeated(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    rules = [rule.id for cause in loaded.causes for rule in (*cause.rules, *cause.caps)]
    called = [called.id for test in loaded.tests for called in test.called_for]
    names = [column.name for column in columns.of(loaded)]
    sources = [source.id for source in loaded.sources]
    masks = [mask.id for cause in loaded.causes for mask in cause.masking]
    flags = [flag.id for flag in loaded.flags]
    gates = [gate.id for gate in _gates(loaded)]
    shown = [*gates, *_measures(loaded), *(entry.id for entry in loaded.differences)]
    shown += [outcome.id for outcome in loaded.outcomes]
    for group in (names, sources, [*rules, *called, *masks, *flags, *shown]):
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
        case expressions.Always():
            return None
        case expressions.Asked(name):
            column = known.get(name)
            right = column is not None and column.kind is columns.Kind.TERNARY
            return None if right else f"'{name}' is not a three-state question"
        case expressions.Answered(name):
            return (
                None
                if condition.blanks and name in known
                else f"'asked {name}' cannot be used here"
            )
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
            right = condition.levels and cause in loaded.cause and level in GRANTED
            return None if right else f"'level {cause} >= {level}' cannot be used here"
        case expressions.Flagged(flag):
            right = condition.flags and flag in loaded.flag
            return None if right else f"'flag {flag}' cannot be used here"


def measured(loaded: knowledge.Knowledge) -> frozenset[str]:
    """The names that stand for a number: columns, and what may be asked over both sides."""
    names = [name for measure in loaded.measurements for name in measure.columns]
    paired = [m.id for m in loaded.measurements if m.sides is not model.Sides.NONE]
    ends = [f"{name}_{end}" for name in paired for end in columns.OVER_SIDES]
    return frozenset((*names, *ends))


def _long(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    for name, text in _cards(loaded):
        if len(text) > score_check.CARD:
            yield name, f"says more than {score_check.CARD} characters"
    for flag in loaded.flags:
        if len(flag.action) > ACTION:
            yield flag.id, f"names an action of more than {ACTION} characters"


def _cards(loaded: knowledge.Knowledge) -> Iterable[tuple[str, str]]:
    for cause in loaded.causes:
        yield from ((cause.id, reason.says) for reason in (*cause.for_, *cause.against))
        yield from ((rule.id, rule.says) for rule in (*cause.rules, *cause.caps))
    for test in loaded.tests:
        yield from ((called.id, called.because) for called in test.called_for)
    yield from ((gate.id, gate.says) for gate in _gates(loaded))
    yield from ((guard.id, guard.instead) for guard in loaded.guards)


def _scales(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Levels and urgencies that no scale has."""
    for cause in loaded.causes:
        for rule in (*cause.rules, *cause.caps):
            if rule.level not in GRANTED:
                yield rule.id, f"grants the level '{rule.level}', which is not one of {GRANTED}"
    for flag in loaded.flags:
        if flag.urgency not in URGENCIES:
            yield flag.id, f"has the urgency '{flag.urgency}', which is not one of {URGENCIES}"
    for called in (called for test in loaded.tests for called in test.called_for):
        if called.urgency and called.urgency not in URGENCIES:
            yield called.id, f"has the urgency '{called.urgency}', which is not one of {URGENCIES}"


def _targets(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Urgencies without a time target, or whose target nobody answers for."""
    for code, told in zip(URGENCIES, loaded.urgencies, strict=True):
        if told.days is None or told.due_soon is None or not 0 <= told.due_soon <= told.days:
            yield code, "needs its target in days, and due_soon from 0 to that many days"
        if not told.sources and not told.doubt:
            yield code, "has a target with neither a source nor a doubt"


def _strangers(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """References between entries that lead nowhere."""
    for owner, part, names, known in _references(loaded):
        yield from (
            (owner, f"names the {part} '{name}', which no file describes")
            for name in names
            if name not in known
        )
    for test in loaded.tests:
        if test.parent and (test.parent not in loaded.test or loaded.test[test.parent].parent):
            yield (
                test.id,
                f"has the parent '{test.parent}', which is not one of the article's tests",
            )


def _follow_ups(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """What goes with something else: that must be there, and a question be asked of everybody."""
    for measure in loaded.measurements:
        if measure.needs and measure.needs not in loaded.choice:
            yield measure.id, f"needs '{measure.needs}', which is no choice"
    for finding in loaded.findings:
        first = loaded.finding.get(finding.only_if)
        if finding.only_if and (first is None or first.only_if):
            yield finding.id, f"follows up '{finding.only_if}', which is no finding asked of all"


def _references(
    loaded: knowledge.Knowledge,
) -> Iterator[tuple[str, str, Iterable[str], Collection[str]]]:
    """Every reference by name: the entry, what it refers to, the names, the names there are."""
    asked = {*loaded.finding, *loaded.choice, *loaded.measurement, *loaded.test}
    anything = {*asked, *_measures(loaded), *loaded.cause, *loaded.flag}
    for cause in loaded.causes:
        yield cause.id, "finding", cause.usual_symptoms, loaded.finding
    for advice in loaded.advice:
        yield advice.id, "cause", advice.causes, loaded.cause
    for gate in loaded.gates:
        yield gate.id, "advice", gate.advice, [entry.id for entry in loaded.advice]
    for guard in loaded.guards:
        yield guard.id, "test", guard.tests, loaded.test
    for escalation in loaded.escalations:
        yield escalation.id, "cause", escalation.causes, loaded.cause
        yield escalation.id, "red flag", escalation.flags, loaded.flag
    for measure in loaded.measurements:
        yield measure.id, "test", [measure.test] if measure.test else [], loaded.test
    for choice in loaded.choices:
        yield choice.id, "test", [choice.test] if choice.test else [], loaded.test
    for mask in (mask for cause in loaded.causes for mask in cause.masking):
        yield mask.id, "question", mask.masks, asked
    for difference in loaded.differences:
        yield difference.id, "entry", difference.about, anything


def _gates(loaded: knowledge.Knowledge) -> tuple[gate_model.Gate | gate_model.Guard, ...]:
    """What stands before an advice, and the orders of tests that are caught."""
    return (*loaded.gates, *loaded.guards)


def _measures(loaded: knowledge.Knowledge) -> list[str]:
    """The ids of all advice and escalations."""
    return [*(entry.id for entry in loaded.advice), *(entry.id for entry in loaded.escalations)]
