"""What SQLite asks of the disk, in its order: writes, cuts and syncs, as the store makes them.

A layer is put between Python's own SQLite and the system's files, in the form SQLite offers for it
(https://www.sqlite.org/vfs.html): three kinds of calls are noted, and passed on or made to fail.
"""

import contextlib
import ctypes
import dataclasses
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


@dataclasses.dataclass(frozen=True)
class Write:
    file: str
    at: int
    data: bytes


@dataclasses.dataclass(frozen=True)
class Truncate:
    file: str
    size: int


@dataclasses.dataclass(frozen=True)
class Sync:
    file: str


@dataclasses.dataclass(frozen=True)
class Told:
    """Not a call: the writer was told here that this note is saved under this version."""

    version: int
    note: str


Step = Write | Truncate | Sync | Told


class _Vfs(ctypes.Structure):
    """sqlite3_vfs: four numbers, then the list's next, the name and the functions."""

    _fields_ = (
        ("numbers", ctypes.c_int * 4),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 14),
    )


class _Methods(ctypes.Structure):
    """sqlite3_io_methods: the version, then the functions of an open file."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 13),
    )


FAILED_WRITE, FAILED_SYNC, FAILED_TRUNCATE = 778, 1034, 1546  # SQLITE_IOERR_...
_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_longlong
_OPEN = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)
_WRITE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_SYNC = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)


@contextlib.contextmanager
def of_all_files() -> Iterator[list[Step]]:
    """The steps of every file that is opened inside; all of them must be closed inside."""
    steps: list[Step] = []

    def noted(step: Step) -> bool:
        steps.append(step)
        return True

    with through(noted):
        yield steps


@contextlib.contextmanager
def through(let: Callable[[Step], bool]) -> Iterator[None]:
    """Ask before each step of every file that is opened inside; one that is not let through fails.

    All the files must be closed inside.
    """
    library = _library()
    layer = _Layer(library.sqlite3_vfs_find(None), let)
    library.sqlite3_vfs_register(ctypes.byref(layer.vfs), 1)
    try:
        yield
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(layer.vfs))
        library.sqlite3_vfs_register(layer.below, 1)


def _library() -> ctypes.CDLL:
    """The very library that Python's sqlite3 uses."""
    found = importlib.util.find_spec("_sqlite3")
    assert found is not None
    library = ctypes.CDLL(found.origin)
    library.sqlite3_vfs_find.restype = _POINTER
    library.sqlite3_vfs_register.argtypes = (_POINTER, _INT)
    library.sqlite3_vfs_unregister.argtypes = (_POINTER,)
    return library


class _Layer:
    """A copy of the system's own layer with another `open`; it must live as long as its files."""

    def __init__(self, below: int, let: Callable[[Step], bool]) -> None:
        self.below = below
        self._let = let
        self._names: dict[int, str] = {}
        self._methods: dict[int, tuple[_Methods, list[Any]]] = {}
        self.vfs = _Vfs.from_buffer_copy(ctypes.string_at(below, ctypes.sizeof(_Vfs)))
        self._open_below = _OPEN(self.vfs.open)
        self._open_here = _OPEN(self._open)
        self.vfs.name = b"recording"
        self.vfs.open = ctypes.cast(self._open_here, _POINTER).value

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        status = self._open_below(self.below, name, file, flags, out)
        methods = _POINTER.from_address(file)  # the first field of an open file
        if status == 0 and methods.value:
            self._names[file] = Path(ctypes.string_at(name).decode()).name if name else ""
            methods.value = ctypes.addressof(self._noting(methods.value))
        return int(status)

    def _noting(self, below: int) -> _Methods:
        """The functions of an open file, three of them noting; made once for each kind of file."""
        if below not in self._methods:
            made = _Methods.from_buffer_copy(ctypes.string_at(below, ctypes.sizeof(_Methods)))
            calls = self._calls(made)
            made.write, made.truncate, made.sync = (ctypes.cast(c, _POINTER).value for c in calls)
            self._methods[below] = (made, calls)
        return self._methods[below][0]

    def _calls(self, below: _Methods) -> list[Any]:
        write_on, truncate_on = _WRITE(below.write), _TRUNCATE(below.truncate)
        sync_on = _SYNC(below.sync)

        def write(file: int, data: int, size: int, at: int) -> int:
            if not self._let(Write(self._names[file], at, ctypes.string_at(data, size))):
                return FAILED_WRITE
            return int(write_on(file, data, size, at))

        def truncate(file: int, size: int) -> int:
            if not self._let(Truncate(self._names[file], size)):
                return FAILED_TRUNCATE
            return int(truncate_on(file, size))

        def sync(file: int, flags: int) -> int:
            if not self._let(Sync(self._names[file])):
                return FAILED_SYNC
            return int(sync_on(file, flags))

        return [_WRITE(write), _TRUNCATE(truncate), _SYNC(sync)]
