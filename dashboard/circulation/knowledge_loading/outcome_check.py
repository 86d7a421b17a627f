"""Cross-check what each test can show: its test exists and every value is one the record takes."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from circulation.knowledge_base import columns, knowledge, outcome_model

DONE = "done"
LABEL = 60
"""Longest label of a result, characters, so that a preview stays one line."""


def faults(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Every fault as (entry, what is wrong)."""
    for outcome in loaded.outcomes:
        for fault in _outcome(outcome, loaded):
            yield outcome.id, fault
    said = [(outcome.test, outcome.label) for outcome in loaded.outcomes]
    for test, label in sorted({pair for pair in said if said.count(pair) > 1}):
        yield test, f"has two results called '{label}'"


def _outcome(outcome: outcome_model.Outcome, loaded: knowledge.Knowledge) -> Iterator[str]:
    if outcome.test not in loaded.test:
        yield f"names the test '{outcome.test}', which no file describes"
        return
    if len(outcome.label) > LABEL:
        yield f"has a label of more than {LABEL} characters"
    status = f"test_{outcome.test}"
    if (status, DONE) not in outcome.sets:
        yield f"does not set {status} to '{DONE}'"
    layout = columns.by_name(loaded)
    for name, text in outcome.sets:
        if name not in layout:
            yield f"sets the column '{name}', which no record has"
        elif fault := _value_fault(layout[name], text):
            yield fault


def _value_fault(column: columns.Column, text: str) -> str:
    match column.kind:
        case columns.Kind.TERNARY:
            right = text in (columns.PRESENT, columns.ABSENT)
        case columns.Kind.CATEGORY:
            right = text in column.values
        case columns.Kind.MEASURE:
            right = _measured(column, text)
        case _:
            right = False
    return "" if right else f"sets '{column.name}' to '{text}', which it cannot be"


def _measured(column: columns.Column, text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    whole = number.scaleb(column.decimals)
    return column.low <= number <= column.high and whole == whole.to_integral_value()
