"""Many reviewers at work on one store: how long a save takes, from when it was due, and how fairly.

An open loop: each reviewer saves at set times, whether or not the save before was slow, so that a
store that cannot keep up is seen to fall behind.
"""

import statistics
import threading
import time
from dataclasses import dataclass

import repeats
import review_makers as makers
from circulation.reviewing import review_store

REVIEWERS = 50
SAVES_A_SECOND = 10


@dataclass(frozen=True)
class Waits:
    """Seconds from when each save was due until it was acknowledged, by reviewer."""

    by_reviewer: tuple[tuple[float, ...], ...]

    @property
    def every(self) -> list[float]:
        return sorted(wait for waits in self.by_reviewer for wait in waits)

    def percentile(self, share: float) -> float:
        """The wait that so large a share of the saves did not pass."""
        return repeats.Spread(tuple(self.every)).percentile(share)

    @property
    def unfairness(self) -> float:
        """The worst reviewer's median wait over that of all: 1 is fair."""
        medians = [statistics.median(waits) for waits in self.by_reviewer]
        return max(medians) / statistics.median(medians)


def at_work(url: str, *, seconds: float, rate: float = SAVES_A_SECOND) -> Waits:
    """Everybody saves a note about a record of their own, in turn, ``rate`` saves a second in all.

    Raises AssertionError when a save was lost or the chain does not hold afterwards.
    """
    store = review_store.ReviewStore(url)
    each = REVIEWERS / rate
    times = max(round(seconds / each), 1)
    waits: list[list[float]] = [[] for _ in range(REVIEWERS)]
    begin = time.perf_counter() + 0.2

    def work(number: int) -> None:
        version = 0
        for turn in range(times):
            due = begin + turn * each + number / rate
            time.sleep(max(due - time.perf_counter(), 0))
            note = makers.note(f"note {turn}")
            version = makers.add(
                store, note, record=f"R-{number}", actor=f"C{number}", version=version
            ).version
            waits[number].append(time.perf_counter() - due)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(REVIEWERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.version() == REVIEWERS * (times + 1), "each first note also starts the review"
    assert store.verify().whole
    store.close()
    return Waits(tuple(tuple(one) for one in waits))
