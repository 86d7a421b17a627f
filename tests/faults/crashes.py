"""A PostgreSQL server that crashes while many save: what was acknowledged is there afterwards."""

import dataclasses
import itertools
import queue
import random
import threading

import postgres_server
import review_makers as makers
from circulation import errors
from circulation.reviewing import review_store

Told = tuple[str, int, str]


@dataclasses.dataclass(frozen=True)
class Outcome:
    crashes: int
    acknowledged: int
    lost: int
    problems: tuple[str, ...]

    @property
    def harmless(self) -> bool:
        return self.acknowledged > 0 and self.lost == 0 and not self.problems


def crash(*, crashes: int, writers: int, seed: int) -> Outcome:
    """Stop a server without its leave, so often, each time after some saves by so many writers.

    Nothing is written out then, and what it had logged is read again at the next start.
    """
    with postgres_server.crashable() as server:
        return _crashed(server, crashes, writers, random.Random(seed))


def _crashed(
    server: postgres_server.Server, crashes: int, writers: int, chance: random.Random
) -> Outcome:
    store = review_store.ReviewStore(postgres_server.fresh(server.url))
    told: queue.Queue[Told] = queue.Queue()
    stop = threading.Event()
    threads = [
        threading.Thread(target=_write, args=(store, f"W-{one}", told, stop))
        for one in range(writers)
    ]
    for thread in threads:
        thread.start()
    heard: list[Told] = []
    try:
        for _ in range(crashes):
            heard += [told.get(timeout=60) for _ in range(chance.randint(20, 200))]
            server.crash()
            server.start()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    heard += list(told.queue)
    lost = _lost(store, heard)
    problems = store.verify().problems
    store.close()
    return Outcome(crashes, len(heard), lost, problems)


def _write(
    store: review_store.ReviewStore,
    record: str,
    told: "queue.Queue[Told]",
    stop: threading.Event,
) -> None:
    for number in itertools.count():
        if stop.is_set():
            return
        try:
            saved = makers.add(store, makers.note(f"note {number}"), record=record)
        except errors.DashboardError:
            continue  # refused while the server is away, and told so
        told.put((record, saved.version, saved.note))


def _lost(store: review_store.ReviewStore, heard: list[Told]) -> int:
    records = {record for record, _, _ in heard}
    kept = {(name, e.sequence): e.new for name in records for e in store.history(name)}
    return sum(kept.get((record, version)) != note for record, version, note in heard)
