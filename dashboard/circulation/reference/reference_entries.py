"""What an entry of the knowledge is: its id, its words, its sources and the file it stands in."""

import enum
from dataclasses import dataclass
from typing import TypeAlias

from circulation.knowledge_base import (
    gate_model,
    name_model,
    outcome_model,
    review_model,
    score_model,
    settings_model,
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
    | settings_model.Disclosure
    | settings_model.Trends
    | settings_model.Pooling
    | name_model.NameWords
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
            case settings_model.Disclosure():
                return "Small numbers"
            case settings_model.Trends():
                return "Process limits"
            case settings_model.Pooling():
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
        """The version of a rule or of a score, '' for none."""
        match self.thing:
            case model.Rule(version=version) | model.RedFlag(version=version):
                return str(version)
            case model.CalledFor(version=version) | model.Masking(version=version):
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
