"""A disk that runs full while a review is saved, and has room again later."""

import contextlib
import dataclasses
import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import review_makers as makers
from circulation.reviewing import review_store

ROOM = 800_000  # bytes; the store needs some of it before the first note
BALLAST = 200_000
LONG_NOTE = "cold foot " * 90


@dataclasses.dataclass(frozen=True)
class Outcome:
    how: str
    saved_before: int
    told: str
    intact: bool
    resumed: bool

    @property
    def harmless(self) -> bool:
        return self.told.startswith("not saved") and self.intact and self.resumed


def fill() -> Outcome:
    """Save until there is no room, look at what stands, make room, save again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _small_disk(folder) as small:
            return _filled(folder, _ballast(folder) if small else _size_limit())


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own in the folder, where this user may mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    small = (
        os.geteuid() == 0 and not subprocess.run(mount, check=False, capture_output=True).returncode
    )
    try:
        yield small
    finally:
        if small:
            subprocess.run(["umount", str(folder)], check=True)


@dataclasses.dataclass(frozen=True)
class _Lack:
    how: str
    room: contextlib.AbstractContextManager[object]


def _ballast(folder: Path) -> _Lack:
    """A file that takes up room inside the block, and is gone after it."""

    @contextlib.contextmanager
    def taken() -> Iterator[None]:
        (folder / "ballast").write_bytes(bytes(BALLAST))
        try:
            yield
        finally:
            (folder / "ballast").unlink()

    return _Lack(f"a disk of {ROOM // 1000} kB", taken())


def _size_limit() -> _Lack:
    """No file may grow beyond the limit inside the block."""

    @contextlib.contextmanager
    def limited() -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM - BALLAST, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return _Lack(f"files of at most {(ROOM - BALLAST) // 1000} kB", limited())


def _filled(folder: Path, lack: _Lack) -> Outcome:
    store = review_store.ReviewStore(makers.address(folder))
    told, saved = "", [makers.add(store, makers.START)]
    try:
        with lack.room:
            while not told:
                try:
                    saved.append(makers.add(store, makers.note(f"{len(saved)} {LONG_NOTE}")))
                except review_store.NotSaved as refused:
                    told = refused.fault
            versions = [event.sequence for event in store.history("A-1")]
            stands = store.current("A-1") == saved[-1]
        intact = stands and versions == [one.version for one in saved]
        after = makers.add(store, makers.note("there is room again"))
        resumed = after.version == saved[-1].version + 1 and store.verify().whole
    finally:
        store.close()
    return Outcome(lack.how, len(saved), told, intact, resumed)
