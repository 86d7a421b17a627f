"""Three-state answers as pairs of bitsets: present, absent, and (neither) not asked.

A bitset is a read-only numpy array of uint64 words, least bit first: bit ``i`` of word ``w`` is
row ``64 * w + i``. Kleene's three-valued logic is bitwise on the pair, so filters, counts and rules
are the same few operations (Kleene, Introduction to Metamathematics, 1952, section 64).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bits: TypeAlias = npt.NDArray[np.uint64]
WORD = 64


@dataclass(frozen=True, slots=True)
class Ternary:
    """One question over all rows: two disjoint bitsets of the same length (words,)."""

    present: Bits
    absent: Bits

    @property
    def asked(self) -> Bits:
        """Rows with an answer."""
        return self.present | self.absent


def frozen(bits: Bits) -> Bits:
    """The same array, no longer writable."""
    bits.flags.writeable = False
    return bits


def pack(flags: npt.NDArray[np.bool_]) -> Bits:
    """A boolean array (rows,) as a bitset; rows must be a multiple of 64."""
    return frozen(np.packbits(flags, bitorder="little").view(np.uint64))


def unpack(bits: Bits) -> npt.NDArray[np.bool_]:
    """A bitset as a boolean array (rows,)."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def rows(bits: Bits) -> npt.NDArray[np.int64]:
    """The rows set in a bitset, ascending."""
    return np.flatnonzero(unpack(bits))


def nothing(words: int) -> Bits:
    """An empty bitset."""
    return frozen(np.zeros(words, dtype=np.uint64))


def count(bits: Bits) -> int:
    """How many rows are set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def holds(bits: Bits, row: int) -> bool:
    """Whether one row is set."""
    return bool(int(bits[row // WORD]) >> int(row % WORD) & 1)


def holding(bits: Bits, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether each of some rows is set, (rows,): reads their words only."""
    places = (rows % WORD).astype(np.uint64)
    return ((bits[rows // WORD] >> places) & np.uint64(1)).astype(np.bool_)


def state(answer: Ternary, row: int) -> bool | None:
    """One row's answer: True present, False absent, None not asked."""
    if holds(answer.present, row):
        return True
    return False if holds(answer.absent, row) else None


def both(left: Ternary, right: Ternary) -> Ternary:
    """Kleene and: absent as soon as one side is absent."""
    return Ternary(left.present & right.present, left.absent | right.absent)


def either(left: Ternary, right: Ternary) -> Ternary:
    """Kleene or: present as soon as one side is present."""
    return Ternary(left.present | right.present, left.absent & right.absent)


def opposite(answer: Ternary) -> Ternary:
    """Kleene not: an unasked question stays unasked."""
    return Ternary(answer.absent, answer.present)


def at_least(needed: int, answers: Iterable[Ternary], words: int) -> Ternary:
    """Present where ``needed`` answers are present, absent where so many can no longer be.

    Counts with bit-sliced saturating ladders: ``reached[k]`` holds the rows with more than k hits.
    """
    certain = [nothing(words) for _ in range(needed)]
    possible = [nothing(words) for _ in range(needed)]
    for answer in answers:
        certain = _raise_ladder(certain, answer.present)
        possible = _raise_ladder(possible, ~answer.absent)
    return Ternary(certain[-1], ~possible[-1])


def _raise_ladder(ladder: list[Bits], hits: Bits) -> list[Bits]:
    below: list[Bits] = [hits, *(rung & hits for rung in ladder[:-1])]
    return [rung | add for rung, add in zip(ladder, below, strict=True)]


def certain(words: int, *, value: bool) -> Ternary:
    """The same known answer for every row."""
    full = frozen(np.full(words, np.uint64(0xFFFF_FFFF_FFFF_FFFF)))
    return Ternary(full, nothing(words)) if value else Ternary(nothing(words), full)
