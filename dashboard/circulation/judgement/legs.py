"""The two legs of one record kept apart: which findings each leg has, and how far they differ.

A finding without a recorded side belongs to neither leg: it is never taken for both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from circulation.knowledge_base import expressions, knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake, ternary


class Where(StrEnum):
    """On which side a present finding is."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    NOT_RECORDED = ""


@dataclass(frozen=True, slots=True)
class Sided:
    """A present finding that has a side."""

    finding: model.Finding
    where: Where


@dataclass(frozen=True, slots=True)
class Apart:
    """A number taken on both sides: exact values, None where not measured."""

    measure: model.Measurement
    left: Decimal | None
    right: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """How far the sides are apart; not known while one of them is not measured."""
        if self.left is None or self.right is None:
            return None
        return abs(self.left - self.right)

    @property
    def larger(self) -> Where | None:
        """The side with the larger number; None where not known or equal."""
        if self.left is None or self.right is None or self.left == self.right:
            return None
        return Where.LEFT if self.left > self.right else Where.RIGHT


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """A difference between the legs that reaches the limit of the knowledge."""

    apart: Apart
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Legs:
    """Both legs of one record."""

    findings: tuple[Sided, ...]
    measures: tuple[Apart, ...]
    asymmetries: tuple[Asymmetry, ...]

    def on(self, leg: Where) -> tuple[model.Finding, ...]:
        """The findings of one leg, those of both legs among them."""
        return tuple(one.finding for one in self.findings if one.where in (leg, Where.BOTH))

    @property
    def no_side(self) -> tuple[model.Finding, ...]:
        """The present findings whose side was not recorded."""
        return tuple(o.finding for o in self.findings if o.where is Where.NOT_RECORDED)


def of(table: intake.Intake, row: int, known: knowledge.Knowledge) -> Legs:
    """Both legs of one record, findings and numbers in the order of the knowledge."""
    findings = [
        Sided(finding, Where(table.value(f"{finding.id}_side", row)))
        for finding in known.findings
        if finding.sided and ternary.state(table.ternaries[finding.id], row)
    ]
    paired = [m for m in known.measurements if m.sides is not model.Sides.NONE]
    measures = [Apart(m, *(_number(table, name, row) for name in m.columns)) for m in paired]
    told = tuple(one for one in measures if one.left is not None or one.right is not None)
    return Legs(tuple(findings), told, tuple(_asymmetries(told, known)))


def _number(table: intake.Intake, column: str, row: int) -> Decimal | None:
    text = table.text(column, row)
    return Decimal(text) if text else None


def _asymmetries(measures: tuple[Apart, ...], known: knowledge.Knowledge) -> Iterator[Asymmetry]:
    for apart in measures:
        limit = limits(known).get(apart.measure.id)
        if limit is not None and apart.difference is not None and apart.difference >= limit:
            yield Asymmetry(apart, limit)


@lru_cache(maxsize=4)
def limits(known: knowledge.Knowledge) -> Mapping[str, Decimal]:
    """From which difference on the rules count two sides as unequal, the lowest for each number."""
    found: dict[str, Decimal] = {}
    for atom in _compared(known):
        stem, _, end = atom.name.rpartition("_")
        if end == "difference" and atom.sign == ">=" and stem in known.measurement:
            found[stem] = min(atom.limit, found.get(stem, atom.limit))
    return found


def _compared(known: knowledge.Knowledge) -> Iterator[expressions.Compare]:
    rules = [rule.when for cause in known.causes for rule in (*cause.rules, *cause.caps)]
    called = [called.when for test in known.tests for called in test.called_for]
    reasons = [r.when for cause in known.causes for r in (*cause.for_, *cause.against)]
    for when in (*rules, *reasons, *called, *(flag.when for flag in known.flags)):
        for atom in expressions.atoms(expressions.parse(when)):
            if isinstance(atom, expressions.Compare):
                yield atom
