"""Looks for decoys that together change a small number and nothing that a reader is shown."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

TRIES, STEPS = 24, 8  # decoys begun with for one small number, and most together
TAKEN = 2**30
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Search:
    """Looks for decoys of one finding that together leave every number shown as it reads.

    ``effects`` (decoys, numbers shown), ``changes`` (decoys, small numbers), ``room`` down and up.
    """

    records: Whole
    effects: npt.NDArray[np.int32]
    changes: npt.NDArray[np.int16]
    room: tuple[Whole, Whole]

    def shut(self) -> Flags:
        """The small numbers for which no such decoys are found that change them."""
        opened = np.zeros(self.changes.shape[1], dtype=np.bool_)
        failed = np.zeros_like(opened)
        while not (opened | failed).all():
            wanted = int(np.argmin(opened | failed))
            used = self.changing(wanted)
            if used:
                opened |= self.changes[used].sum(axis=0) != 0
            else:
                failed[wanted] = True
        return failed & ~opened

    def changing(self, wanted: int) -> list[int]:
        """Decoys that nobody sees and that together change one small number; none when not found.

        No two of them are of one record.
        """
        starts = np.flatnonzero(self.changes[:, wanted])
        nearest = np.argsort(self._beyond(self.effects[starts]), kind="stable")
        for start in starts[nearest][:TRIES]:
            used = self._mended(int(start))
            if used and self.changes[used, wanted].sum():
                return used
        return []

    def _mended(self, start: int) -> list[int]:
        """One decoy with the others that bring back every number it moved too far."""
        effect, used = self.effects[start].copy(), [start]
        free = self.records != self.records[start]
        beyond = int(self._beyond(effect))
        for _ in range(STEPS):
            if not beyond:
                return used
            after = np.where(free, self._beyond(effect + self.effects), TAKEN)
            best = int(np.argmin(after))
            if after[best] >= beyond:
                return []
            beyond = int(after[best])
            effect += self.effects[best]
            used.append(best)
            free &= self.records != self.records[best]
        return []

    def _beyond(self, effects: npt.NDArray[np.int32]) -> Whole:
        """How far effects move numbers beyond what reads the same, in all."""
        down, up = self.room
        over: Whole = np.maximum(effects - up, 0) + np.maximum(-down - effects, 0)
        far: Whole = over.sum(axis=-1)
        return far
