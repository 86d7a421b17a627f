"""Repeated measurements: the median, with the least and the most beside it."""

import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

REST = 0.05  # seconds


@dataclass(frozen=True)
class Spread:
    """The same figure measured several times."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def percentile(self, share: float) -> float:
        """The least figure that so large a share of the runs did not pass."""
        rank = math.ceil(share * len(self.values))
        return sorted(self.values)[max(rank, 1) - 1]

    def text(self, unit: str, factor: float = 1.0) -> str:
        """The figure in a unit that is so many of the one measured in."""
        middle, least, most = (
            _short(value * factor) for value in (self.median, min(self.values), max(self.values))
        )
        return f"{middle} {unit} ({least} to {most}, {len(self.values)} runs)"


def _short(value: float) -> str:
    """Three digits that count, or all before the point."""
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f}"


def in_turn(calls: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Spread]:
    """Seconds of each call. They take turns, so that other work on the machine meets all alike;
    before each, what the one before left running (threads that look for more work) comes to rest.
    """
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(runs):
        for name, call in calls.items():
            time.sleep(REST)
            begin = time.perf_counter()
            call()
            found[name].append(time.perf_counter() - begin)
    return {name: Spread(tuple(seconds)) for name, seconds in found.items()}
