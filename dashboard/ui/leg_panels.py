"""Left and right side by side: the findings of each, and where the sides differ."""

from collections.abc import Iterable

from circulation.judgement import legs
from circulation.knowledge_base import knowledge_model as model
from ui import markup
from ui.markup import Html


def of(both: legs.Legs) -> Html:
    """The findings that have a side, left beside right; differences with their numbers.

    A finding without a side stands below and in neither of the columns.
    """
    told = []
    if both.findings:
        sides = (_named(both.on(legs.Where.LEFT)), _named(both.on(legs.Where.RIGHT)))
        told.append(markup.table(("Left", "Right"), [sides]))
    if both.no_side:
        told.append(markup.said("Side not recorded", markup.text(_named(both.no_side))))
    told += [markup.said("Sides differ", markup.text(asymmetry(one))) for one in both.asymmetries]
    return markup.join(told)


def asymmetry(found: legs.Asymmetry) -> str:
    """Both numbers, their difference and from where on it counts."""
    apart, unit = found.apart, found.apart.measure.unit
    return (
        f"{apart.measure.label}: left {apart.left} {unit}, right {apart.right} {unit}. "
        f"{apart.difference} {unit} larger on the {apart.larger} side; "
        f"counts from {found.limit} {unit}."
    )


def _named(findings: Iterable[model.Finding]) -> str:
    return ", ".join(finding.label for finding in findings) or "none recorded"
