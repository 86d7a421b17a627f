"""What the rules make of every record as it stands: the intake with the results of the reviews.

Only records with results typed in their review are judged again, and after a save only those that
it changed; for all others the answers of the intake stand as they are.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from circulation.judgement import assessment, standing, typed_results, variants
from circulation.knowledge_base import columns, knowledge
from circulation.records import intake, ternary
from circulation.records.ternary import Bits, Ternary
from circulation.reviewing import review_news, review_store, reviews

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Standing:
    """The rules' answers at one version of the store; ``overlaid`` are the rows with results."""

    version: int
    assessment: assessment.Assessment
    overlaid: frozenset[int]


class Keeper:
    """The answers for one table, brought up to date by whoever asks first after a save."""

    def __init__(
        self,
        table: intake.Intake,
        at_intake: assessment.Assessment,
        known: knowledge.Knowledge,
        store: review_store.ReviewStore,
    ) -> None:
        self._table, self._at_intake, self._known, self._store = table, at_intake, known, store
        self._turn = threading.Lock()
        self._now = Standing(0, at_intake, frozenset())

    def standing(self) -> Standing:
        """The answers as the store stands now."""
        with self._turn:
            if self._store.version() != self._now.version:
                query = partial(review_news.changed, after=self._now.version)
                news = self._store.read(query)
                self._now = advanced(self._now, self._table, self._at_intake, self._known, news)
            return self._now


def advanced(
    before: Standing,
    table: intake.Intake,
    at_intake: assessment.Assessment,
    known: knowledge.Knowledge,
    news: review_news.News,
) -> Standing:
    """The answers after more was said; records that are not in the table change nothing."""
    found = dict(_in_table(table, news.reviews.values()))
    typed = {row: typed_results.of(review, known) for row, review in found.items()}
    rows = [row for row in found if typed[row] or row in before.overlaid]
    if not rows:
        return replace(before, version=news.version)
    places = np.array(rows, dtype=np.int64)
    ways = [typed_results.texts(typed[row]) for row in rows]
    small = variants.each(table, places, ways, columns.by_name(known))
    waiting = np.array([found[row].state is not reviews.State.REVIEWED for row in rows])
    held = {
        flag: _kept_up(at_intake.flags[flag].present, places, waiting, small.words)
        for flag in standing.holding(known)
    }
    judged = assessment.assess_window(small.window(), known, held)
    overlaid = before.overlaid.difference(rows) | {row for row in rows if typed[row]}
    return Standing(news.version, _with(before.assessment, judged, places), overlaid)


def _in_table(
    table: intake.Intake, listed: Iterable[reviews.RecordReview]
) -> Iterator[tuple[int, reviews.RecordReview]]:
    for review in listed:
        row = table.row_of(review.record_id)
        if row is not None:
            yield row, review


def _kept_up(raised: Bits, rows: Rows, waiting: npt.NDArray[np.bool_], words: int) -> Bits:
    """The rows of the small table whose flag the intake raised and no sign-off has let go."""
    flags = np.zeros(words * ternary.WORD, dtype=np.bool_)
    flags[: len(rows)] = ternary.holding(raised, rows) & waiting
    return ternary.pack(flags)


def _with(
    full: assessment.Assessment, small: assessment.Assessment, rows: Rows
) -> assessment.Assessment:
    """The whole answers with those of some rows taken from a small table, in its order."""
    bits, answer = partial(_placed, rows=rows), partial(_answered, rows=rows)

    def answers(whole: Mapping[str, Ternary], part: Mapping[str, Ternary]) -> dict[str, Ternary]:
        return {name: answer(one, part[name]) for name, one in whole.items()}

    return replace(
        full,
        causes={
            name: assessment.Suspicion(
                tuple(map(answer, one.reached, small.causes[name].reached)),
                tuple(map(bits, one.point, small.causes[name].point)),
            )
            for name, one in full.causes.items()
        },
        flags=answers(full.flags, small.flags),
        tests=answers(full.tests, small.tests),
        confirmed=answers(full.confirmed, small.confirmed),
        sooner={
            urgency: answer(one, small.sooner[urgency]) for urgency, one in full.sooner.items()
        },
    )


def _answered(whole: Ternary, part: Ternary, rows: Rows) -> Ternary:
    present = _placed(whole.present, part.present, rows)
    return Ternary(present, _placed(whole.absent, part.absent, rows))


def _placed(whole: Bits, part: Bits, rows: Rows) -> Bits:
    """A bitset with the first rows of a small one at the places ``rows``."""
    words, bit = rows // ternary.WORD, np.uint64(1) << (rows % ternary.WORD).astype(np.uint64)
    wanted = ternary.holding(part, np.arange(len(rows)))
    if np.array_equal(ternary.holding(whole, rows), wanted):
        return whole
    changed = whole.copy()
    np.bitwise_and.at(changed, words, ~bit)
    np.bitwise_or.at(changed, words[wanted], bit[wanted])
    return ternary.frozen(changed)
