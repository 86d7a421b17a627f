"""Read a CSV file strictly, some records at a time, each with its line in the file.

A block of whole lines is checked as bytes (UTF-8, no NUL, quotes that open and close at the edges
of a field) and then split into columns whose distinct texts are found once: all cells at once where
no quote stands and all rows have the header's number of fields (plain_cells), else row by row.
A row with another number of fields than the header is refused, never filled up or shifted.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pc

from circulation.way_in import cells, csv_guards, plain_cells

BLOCK = 16 * 1024 * 1024
LONGEST_ROW = 16 * 1024 * 1024
NEWLINE, QUOTE = ord("\n"), ord('"')
Item = TypeVar("Item")
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """One column of some records: ``codes`` (records,) index the distinct ``values``."""

    codes: npt.NDArray[np.int32]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row whose number of fields is not the header's."""

    line: int
    fault: cells.Fault


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records: their lines in the file (records,), their columns, and the rows left out."""

    lines: Places
    columns: Mapping[str, Texts]
    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Whole lines of the file: each row's line number (rows,)."""

    content: bytes
    lines: Places
    quoted_newlines: bool


def chunks(
    path: Path,
    name: str,
    opening: csv_guards.Opening,
    wanted: Collection[str],
    digest: "hashlib._Hash",
) -> Iterator[Chunk]:
    """The records of a file with the columns wanted; ``digest`` takes in the whole file."""
    splitter = _Splitter(opening, wanted)
    with path.open("rb") as file:
        digest.update(file.read(opening.start))
        blocks = _blocks(file, name, opening, digest)
        yield from _ahead(blocks, splitter.split)


def _ahead(blocks: Iterator[_Block], work: Callable[[_Block], Item]) -> Iterator[Item]:
    """The result of each block, worked out one block ahead of its reader."""
    with ThreadPoolExecutor(1) as pool:
        following = None
        for block in blocks:
            done, following = following, pool.submit(work, block)
            if done:
                yield done.result()
        if following:
            yield following.result()


def _blocks(
    file: BinaryIO, name: str, opening: csv_guards.Opening, digest: "hashlib._Hash"
) -> Iterator[_Block]:
    line, rest = opening.first_line, b""
    while True:
        read = file.read(BLOCK)
        if read.endswith(b"\r"):
            read += file.read(1)
        digest.update(read)
        if b"\r" in read:
            read = read.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        content = rest + read
        if not content:
            return
        if not read and not content.endswith(b"\n"):
            content += b"\n"
        _check_text(content, name, line)
        whole, rest = _cut(content, name, line, opening.separator, last=not read)
        block, following = _block(whole, line)
        line = following
        if len(block.lines):
            yield block


def _check_text(content: bytes, name: str, line: int) -> None:
    if b"\0" in content:
        place = line + content.count(b"\n", 0, content.index(b"\0"))
        csv_guards.refuse(f"{name} line {place}", "holds a NUL byte", csv_guards.AS_UTF8)
    if content.isascii():
        return
    end = content.rfind(b"\n") + 1 or len(content)
    try:
        content[:end].decode("utf-8")
    except UnicodeDecodeError as fault:
        place = line + content.count(b"\n", 0, fault.start)
        csv_guards.refuse(f"{name} line {place}", "is not UTF-8 text", csv_guards.AS_UTF8)


def _cut(
    content: bytes, name: str, line: int, separator: str, *, last: bool
) -> tuple[bytes, bytes]:
    """Whole lines, and what follows the last of them; quotes are checked."""
    end = content.rfind(b"\n") + 1
    if QUOTE in content:
        array = np.frombuffer(content, dtype=np.uint8)
        quotes = np.flatnonzero(array == QUOTE)
        wrong = _misplaced(array, quotes, ord(separator))
        if wrong.size:
            place = line + content.count(b"\n", 0, int(wrong.min()))
            fault, way_out = "has a quote inside a field", "Put the field in quotes and double it"
            csv_guards.refuse(f"{name} line {place}", fault, way_out)
        if last and len(quotes) % 2:
            place = line + content.count(b"\n", 0, int(quotes[-1]))
            fault, way_out = "opens a quote that is never closed", "Close the quote or remove it"
            csv_guards.refuse(f"{name} line {place}", fault, way_out)
        ends = np.flatnonzero(array == NEWLINE)
        outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
        end = int(outside[-1]) + 1 if outside.size else 0
    if not end and len(content) > LONGEST_ROW:
        fault = f"is longer than {LONGEST_ROW // 2**20} MiB, or opens a quote that is never closed"
        csv_guards.refuse(f"{name} line {line}", fault, "Check what was exported")
    return content[:end], content[end:]


