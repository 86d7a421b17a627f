"""Every entry of the knowledge in one list, with its id, its words and the file it stands in."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from circulation.knowledge_base import (
    gate_model,
    knowledge,
    levels,
    outcome_model,
    pooling_model,
    review_model,
    score_model,
)
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_loading import score_check

Thing: TypeAlias = (
    model.Cause
    | model.Reason
    | model.Rule
    | model.Masking
    | model.Finding
    | model.Choice
    | model.Measurement
    | model.DiagnosticTest
    | model.CalledFor
    | outcome_model.Outcome
    | model.RedFlag
    | model.Advice
    | model.Escalation
    | model.Difference
    | model.Source
    | model.Label
    | model.DisclosureSettings
    | model.TrendSettings
    | pooling_model.Pooling
    | review_model.ReviewSettings
    | review_model.ReviewWord
    | review_model.ReviewReason
    | review_model.ReviewResults
    | review_model.ReviewBulk
    | review_model.Settling
    | gate_model.Gate
    | gate_model.Guard
    | score_model.Score
    | score_model.Note
    | score_model.Closing
)


class Kind(enum.StrEnum):
    """What an entry is; the order is that of search results that fit equally well."""

    CAUSE = "Cause"
    FLAG = "Red flag"
    TEST = "Test"
    FINDING = "Finding"
    CHOICE = "Choice"
    MEASUREMENT = "Measurement"
    SCORE = "Score"
    SCORE_NOTE = "Note beside a score"
    SCORE_CLOSED = "Where a score is not valid"
    RULE = "Rule"
    CAP = "Cap"
    MASKING = "Masking fact"
    CALLED_FOR = "Reason for a test"
    OUTCOME = "Result a test can have"
    FOR = "Speaks for"
    AGAINST = "Speaks against"
    ADVICE = "Measure or treatment"
    GATE = "Stop-sign of a measure or treatment"
    GUARD = "Order of tests"
    ESCALATION = "Escalation"
    DIFFERENCE = "Article and guidance"
    LEVEL = "Level"
    URGENCY = "Urgency"
    SETTING = "Setting"
    REVIEW_WORD = "Choice of a review"
    SETTLING = "Result that settles a cause"
    SOURCE = "Source"


@dataclass(frozen=True)
class Entry:
    """One entry; ``part_of`` is the cause or test it belongs to.

    Reasons for and against have no id of their own: theirs counts them in the order of the file.
    """

    id: str
    kind: Kind
    thing: Thing
    file: str
    part_of: str = ""

    @property
    def title(self) -> str:
        """The words it is known by."""
        match self.thing:
            case model.Reason() | model.Rule() | model.Masking():
                return self.thing.says
            case model.CalledFor():
                return self.thing.because
            case score_model.Note() | gate_model.Gate():
                return self.thing.says
            case score_model.Closing():
                return self.thing.reason
            case model.Difference():
                return self.thing.article_says
            case model.Source():
                return self.thing.title
            case model.DisclosureSettings():
                return "Small numbers"
            case model.TrendSettings():
                return "Process limits"
            case pooling_model.Pooling():
                return "Figures about clinicians, pooled"
            case review_model.ReviewSettings():
                return "Your view first, second reviewer, second look"
            case review_model.ReviewResults():
                return "Results typed in a review"
            case _:
                return self.thing.label

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources it rests on; a source itself has none."""
        return () if isinstance(self.thing, model.Source) else self.thing.sources

    @property
    def doubt(self) -> str:
        """What is conflicting or unverified, '' for nothing."""
        return "" if isinstance(self.thing, model.Source) else self.thing.doubt

    @property
    def article(self) -> bool:
        """Whether the clinic's article states it."""
        return "ARTICLE" in self.sources

    @property
    def version(self) -> str:
        """The version of a rule, a cap, a red flag or a score, '' for none."""
        match self.thing:
            case model.Rule(version=version) | model.RedFlag(version=version):
                return str(version)
            case gate_model.Gate(version=version) | gate_model.Guard(version=version):
                return str(version)
            case score_model.Score(version=version):
                return version
            case _:
                return ""

    @property
    def when(self) -> str:
        """The condition under which it holds, '' for none."""
        match self.thing:
            case model.Cause():
                return self.thing.confirmed_when
            case model.Reason() | model.Rule() | model.Masking():
                return self.thing.when
            case model.CalledFor() | model.RedFlag() | review_model.Settling():
                return self.thing.when
            case gate_model.Gate() | gate_model.Guard():
                return self.thing.when
            case _:
                return ""

    @property
    def reads(self) -> tuple[str, ...]:
        """The conditions on the record that a score reads its inputs from."""
        if not isinstance(self.thing, score_model.Score):
            return ()
        return tuple(condition for _, condition in score_check.record_conditions(self.thing))

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of other entries that it names itself."""
        match self.thing:
            case model.Rule(level=level):
                return (level,)
            case model.RedFlag(urgency=urgency) | model.CalledFor(urgency=urgency):
                return (urgency,) if urgency else ()
            case model.Masking(masks=names) | model.Advice(causes=names):
                return names
            case model.Escalation(causes=causes, flags=flags):
                return (*causes, *flags)
            case model.Difference(about=names):
                return names
            case gate_model.Gate(advice=names) | gate_model.Guard(tests=names):
                return names
            case score_model.Score():
                return (self.thing.cause, *score_check.record_columns(self.thing))
            case model.Measurement(test=name) | model.DiagnosticTest(parent=name):
                return (name,) if name else ()
            case outcome_model.Outcome(test=name):
                return (name,)
            case _:
                return ()


@lru_cache(maxsize=4)
def every(known: knowledge.Knowledge) -> tuple[Entry, ...]:
    """All entries, kind by kind in the order of the files."""
    return tuple(_all(known))


def _all(known: knowledge.Knowledge) -> Iterator[Entry]:
    for cause in known.causes:
        yield from _cause(cause)
    for flag in known.flags:
        yield Entry(flag.id, Kind.FLAG, flag, "red_flags.toml")
    yield from _answers(known)
    for score in known.scores:
        yield from _score(score)
    for advice in known.advice:
        name = "treatments" if advice.kind == "treatment" else "lifestyle"
        yield Entry(advice.id, Kind.ADVICE, advice, f"measures/{name}.toml")
    for gate in known.gates:
        yield Entry(gate.id, Kind.GATE, gate, "advice_gates.toml", gate.advice[0])
    for guard in known.guards:
        yield Entry(guard.id, Kind.GUARD, guard, "test_order.toml", guard.tests[0])
    for escalation in known.escalations:
        yield Entry(escalation.id, Kind.ESCALATION, escalation, "escalations.toml")
    for difference in known.differences:
        yield Entry(difference.id, Kind.DIFFERENCE, difference, "differences.toml")
    yield from _whole_product(known)
    for source in known.sources:
        yield Entry(source.id, Kind.SOURCE, source, "sources.toml")


def _answers(known: knowledge.Knowledge) -> Iterator[Entry]:
    """What a record can hold: tests with the reasons that call for them, findings, numbers."""
    for test in known.tests:
        yield Entry(test.id, Kind.TEST, test, "diagnostic_tests.toml", test.parent)
        for called in test.called_for:
            yield Entry(called.id, Kind.CALLED_FOR, called, "diagnostic_tests.toml", test.id)
    for outcome in known.outcomes:
        yield Entry(outcome.id, Kind.OUTCOME, outcome, "test_outcomes.toml", outcome.test)
    for finding in known.findings:
        yield Entry(finding.id, Kind.FINDING, finding, "findings.toml")
    for choice in known.choices:
        yield Entry(choice.id, Kind.CHOICE, choice, "findings.toml")
    for measure in known.measurements:
        yield Entry(measure.id, Kind.MEASUREMENT, measure, "measurements.toml", measure.test)


def _whole_product(known: knowledge.Knowledge) -> Iterator[Entry]:
    """The words and numbers that hold everywhere."""
    file = "knowledge.toml"
    for level in levels.Level:
        yield Entry(level.code, Kind.LEVEL, known.level(level), file)
    for urgency in levels.Urgency:
        yield Entry(urgency.code, Kind.URGENCY, known.urgency(urgency), file)
    yield Entry("disclosure", Kind.SETTING, known.disclosure, file)
    yield Entry("trends", Kind.SETTING, known.trends, file)
    yield Entry("pooling", Kind.SETTING, known.pooling, file)
    yield from _reviewing(known.reviewing)


def _reviewing(chosen: review_model.Reviewing) -> Iterator[Entry]:
    """How the clinic reviews, and what it chooses from."""
    yield Entry("review settings", Kind.SETTING, chosen.settings, "review.toml")
    yield Entry("review results", Kind.SETTING, chosen.results, "review.toml")
    yield Entry("review bulk", Kind.SETTING, chosen.bulk, "review.toml")
    for word in chosen.every_word:
        yield Entry(word.id, Kind.REVIEW_WORD, word, "review.toml")
    for settling in chosen.settling:
        yield Entry(settling.id, Kind.SETTLING, settling, "review.toml", settling.cause)


def _score(score: score_model.Score) -> Iterator[Entry]:
    file = f"scores/{score.id}.toml"
    yield Entry(score.id, Kind.SCORE, score, file, score.cause)
    for place, note in enumerate(score.notes, start=1):
        yield Entry(f"{score.id}-note-{place}", Kind.SCORE_NOTE, note, file, score.id)
    for place, closing in enumerate(score.closings, start=1):
        yield Entry(f"{score.id}-closed-{place}", Kind.SCORE_CLOSED, closing, file, score.id)


def _cause(cause: model.Cause) -> Iterator[Entry]:
    file = f"causes/{cause.id}.toml"
    yield Entry(cause.id, Kind.CAUSE, cause, file)
    for place, reason in enumerate(cause.for_, start=1):
        yield Entry(f"{cause.id}-for-{place}", Kind.FOR, reason, file, cause.id)
    for place, reason in enumerate(cause.against, start=1):
        yield Entry(f"{cause.id}-against-{place}", Kind.AGAINST, reason, file, cause.id)
    for rule in cause.rules:
        yield Entry(rule.id, Kind.RULE, rule, file, cause.id)
    for cap in cause.caps:
        yield Entry(cap.id, Kind.CAP, cap, file, cause.id)
    for mask in cause.masking:
        yield Entry(mask.id, Kind.MASKING, mask, file, cause.id)
