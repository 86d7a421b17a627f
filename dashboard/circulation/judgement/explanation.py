"""One record with its reasons: the same engine on the one word that holds the record.

Nothing is decided here. Every level, flag and called-for test is read off the engine's answer, and
each reason carries its rule, version, sources and the inputs it used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from circulation.judgement import assessment, rules
from circulation.knowledge_base import expressions, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import alteration, columns, intake, ternary


@dataclass(frozen=True, slots=True)
class Input:
    """One answer that a condition looked at; ``value`` is '' when it was not asked or measured."""

    name: str
    label: str
    value: str


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
    """One cause: its level, the range it could take, and what speaks for and against it."""

    cause: model.Cause
    level: Level
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
    """One red flag with what it rests on."""

    flag: model.RedFlag
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class CalledTest:
    """One test: whether it is called for (None: an unasked answer decides), and why."""

    test: model.DiagnosticTest
    called_for: bool | None
    because: tuple[Grounds, ...]
    could_be: tuple[Grounds, ...]


@dataclass(frozen=True, slots=True)
class RecordAssessment:
    """What the rules make of one record; causes by level, then in their fixed order."""

    record_id: str
    knowledge_version: str
    urgency: Urgency
    urgency_could_be: Urgency
    raised: tuple[FlagView, ...]
    unanswered: tuple[FlagView, ...]
    causes: tuple[CauseView, ...]
    tests: tuple[CalledTest, ...]

    @property
    def leading(self) -> CauseView:
        """The cause with the highest level."""
        return self.causes[0]


def explain(table: intake.Intake, row: int, known: knowledge.Knowledge) -> RecordAssessment:
    """One record of the table, with every reason."""
    return explain_window(table.window(row // ternary.WORD, row // ternary.WORD + 1), row, known)


def one(
    table: intake.Intake,
    row: int,
    known: knowledge.Knowledge,
    stand: Mapping[str, str] | None = None,
) -> "OneRecord":
    """The engine on the one word that holds a row, to be asked for further grounds.

    ``stand`` are the columns that a review has changed since, by their text as in the CSV.
    """
    if stand:
        table = alteration.altered(table, row, stand, columns.by_name(known))
        row %= ternary.WORD
    window = table.window(row // ternary.WORD, row // ternary.WORD + 1)
    reader = rules.Reader(window, known.age_bands)
    return OneRecord(window, row, reader, known, assessment.assess_reader(reader, known))


def explain_window(window: intake.Window, row: int, known: knowledge.Knowledge) -> RecordAssessment:
    """The same on a window of the one word that holds the row."""
    reader = rules.Reader(window, known.age_bands)
    result = assessment.assess_reader(reader, known)
    one = OneRecord(window, row, reader, known, result)
    flags = [FlagView(flag, one.flag(flag)) for flag in known.flags]
    flags.sort(key=lambda view: -Urgency[view.flag.urgency.upper()])
    causes = sorted((one.cause(cause) for cause in known.causes), key=lambda view: -view.level)
    return RecordAssessment(
        record_id=window.intake.record_id(row),
        knowledge_version=known.version,
        urgency=result.urgency(one.bit),
        urgency_could_be=_could_be(result, one.bit),
        raised=tuple(view for view in flags if view.grounds.state),
        unanswered=tuple(view for view in flags if view.grounds.state is None),
        causes=tuple(causes),
        tests=tuple(one.test(test) for test in known.tests),
    )


def _could_be(result: assessment.Assessment, bit: int) -> Urgency:
    open_ones = [
        u for u, answer in result.sooner.items() if ternary.state(answer, bit) is not False
    ]
    return max(open_ones, default=Urgency.ROUTINE)


@dataclass(frozen=True, slots=True)
class OneRecord:
    """The row being explained, and the engine that has read it."""

    window: intake.Window
    row: int
    reader: rules.Reader
    known: knowledge.Knowledge
    result: assessment.Assessment

    @property
    def bit(self) -> int:
        """The row's place in its word."""
        return self.row % ternary.WORD

    def cause(self, cause: model.Cause) -> CauseView:
        supports = [self._reason(reason) for reason in cause.for_]
        against = [self._reason(reason) for reason in cause.against]
        suspicion = self.result.causes[cause.id]
        return CauseView(
            cause=cause,
            level=suspicion.level(self.bit),
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
        return self.grounds(flag.id, flag.version, flag.label, flag.when, flag.sources, flag.doubt)

    def test(self, test: model.DiagnosticTest) -> CalledTest:
        reasons = [
            self.grounds(c.id, 1, c.because, c.when, c.sources, c.doubt) for c in test.called_for
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
        return self.grounds(mask.id, 1, mask.says, mask.when, mask.sources, mask.doubt)

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

    def _inputs(self, atom: expressions.Atom) -> Iterable[Input]:
        table, row = self.window.intake, self.row
        match atom:
            case expressions.Asked(name):
                answer = ternary.state(self.window.answer(name), self.bit)
                value = {True: "present", False: "absent", None: ""}[answer]
                yield Input(name, columns.label(self.known, name), value)
            case expressions.Answered(name):
                yield Input(name, columns.label(self.known, name), _recorded(table, name, row))
            case expressions.OneOf(name, _):
                yield Input(name, columns.label(self.known, name), table.value(name, row))
            case expressions.Compare("age", _, _):
                yield Input("age_band", "Age band", table.value("age_band", row))
            case expressions.Compare(name, _, _):
                for column in columns.measured(name):
                    yield Input(column, columns.label(self.known, column), table.text(column, row))
            case expressions.LevelReached(cause, _):
                level = self.result.causes[cause].level(self.bit)
                yield Input(cause, self.known.cause[cause].label, self.known.level(level).label)
            case expressions.Flagged(flag):
                raised = ternary.state(self.reader.flags[flag], self.bit)
                value = {True: "raised", False: "not raised", None: ""}[raised]
                yield Input(flag, self.known.flag[flag].label, value)


def _recorded(table: intake.Intake, name: str, row: int) -> str:
    """One row's answer in any kind of column, '' when it is blank."""
    if name in table.ternaries:
        answer = ternary.state(table.ternaries[name], row)
        return {True: "present", False: "absent", None: ""}[answer]
    return table.value(name, row) if name in table.categories else table.text(name, row)


def _held(grounds: Iterable[Grounds]) -> tuple[Grounds, ...]:
    return tuple(item for item in grounds if item.state)
