"""How records lie in a batch's Parquet file: closed values as dictionaries, numbers exact.

Measurements are stored as decimals, days as dates; a blank or unasked cell is null. The same rows
give the same bytes, so a batch is named by the SHA-256 of its file.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from circulation import errors
from circulation.knowledge_base import columns
from circulation.records import intake
from circulation.records.intake import Codes

ROW_GROUP = 131_072
PRECISION = 18
"""Digits of a stored decimal: all that 64 bits hold."""


def schema(layout: Iterable[columns.Column]) -> pa.Schema:
    """The columns of a batch file."""
    return pa.schema([pa.field(column.name, _type(column)) for column in layout])


def _type(column: columns.Column) -> pa.DataType:
    match column.kind:
        case columns.Kind.ID | columns.Kind.SITE:
            return pa.string()
        case columns.Kind.DAY:
            return pa.date32()
        case columns.Kind.MEASURE:
            return pa.decimal128(PRECISION, column.decimals)
    return pa.dictionary(pa.int8() if len(column.values) < 127 else pa.int16(), pa.string())


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some records: their ids, and the codes of their columns (records,)."""

    ids: Sequence[str]
    codes: Mapping[str, Codes]

    def part(self, rows: slice) -> "_Rows":
        return _Rows(self.ids[rows], {name: codes[rows] for name, codes in self.codes.items()})

    def column(self, column: columns.Column) -> Codes:
        """The codes of one column, blank where it was left out."""
        if column.name in self.codes:
            return self.codes[column.name]
        return np.full(len(self.ids), intake.blank(column.kind))


class Writer:
    """Writes a batch file in groups of rows of one size, whatever the pieces it is given."""

    def __init__(self, path: Path, layout: Sequence[columns.Column]) -> None:
        self._layout = layout
        self._schema = schema(layout)
        self._writer = pq.ParquetWriter(
            path,
            self._schema,
            compression="zstd",
            write_statistics=False,
            store_decimal_as_integer=True,
        )
        self._waiting: list[_Rows] = []
        self._count = 0
        self._values: dict[str, Sequence[str]] = {}
        self._pool = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    def add(
        self,
        record_ids: Sequence[str],
        codes: Mapping[str, Codes],
        values: Mapping[str, Sequence[str]],
    ) -> None:
        """Adds records column by column; a column that is left out is blank.

        What ``values`` says of a column holds for all that came before: they only grow.
        """
        self._values |= values
        rows = _Rows(record_ids, codes)
        while self._count + len(rows.ids) >= ROW_GROUP:
            room = ROW_GROUP - self._count
            self._waiting.append(rows.part(slice(0, room)))
            self._write()
            rows = rows.part(slice(room, None))
        self._waiting.append(rows)
        self._count += len(rows.ids)

    def close(self) -> None:
        """Writes what is left and ends the file."""
        if self._count:
            self._write()
        self.abandon()

    def abandon(self) -> None:
        """Ends the file as it is."""
        self._pool.shutdown()
        if self._writing:
            self._writing.result()
        self._writer.close()

    def _write(self) -> None:
        """Writes the rows that wait as one group, beside the reading of the next."""
        if self._writing:
            self._writing.result()
        self._writing = self._pool.submit(self._write_group, self._waiting, dict(self._values))
        self._waiting, self._count = [], 0

    def _write_group(self, group: Sequence[_Rows], values: Mapping[str, Sequence[str]]) -> None:
        arrays = []
        for column, part in zip(self._layout, self._schema, strict=True):
            if column.kind is columns.Kind.ID:
                ids = [record_id for rows in group for record_id in rows.ids]
                arrays.append(pa.array(ids, pa.string()))
            else:
                codes = np.concatenate([rows.column(column) for rows in group])
                arrays.append(_array(column, codes, values.get(column.name, ()), part.type))
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))


@lru_cache(maxsize=1024)
def _dictionary(column: columns.Column) -> pa.Array:
    values = [value for value in column.values if value != columns.NOT_ASKED]
    return pa.array(values, pa.string())


def _array(
    column: columns.Column, codes: Codes, texts: Sequence[str], kind: pa.DataType
) -> pa.Array:
    match column.kind:
        case columns.Kind.DAY:
            return _whole(codes, codes != intake.NO_DAY, pa.int32()).cast(kind)
        case columns.Kind.MEASURE:
            return _decimals(codes, kind)
        case columns.Kind.SITE:
            places = _whole(codes, codes != intake.BLANK, pa.int32())
            return pa.array(texts, pa.string()).take(places)
    places = _whole(codes, codes != intake.BLANK, kind.index_type)
    return pa.DictionaryArray.from_arrays(places, _dictionary(column))


