"""Recognise the words of closed columns by arithmetic on the bytes of many cells at once.

Most cells of our format are blank or hold one of a few words. The first eight bytes of a cell are
taken as one number, which leads to the only word of its column that the cell can be; then all of
the cell is compared with that word. What is no such word is left to the reader of any text.
"""

import itertools
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int8]
PIECE = 512 * 1024
"""Bytes looked at together: what is worked out from them stays in the processor's cache."""
NEWLINE = ord("\n")
WORD = 8  # bytes of a number
LONGEST = 15
"""Bytes of a word: the first seven and the last eight are compared."""
SLOTS_BITS = 5
MOST = 16
"""Words of a column, half of its slots."""
MIX = 0x9E3779B97F4A7C15
MASKS = np.array([2 ** (8 * size) - 1 for size in (*range(WORD + 1), WORD - 1)], np.uint64)
"""The bytes of a cell within its first eight; of a longer one (the last mask) seven."""
LONG = np.uint64(0xFF << 56)
"""The eighth byte in the number of a longer cell: no byte of UTF-8, so no shorter cell has it."""
NO_TEXT = np.uint64(2**64 - 1)
PAD = bytes(WORD)


class Words:
    """The words of a file's columns, in file order; a column without words is left alone."""

    def __init__(self, columns: Sequence[str], words: Mapping[str, Sequence[str]]) -> None:
        self._columns = tuple(columns)
        tables = [_table(tuple(words.get(name, ()))) for name in columns]
        self._factors = np.array([table.factor for table in tables], np.uint64)
        self._first = np.arange(len(tables)) << SLOTS_BITS
        self._keys = np.concatenate([table.keys for table in tables])
        self._ends = np.concatenate([table.ends for table in tables])
        self._sizes = np.concatenate([table.sizes for table in tables])
        self._places = np.concatenate([table.places for table in tables])

    def read(self, content: bytes, separator: str, rows: int) -> dict[str, Places]:
        """The place of each row's word (rows,), of the columns that hold nothing but their words.

        Of whole lines without quotes; nothing is read when a line has another number of fields.
        """
        places = np.empty((len(self._columns), rows), np.int8)
        closed = np.ones(len(self._columns), np.bool_)
        begin = row = 0
        while begin < len(content):
            end = content.rfind(b"\n", begin, begin + PIECE) + 1 or content.find(b"\n", begin) + 1
            piece = np.frombuffer(content[begin:end] + PAD, np.uint8)
            found = self._piece(piece, ord(separator))
            if found is None:
                return {}
            part, known = found
            places[:, row : row + len(part)] = part.T
            closed &= known
            begin, row = end, row + len(part)
        if row != rows:
            return {}
        return {self._columns[column]: places[column] for column in np.flatnonzero(closed)}

    def _piece(
        self, piece: npt.NDArray[np.uint8], separator: int
    ) -> tuple[Places, npt.NDArray[np.bool_]] | None:
        """Places (rows, columns), and the columns (columns,) all of whose cells are words."""
        count = len(self._columns)
        ends = np.flatnonzero((piece == separator) | (piece == NEWLINE))
        if len(ends) % count or (piece[ends[count - 1 :: count]] != NEWLINE).any():
            return None
        starts = np.empty_like(ends)
        starts[0], starts[1:] = 0, ends[:-1] + 1
        sizes = np.minimum(ends - starts, WORD + 1)
        numbers = np.ndarray(len(piece) - WORD + 1, "<u8", piece, strides=(1,))
        keys = numbers[starts] & MASKS.take(sizes)
        long = np.flatnonzero(sizes > WORD)
        keys[long] |= LONG
        rows = keys.reshape(-1, count)
        slots = _slots(rows, self._factors)
        slots += self._first
        known = self._keys.take(slots) == rows
        of_long, ends_of_long = slots.reshape(-1)[long], ends[long]
        known.reshape(-1)[long] &= (self._ends[of_long] == numbers[ends_of_long - WORD]) & (
            self._sizes[of_long] == ends_of_long - starts[long]
        )
        return self._places.take(slots), known.all(axis=0)


class _Table:
    """The slots of one column's words."""

    def __init__(self, words: Sequence[str]) -> None:
        texts = [word.encode() for word in words]
        if len(texts) > MOST or max(map(len, texts), default=0) > LONGEST:
            texts = []
        found = np.array([_key(text) for text in texts], np.uint64)
        self.factor = next(
            factor
            for factor in (MIX * odd % 2**64 for odd in itertools.count(1, 2))
            if len(set(_slots(found, np.uint64(factor)))) == len(set(texts))
        )
        slots = _slots(found, np.uint64(self.factor))
        self.keys = np.full(1 << SLOTS_BITS, NO_TEXT)
        self.ends = np.zeros(1 << SLOTS_BITS, np.uint64)
        self.sizes = np.zeros(1 << SLOTS_BITS, np.int64)
        self.places = np.zeros(1 << SLOTS_BITS, np.int8)
        self.keys[slots] = found
        self.ends[slots] = [int.from_bytes(text[-WORD:], "little") for text in texts]
        self.sizes[slots] = [len(text) for text in texts]
        self.places[slots] = range(len(texts))


_table = lru_cache(maxsize=256)(_Table)


def _key(text: bytes) -> int:
    number = int.from_bytes(text[:WORD], "little")
    size = min(len(text), WORD + 1)
    return number & int(MASKS[size]) | (int(LONG) if size > WORD else 0)


def _slots(keys: Numbers, factors: Numbers | np.uint64) -> npt.NDArray[np.intp]:
    mixed = keys * factors
    mixed >>= np.uint64(64 - SLOTS_BITS)
    return mixed.view(np.intp)
