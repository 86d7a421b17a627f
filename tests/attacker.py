"""An attacker on small numbers: everything shown is a linear constraint on the records behind it.

The unknowns are how many records of each type there were in each month, whole numbers. What is
shown bounds sums of them: hidden is 1 to 7, a rounded number stands for all that round to it. A
secret is found out when all records that fit what is shown agree on it. Solved by HiGHS.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

import cubes
from circulation.counting import disclosure
from circulation.knowledge_base import settings_model

MOST = 10_000  # records of one type in a month; only so that nothing grows without end
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Window:
    """What a number can be, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A number as what it adds up of the unknowns, and what it truly is."""

    name: str
    of: Vector
    true: int


@dataclass(frozen=True, slots=True)
class Clue:
    """A number, and what it can be by what was shown of it."""

    number: cubes.Number
    window: Window


def protected(shown: Iterable[cubes.Shown], settings: settings_model.Disclosure) -> list[Clue]:
    """What numbers shown by the rule for small numbers can be."""
    return [Clue(one.number, shown_as(one.value, settings)) for one in shown]


def naive(
    shown: Iterable[cubes.Shown], cube: cubes.Cube, settings: settings_model.Disclosure
) -> list[Clue]:
    """The same numbers where only the small ones are hidden and all others are exact."""
    return [Clue(one.number, _as_it_is(one.number.true(cube), settings)) for one in shown]


def _as_it_is(true: int, settings: settings_model.Disclosure) -> Window:
    return Window(1, settings.floor - 1) if 0 < true < settings.floor else Window(true, true)


@lru_cache(maxsize=4096)
def shown_as(value: int | None, settings: settings_model.Disclosure) -> Window:
    """All numbers that the product shows as this one."""
    near = range((value or 0) + settings.base + settings.floor)
    fits = [raw for raw in near if disclosure.protected_count(raw, settings).value == value]
    return Window(fits[0], fits[-1])


def found_out(
    clues: Sequence[Clue], secrets: Sequence[cubes.Number], cube: cubes.Cube
) -> list[cubes.Number]:
    """The secrets on which all records agree that fit the clues."""
    known = [(summed(clue.number, cube), clue.window) for clue in clues]
    return [secrets[place] for place in agreed(known, [summed(one, cube) for one in secrets])]


def agreed(known: Sequence[tuple[Sum, Window]], secrets: Sequence[Sum]) -> list[int]:
    """The places of the secrets that are the same whatever fits all that is known.

    Unknowns that fit set free every secret on which they differ from the true ones. Two are sought
    for all secrets at once, then each that is left is asked for its most and least.
    """
    if not known or not secrets:
        return []
    for one, window in known:
        assert window.low <= one.true <= window.high, f"wrongly shown: {one.name}"
    limits = optimize.LinearConstraint(
        sparse.csr_array(np.array([one.of for one, _ in known])),
        [window.low for _, window in known],
        [window.high for _, window in known],
    )
    sums = np.array([secret.of for secret in secrets])
    truth = np.array([secret.true for secret in secrets])
    return _agreed(sums, truth, lambda sum_: _fitting(sum_, limits))


def _agreed(sums: Vector, truth: Vector, fitting: Callable[[Vector], Vector]) -> list[int]:
    """The places of the sums that are the same in all records that fit."""
    left, found = list(range(len(sums))), []

    def ask(wanted: Vector) -> None:
        values = np.rint(sums @ fitting(wanted))
        left[:] = [place for place in left if values[place] == truth[place]]

    ask(sums.sum(axis=0))
    ask(-sums.sum(axis=0))
    while left:
        place = left[0]
        for sign in (1, -1):
            if place in left:
                ask(sign * sums[place])
        if place in left:
            found.append(place)
            left.remove(place)
    return found


def _fitting(wanted: Vector, limits: optimize.LinearConstraint) -> Vector:
    """Records that fit all limits and have as many of those wanted as can be."""
    most = optimize.milp(
        -wanted,
        constraints=limits,
        integrality=np.ones(len(wanted)),
        bounds=optimize.Bounds(0, MOST),
    )
    assert most.x is not None, most.message
    records: Vector = np.rint(most.x)
    numbers = limits.A @ records
    assert ((limits.lb <= numbers) & (numbers <= limits.ub)).all(), "rounded to what does not fit"
    return records


def summed(number: cubes.Number, cube: cubes.Cube, beside: int = 0) -> Sum:
    """Which unknowns a number adds up: types within months, and none of so many others."""
    of = np.zeros((len(cube), len(number.types)))
    of[list(number.months)] = number.types
    return Sum(number.name, np.concatenate([of.ravel(), np.zeros(beside)]), number.true(cube))
