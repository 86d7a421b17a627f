"""Left and right side by side: the findings of each, and where the sides differ."""

from collections.abc import Iterable

import streamlit as st

from circulation.judgement import legs
from circulation.knowledge_base import knowledge_model as model
from ui import words


def show(both: legs.Legs) -> None:
    """The findings that have a side, left beside right; differences with their numbers."""
    if both.findings:
        st.markdown(side_by_side(both))
    for found in both.asymmetries:
        st.markdown(f"**Sides differ** {asymmetry(found)}")


def side_by_side(both: legs.Legs) -> str:
    """A table of two columns; a finding without a side stands below and in neither of them."""
    left, right = both.on(legs.Where.LEFT), both.on(legs.Where.RIGHT)
    lines = ["| Left | Right |", "|---|---|", f"| {_named(left)} | {_named(right)} |"]
    if both.no_side:
        lines += ["", f"**Side not recorded** {_named(both.no_side)}"]
    return "\n".join(lines)


def asymmetry(found: legs.Asymmetry) -> str:
    """Both numbers, their difference and from where on it counts."""
    apart, unit = found.apart, found.apart.measure.unit
    return words.escape(
        f"{apart.measure.label}: left {apart.left} {unit}, right {apart.right} {unit}. "
        f"{apart.difference} {unit} larger on the {apart.larger} side; "
        f"counts from {found.limit} {unit}."
    )


def _named(findings: Iterable[model.Finding]) -> str:
    return ", ".join(words.escape(finding.label) for finding in findings) or "none recorded"
