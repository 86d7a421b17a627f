"""Simulated power cuts: of what was not synced, each sector is on the disk or not, by chance."""

import contextlib
import dataclasses
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import review_makers as makers
from circulation import errors
from circulation.reviewing import review_sqlite, review_store
from faults import recording
from faults.recording import Step, Sync, Told, Truncate, Write

SECTOR = 512
KEPT = (0.0, 0.1, 0.5, 0.9, 1.0)  # shares of the sectors not synced that reached the disk
RECORD = "A-KEPT"


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What power cuts did to one recorded run of saves; `lost` and `corrupt` count cuts."""

    cuts: int
    saves: int
    writes: int
    syncs: int
    lost: int
    corrupt: int

    @property
    def harmless(self) -> bool:
        return self.lost == self.corrupt == 0


@contextlib.contextmanager
def synchronous_normal() -> Iterator[None]:
    """The store with the weaker setting, to show that these cuts would find it."""
    right = review_sqlite._PRAGMAS
    weaker = tuple(one.replace("synchronous = FULL", "synchronous = NORMAL") for one in right)
    assert weaker != right
    review_sqlite._PRAGMAS = weaker
    try:
        yield
    finally:
        review_sqlite._PRAGMAS = right


def cut(*, saves: int, cuts: int, seed: int) -> Outcome:
    """Save notes with the store itself, then cut the power at many points of what it asked."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        start, steps = _recorded(Path(folder), saves)
    lost = corrupt = 0
    for disk, told in _at_cuts(start, steps, _places(steps, cuts, chance)):
        with tempfile.TemporaryDirectory() as folder:
            disk.after_cut(Path(folder), chance)
            missing, damaged = _judged(Path(folder), told)
        lost += missing
        corrupt += damaged
    writes = sum(isinstance(step, Write) for step in steps)
    syncs = sum(isinstance(step, Sync) for step in steps)
    return Outcome(cuts, saves, writes, syncs, lost, corrupt)


def _recorded(folder: Path, saves: int) -> tuple[bytes, list[Step]]:
    """The file before, and every step the store took while it saved so many notes."""
    review_store.ReviewStore(makers.address(folder)).close()
    start = (folder / "reviews.sqlite").read_bytes()
    with recording.of_all_files() as steps:
        store = review_store.ReviewStore(makers.address(folder))
        version = 0
        for number in range(saves):
            note = makers.note(f"note {number}")
            version = makers.add(store, note, record=RECORD, version=version).version
            steps.append(Told(version, note.new))
        made = list(steps)
        store.close()
    return start, made


def _places(steps: Sequence[Step], cuts: int, chance: random.Random) -> list[int]:
    """Half anywhere, half where the database file itself is written, which is seldom."""
    moved = [
        place
        for place, step in enumerate(steps)
        if not isinstance(step, Told) and step.file == "reviews.sqlite"
    ]
    anywhere = range(1, len(steps) + 1)
    near = [place + 1 for place in moved] or anywhere
    half = chance.choices(near, k=cuts // 2)
    return sorted([*half, *chance.choices(anywhere, k=cuts - len(half))])


def _at_cuts(
    start: bytes, steps: Sequence[Step], places: Sequence[int]
) -> Iterator[tuple["_Disk", Sequence[Told]]]:
    """The disk at each cut, and what had been acknowledged by then."""
    disk, told, done = _Disk(start), list[Told](), 0
    for place in places:
        for step in steps[done:place]:
            if isinstance(step, Told):
                told.append(step)
            else:
                disk.follow(step)
        done = place
        yield disk, told


class _Disk:
    """What is on the disk for certain, and what was asked since and may not have reached it."""

    def __init__(self, start: bytes) -> None:
        self._certain = {"reviews.sqlite": bytearray(start)}
        self._asked: dict[str, list[Write | Truncate]] = {}

    def follow(self, step: Write | Truncate | Sync) -> None:
        asked = self._asked.setdefault(step.file, [])
        if not isinstance(step, Sync):
            asked.append(step)
            return
        certain = self._certain.setdefault(step.file, bytearray())
        for one in asked:
            _apply(certain, one)
        asked.clear()

    def after_cut(self, folder: Path, chance: random.Random) -> None:
        share = chance.choice(KEPT)
        for name in {*self._certain, *self._asked}:
            found = bytearray(self._certain.get(name, b""))
            for step in self._asked.get(name, []):
                for piece in _pieces(step):
                    if chance.random() < share:
                        _apply(found, piece)
            (folder / name).write_bytes(found)


def _pieces(step: Write | Truncate) -> Iterator[Write | Truncate]:
    """A write as its sectors: each one arrives whole or not at all."""
    if isinstance(step, Truncate):
        yield step
        return
    at, end = step.at, step.at + len(step.data)
    while at < end:
        after = min(end, at - at % SECTOR + SECTOR)
        yield Write(step.file, at, step.data[at - step.at : after - step.at])
        at = after


def _apply(content: bytearray, step: Write | Truncate) -> None:
    if isinstance(step, Truncate):
        del content[step.size :]
        return
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(step.data)] = step.data


def _judged(folder: Path, told: Sequence[Told]) -> tuple[bool, bool]:
    """Whether anything acknowledged is missing, and whether the store is damaged."""
    try:
        store = review_store.ReviewStore(makers.address(folder))
    except errors.DashboardError:
        return False, True
    try:
        kept = {event.sequence: event.new for event in store.history(RECORD)}
        lost = any(kept.get(one.version) != one.note for one in told)
        return lost, not store.verify().whole
    except errors.DashboardError:
        return False, True
    finally:
        store.close()
