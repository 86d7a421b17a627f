"""Programs killed in the middle of saving: what each was told is saved must be there."""

import dataclasses
import itertools
import multiprocessing
import random
import sys
import time
import types
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import review_makers as makers
from circulation.reviewing import review_store

RECORD = "A-KEPT"
LONGEST_WAIT = 0.03  # seconds from the last save awaited to the kill, at most


@dataclasses.dataclass(frozen=True)
class Outcome:
    kills: int
    acknowledged: int
    lost: int
    problems: tuple[str, ...]

    @property
    def harmless(self) -> bool:
        return self.lost == 0 and not self.problems


def kill(url: str, *, kills: int, seed: int) -> Outcome:
    """Kill (signal 9) as many programs that save into one store, each at a moment by chance."""
    chance = random.Random(seed)
    acknowledged = lost = 0
    problems: list[str] = []
    for _ in range(kills):
        told = _told_until_killed(url, chance)
        store = review_store.ReviewStore(url)
        kept = {event.sequence: event.new for event in store.history(RECORD)}
        problems += store.verify().problems
        store.close()
        acknowledged += len(told)
        lost += sum(kept.get(version) != note for version, note in told)
    return Outcome(kills, acknowledged, lost, tuple(problems))


def _told_until_killed(url: str, chance: random.Random) -> list[tuple[int, str]]:
    fresh = multiprocessing.get_context("forkserver")
    fresh.set_forkserver_preload(["faults.kills"])
    here, there = fresh.Pipe(duplex=False)
    program = fresh.Process(target=keep_saving, args=(url, there))
    with no_main_script():
        program.start()
    there.close()
    told = [here.recv() for _ in range(chance.randint(1, 8))]
    time.sleep(chance.uniform(0, LONGEST_WAIT))
    program.kill()
    try:
        while True:
            told.append(here.recv())
    except EOFError:
        program.join()
        here.close()
        return told


@contextmanager
def no_main_script() -> Iterator[None]:
    """A new process runs the script of its parent first; a page under test may stand there."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def keep_saving(url: str, teller: Connection) -> None:
    """Save notes about one record for ever, and tell each save once it is acknowledged."""
    store = review_store.ReviewStore(url)
    for number in itertools.count():
        saved = makers.add(store, makers.note(f"note {number}"), record=RECORD)
        teller.send((saved.version, saved.note))