def _misplaced(array: npt.NDArray[np.uint8], quotes: Places, separator: int) -> Places:
    """Quotes that neither open nor close a whole field nor stand doubled within one.

    Counted from 0, an even quote must open a field or follow the one before it at once, an odd one
    must close a field or be followed by the next one at once.
    """
    edge = (array == separator) | (array == NEWLINE)
    doubled = np.diff(quotes) == 1
    opens, closes = quotes[::2], quotes[1::2]
    opens_well = (opens == 0) | edge[opens - 1]
    opens_well[1:] |= doubled[1::2][: len(opens) - 1]
    closes_well = (closes == len(array) - 1) | edge[np.minimum(closes + 1, len(array) - 1)]
    closes_well[: len(doubled[1::2])] |= doubled[1::2]
    return np.concatenate([opens[~opens_well], closes[~closes_well]])


def _block(content: bytes, first: int) -> tuple[_Block, int]:
    """A block without blank lines, the line of each row, and the first line after it."""
    array = np.frombuffer(content, dtype=np.uint8)
    newlines = array == NEWLINE
    after = first + int(np.count_nonzero(newlines))
    lines = np.arange(first, after, dtype=np.int64)
    if QUOTE not in content and not (newlines[:1].any() or (newlines[1:] & newlines[:-1]).any()):
        return _Block(content, lines, quoted_newlines=False), after
    ends = np.flatnonzero(newlines)
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    places = np.flatnonzero(array == QUOTE)
    inside = np.searchsorted(places, ends) % 2 == 1
    opened = np.concatenate([[False], inside])[:-1]
    blank = (starts == ends) & ~inside & ~opened
    if blank.any():
        keep = np.ones(len(array), dtype=np.bool_)
        keep[ends[blank]] = False
        content = array[keep].tobytes()
    return _Block(content, lines[~opened & ~blank], bool(inside.any())), after


class _Splitter:
    """Splits blocks into columns."""

    def __init__(self, opening: csv_guards.Opening, wanted: Collection[str]) -> None:
        self._separator = opening.separator
        self._columns = opening.columns
        kinds = {name: pa.dictionary(pa.int32(), pa.string()) for name in wanted}
        self._places = {name: opening.columns.index(name) for name in wanted}
        self._convert = pc.ConvertOptions(
            column_types=kinds,
            include_columns=list(wanted),
            null_values=[],
            strings_can_be_null=False,
            check_utf8=False,  # _check_text has done it
        )

    def split(self, block: _Block) -> Chunk:
        """The columns of a block, and its rows with too few or too many fields."""
        if QUOTE not in block.content:
            shape = (len(block.lines), len(self._columns))
            wanted = list(self._places.values())
            found = plain_cells.read(block.content, self._separator, shape, wanted)
            if found:
                named = zip(self._places, found, strict=True)
                columns = {name: Texts(codes, values) for name, (codes, values) in named}
                return Chunk(block.lines, columns, ())
        return self._by_rows(block)

    def _by_rows(self, block: _Block) -> Chunk:
        """The same for any block, with quotes or with rows of another length."""
        odd: list[pc.InvalidRow] = []

        def set_aside(row: pc.InvalidRow) -> str:
            odd.append(row)
            return "skip"

        table = pc.read_csv(
            pa.BufferReader(block.content),
            read_options=pc.ReadOptions(
                use_threads=False,  # only then does a row of another length tell its number
                block_size=len(block.content) + 1,
                column_names=list(self._columns),
            ),
            parse_options=pc.ParseOptions(
                delimiter=self._separator,
                ignore_empty_lines=False,
                newlines_in_values=block.quoted_newlines,
                invalid_row_handler=set_aside,
            ),
            convert_options=self._convert,
        )
        columns = {name: _texts(table.column(name)) for name in table.column_names}
        lines = np.delete(block.lines, [row.number - 1 for row in odd])
        misfits = tuple(Misfit(int(block.lines[row.number - 1]), self._misfit(row)) for row in odd)
        return Chunk(lines, columns, misfits)

    def _misfit(self, row: pc.InvalidRow) -> cells.Fault:
        found, expected = row.actual_columns, row.expected_columns
        counts = f"has {found} fields, the header has {expected}"
        if re.match(r"\W*(?:grand )?(?:totals?|sum|count|summe)\b", row.text, re.IGNORECASE):
            return cells.Fault(f"looks like a footer and not like a record: {counts}", "Delete it")
        if (
            found > expected
            and re.search(r"(?:^|,)-?\d+,\d+(?:,|$)", row.text)
            and self._separator == ","
        ):
            reason = f"{counts}: a decimal comma may split a number in two"
            return cells.Fault(reason, "Write a decimal point, as 0.85")
        if found > expected and row.text.rstrip().endswith(self._separator * (found - expected)):
            way_out = "Take out the separator too many, at the end of the line or within it"
            return cells.Fault(f"{counts}, and ends with a separator", way_out)
        return cells.Fault(counts, "Check the separators of this row")


def _texts(column: pa.ChunkedArray) -> Texts:
    if column.num_chunks == 0:
        return Texts(np.zeros(0, dtype=np.int32), ())
    array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return Texts(array.indices.to_numpy(), tuple(array.dictionary.to_pylist()))
