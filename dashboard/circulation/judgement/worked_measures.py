"""A measurement of many rows worked out from others, exactly, where it was not recorded itself."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from circulation.knowledge_base import columns
from circulation.records import ternary
from circulation.records.measured import Measure
from circulation.records.ternary import Bits
from circulation.scoring import score_arithmetic
from circulation.scoring.worked_columns import WorkedColumn

Wholes: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ratios:
    """Numbers as ``over`` / ``under``, both (rows,); ``there`` is False where there is none.

    Three factors of at most 10**5 and four decimals stay far below the limit of 64 bits.
    """

    over: Wholes
    under: Wholes
    there: Flags


def filled(
    recorded: Measure,
    column: columns.Column,
    way: WorkedColumn,
    measure: Callable[[str], Measure],
    holds: Callable[[str], Bits],
) -> Measure:
    """A measure with its blanks worked out where all that its formula needs is known.

    What was recorded stands, and so does a blank whose number would lie outside the column's
    limits. ``measure`` gives another column, ``holds`` the rows in which a condition is present.
    """
    open_ = recorded.values == recorded.missing
    parts: dict[str, tuple[Measure, Flags]] = {}
    for name, part in way.parts.items():
        found = measure(part.column)
        there = found.values != found.missing
        none = np.zeros_like(there)
        for condition in part.none_when:
            none |= ternary.unpack(holds(condition))
        open_ &= there | none
        parts[name] = found, there
    rows = np.flatnonzero(open_)
    if not rows.size:
        return recorded
    numbers = {name: _ratios(*of, rows) for name, of in parts.items()}
    result = _value(score_arithmetic.parsed(way.formula), numbers)
    return _with(recorded, column, rows, result, way.decimals)


def _ratios(found: Measure, there: Flags, rows: npt.NDArray[np.int64]) -> Ratios:
    over = np.where(there, found.values, 0)[rows].astype(np.int64)
    return Ratios(over, np.full(len(rows), 10**found.decimals, dtype=np.int64), there[rows])


def _with(
    recorded: Measure,
    column: columns.Column,
    rows: npt.NDArray[np.int64],
    result: Ratios,
    decimals: int | None,
) -> Measure:
    """The measure with the results in the rows given, in its own whole units."""
    usable = result.there & (result.under > 0)
    over, under = result.over[usable], result.under[usable]
    if decimals is None:
        whole = over * 10**column.decimals // under
    else:
        halves_up = (2 * over * 10**decimals + under) // (2 * under)
        whole = halves_up * 10 ** (column.decimals - decimals)
    low, high = (int(end.scaleb(column.decimals)) for end in (column.low, column.high))
    allowed = (low <= whole) & (whole <= high)
    values = recorded.values.copy()
    values[rows[usable][allowed]] = whole[allowed]
    return Measure(values, recorded.decimals)


def _value(node: ast.expr, numbers: Mapping[str, Ratios]) -> Ratios:
    match node:
        case ast.Name(name):
            return numbers[name]
        case ast.Constant(int(value)):
            return _constant(value, next(iter(numbers.values())))
        case ast.BinOp(left, operator, right):
            return _worked(operator, _value(left, numbers), _value(right, numbers))
        case ast.Call(ast.Name(which), parts):
            return _chosen(which, [_value(part, numbers) for part in parts])
    raise score_arithmetic.FormulaError(f"cannot work out {ast.unparse(node)!r}")


def _constant(value: int, like: Ratios) -> Ratios:
    ones = np.ones_like(like.over)
    return Ratios(value * ones, ones, np.ones_like(like.there))


def _worked(operator: ast.operator, left: Ratios, right: Ratios) -> Ratios:
    there = left.there & right.there
    match operator:
        case ast.Mult():
            return Ratios(left.over * right.over, left.under * right.under, there)
        case ast.Div():
            return Ratios(left.over * right.under, left.under * right.over, there)
        case ast.Add():
            over = left.over * right.under + right.over * left.under
        case _:
            over = left.over * right.under - right.over * left.under
    return Ratios(over, left.under * right.under, there)


def _chosen(which: str, numbers: list[Ratios]) -> Ratios:
    """The highest or lowest of those that are there."""
    first, *others = numbers
    for other in others:
        apart = other.over * first.under - first.over * other.under
        better = apart > 0 if which == "highest" else apart < 0
        take = other.there & (better | ~first.there)
        first = Ratios(
            np.where(take, other.over, first.over),
            np.where(take, other.under, first.under),
            first.there | other.there,
        )
    return first
