"""Which causes are confirmed or refuted by now, by the intake or by a result typed in a review.

A cause counts by what its own file confirms and by what review.toml says settles it; a result that
says nothing of a cause leaves it as the intake has it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from circulation.judgement import assessment, rules, typed_results, variants
from circulation.knowledge_base import columns, knowledge
from circulation.records import intake, ternary
from circulation.records.ternary import Bits, Ternary
from circulation.reviewing import reviews


@dataclass(frozen=True, slots=True)
class Known:
    """One record's outcomes by cause; None is not known. ``from_review``: typed in its review."""

    confirmed: Mapping[str, bool | None]
    from_review: frozenset[str] = frozenset()


def of(
    listed: Iterable[reviews.RecordReview],
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
) -> dict[str, Known]:
    """The outcomes of each record that is loaded; ``assessed`` is what the intake alone says."""
    found = {one.record_id: one for one in listed}
    placed = {name: row for name in found if (row := table.row_of(name)) is not None}
    at_intake = _settled(rules.Reader(table.window(), known), assessed.confirmed, known)
    told = {name: Known(_row(at_intake, row)) for name, row in placed.items()}
    typed = {name: typed_results.of(found[name], known) for name in placed}
    ways = {name: typed_results.texts(one) for name, one in typed.items() if one}
    if not ways:
        return told
    rows = np.array([placed[name] for name in ways], dtype=np.int64)
    small = variants.each(table, rows, list(ways.values()), columns.by_name(known))
    reader = rules.Reader(small.window(), known)
    since = _settled(reader, assessment.confirmed(reader, known), known)
    for place, name in enumerate(ways):
        now = _row(since, place)
        changed = (cause for cause, said in now.items() if said != told[name].confirmed[cause])
        told[name] = Known(now, frozenset(cause for cause in changed if now[cause] is not None))
    return told


def _settled(
    reader: rules.Reader, confirmed: Mapping[str, Ternary], known: knowledge.Knowledge
) -> dict[str, Ternary]:
    """By cause, over all rows: a cause that one thing confirms and another refutes is confirmed."""
    found = {}
    for cause, recorded in confirmed.items():
        own = [one for one in known.reviewing.settling if one.cause == cause]
        yes = [reader.read(one.when).present for one in own if one.confirms]
        no = [reader.read(one.when).present for one in own if not one.confirms]
        present = _any(recorded.present, yes)
        found[cause] = Ternary(present, _any(recorded.absent, no) & ~present)
    return found


def _any(first: Bits, more: Iterable[Bits]) -> Bits:
    return reduce(np.bitwise_or, more, first)


def _row(answers: Mapping[str, Ternary], row: int) -> dict[str, bool | None]:
    return {cause: ternary.state(answer, row) for cause, answer in answers.items()}
