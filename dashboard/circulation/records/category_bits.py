"""The values of one category over all rows: a bitset each, in a large table rare ones as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from circulation.records import ternary
from circulation.records.ternary import Bits

LARGE = 262_144
"""Rows from which memory counts; below, every value is a bitset."""
RARE = 32
"""A value that fewer than 1 in 32 rows have takes less memory as rows of 32 bits."""
Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class RareRows(Mapping[str, Bits]):
    """Bitsets by value, as any other category; that of a rare value is made when asked for."""

    values_in_order: tuple[str, ...]
    words: int
    common: Mapping[str, Bits]
    rare: Mapping[str, Rows]

    def __getitem__(self, value: str) -> Bits:
        return self.part(value, 0, self.words)

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_in_order)

    def __len__(self) -> int:
        return len(self.values_in_order)

    def part(self, value: str, start: int, stop: int) -> Bits:
        """A value's bitset in some words."""
        if value in self.common:
            return self.common[value][start:stop]
        rows = self.rare[value]
        first, last = np.searchsorted(rows, (start * ternary.WORD, stop * ternary.WORD))
        flags = np.zeros((stop - start) * ternary.WORD, dtype=np.bool_)
        flags[rows[first:last] - start * ternary.WORD] = True
        return ternary.pack(flags)


def of(
    codes: npt.NDArray[np.integer], values: Sequence[str], wanted: Sequence[str]
) -> Mapping[str, Bits]:
    """The wanted values of a column of codes (rows,) that index ``values``; -1 is blank.

    All values that no row has share one bitset.
    """
    words = len(codes) // ternary.WORD
    common, rare = dict.fromkeys(wanted, _none(words)), {}
    for code, value in enumerate(values):
        flags = codes == code
        count = int(np.count_nonzero(flags)) if value in common else 0
        if len(codes) >= LARGE and 0 < count < len(codes) // RARE:
            rare[value] = np.flatnonzero(flags).astype(np.int32)
            rare[value].flags.writeable = False
            del common[value]
        elif count:
            common[value] = ternary.pack(flags)
    return RareRows(tuple(wanted), words, common, rare) if rare else common


@lru_cache(maxsize=2)
def _none(words: int) -> Bits:
    return ternary.nothing(words)


def part(category: Mapping[str, Bits], start: int, stop: int) -> Mapping[str, Bits]:
    """Every value's bitset in some words."""
    if isinstance(category, RareRows):
        return {value: category.part(value, start, stop) for value in category}
    return {value: bits[start:stop] for value, bits in category.items()}
