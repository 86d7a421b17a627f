"""Signed records with what is known by now: first view, the tool's levels then, what was confirmed.

A cause counts as confirmed or refuted only where a test or a later entry says so; all else is not
known and is counted neither as right nor as wrong. The tool is scored by its levels of the intake
alone: a result that settles a cause may not speak for the tool as well.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from circulation.auditing import known_outcomes, sign_offs
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level
from circulation.records import intake
from circulation.reviewing import reviews
from circulation.reviewing.reviews import Field

Levels = Mapping[str, Level]


@dataclass(frozen=True, slots=True)
class Case:
    """One signed record. ``levels``, by its intake, is None where that of then is not certain.

    ``from_review`` are the causes that a result typed in the review confirmed or refuted.
    """

    record_id: str
    first_by: str
    first: reviews.FirstView | None
    levels: Levels | None
    confirmed: Mapping[str, bool | None]
    from_review: frozenset[str] = frozenset()


def cases(
    signed: Mapping[str, sign_offs.SignOff],
    stood: Mapping[str, reviews.RecordReview],
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    kept: Callable[[str], Levels],
) -> Iterator[Case]:
    """Every signed record that is loaded; ``kept`` gives the levels of a kept view by its seal."""
    listed = [stood[record_id] for record_id in signed if record_id in stood]
    outcomes = known_outcomes.of(listed, table, assessed, known)
    for record_id, last in signed.items():
        if record_id not in outcomes:
            continue
        review, found = stood[record_id], outcomes[record_id]
        said = review.find(Field.FIRST_CAUSE)
        yield Case(
            record_id=record_id,
            first_by=said.actor if said else "",
            first=review.first_view,
            levels=levels_then(last, table, assessed, kept),
            confirmed=found.confirmed,
            from_review=found.from_review,
        )


def levels_then(
    signed: sign_offs.SignOff,
    table: intake.Intake,
    assessed: assessment.Assessment,
    kept: Callable[[str], Levels],
) -> Levels | None:
    """The tool's levels at a sign-off: from the kept view, else from records and rules unchanged.

    None where neither is there: they are never guessed from what the rules say today.
    """
    if signed.view:
        return kept(signed.view)
    row = table.row_of(signed.record_id)
    same = (signed.data_set, signed.knowledge) == (table.version, assessed.knowledge_version)
    if row is None or not same:
        return None
    return {cause: found.level(row) for cause, found in assessed.causes.items()}
