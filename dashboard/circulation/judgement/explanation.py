"""One record with its reasons: the same engine on the one word that holds the record.

Nothing is decided here. Every level, flag and called-for test is read off the engine's answer, and
each reason carries its rule, version, sources and the inputs it used.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from circulation.judgement import assessment, rules, standing, typed_results
from circulation.knowledge_base import columns, expressions, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import intake, recorded, ternary

INTAKE = "intake"


@dataclass(frozen=True, slots=True)
class Input:
    """One answer that a condition looked at; ``value`` is '' when it was not asked or measured.

    ``origin`` is when it was typed in the review (UTC, as the ledger has it), or INTAKE; '' where
    the record has no typed results, or for what follows from other answers.
    """

    name: str
    label: str
    value: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """A statement with what it rests on; ``state`` is None while unasked answers leave it open."""

    id: str
    version: int
    says: str
    condition: str
    state: bool | None
    inputs: tuple[Input, ...]
    sources: tuple[str, ...]
    doubt: str

    @property
    def missing(self) -> tuple[Input, ...]:
        """The inputs that were not asked or not measured."""
        return tuple(item for item in self.inputs if not item.value)


@dataclass(frozen=True, slots=True)
class CauseView:
    """One cause: its level, the range it could take, and what speaks for and against it.

    ``by_intake`` is the level without the results typed in the review.
    """

    cause: model.Cause
    level: Level
    by_intake: Level
    lowest: Level
    highest: Level
    supports: tuple[Grounds, ...]
    against: tuple[Grounds, ...]
    not_asked: tuple[Grounds, ...]
    granted: tuple[Grounds, ...]
    held_down: tuple[Grounds, ...]
    masking: tuple[Grounds, ...]
    confirmed: bool | None


@dataclass(frozen=True, slots=True)
class FlagView:
    """One red flag with what it rests on.

    ``held``: the rule would no longer raise it, for results typed since; it stays until sign-off.
    ``by_review``: the intake alone did not raise it.
    """

    flag: model.RedFlag
    grounds: Grounds
    held: bool = False
    by_review: bool = False


@dataclass(frozen=True, slots=True)
class CalledTest:
    """One test: whether it is called for (None: an unasked answer decides), and why."""

    test: model.DiagnosticTest
    called_for: bool | None
    because: tuple[Grounds, ...]
    could_be: tuple[Grounds, ...]


@dataclass(frozen=True, slots=True)
class RecordAssessment:
    """What the rules make of one record; causes by level, then in their fixed order.

    ``typed`` are the results that its review added; ``lowered`` the red flags of the intake that
    the rules let go with them, once the record is signed off.
    """

    record_id: str
    knowledge_version: str
    urgency: Urgency
    urgency_could_be: Urgency
    raised: tuple[FlagView, ...]
    unanswered: tuple[FlagView, ...]
    causes: tuple[CauseView, ...]
    tests: tuple[CalledTest, ...]
    urgency_by_intake: Urgency
    typed: tuple[Input, ...] = ()
    lowered: tuple[FlagView, ...] = ()

    @property
    def leading(self) -> CauseView:
        """The cause with the highest level."""
        return self.causes[0]


def one(record: standing.Record, known: knowledge.Knowledge) -> "OneRecord":
    """The engine on the one word that holds a record, to be asked for further grounds."""
    window = record.window()
    reader = rules.Reader(window, known)
    held = standing.everywhere(record.kept_up, window.words)
    return OneRecord(record, window, reader, known, assessment.assess_reader(reader, known, held))


def explain_record(record: standing.Record, known: knowledge.Knowledge) -> RecordAssessment:
    """One record as it stands, with every reason."""
    return explained(one(record, known))


def explained(found: "OneRecord") -> RecordAssessment:
    """The same of a record that the engine has read already."""
    record, known, result = found.record, found.known, found.result
    flags = [found.flag_view(flag) for flag in known.flags]
    flags.sort(key=lambda view: -Urgency[view.flag.urgency.upper()])
    causes = sorted((found.cause(cause) for cause in known.causes), key=lambda view: -view.level)
    return RecordAssessment(
        record_id=record.table.record_id(record.row),
        knowledge_version=known.version,
        urgency=result.urgency(found.bit),
        urgency_could_be=_could_be(result, found.bit),
        raised=tuple(view for view in flags if view.grounds.state or view.held),
        unanswered=tuple(v for v in flags if v.grounds.state is None and not v.held),
        causes=tuple(causes),
        tests=tuple(found.test(test) for test in known.tests),
        urgency_by_intake=record.urgency_by_intake(result),
        typed=tuple(found.typed()),
        lowered=tuple(v for v in flags if v.flag.id in record.lowered and not v.held),
    )


def _could_be(result: assessment.Assessment, bit: int) -> Urgency:
    open_ones = [
        u for u, answer in result.sooner.items() if ternary.state(answer, bit) is not False
    ]
    return max(open_ones, default=Urgency.ROUTINE)


@dataclass(frozen=True, slots=True)
class OneRecord:
    """The record being explained, and the engine that has read it."""

    record: standing.Record
    window: intake.Window
    reader: rules.Reader
    known: knowledge.Knowledge
    result: assessment.Assessment

    @property
    def bit(self) -> int:
        """The row's place in its word."""
        return self.record.row % ternary.WORD

    @property
    def before(self) -> int:
        """The place of the intake alone."""
        return self.record.before % ternary.WORD

    def flag_view(self, flag: model.RedFlag) -> FlagView:
        """One red flag, its grounds, and whether results of the review decided it."""
        grounds, held = self.flag(flag), flag.id in self.record.kept_up
        before = ternary.holds(self.reader.flags[flag.id].present, self.before)
        return FlagView(flag, grounds, held, by_review=bool(grounds.state) and not before)

    def typed(self) -> Iterable[Input]:
        """The results of the review that rules can read, in the order of the columns."""
        record, known = self.record, self.known
        idle = typed_results.lacking(record.table, record.row, record.typed, known)
        for name in (name for name in columns.by_name(known) if name in record.typed):
            if (value := record.typed[name].value) and name not in idle:
                yield self._input(name, value)

    def cause(self, cause: model.Cause) -> CauseView:
        """One cause with its level, the range it could take, and every reason."""
        supports = [self._reason(reason) for reason in cause.for_]
        against = [self._reason(reason) for reason in cause.against]
        suspicion = self.result.causes[cause.id]
        return CauseView(
            cause=cause,
            level=suspicion.level(self.bit),
            by_intake=suspicion.level(self.before),
            lowest=suspicion.lowest(self.bit),
            highest=suspicion.highest(self.bit),
            supports=_held(supports),
            against=_held(against),
            not_asked=tuple(item for item in (*supports, *against) if item.state is None),
            granted=_held(self._rule(rule) for rule in cause.rules),
            held_down=_held(self._rule(cap) for cap in cause.caps),
            masking=_held(self._mask(mask) for mask in cause.masking),
            confirmed=ternary.state(self.result.confirmed[cause.id], self.bit),
        )

    def flag(self, flag: model.RedFlag) -> Grounds:
        """The grounds of one red flag, whatever its answer."""
        return self.grounds(flag.id, flag.version, flag.label, flag.when, flag.sources, flag.doubt)

    def test(self, test: model.DiagnosticTest) -> CalledTest:
        """One test: whether it is called for, by what, and what could still call for it."""
        reasons = [
            self.grounds(c.id, c.version, c.because, c.when, c.sources, c.doubt)
            for c in test.called_for
        ]
        return CalledTest(
            test=test,
            called_for=ternary.state(self.result.tests[test.id], self.bit),
            because=_held(reasons),
            could_be=tuple(item for item in reasons if item.state is None),
        )

    def _reason(self, reason: model.Reason) -> Grounds:
        return self.grounds("", 1, reason.says, reason.when, reason.sources, reason.doubt)

    def _rule(self, rule: model.Rule) -> Grounds:
        return self.grounds(rule.id, rule.version, rule.says, rule.when, rule.sources, rule.doubt)

    def _mask(self, mask: model.Masking) -> Grounds:
        return self.grounds(mask.id, mask.version, mask.says, mask.when, mask.sources, mask.doubt)

    def grounds(
        self, name: str, version: int, says: str, when: str, sources: tuple[str, ...], doubt: str
    ) -> Grounds:
        """A statement of the knowledge, with what it rests on in this record."""
        state = ternary.state(self.reader.read(when), self.bit)
        inputs = dict.fromkeys(expressions.atoms(expressions.parse(when)))
        return Grounds(
            id=name,
            version=version,
            says=says,
            condition=when,
            state=state,
            inputs=tuple(item for atom in inputs for item in self._inputs(atom)),
            sources=sources,
            doubt=doubt,
        )

    def _input(self, name: str, value: str) -> Input:
        """An answer with its origin, where the record has more than one."""
        typed = self.record.typed.get(name)
        origin = typed.at if typed else INTAKE
        label = columns.label(self.known, name)
        return Input(name, label, value, origin if value and self.record.typed else "")

    def _answer(self, name: str) -> Input:
        recorded_as = recorded.text(self.window.intake, name, self.record.row)
        found, worked = self._input(name, recorded_as), self.reader.worked_out(name, self.bit)
        return found if found.value else replace(found, value=worked)

    def _inputs(self, atom: expressions.Atom) -> Iterable[Input]:
        table, row = self.window.intake, self.record.row
        match atom:
            case expressions.Asked(name) | expressions.Answered(name) | expressions.OneOf(name):
                yield self._answer(name)
            case expressions.Compare("age", _, _):
                found = self._input("age_band", table.value("age_band", row))
                yield replace(found, label="Age band")
            case expressions.Compare(name, _, _):
                for column in columns.measured(name):
                    yield self._answer(column)
            case expressions.LevelReached(cause, _):
                level = self.result.causes[cause].level(self.bit)
                yield Input(cause, self.known.cause[cause].label, self.known.level(level).label)
            case expressions.Flagged(flag):
                raised = ternary.state(self.reader.flags[flag], self.bit)
                value = {True: "raised", False: "not raised", None: ""}[raised]
                yield Input(flag, self.known.flag[flag].label, value)


def _held(grounds: Iterable[Grounds]) -> tuple[Grounds, ...]:
    return tuple(item for item in grounds if item.state)