def _whole(codes: Codes, known: npt.NDArray[np.bool_], kind: pa.DataType) -> pa.Array:
    """Whole numbers, null where not known; six times as fast as pa.array with a mask."""
    values = pa.py_buffer(codes.astype(kind.to_pandas_dtype()))
    return pa.Array.from_buffers(kind, len(codes), [_valid(known), values])


def _decimals(codes: Codes, kind: pa.DataType) -> pa.Array:
    """Whole numbers as decimals of their scale: 128 bits each, the low half first."""
    known = codes != intake.NOT_MEASURED
    low = np.where(known, codes, 0)
    wide = pa.py_buffer(np.stack([low, low >> 63], axis=1))
    return pa.Array.from_buffers(kind, len(codes), [_valid(known), wide])


def _valid(known: npt.NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(known, bitorder="little"))


class Stored:
    """One batch file, open for reading column by column."""

    def __init__(self, path: Path) -> None:
        self.place = f"batch {path.stem[:12]}"
        try:
            self._file = pq.ParquetFile(path, read_dictionary=["site"])
        except (OSError, pa.ArrowException):
            raise self._damaged() from None
        self.count: int = self._file.metadata.num_rows
        self.columns = frozenset(self._file.schema_arrow.names)

    def record_ids(self) -> pa.ChunkedArray:
        """The record ids as texts."""
        return self._column(columns.RECORD_ID)

    def ids(self) -> npt.NDArray[np.bytes_]:
        """The record ids (records,)."""
        column = self.record_ids().cast(pa.binary())
        parts = [np.array(part.to_pylist(), np.bytes_) for part in column.chunks]
        return np.concatenate([np.zeros(0, "S1"), *parts])

    def days(self, name: str) -> npt.NDArray[np.int32]:
        """Days since 1970-01-01 (records,), NO_DAY where not recorded."""
        whole = self._column(name).cast(pa.int32()).fill_null(int(intake.NO_DAY))
        return np.asarray(whole.to_numpy(), dtype=np.int32)

    def sites(self, name: str) -> frozenset[str]:
        """The distinct values of a column."""
        return frozenset(self._column(name).unique().drop_null().to_pylist())

    def codes(self, name: str, values: Sequence[str]) -> npt.NDArray[np.int16]:
        """Places among the values (records,), -1 for blank. Refuses a value not among them."""
        found = []
        for part in self._column(name).chunks:
            known = part.dictionary.to_pylist()
            used = part.indices.fill_null(len(known)).to_numpy()
            if not set(known) <= set(values):
                raise self._stranger(name)
            places = [*(values.index(text) for text in known), intake.BLANK]
            found.append(np.array(places, dtype=np.int16)[used])
        return np.concatenate([np.zeros(0, np.int16), *found])

    def numbers(self, name: str, decimals: int) -> npt.NDArray[np.int64]:
        """Whole multiples of 10**-decimals (records,), intake.NOT_MEASURED where blank."""
        column = self._column(name)
        if column.type.scale != decimals:
            raise self._stranger(name)
        found = []
        for part in column.chunks:
            wide = np.frombuffer(part.buffers()[1], dtype=np.int64).reshape(-1, 2)
            low = wide[part.offset : part.offset + len(part), 0]
            known = part.is_valid().to_numpy(zero_copy_only=False)
            found.append(np.where(known, low, intake.NOT_MEASURED))
        return np.concatenate([np.zeros(0, np.int64), *found])

    def check_layout(self, layout: Iterable[columns.Column]) -> None:
        """Raises when the batch holds a column with values that the knowledge no longer has."""
        for name in self.columns - {column.name for column in layout}:
            if self._column(name).null_count < self.count:
                raise self._stranger(name)

    def _column(self, name: str) -> pa.ChunkedArray:
        try:
            return self._file.read(columns=[name], use_threads=False).column(0)
        except (OSError, pa.ArrowException):
            raise self._damaged() from None

    def _stranger(self, name: str) -> errors.DashboardError:
        return errors.DashboardError(
            f"{self.place}, column '{name}'",
            "holds values that the knowledge no longer has",
            "Restore the knowledge, or remove the batch and import its file again",
        )

    def _damaged(self) -> errors.DashboardError:
        way_out = "Restore it from a backup, or remove the batch and import its file again"
        return errors.DashboardError(self.place, "cannot be read", way_out)
