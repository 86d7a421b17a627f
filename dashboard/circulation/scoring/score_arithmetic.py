"""Exact arithmetic on numbers that may be known only within limits, and the formulas of indices.

A formula such as ``highest(dp, pt) / arm`` is read by Python's own parser and then worked out here;
only + - * /, brackets, ``highest`` and ``lowest`` are allowed in it.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import product
from typing import TypeAlias

OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}
CHOSEN: dict[str, Callable[..., Decimal]] = {"highest": max, "lowest": min}


@dataclass(frozen=True, slots=True)
class Span:
    """A number that lies from low to high, both included; known exactly when they are equal."""

    low: Decimal
    high: Decimal

    @property
    def exact(self) -> bool:
        """Whether the number is known."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class NoNumber:
    """What was recorded in the place of a number: there is none, and none is missing."""

    word: str


Number: TypeAlias = Span | NoNumber


class FormulaError(ValueError):
    """A formula that cannot be read or worked out; the text says why."""


def rounded(number: Number, decimals: int | None) -> Number:
    """Half-up to so many decimals; None leaves it as it is."""
    if decimals is None or isinstance(number, NoNumber):
        return number
    step = Decimal(1).scaleb(-decimals)
    return Span(*(end.quantize(step, ROUND_HALF_UP) for end in (number.low, number.high)))


def cut_off(number: Number, decimals: int) -> Number:
    """Cut off after so many decimals, never rounded up."""
    if isinstance(number, NoNumber):
        return number
    step = Decimal(1).scaleb(-decimals)
    return Span(*(end.quantize(step, ROUND_FLOOR) for end in (number.low, number.high)))


def hull(numbers: list[Number]) -> Number:
    """The narrowest limits that hold every number; what has no number adds nothing."""
    spans = [number for number in numbers if isinstance(number, Span)]
    if not spans:
        return numbers[0]
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def names(formula: str) -> tuple[str, ...]:
    """The names a formula uses, each once. Raises FormulaError."""
    return tuple(dict.fromkeys(_names(parsed(formula))))


def work_out(formula: str, number: Callable[[str], Number]) -> Number:
    """The result, each name looked up by ``number``. Raises FormulaError."""
    return _value(parsed(formula), number)


@lru_cache(maxsize=256)
def parsed(formula: str) -> ast.expr:
    """A formula as Python's parser reads it. Raises FormulaError."""
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except SyntaxError as fault:
        raise FormulaError(f"cannot read {formula!r}") from fault


def _names(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Name(name):
            yield name
        case ast.BinOp(left, _, right):
            yield from _names(left)
            yield from _names(right)
        case ast.Call(_, parts):
            for part in parts:
                yield from _names(part)


def _value(node: ast.expr, number: Callable[[str], Number]) -> Number:
    match node:
        case ast.Name(name):
            return number(name)
        case ast.Constant(int(value)):
            return Span(Decimal(value), Decimal(value))
        case ast.BinOp(left, operator, right) if type(operator) in OPERATORS:
            return _worked(type(operator), _value(left, number), _value(right, number))
        case ast.Call(ast.Name(which), parts) if which in CHOSEN:
            return _chosen(CHOSEN[which], [_value(part, number) for part in parts])
    raise FormulaError(f"cannot work out {ast.unparse(node)!r}")


def _worked(operator: type[ast.operator], left: Number, right: Number) -> Number:
    for side in (left, right):
        if isinstance(side, NoNumber):
            return side
    assert isinstance(left, Span)
    assert isinstance(right, Span)
    if operator is ast.Div and right.low <= 0:
        raise FormulaError("divides by a number that may be 0 or less")
    ends = product((left.low, left.high), (right.low, right.high))
    results = [OPERATORS[operator](*pair) for pair in ends]
    return Span(min(results), max(results))


def _chosen(which: Callable[..., Decimal], numbers: list[Number]) -> Number:
    """The highest or lowest of those that have a number."""
    spans = [number for number in numbers if isinstance(number, Span)]
    if not spans:
        return numbers[0]
    return Span(which(span.low for span in spans), which(span.high for span in spans))
