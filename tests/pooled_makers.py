"""A store in which clinicians known by name saw and signed records whose outcome is known."""

import datetime
import itertools
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import intake_files
import makers
import review_makers
from circulation.counting import counted_records
from circulation.records import batches
from circulation.reviewing import publications, review_store, reviews
from circulation.reviewing.reviews import Change, Field

PRESENT = {  # a cause, and findings that support it at sign-off
    "vein_disease": {"varicose_veins": "present"},
    "peripheral_artery_disease": {"leg_pain_walking": "present", "absent_foot_pulse": "present"},
}
CLINICIANS = tuple(f"Clinician {number}" for number in range(1, 9))
SPRING = datetime.datetime(2026, 5, 4, 9, tzinfo=datetime.UTC)
OFTEN = {  # named first, supported, confirmed: how often each clinician, and how often sure of it
    (True, True, True): (4, 3),
    (True, True, False): (2, 1),
    (True, False, True): (1, 0),
    (True, False, False): (2, 1),
    (False, True, True): (2, 1),
    (False, True, False): (1, 0),
    (False, False, True): (1, 1),
    (False, False, False): (4, 2),
}
CASES = tuple((*told, n < sure) for told, (often, sure) in OFTEN.items() for n in range(often))
"""What one clinician saw of one cause: named first, supported, confirmed, and sure of it."""


def fill(
    folder: Path,
    *,
    causes: Sequence[str] = ("vein_disease",),
    clinicians: Sequence[str] = CLINICIANS,
    at: datetime.datetime = SPRING,
    read: bool = True,
) -> review_store.ReviewStore:
    """Every clinician signs all CASES for each cause; those that the tool supported are read again
    by the next one, where ``read``, who names what was agreed in two of three."""
    plan = list(itertools.product(causes, clinicians, CASES))
    bring_in(folder, [(cause, told) for cause, _, told in plan])
    known = makers.knowledge()
    version = batches.version(folder, known)
    basis = reviews.Basis(version, known.version, tuple(known.cause), tuple(known.test))
    store = review_store.ReviewStore(review_makers.address(folder))
    for number, (cause, actor, told) in enumerate(plan):
        name = name_of(number)
        changes = (
            Change(Field.FIRST_CAUSE, cause if told[0] else "heart_conditions"),
            Change(Field.FIRST_CERTAINTY, "sure" if told[3] else "unsure"),
            Change(Field.AGREED_CAUSE, reviews.UNDECIDED),
            Change(Field.DISPOSITION, "refer"),
            review_makers.SIGN_OFF,
        )
        review_makers.add(store, *changes, record=name, actor=actor, now=at, basis=basis)
    for number, (cause, actor, told) in enumerate(plan):
        if told[1] and read:
            reader = clinicians[(clinicians.index(actor) + 1) % len(clinicians)]
            said = reviews.UNDECIDED if number % 3 else cause
            look(store, number, reader, said, at=at, basis=basis)
    return store


def bring_in(
    folder: Path, seen: Sequence[tuple[str, tuple[bool, ...]]] = (("vein_disease", CASES[0]),)
) -> None:
    """The records, before anybody says anything about them."""
    rows = [_row(number, cause, told) for number, (cause, told) in enumerate(seen)]
    intake_files.bring_in(folder, intake_files.text(rows))


def named(published: Sequence[publications.Publication]) -> list[str]:
    """The clinicians whose names are anywhere in what was published."""
    return [name for name in CLINICIANS if name in str(published)]


def look(
    store: review_store.ReviewStore,
    number: int,
    reader: str,
    said: str,
    *,
    at: datetime.datetime,
    basis: reviews.Basis,
) -> None:
    """A second look."""
    changes = (Change(Field.SECOND_CAUSE, said), Change(Field.SECOND_CERTAINTY, "sure"))
    review_makers.add(store, *changes, record=name_of(number), actor=reader, now=at, basis=basis)


@cache
def name_of(number: int) -> str:
    """The record's id: one of those that pooled figures count."""
    asked = makers.knowledge().pooling
    ids = (f"P-{place:04}" for place in itertools.count())
    counted = (one for one in ids if counted_records.counted(one, asked))
    return next(itertools.islice(counted, number, None))


def _row(number: int, cause: str, told: tuple[bool, ...]) -> dict[str, str]:
    found = PRESENT[cause] if told[1] else {}
    confirmed = "present" if told[2] else "absent"
    day = "2026-02-03"
    return {
        "record_id": name_of(number),
        "received_on": day,
        f"confirmed_{cause}": confirmed,
        **found,
    }
