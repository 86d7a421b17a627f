"""What the rules make of every record: suspicion per cause, red flags, urgency, tests called for.

All of it is columns beside the intake table, computed by one vectorised engine in blocks of words
that stay in the processor's cache.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from circulation.judgement import rules
from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import intake, ternary
from circulation.records.ternary import Bits, Ternary

BLOCK = 8192
GRANTED = (Level.POSSIBLE, Level.SUPPORTED, Level.STRONG, Level.URGENT)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One cause over all rows, for each level that a rule can grant (in GRANTED's order).

    ``reached`` is three-valued: present when the level is reached whatever the unasked answers
    are, absent when it cannot be reached. ``point`` is what the recorded answers alone support: a
    cap that was not asked does not hold the level down.
    """

    reached: tuple[Ternary, ...]
    point: tuple[Bits, ...]

    def supported(self) -> Ternary:
        """Supported by findings: present, absent when it cannot become so, else open."""
        return self.at_least(Level.SUPPORTED)

    def at_least(self, level: Level) -> Ternary:
        """The level as shown: present, absent when it cannot become so high, else open."""
        place = GRANTED.index(level)
        yes = self.point[place]
        return Ternary(yes, self.reached[place].absent & ~yes)

    def level(self, row: int) -> Level:
        """The level that the recorded answers support; OPEN when unasked answers could."""
        for level, bits in zip(reversed(GRANTED), reversed(self.point), strict=True):
            if ternary.holds(bits, row):
                return level
        return Level.OPEN if self.highest(row) > Level.NOT_SUPPORTED else Level.NOT_SUPPORTED

    def lowest(self, row: int) -> Level:
        """The level if every unasked answer were the least favourable."""
        return self._last(row, [answer.present for answer in self.reached])

    def highest(self, row: int) -> Level:
        """The level if every unasked answer were the most favourable."""
        return self._last(row, [~answer.absent for answer in self.reached])

    @staticmethod
    def _last(row: int, columns: Iterable[Bits]) -> Level:
        found = [
            level for level, bits in zip(GRANTED, columns, strict=True) if ternary.holds(bits, row)
        ]
        return max(found, default=Level.NOT_SUPPORTED)


@dataclass(frozen=True, eq=False)
class Assessment:
    """The rules' answers for every row of a table."""

    knowledge_version: str
    causes: Mapping[str, Suspicion]
    flags: Mapping[str, Ternary]
    tests: Mapping[str, Ternary]
    confirmed: Mapping[str, Ternary]
    sooner: Mapping[Urgency, Ternary]

    def urgency(self, row: int) -> Urgency:
        """The urgency that the recorded answers call for."""
        raised = [u for u, answer in self.sooner.items() if ternary.holds(answer.present, row)]
        return max(raised, default=Urgency.ROUTINE)

    def with_urgency(self, urgency: Urgency, real: Bits) -> Bits:
        """The rows that have exactly this urgency."""
        above = [answer.present for u, answer in self.sooner.items() if u > urgency]
        rows = self.sooner[urgency].present if urgency in self.sooner else real
        return reduce(lambda left, right: left & ~right, above, rows & real)


def assess(table: intake.Intake, known: knowledge.Knowledge) -> Assessment:
    """Every rule over every record."""
    starts = range(0, table.words, BLOCK) or [0]
    windows = [table.window(start, min(start + BLOCK, table.words)) for start in starts]
    parts = [assess_window(window, known) for window in windows]
    return parts[0] if len(parts) == 1 else _joined(parts)


def assess_window(
    window: intake.Window, known: knowledge.Knowledge, held: Mapping[str, Bits] | None = None
) -> Assessment:
    """Every rule over the rows of one window."""
    reader = rules.Reader(window, known)
    return assess_reader(reader, known, held)


def assess_reader(
    reader: rules.Reader, known: knowledge.Knowledge, held: Mapping[str, Bits] | None = None
) -> Assessment:
    """The same on a reader that the caller keeps, to ask it for the reasons afterwards.

    ``held``: by red flag the rows in which it stays raised, with all that hangs on it, whatever
    its rule says.
    """
    causes = {cause.id: _suspicion(cause, reader) for cause in known.causes}
    for name, suspicion in causes.items():
        for level in GRANTED:
            reader.reached[name, level] = suspicion.at_least(level)
    for flag in known.flags:
        reader.flags[flag.id] = _kept_up(reader.read(flag.when), (held or {}).get(flag.id))
    return Assessment(
        knowledge_version=known.version,
        causes=causes,
        flags=reader.flags,
        tests=_tests(reader, known),
        confirmed=confirmed(reader, known),
        sooner={u: _sooner(u, reader, known) for u in (Urgency.SAME_DAY, Urgency.WITHIN_2_WEEKS)},
    )


