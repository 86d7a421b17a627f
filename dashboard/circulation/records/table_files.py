"""The built table as one file mapped into memory: a restart takes a moment, the memory is lent.

The file is a copy of what the batches hold, written by the first load and never changed. Its name
holds the table's version, the code that built it and its own SHA-256; the next table takes its
place. It may be deleted at any time.
"""

import fcntl
import hashlib
import json
import mmap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from circulation import durable
from circulation.knowledge_base import columns
from circulation.records import batch_files, category_bits, intake, measured, ternary
from circulation.records.category_bits import RareRows
from circulation.records.measured import Measure, SparseMeasure
from circulation.records.ternary import Bits, Ternary

FOLDER = "table"
LENGTH = 8  # bytes at the start of the file that say how long the contents are
ALIGN = 64  # bytes; each array begins on a line of the processor's cache

Array: TypeAlias = npt.NDArray[Any]


def opened(store: Path, version: str) -> intake.Intake | None:
    """The table of a version from its file; None when there is none that is as it was written."""
    for path in _files(store, f"{version}-{_code()}"):
        with suppress(FileNotFoundError), path.open("rb") as file:  # another process may delete it
            if path.name.endswith(hashlib.file_digest(file, "sha256").hexdigest()):
                return _mapped(path)
    return None


def kept(store: Path, table: intake.Intake) -> intake.Intake:
    """The table from its new file, which takes the place of an older one.

    Where no file can be written it is the table given, and the next start reads the batches again.
    """
    try:
        (store / FOLDER).mkdir(exist_ok=True)
        with (store / FOLDER / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return opened(store, table.version) or _mapped(_written(store, table))
    except OSError:
        return table


def forget(store: Path) -> None:
    """Deletes the file: the next load makes it anew."""
    for path in _files(store):
        path.unlink(missing_ok=True)


def _files(store: Path, start: str = "") -> list[Path]:
    return sorted((store / FOLDER).glob(f"{start}*-*"))


@cache
def _code() -> str:
    """The code that makes tables: after a change of it no older file is used."""
    modules = (batch_files, category_bits, columns, intake, measured, ternary)
    files = [Path(__file__), *(Path(str(module.__file__)) for module in modules)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


@dataclass(frozen=True)
class _Shelf:
    """Arrays one behind another, each once however often the table uses it."""

    arrays: list[Array] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)

    def put(self, *arrays: Array) -> list[int]:
        """Where the arrays stand on the shelf."""
        for array in arrays:
            if id(array) not in self.places:
                self.places[id(array)] = len(self.arrays)
                self.arrays.append(array)
        return [self.places[id(array)] for array in arrays]


def _written(store: Path, table: intake.Intake) -> Path:
    """Writes the file, whole or not at all, and deletes the older ones."""
    part = store / FOLDER / f"table{durable.PART}"
    digest = hashlib.sha256()
    with part.open("wb") as file:
        for piece in _pieces(table):
            digest.update(piece)
            file.write(piece)
    forget(store)
    path = part.with_name(f"{table.version}-{_code()}-{digest.hexdigest()}")
    durable.settle(part, path)
    return path


def _pieces(table: intake.Intake) -> Iterator[bytes | memoryview]:
    """The file's bytes: the length of the contents, the contents as JSON, the arrays."""
    shelf = _Shelf()
    told = _told(table, shelf)
    told["arrays"] = [(array.dtype.str, len(array)) for array in shelf.arrays]
    contents = json.dumps(told).encode()
    contents += b" " * _gap(LENGTH + len(contents))
    yield len(contents).to_bytes(LENGTH, "little") + contents
    for array in shelf.arrays:
        yield np.ascontiguousarray(array).view(np.uint8).data
        yield bytes(_gap(array.nbytes))


def _gap(size: int) -> int:
    return -size % ALIGN


def _mapped(path: Path) -> intake.Intake:
    """The table in a file."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = LENGTH + int.from_bytes(mapped[:LENGTH], "little")
    told = json.loads(mapped[LENGTH:start])
    arrays = []
    for kind, length in told["arrays"]:
        array = np.frombuffer(mapped, dtype=kind, count=length, offset=start)
        start += array.nbytes + _gap(array.nbytes)
        arrays.append(array)
    return _restored(told, arrays, mapped)


def _told(table: intake.Intake, shelf: _Shelf) -> dict[str, Any]:
    """The table as JSON holds it: each array by its place on the shelf."""
    rows = (table.real, table.record_ids, table.by_id, table.day_words)
    return {
        "version": table.version,
        "synthetic": table.synthetic,
        "count": table.count,
        "first_day": table.first_day.isoformat() if table.first_day else None,
        "rows": shelf.put(*rows),
        "ternaries": {
            name: shelf.put(answer.present, answer.absent)
            for name, answer in table.ternaries.items()
        },
        "categories": {
            name: dict(zip(category, shelf.put(*_by_value(category)), strict=True))
            for name, category in table.categories.items()
        },
        "measures": {
            name: (found.decimals, shelf.put(*_arrays(found)))
            for name, found in table.measures.items()
        },
    }


def _by_value(category: Mapping[str, Bits]) -> Iterator[Array]:
    """The array of each value: its bitset, or its rows when they are few."""
    if isinstance(category, RareRows):
        kept: Mapping[str, Array] = {**category.common, **category.rare}
        return (kept[value] for value in category)
    return iter(category.values())


def _category(arrays: Mapping[str, Array], words: int) -> Mapping[str, Bits]:
    rare = {value: array for value, array in arrays.items() if array.dtype == np.int32}
    common = {value: array for value, array in arrays.items() if value not in rare}
    return RareRows(tuple(arrays), words, common, rare) if rare else common


def _arrays(measure: Measure | SparseMeasure) -> Sequence[Array]:
    if isinstance(measure, SparseMeasure):
        return measure.rows, measure.kept
    return (measure.values,)


def _measure(arrays: Sequence[Array], decimals: int) -> Measure | SparseMeasure:
    *rows, values = arrays
    return SparseMeasure(rows[0], values, decimals) if rows else Measure(values, decimals)


def _restored(told: Mapping[str, Any], arrays: Sequence[Array], mapped: mmap.mmap) -> intake.Intake:
    real, record_ids, by_id, day_words = (arrays[place] for place in told["rows"])
    return intake.Intake(
        version=told["version"],
        synthetic=told["synthetic"],
        count=told["count"],
        real=real,
        record_ids=record_ids,
        by_id=by_id,
        first_day=date.fromisoformat(told["first_day"]) if told["first_day"] else None,
        day_words=day_words,
        ternaries={
            name: Ternary(arrays[present], arrays[absent])
            for name, (present, absent) in told["ternaries"].items()
        },
        categories={
            name: _category({value: arrays[place] for value, place in category.items()}, len(real))
            for name, category in told["categories"].items()
        },
        measures={
            name: _measure([arrays[place] for place in places], decimals)
            for name, (decimals, places) in told["measures"].items()
        },
        mapped=mapped,
    )
