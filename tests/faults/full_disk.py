"""A disk that runs full while a review is saved, and has room again later."""

import contextlib
import dataclasses
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import postgres_server
import review_makers as makers
from circulation.reviewing import review_store, reviews

ROOM = 800_000  # bytes; the store needs some of it before the first note
BALLAST = 200_000
ROOM_OF_SERVER = 72_000_000  # a new PostgreSQL server takes most of it
LITTLE = 3_000_000  # bytes left for what is saved
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
            lack = _ballast(folder) if small else _size_limit()
            return _filled(makers.address(folder), lack, lambda: None)


def fill_postgres() -> Outcome | None:
    """The same for the disk of a PostgreSQL server; None where no disk may be mounted."""
    with tempfile.TemporaryDirectory() as name, _small_disk(Path(name), ROOM_OF_SERVER) as small:
        if not small:
            return None
        folder = Path(name)
        server = postgres_server.Server(folder, "--wal-segsize=1")
        try:
            server.start("max_wal_size=2MB", "min_wal_size=2MB", "autovacuum=off")
            url = postgres_server.fresh(server.url)
            review_store.ReviewStore(url).close()
            left = shutil.disk_usage(folder).free
            lack = _ballast(folder, max(0, left - LITTLE))
            what = f"a server on a disk of {ROOM_OF_SERVER // 1_000_000} MB"
            lack = dataclasses.replace(lack, how=what, stops_reading=True)
            return _filled(url, lack, server.start_again)
        finally:
            server.crash()


@contextlib.contextmanager
def _small_disk(folder: Path, room: int = ROOM) -> Iterator[bool]:
    """A disk of its own in the folder, where this user may mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(folder)]
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
    stops_reading: bool = False  # whether a server may stop by itself until there is room


def _ballast(folder: Path, size: int = BALLAST) -> _Lack:
    """A file that takes up room inside the block, and is gone after it."""

    @contextlib.contextmanager
    def taken() -> Iterator[None]:
        (folder / "ballast").write_bytes(bytes(size))
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


def _filled(url: str, lack: _Lack, restart: Callable[[], None]) -> Outcome:
    store = review_store.ReviewStore(url)
    told, saved = "", [makers.add(store, makers.START)]
    try:
        with lack.room:
            while not told:
                try:
                    saved.append(makers.add(store, makers.note(f"{len(saved)} {LONG_NOTE}")))
                except review_store.NotSaved as refused:
                    told = refused.fault
            readable = lack.stops_reading or _intact(store, saved)
        restart()
        intact = readable and _intact(store, saved)
        after = makers.add(store, makers.note("there is room again"))
        resumed = after.version == saved[-1].version + 1 and store.verify().whole
    finally:
        store.close()
    return Outcome(lack.how, len(saved), told, intact, resumed)


def _intact(store: review_store.ReviewStore, saved: list[reviews.RecordReview]) -> bool:
    versions = [event.sequence for event in store.history("A-1")]
    return store.current("A-1") == saved[-1] and versions == [one.version for one in saved]
