"""Restore drills: backups made while others write, restored, and compared byte for byte."""

import contextlib
import dataclasses
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import review_makers as makers
from circulation import access
from circulation.reviewing import backups, kept_filters, review_store, saved_filters

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


def drill(fresh: Callable[[Path], str], *, times: int, writers: int) -> Outcome:
    """Make backups under writers; each must come back whole and belong to the same ledger.

    ``fresh`` gives the address of an empty store for a folder.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = review_store.ReviewStore(fresh(folder))
        with writing(store, writers):
            same = [_comes_back(folder, number, store, fresh) for number in range(times)]
        events = store.version()
        store.close()
    return Outcome(times, events, same.count(False))


@contextlib.contextmanager
def writing(store: review_store.ReviewStore, writers: int) -> Iterator[None]:
    """Others save into the store, each about a record of their own, while the block runs.

    Each of them keeps and deletes a saved filter, too.
    """
    stop = threading.Event()

    def write(record: str) -> None:
        kept = kept_filters.Filter(f"filter of {record}", {"site": ["North"]})
        while not stop.is_set():
            saved_filters.save(store, access.Role.CLINICIAN, kept, today=makers.NOW.date())
            saved_filters.delete(store, access.Role.CLINICIAN, kept.name)
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


def _comes_back(
    folder: Path, number: int, store: review_store.ReviewStore, fresh: Callable[[Path], str]
) -> bool:
    made, again = folder / f"{number}.tar", folder / f"{number}-again.tar"
    manifest = backups.make(folder, store, made, at=AT, knowledge=KNOWLEDGE)
    place = folder / f"{number}-restored"
    place.mkdir()
    restored = review_store.ReviewStore(fresh(place))
    backups.restore(made, place, restored)
    backups.make(place, restored, again, at=AT, knowledge=KNOWLEDGE)
    restored.close()
    return made.read_bytes() == again.read_bytes() and store.verify(manifest.anchor).whole
