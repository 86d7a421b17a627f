"""Split whole lines without quotes into columns, by arithmetic on the bytes of many cells at once.

Each cell becomes one number: its bytes when it has at most eight, as nearly all have, else the
place of its text among the longer ones. Numbers are told apart faster than texts. Nothing is read
when a line has another number of fields than the header; that is left to the reader of rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bytes: TypeAlias = npt.NDArray[np.uint8]
Numbers: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.int64]
Number = TypeVar("Number", np.uint64, np.int64)
PIECE = 512 * 1024
"""Bytes looked at together: what is worked out from them stays in the processor's cache."""
LONGEST = 128
"""Bytes of a cell; a block with a longer one is left to the reader of rows."""
NEWLINE = ord("\n")
WORD = 8  # bytes of a number
MASKS = np.array([2 ** (8 * size) - 1 for size in range(WORD + 1)], np.uint64)
"""By the size of a cell: its bytes within the eight that begin where it begins."""
LONG = 0xFF << 56
"""Marks the place of a longer text: no byte of UTF-8 is 0xFF, so no cell's bytes look so."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some rows: their numbers (rows, columns), and where their longer cells are (cells,).

    ``at`` counts through the numbers row by row; ``starts`` and ``sizes`` are in bytes.
    """

    numbers: Numbers
    at: Places
    starts: Places
    sizes: Places


def read(
    content: bytes, separator: str, shape: tuple[int, int], wanted: Sequence[int]
) -> list[tuple[npt.NDArray[np.int32], tuple[str, ...]]] | None:
    """For each column wanted (counted from 0) the codes of its cells (rows,) and what they mean.

    ``content`` is whole lines of UTF-8 without quotes and NUL bytes, ``shape`` how many and how
    many columns. None when a line has not so many columns or a cell is very long.
    """
    lines, columns = shape
    array = np.frombuffer(content + bytes(WORD), np.uint8)
    numbers = np.empty((columns, lines), np.uint64)
    longer: list[tuple[Places, Places, Places]] = []
    begin = row = 0
    while begin < len(content):
        end = content.rfind(b"\n", begin, begin + PIECE) + 1 or content.find(b"\n", begin) + 1
        piece = _piece(array, begin, end, ord(separator), columns)
        if piece is None:
            return None
        after = row + len(piece.numbers)
        numbers[:, row:after] = piece.numbers.T
        in_row, column = np.divmod(piece.at, columns)
        longer.append((column * lines + row + in_row, piece.starts, piece.sizes))
        begin, row = end, after
    if row != lines:
        return None
    at, starts, sizes = (np.concatenate(parts) for parts in zip(*longer, strict=True))
    texts: list[str] = []
    if len(at):
        if sizes.max() > LONGEST:
            return None
        places = _told_apart(array, starts, sizes)
        numbers.reshape(-1)[at] = places.astype(np.uint64) + np.uint64(LONG)
        first = np.unique(places, return_index=True)[1]
        texts = [content[starts[one] : starts[one] + sizes[one]].decode() for one in first]
    return [_encoded(numbers[column], texts) for column in wanted]


def _piece(array: Bytes, begin: int, end: int, separator: int, columns: int) -> _Piece | None:
    """The rows from one place to another, None when one has not so many columns."""
    part = array[begin:end]
    ends = np.flatnonzero((part == separator) | (part == NEWLINE))
    if len(ends) % columns or (part[ends[columns - 1 :: columns]] != NEWLINE).any():
        return None
    starts = np.empty_like(ends)
    starts[0], starts[1:] = 0, ends[:-1] + 1
    sizes = ends - starts
    numbers = _words(array[begin:])[starts] & MASKS.take(sizes, mode="clip")
    at = np.flatnonzero(sizes > WORD)
    return _Piece(numbers.reshape(-1, columns), at, starts[at] + begin, sizes[at])


def _words(array: Bytes) -> Numbers:
    """The eight bytes from each place on as one number."""
    return np.ndarray(len(array) - WORD + 1, "<u8", array, strides=(1,))


def _told_apart(array: Bytes, starts: Places, sizes: Places) -> Places:
    """A place for each cell, the same where the texts are; eight bytes more in each round."""
    words = _words(array)
    found = np.zeros(len(starts), np.int64)
    for offset in range(0, int(sizes.max()), WORD):
        left = np.clip(sizes - offset, 0, WORD)
        more, known = _places(words[np.where(left, starts + offset, 0)] & MASKS[left])
        found = _places(found * len(known) + more)[0].astype(np.int64)
    return found


def _places(numbers: npt.NDArray[Number]) -> tuple[npt.NDArray[np.int32], npt.NDArray[Number]]:
    """The place of each number among the different ones, and these, the first to come first."""
    array = pa.array(numbers).dictionary_encode()
    return array.indices.to_numpy(), array.dictionary.to_numpy()


def _encoded(
    numbers: Numbers, longer: Sequence[str]
) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
    codes, known = _places(numbers)
    texts = zip(known.tolist(), known.view(f"S{WORD}").tolist(), strict=True)
    return codes, tuple(
        longer[number - LONG] if number >= LONG else text.decode() for number, text in texts
    )
