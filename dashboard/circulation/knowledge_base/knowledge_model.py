"""The entries of the knowledge: one frozen dataclass for each kind of entry in data/knowledge."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

UNREVIEWED = "unreviewed"


class Sides(StrEnum):
    """Where a measurement is taken."""

    NONE = "none"
    LEG = "leg"
    ARM = "arm"


@dataclass(frozen=True)
class FileNote:
    """Who answers for a knowledge file and until when it holds."""

    owner: str
    reviewed_by: str
    reviewed_on: str
    review_due: date
    version: str

    @property
    def reviewed(self) -> bool:
        """Whether a clinician has signed the file."""
        return self.reviewed_by != UNREVIEWED

    def overdue(self, today: date) -> bool:
        """Whether its review date has passed."""
        return today > self.review_due


@dataclass(frozen=True)
class Source:
    """Where a statement comes from."""

    id: str
    title: str
    kind: str
    where: str
    note: str = ""


@dataclass(frozen=True)
class Label:
    """The words for one code; an urgency is due after ``days``, and ``due_soon`` days before."""

    label: str
    meaning: str = ""
    days: int | None = None
    due_soon: int | None = None
    sources: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Finding:
    """A three-state question; ``only_if`` names the finding that it follows up."""

    id: str
    label: str
    kind: str
    group: str
    sources: tuple[str, ...]
    sided: bool = False
    timed: bool = False
    on_distribution: bool = False
    only_if: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Value:
    """One value of a choice."""

    code: str
    label: str


@dataclass(frozen=True)
class Choice:
    """A question with a closed list of answers; with a ``test`` it is part of that one's result."""

    id: str
    label: str
    group: str
    values: tuple[Value, ...]
    sources: tuple[str, ...]
    doubt: str = ""
    test: str = ""


@dataclass(frozen=True)
class Measurement:
    """A number with its unit; outside low..high (inclusive) it is refused as impossible.

    ``needs`` is the choice without which no rule can read it, such as the type of its unit.
    """

    id: str
    label: str
    unit: str
    decimals: int
    low: Decimal
    high: Decimal
    sides: Sides
    sources: tuple[str, ...]
    test: str = ""
    reference: str = ""
    needs: str = ""
    doubt: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The record's columns that hold it."""
        if self.sides is Sides.NONE:
            return (self.id,)
        return (f"{self.id}_left", f"{self.id}_right")


@dataclass(frozen=True)
class CalledFor:
    """A reason to ask for a test."""

    id: str
    version: int
    when: str
    because: str
    sources: tuple[str, ...]
    urgency: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class DiagnosticTest:
    """A test of the checklist; ``parent`` is empty for the seven of the clinic's article."""

    id: str
    label: str
    purpose: str
    sources: tuple[str, ...]
    parent: str = ""
    not_alone: str = ""
    doubt: str = ""
    called_for: tuple[CalledFor, ...] = ()


@dataclass(frozen=True)
class Reason:
    """A finding that speaks for or against a cause."""

    when: str
    says: str
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Rule:
    """A condition that grants (or, as a cap, limits) a level of suspicion."""

    id: str
    version: int
    level: str
    when: str
    says: str
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Masking:
    """A fact that makes a negative untrustworthy."""

    id: str
    version: int
    when: str
    says: str
    masks: tuple[str, ...]
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Cause:
    """A suspected cause; ``confirmed_elsewhere`` is another limit in use, counted beside ours."""

    id: str
    label: str
    short: str
    summary: str
    sources: tuple[str, ...]
    article_points: tuple[str, ...] = ()
    confirmed_when: str = ""
    confirmed_meaning: str = ""
    confirmed_elsewhere: str = ""
    usual_symptoms: tuple[str, ...] = ()
    doubt: str = ""
    for_: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    rules: tuple[Rule, ...] = ()
    caps: tuple[Rule, ...] = ()
    masking: tuple[Masking, ...] = ()


@dataclass(frozen=True)
class RedFlag:
    """Findings that published guidance treats as urgent."""

    id: str
    version: int
    label: str
    when: str
    urgency: str
    time: str
    action: str
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Advice:
    """A lifestyle measure or a treatment, with its stop-sign."""

    id: str
    label: str
    kind: str
    helps: str
    stop_sign: str
    causes: tuple[str, ...]
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Escalation:
    """What an untreated cause may lead to."""

    id: str
    label: str
    summary: str
    causes: tuple[str, ...]
    sources: tuple[str, ...]
    flags: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Difference:
    """Where the clinic's article and guidance differ; the guidance is shown, both are named."""

    id: str
    article_says: str
    problem: str
    shown_instead: str
    about: tuple[str, ...]
    sources: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True)
class AgeBand:
    """A band of whole years, both ends included; the last band is open upwards."""

    code: str
    low: int
    high: int | None
