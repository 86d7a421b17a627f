"""Second looks at some of the drawn demonstration records, so that two readers can be compared.

They go through the same store, checks and ledger as every other one.
"""

import zlib
from datetime import timedelta

from circulation import access
from circulation.auditing import audits, second_look
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.records import intake
from circulation.reviewing import review_store, reviews
from circulation.reviewing.reviews import Change, Field

READER = "demonstration, second reader"
LATER = timedelta(hours=6)
"""How long after the first sign-off the second look is dated."""


def fill(
    store: review_store.ReviewStore,
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
) -> int:
    """Looks again at half of what was drawn; how many that are."""
    drawn = audits.of(store, table, assessed, known).drawn
    chosen = [one for one in drawn if _spread(one.first.record_id) % 2]
    for one in sorted(chosen, key=lambda item: item.first.sequence):
        _look(store, one, table, known)
    return len(chosen)


def _spread(text: str) -> int:
    """A number that looks random and is the same on every machine."""
    return zlib.crc32(f"second {text}".encode())


def _look(
    store: review_store.ReviewStore,
    one: second_look.Drawn,
    table: intake.Intake,
    known: knowledge.Knowledge,
) -> None:
    """Mostly the cause that was agreed, and at times another one: made up."""
    record_id, chance = one.first.record_id, _spread(one.first.record_id) // 2
    causes, certainties = tuple(known.cause), tuple(reviews.Certainty)
    cause = causes[chance % len(causes)] if chance % 5 == 0 else one.first.agreed
    store.add(
        record_id,
        [
            Change(Field.SECOND_CAUSE, cause),
            Change(Field.SECOND_CERTAINTY, certainties[chance % len(certainties)]),
        ],
        actor=READER,
        role=access.Role.CLINICIAN,
        expected_version=store.current(record_id).version,
        now=reviews.moment(one.first.at) + LATER,
        basis=reviews.Basis(table.version, known.version, causes, tuple(known.test)),
    )
