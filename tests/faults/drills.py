"""Restore drills: backups made while others write, restored, and compared byte for byte."""

import contextlib
import dataclasses
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import review_makers as makers
from circulation.reviewing import backups, review_store

AT, KNOWLEDGE = "2026-11-22T14:32:05+00:00", "2026.1"


@dataclasses.dataclass(frozen=True)
class Outcome:
    """`events` are those of the last backup; `different` counts the backups that were not equal."""

    backups: int
    events: int
    different: int

    @property
    def harmless(self) -> bool:
        return self.different == 0


def drill(*, times: int, writers: int) -> Outcome:
    """Make backups under writers; each must come back whole and belong to the same ledger."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = review_store.ReviewStore(makers.address(folder))
        with writing(store, writers):
            same = [_comes_back(folder, number, store) for number in range(times)]
        events = store.version()
        store.close()
    return Outcome(times, events, same.count(False))


@contextlib.contextmanager
def writing(store: review_store.ReviewStore, writers: int) -> Iterator[None]:
    """Others save into the store, each about a record of their own, while the block runs."""
    stop = threading.Event()

    def write(record: str) -> None:
        while not stop.is_set():
            makers.add(store, makers.note(f"note of {record}"), record=record)
            makers.add(store, makers.note(f"other note of {record}"), record=record)

    threads = [threading.Thread(target=write, args=(f"W-{one}",)) for one in range(writers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _comes_back(folder: Path, number: int, store: review_store.ReviewStore) -> bool:
    made, again = folder / f"{number}.tar", folder / f"{number}-again.tar"
    manifest = backups.make(folder, store, made, at=AT, knowledge=KNOWLEDGE)
    place = folder / f"{number}-restored"
    place.mkdir()
    restored = review_store.ReviewStore(makers.address(place))
    backups.restore(made, place, restored)
    backups.make(place, restored, again, at=AT, knowledge=KNOWLEDGE)
    restored.close()
    return made.read_bytes() == again.read_bytes() and store.verify(manifest.anchor).whole
