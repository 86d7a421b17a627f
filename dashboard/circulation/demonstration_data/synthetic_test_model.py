"""The numbers behind the tests and measurements of the demonstration records, one for each kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from circulation.demonstration_data.synthetic_model import Bell, Likelihood


@dataclass(frozen=True)
class Progress:
    """The share of records worked up, from this many days after they came in."""

    from_days: int
    worked_up: float
    basis: str


@dataclass(frozen=True)
class Stage:
    """Weights of to do, ordered, done and not needed."""

    id: str
    weights: tuple[float, ...]
    basis: str


@dataclass(frozen=True)
class Limits:
    """A measurement whose values outside low..high make its test abnormal.

    ``only`` names a choice and the value of it for which the limits hold.
    """

    measure: str
    low: float
    high: float
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class DiagnosticNumbers:
    """One specific test: how often it is wanted and what makes its result abnormal.

    ``done_with``: done wherever one of those was. ``hidden``: abnormal where that chance befell.
    Outside ``borderline`` a result is unclear. ``apart``: says nothing about the test above it.
    """

    base: float = 0.0
    by: Mapping[str, float] = field(default_factory=dict)
    at_intake: bool = False
    done_with: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    limits: tuple[Limits, ...] = ()
    borderline: tuple[Limits, ...] = ()
    hidden: str = ""
    apart: bool = False
    abnormal: Likelihood | None = None


@dataclass(frozen=True)
class BellNumbers:
    """A measured or hidden number, in whole steps; the last state that fits counts."""

    step: float
    base: Bell
    by: Mapping[str, Bell] = field(default_factory=dict)


@dataclass(frozen=True)
class SpreadNumbers:
    """A skewed number, in whole steps, by its values at equal steps of probability."""

    step: float
    at: tuple[float, ...]


@dataclass(frozen=True)
class Recorded:
    """How often a measurement is written down when its test was done."""

    measure: str
    share: float
    basis: str


@dataclass(frozen=True)
class DDimer:
    """Medians of the D-dimer, in fibrinogen equivalent units: from an age, and with a clot."""

    medians: tuple[tuple[float, ...], ...]
    with_clot: float
    basis: str
