"""Which records pooled figures may count, and what in those no decoy may change.

Pooled figures are made of reviews and of how the reviewed records are judged: levels, causes
confirmed or refuted. No decoy changes that of a record that may be counted. So with decoys in the
place of records the same reviews give the same pooled figures, in every quarter, those withheld
too. One record in so many (knowledge.toml, pooling) is never counted: there decoys may change all,
so small numbers stay open.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from circulation.judgement import assessment
from circulation.knowledge_base import settings_model
from circulation.records import ternary
from circulation.records.ternary import Bits

Flags = npt.NDArray[np.bool_]


def counted(record_id: str, asked: settings_model.Pooling) -> bool:
    """Whether pooled figures may count a record: all but one in so many, by their ids, for good."""
    number = int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:8])
    return number % asked.never_one_in != 0


def changed(
    places: npt.NDArray[np.int64],
    before: assessment.Assessment,
    after: assessment.Assessment,
    each: int,
) -> Flags:
    """Where a record, made anew in so many ways, is judged in another way: (places, each)."""
    rows = np.arange(len(places) * each)
    found = np.zeros((len(places), each), dtype=np.bool_)
    for was, now in zip(_judged(before), _judged(after), strict=True):
        found |= ternary.holding(now, rows).reshape(found.shape) != _column(was, places)
    return found


def _column(bits: Bits, places: npt.NDArray[np.int64]) -> Flags:
    return np.asarray(ternary.holding(bits, places)[:, None])


def _judged(assessed: assessment.Assessment) -> Iterator[Bits]:
    """All that a pooled figure can ask of a record itself."""
    for suspicion in assessed.causes.values():
        yield from suspicion.point
    for answer in assessed.confirmed.values():
        yield from (answer.present, answer.absent)
