"""Seeded draws in whole numbers: the same seed gives the same records on every machine.

Only the raw stream of PCG64 is used, which numpy keeps stable from version to version (NEP 19),
and only whole-number arithmetic after it: no logarithm or rounding that a processor may do its own
way. Each draw has a name and its own stream, so that a column does not depend on which other
columns were made before it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Draws: TypeAlias = npt.NDArray[np.uint32]
Whole: TypeAlias = npt.NDArray[np.int64]
CERTAIN = 1 << 31
"""Draws are even over 0..CERTAIN - 1, so that a limit of CERTAIN is always above them."""
BELL_UNIT = 37837
"""The standard deviation of a bell draw: that of a sum of 4 even draws below 65536."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A source of draws for a number of records."""

    seed: int
    records: int

    def even(self, name: str) -> Draws:
        """Even draws (records,)."""
        raw = self._raw(name, (self.records + 1) // 2).view("<u4")[: self.records]
        return np.asarray(raw >> np.uint32(1), dtype=np.uint32)

    def bell(self, name: str) -> Whole:
        """Bell-shaped draws (records,) round 0, in units of 1 / BELL_UNIT of the deviation."""
        raw, found = self._raw(name, self.records), np.full(self.records, -2 * 65535)
        for shift in (0, 16, 32, 48):
            found += ((raw >> np.uint64(shift)) & np.uint64(65535)).view(np.int64)
        return found

    def _raw(self, name: str, size: int) -> npt.NDArray[np.uint64]:
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
        stream = np.random.PCG64(np.random.SeedSequence((self.seed, key)))
        return np.asarray(stream.random_raw(size)).astype("<u8", copy=False)


def limit(likelihood: float) -> int:
    """The limit below which a draw falls with this likelihood."""
    return round(min(max(likelihood, 0.0), 1.0) * CERTAIN)


def ladder(weights: Sequence[float]) -> npt.NDArray[np.int64]:
    """The upper limits of the choices with these weights, the last one certain."""
    shares = np.cumsum(np.asarray(weights, dtype=np.float64)) / sum(weights)
    steps = np.array([round(float(share) * CERTAIN) for share in shares], dtype=np.int64)
    steps[-1] = CERTAIN
    return steps


def pick(draws: Draws, weights: Sequence[float]) -> npt.NDArray[np.int64]:
    """The choice (records,) that each draw falls on."""
    return np.searchsorted(ladder(weights), draws, side="right")


def spread(draws: Draws, steps: npt.NDArray[np.int64]) -> Whole:
    """Values between the given ones (k + 1,), which stand at equal steps of probability."""
    scaled = draws.astype(np.int64) * (len(steps) - 1)
    place, within = scaled >> 31, scaled & (CERTAIN - 1)
    gap = steps[place + 1] - steps[place]
    return np.asarray(steps[place] + ((gap * within) >> 31))
