"""The numbers behind the made-up persons and their answers: one frozen dataclass for each kind.

A record is in several *states*: its profiles (what the made-up person suffers from), the
conditions ``woman`` and ``older``, and at most one urgent story. Every number may depend on them.
``basis`` names a source of the knowledge or says that the number is an assumption.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Bell: TypeAlias = tuple[float, ...]
"""Mean, standard deviation, lowest, highest."""


@dataclass(frozen=True)
class Likelihood:
    """How likely something is: the highest of ``base`` and of the states a record is in."""

    base: float = 0.0
    by: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Demo:
    """The records that a fresh installation shows."""

    records: int
    seed: int
    basis: str


@dataclass(frozen=True)
class Period:
    """When records come in. ``step`` multiplies the weekly intake in the last ``step_days``."""

    days: int
    step: float
    step_days: int
    weekdays: tuple[float, ...]
    undated: float
    recent_days: int
    recent_urgent: float
    basis: str


@dataclass(frozen=True)
class Site:
    """A clinic site; ``unasked`` multiplies the likelihood of a question not asked there."""

    name: str
    share: float
    basis: str
    unasked: float = 1.0
    si_units: bool = False


@dataclass(frozen=True)
class Season:
    """How the intake follows the months, January first, mean 1."""

    id: str
    months: tuple[float, ...]
    basis: str


@dataclass(frozen=True)
class Profile:
    """What a made-up person suffers from. ``share`` as main trouble, ``elsewhere`` as another."""

    id: str
    cause: str
    share: float
    elsewhere: float
    age: Bell
    female: float
    season: str
    basis: str
    one_leg: bool = False


@dataclass(frozen=True)
class Together:
    """How likely a second profile is, given the main one or its cause."""

    given: str
    adds: str
    chance: float
    basis: str
    from_age: int = 0


@dataclass(frozen=True)
class People:
    """What holds for everybody. Urgent cases are worked up after ``urgent_days`` at the latest."""

    older_from: int
    left_leg: float
    usual_leg: float
    one_leg_groups: tuple[str, ...]
    sex_other: float
    sex_blank: float
    age_blank: float
    examined: float
    urgent_days: int
    basis: str


@dataclass(frozen=True)
class Story:
    """An urgent case: what is then recorded for certain. ``chance`` for each record ``among``."""

    id: str
    among: tuple[str, ...]
    chance: float
    basis: str
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    suspected: tuple[str, ...] = ()
    one_leg: bool = False
    sudden: float = 0.0
    durations: tuple[float, ...] = ()


@dataclass(frozen=True)
class Course:
    """Onset and duration of what a record in this state reports; the first that fits counts.

    ``only``: the findings it holds for, all when empty.
    """

    state: str
    sudden: float
    durations: tuple[float, ...]
    basis: str
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class KindDefault:
    """What holds for the findings of one kind unless a finding says otherwise.

    ``beside``: a profile counts with this share where it is not the main one.
    """

    kind: str
    present: float
    beside: float
    not_asked: float
    both: float
    side_blank: float
    course_blank: float
    basis: str


@dataclass(frozen=True)
class FindingNumbers:
    """One finding.

    ``after``: asked only where that one is present. ``part_of``: absent where that one is absent.
    ``implied_by``: present where one of those is. ``not_with``: absent where that one is present.
    ``seen_at``: recorded only where that test was done. ``lasting``: present where one of those
    has lasted 2 weeks. ``never``: the states in which it is absent.
    ``mostly_in``: the states in which it is asked as usual for its kind, whatever ``not_asked``.
    """

    base: float | None = None
    by: Mapping[str, float] = field(default_factory=dict)
    both: float | None = None
    not_asked: float | None = None
    after: str = ""
    part_of: str = ""
    implied_by: tuple[str, ...] = ()
    not_with: str = ""
    seen_at: str = ""
    lasting: tuple[str, ...] = ()
    sex: str = ""
    to_age: int = 200
    never: tuple[str, ...] = ()
    mostly_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChoiceNumbers:
    """One question with a closed list: weights of its values, by the first state that fits."""

    not_asked: float
    weights: tuple[float, ...]
    by: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    after: str = ""
    measured: str = ""


@dataclass(frozen=True)
class Suspicion:
    """How often a cause is suspected at intake, where it is there and where it is not."""

    cause: str
    recorded: float
    otherwise: float
    confirmed_by: str
    confirmed: float
    basis: str
    by_result: bool = True


@dataclass(frozen=True)
class Form:
    """How the form's list of suspected causes is filled in."""

    blank: float
    ticks_only: float
    basis: str
