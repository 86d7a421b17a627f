"""Other answers that records could have had: what each would change of what a manager sees.

Some records of the table, each with every question of the distribution answered in every way, run
through the same rules as all records. So every decoy is a record that could have been loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from circulation.choosing import selection
from circulation.choosing.selection import Basis
from circulation.counting import counted_records, distribution
from circulation.judgement import assessment, order_guard
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import excerpt, intake, ternary
from circulation.records.ternary import Bits, Ternary

EACH = 90  # records taken of each group
PRESENT, ABSENT, BLANK = range(3)
WAYS = 3
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of records: ``columns`` of the distribution, then ``orders``, then other groups."""

    columns: tuple[Bits, ...]
    orders: tuple[Bits, ...]
    others: tuple[Bits, ...]

    @property
    def every(self) -> tuple[Bits, ...]:
        """All of them, in this order."""
        return (*self.columns, *self.orders, *self.others)


@dataclass(frozen=True, eq=False)
class Decoys:
    """A sample of records and what each becomes when one question is answered in another way.

    ``member`` (records, groups) is the sample as it is, ``becomes`` (records, questions, ways,
    groups) as it would be; ``answers`` (records, questions) says which way each was answered. The
    first questions are the findings of the page, in its order. ``pooled`` (records, questions,
    ways): the decoys that pooled figures could show.
    """

    rows: Places
    member: Flags
    becomes: Flags
    answers: npt.NDArray[np.int8]
    pooled: Flags
    findings: int


def groups(
    table: intake.Intake, assessed: assessment.Assessment, known: knowledge.Knowledge
) -> Groups:
    """Every group that a manager's page counts, or that somebody could wish to find out."""
    causes = [cause.id for cause in known.causes]
    columns = [selection.cause(table, assessed, b, name).present for b in Basis for name in causes]
    answers = order_guard.answers(table, assessed, known)
    return Groups(
        columns=tuple(columns),
        orders=tuple(bits for one in answers for bits in (one.present, table.real & ~one.asked)),
        others=(
            *(assessed.confirmed[name].absent for name in causes),
            assessed.with_urgency(Urgency.SAME_DAY, table.real),
        ),
    )


def of(
    table: intake.Intake,
    assessed: assessment.Assessment,
    found: Groups,
    rows: Bits,
    newest: Bits,
    known: knowledge.Knowledge,
) -> Decoys:
    """The decoys of some of the ``rows`` (table words,), of each group and of the ``newest``."""
    places = _sample(found, rows, newest)
    questions = _questions(known)
    answers = _answers(table, questions, places)
    changed = _changed(table, questions, places)
    judged = assessment.assess(changed, known)
    again = groups(changed, judged, known)
    shape = (len(places), len(questions), WAYS)
    otherwise = counted_records.changed(places, assessed, judged, len(questions) * WAYS)
    counted = [counted_records.counted(table.record_id(row), known.pooling) for row in places]
    return Decoys(
        rows=places,
        member=_flags(found.every, places),
        becomes=_flags(again.every, np.arange(np.prod(shape))).reshape(*shape, -1),
        answers=answers,
        pooled=otherwise.reshape(shape) & np.array(counted, dtype=np.bool_)[:, None, None],
        findings=len(distribution.findings(known)),
    )


def _questions(known: knowledge.Knowledge) -> tuple[str, ...]:
    return (
        *(finding.id for finding in distribution.findings(known)),
        *(f"suspected_{cause.id}" for cause in known.causes),
        *(f"confirmed_{cause.id}" for cause in known.causes),
    )


def _sample(found: Groups, rows: Bits, newest: Bits) -> Places:
    """Rows of all, of each group and of each group's newest, spread over it.

    The smallest group comes first: a record that was taken for one counts in all that it is in.
    """
    each = [rows]
    for group in found.every:
        each += [group & rows, group & rows & newest]
    taken = np.zeros(len(rows) * ternary.WORD, dtype=np.bool_)
    for bits in sorted(each, key=ternary.count):
        there = ternary.rows(bits)
        free = there[~taken[there]]
        wanted = EACH - (len(there) - len(free))
        if wanted > 0:
            taken[_spread(free, wanted)] = True
    return np.flatnonzero(taken)


def _spread(rows: Places, most: int) -> Places:
    if len(rows) <= most:
        return rows
    return rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]


def _answers(
    table: intake.Intake, questions: Sequence[str], places: Places
) -> npt.NDArray[np.int8]:
    """Which way each record of the sample answered each question."""
    ways = np.full((len(places), len(questions)), BLANK, dtype=np.int8)
    for column, name in enumerate(questions):
        answer = table.ternaries[name]
        ways[ternary.holding(answer.present, places), column] = PRESENT
        ways[ternary.holding(answer.absent, places), column] = ABSENT
    return ways


def _changed(table: intake.Intake, questions: Sequence[str], places: Places) -> intake.Intake:
    """The sample with one question answered in one way in each row."""
    block = len(questions) * WAYS
    made = excerpt.take(table, np.repeat(places, block))
    ternaries = dict(made.ternaries)
    turn = np.arange(made.words * ternary.WORD) % block
    for column, name in enumerate(questions):
        ternaries[name] = _answered(ternaries[name], turn - column * WAYS)
    return replace(made, ternaries=ternaries)


def _answered(answer: Ternary, way: Places) -> Ternary:
    """Present in rows of way PRESENT, absent in those of ABSENT, neither in those of BLANK."""
    kept = (way < 0) | (way >= WAYS)
    return Ternary(
        ternary.pack(ternary.unpack(answer.present) & kept | (way == PRESENT)),
        ternary.pack(ternary.unpack(answer.absent) & kept | (way == ABSENT)),
    )


def _flags(every: Sequence[Bits], places: Places) -> Flags:
    """Whether each place belongs to each group, (places, groups)."""
    return np.stack([ternary.holding(bits, places) for bits in every], axis=1)