def _suspicion(cause: model.Cause, reader: rules.Reader) -> Suspicion:
    reached, point = [], []
    urgent = [rule.when for rule in cause.rules if _level(rule) is Level.URGENT]
    for level in GRANTED:
        granting = [r.when for r in cause.rules if level <= _level(r) and _level(r) < Level.URGENT]
        capping = [cap.when for cap in cause.caps if _level(cap) < level]
        capped = _any(capping, reader)
        held = ternary.both(_settled(granting, reader), ternary.opposite(capped))
        reached.append(ternary.either(held, _settled(urgent, reader)))
        granted = _any(granting, reader).present & ~capped.present
        point.append(granted | _any(urgent, reader).present)
    return Suspicion(tuple(reached), tuple(point))


def _kept_up(answer: Ternary, rows: Bits | None) -> Ternary:
    return answer if rows is None else Ternary(answer.present | rows, answer.absent & ~rows)


def _level(rule: model.Rule) -> Level:
    return Level[rule.level.upper()]


def _any(conditions: Iterable[str], reader: rules.Reader) -> Ternary:
    never = ternary.certain(reader.window.words, value=False)
    return reduce(ternary.either, [reader.read(condition) for condition in conditions], never)


def _settled(conditions: Iterable[str], reader: rules.Reader) -> Ternary:
    never = ternary.certain(reader.window.words, value=False)
    return reduce(ternary.either, [reader.settled(condition) for condition in conditions], never)


def _tests(reader: rules.Reader, known: knowledge.Knowledge) -> dict[str, Ternary]:
    """A test is called for by its own reasons; one of the article's also by a test under it."""
    own = {test.id: _any([c.when for c in test.called_for], reader) for test in known.tests}
    for test in known.tests:
        if test.parent:
            own[test.parent] = ternary.either(own[test.parent], own[test.id])
    return own


def confirmed(reader: rules.Reader, known: knowledge.Knowledge) -> dict[str, Ternary]:
    """Every cause: confirmed or refuted as recorded or measured."""
    return {cause.id: _confirmed(cause, reader) for cause in known.causes}


def _confirmed(cause: model.Cause, reader: rules.Reader) -> Ternary:
    """Confirmed as recorded, or by the measurement that the knowledge names."""
    recorded = reader.window.answer(f"confirmed_{cause.id}")
    if not cause.confirmed_when:
        return recorded
    measured = reader.read(cause.confirmed_when)
    present = recorded.present | measured.present
    return Ternary(present, (recorded.absent | measured.absent) & ~present)


def _sooner(urgency: Urgency, reader: rules.Reader, known: knowledge.Knowledge) -> Ternary:
    never = ternary.certain(reader.window.words, value=False)
    raised = [
        reader.flags[flag.id] for flag in known.flags if Urgency[flag.urgency.upper()] >= urgency
    ]
    return reduce(ternary.either, raised, never)


def _joined(parts: list[Assessment]) -> Assessment:
    first = parts[0]

    def join(pick: list[Ternary]) -> Ternary:
        present = ternary.frozen(np.concatenate([part.present for part in pick]))
        return Ternary(present, ternary.frozen(np.concatenate([part.absent for part in pick])))

    def suspicion(cause: str) -> Suspicion:
        pieces = [part.causes[cause] for part in parts]
        return Suspicion(
            tuple(join([p.reached[i] for p in pieces]) for i in range(len(GRANTED))),
            tuple(
                ternary.frozen(np.concatenate([p.point[i] for p in pieces]))
                for i in range(len(GRANTED))
            ),
        )

    return Assessment(
        knowledge_version=first.knowledge_version,
        causes={cause: suspicion(cause) for cause in first.causes},
        flags={name: join([part.flags[name] for part in parts]) for name in first.flags},
        tests={name: join([part.tests[name] for part in parts]) for name in first.tests},
        confirmed={c: join([part.confirmed[c] for part in parts]) for c in first.confirmed},
        sooner={u: join([part.sooner[u] for part in parts]) for u in first.sooner},
    )
