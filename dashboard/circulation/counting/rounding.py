"""The one rule by which counts are rounded, and which counts read the same by it."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Whole = TypeVar("Whole", int, npt.NDArray[np.int64])


def rounded(count: Whole, base: int) -> Whole:
    """The nearest multiple of the base; a half goes up. One count, or many of any shape."""
    return (2 * count + base) // (2 * base) * base


def alike(count: Whole, base: int) -> tuple[Whole, Whole]:
    """The least and the most that are rounded to the same number as a count."""
    shown = rounded(count, base)
    return shown - base // 2, shown + (base + 1) // 2 - 1
