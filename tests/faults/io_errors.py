"""A disk that fails: each write, cut and sync that the store asks for, once or from then on."""

import dataclasses
import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path

import review_makers as makers
from circulation import errors
from circulation.reviewing import review_store
from faults import recording

RECORD = "A-KEPT"
MOST = 1000  # calls of one run, so that the search for the last one ends


@dataclasses.dataclass(frozen=True)
class Outcome:
    """`refused` saves were told as not saved; `lost` and `corrupt` count failed calls."""

    calls: int
    refused: int
    lost: int
    corrupt: int

    @property
    def harmless(self) -> bool:
        return self.calls > 0 and self.refused > 0 and self.lost == self.corrupt == 0


def sweep(*, saves: int, every: int = 1) -> Outcome:
    """Let every (or every n-th) call of a run of saves fail, in a store of its own each time."""
    found = [
        _failed(saves, number, lasting=lasting)
        for lasting in (False, True)
        for number in range(1, _calls(saves), every)
    ]
    refused, lost, damaged = (sum(column) for column in zip(*found, strict=True))
    return Outcome(len(found), refused, lost, damaged)


def _calls(saves: int) -> int:
    with tempfile.TemporaryDirectory() as folder, recording.of_all_files() as steps:
        review_store.ReviewStore(makers.address(Path(folder))).close()
        _save(Path(folder), saves)
        return len(steps)


def _failed(saves: int, number: int, *, lasting: bool) -> tuple[int, bool, bool]:
    """How many saves were refused, whether one that was acknowledged is missing, and damage."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        review_store.ReviewStore(makers.address(folder)).close()
        with recording.through(_failing(number, lasting=lasting)):
            told, refused = _save(folder, saves)
        return refused, *_judged(folder, told)


def _failing(number: int, *, lasting: bool) -> Callable[[recording.Step], bool]:
    calls = itertools.count(1)

    def let(_: recording.Step) -> bool:
        call = next(calls)
        return call < number or (call > number and not lasting)

    return let


def _save(folder: Path, saves: int) -> tuple[list[tuple[int, str]], int]:
    """Save so many notes; the acknowledged ones, and how many were refused."""
    told: list[tuple[int, str]] = []
    refused = 0
    try:
        store = review_store.ReviewStore(makers.address(folder))
    except errors.DashboardError:
        return told, 1
    for number in range(saves):
        try:
            saved = makers.add(store, makers.note(f"note {number}"), record=RECORD)
            told.append((saved.version, saved.note))
        except errors.DashboardError:
            refused += 1
    store.close()
    return told, refused


def _judged(folder: Path, told: list[tuple[int, str]]) -> tuple[bool, bool]:
    """What is found once the disk is sound again; writing has to resume."""
    store = review_store.ReviewStore(makers.address(folder))
    try:
        kept = {event.sequence: event.new for event in store.history(RECORD)}
        lost = any(kept.get(version) != note for version, note in told)
        makers.add(store, makers.note("sound again"), record=RECORD)
        return lost, not store.verify().whole
    except errors.DashboardError:
        return False, True
    finally:
        store.close()
