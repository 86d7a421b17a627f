"""The columns of an intake record, derived from the knowledge: the data dictionary as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_base import knowledge_model as model

RECORD_ID = "record_id"
PRESENT, ABSENT, NOT_ASKED = "present", "absent", "not_asked"
SIDES = ("left", "right", "both")
ONSETS = ("sudden", "gradual")
DURATIONS = (
    "under_24_hours",
    "1_to_14_days",
    "2_to_12_weeks",
    "3_to_12_months",
    "over_1_year",
)
SEXES = ("female", "male", "other")
STATUSES = ("to_do", "ordered", "done", "not_needed")
RESULTS = ("normal", "abnormal", "unclear")
OVER_SIDES = ("lowest", "highest", "difference")
"""What a rule may ask of a number taken on both sides."""


class Kind(StrEnum):
    """How a column is read and kept."""

    ID = "id"
    SITE = "site"
    DAY = "day"
    TERNARY = "three-state"
    CATEGORY = "category"
    MEASURE = "number"


@dataclass(frozen=True)
class Column:
    """One column: its name, how it is read, its closed values or its limits, its meaning."""

    name: str
    kind: Kind
    meaning: str
    values: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    required: bool = False


@lru_cache(maxsize=4)
def of(knowledge: knowledge_base.Knowledge) -> tuple[Column, ...]:
    """Every column of our own format, in file order."""
    bands = tuple(band.code for band in knowledge.age_bands)
    return (
        Column(RECORD_ID, Kind.ID, "A random code given at intake, unique", required=True),
        Column("site", Kind.SITE, "The clinic site that took the intake"),
        Column("received_on", Kind.DAY, "The day the intake was received, as 2026-01-31"),
        Column("age_band", Kind.CATEGORY, "Age in years, as a band", bands),
        Column("sex", Kind.CATEGORY, "Sex as recorded at intake", SEXES),
        *(column for finding in knowledge.findings for column in _finding(finding)),
        *(_choice(choice) for choice in knowledge.choices),
        *(column for measure in knowledge.measurements for column in _measurement(measure)),
        *(column for cause in knowledge.causes for column in _cause(cause)),
        *(column for test in knowledge.tests for column in _test(test)),
    )


@lru_cache(maxsize=4)
def by_name(knowledge: knowledge_base.Knowledge) -> Mapping[str, Column]:
    """The columns by name."""
    return {column.name: column for column in of(knowledge)}


def label(knowledge: knowledge_base.Knowledge, name: str) -> str:
    """The words for a column."""
    return by_name(knowledge)[name].meaning


def measured(name: str) -> tuple[str, ...]:
    """The columns behind a number's name: itself, or both sides of what is taken over sides."""
    stem, _, end = name.rpartition("_")
    if end in OVER_SIDES:
        return (f"{stem}_left", f"{stem}_right")
    return (name,)


def _finding(finding: model.Finding) -> list[Column]:
    found = [_three_state(finding.id, finding.label)]
    if finding.sided:
        found.append(
            Column(f"{finding.id}_side", Kind.CATEGORY, f"{finding.label}: which side", SIDES)
        )
    if finding.timed:
        found += [
            Column(f"{finding.id}_onset", Kind.CATEGORY, f"{finding.label}: onset", ONSETS),
            Column(f"{finding.id}_duration", Kind.CATEGORY, f"{finding.label}: since", DURATIONS),
        ]
    return found


def _three_state(name: str, meaning: str) -> Column:
    return Column(name, Kind.TERNARY, meaning, (PRESENT, ABSENT, NOT_ASKED))


def _choice(choice: model.Choice) -> Column:
    values = tuple(value.code for value in choice.values)
    return Column(choice.id, Kind.CATEGORY, choice.label, values)


def _measurement(measure: model.Measurement) -> list[Column]:
    return [
        Column(
            name,
            Kind.MEASURE,
            _sided(measure.label, name, measure.sides),
            unit=measure.unit,
            decimals=measure.decimals,
            low=measure.low,
            high=measure.high,
        )
        for name in measure.columns
    ]


def _sided(label: str, name: str, sides: model.Sides) -> str:
    return label if sides is model.Sides.NONE else f"{label}, {name.rsplit('_', 1)[1]} {sides}"


def _cause(cause: model.Cause) -> list[Column]:
    return [
        _three_state(f"suspected_{cause.id}", f"{cause.label}: suspected at intake"),
        _three_state(f"confirmed_{cause.id}", f"{cause.label}: confirmed, where known"),
    ]


def _test(test: model.DiagnosticTest) -> list[Column]:
    return [
        Column(f"test_{test.id}", Kind.CATEGORY, f"{test.label}: status", STATUSES),
        Column(f"test_{test.id}_result", Kind.CATEGORY, f"{test.label}: result", RESULTS),
    ]
