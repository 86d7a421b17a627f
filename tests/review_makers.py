"""A review store and the saves of a usual review, with good defaults."""

import dataclasses
import datetime
import functools
import pathlib
import threading
from collections.abc import Callable, Iterable
from concurrent import futures
from typing import Any

from circulation import access
from circulation.reviewing import kept_views, ledger, review_store, reviews
from circulation.reviewing.reviews import Change, Field

NOW = datetime.datetime(2026, 11, 22, 14, 32, 5, tzinfo=datetime.UTC)
BASIS = reviews.Basis(
    data_set="a" * 64,
    knowledge="2026.1",
    causes=("blood_clots", "vein_disease"),
    tests=("d_dimer", "antibodies", "blood_sugar"),
    called_for=("d_dimer", "antibodies"),
    red_flags=("RF-ALI",),
    labels={
        "d_dimer": "D-dimer",
        "antibodies": "Antibodies",
        "blood_sugar": "Blood sugar",
        "RF-ALI": "Suddenly painful leg",
    },
)
VIEW = kept_views.pack("what was shown")
SEEN = dataclasses.replace(BASIS, view=VIEW)  # the same, with what was shown to be kept
START = Change(Field.STATE, "in_progress")
SIGN_OFF = Change(Field.STATE, "reviewed")
REOPEN = Change(Field.STATE, "in_progress", reason="a result came late")
EVERYTHING_OWED = (
    Change(Field.RED_FLAG, "acknowledged", about="RF-ALI"),
    Change(Field.TEST_STATUS, "done", about="d_dimer"),
    Change(Field.TEST_RESULT, "abnormal", about="d_dimer"),
    Change(Field.RESULT_SEEN, "reviewed", about="d_dimer"),
    Change(Field.TEST_STATUS, "not_needed", about="antibodies"),
    Change(Field.TEST_REASON, "seen last month", about="antibodies"),
    Change(Field.AGREED_CAUSE, "blood_clots"),
    Change(Field.DISPOSITION, "refer"),
)


def address(folder: pathlib.Path) -> str:
    return f"sqlite:///{folder / 'reviews.sqlite'}"


def fold(record_id: str, events: Iterable[ledger.Event]) -> reviews.RecordReview:
    """The review that follows from all events of one record, in their order."""
    return functools.reduce(reviews.follow, events, reviews.RecordReview(record_id))


def add(
    store: review_store.ReviewStore,
    *changes: Change,
    record: str = "A-1",
    actor: str = "Clinician 1",
    role: access.Role = access.Role.CLINICIAN,
    version: int | None = None,
    now: datetime.datetime = NOW,
    basis: reviews.Basis = BASIS,
) -> reviews.RecordReview:
    """Save on the version that stands, unless another is given."""
    expected = store.current(record).version if version is None else version
    return store.add(
        record,
        changes,
        actor=actor,
        role=role,
        expected_version=expected,
        now=now,
        basis=basis,
    )


def undo(
    store: review_store.ReviewStore, *, record: str = "A-1", actor: str = "Clinician 1"
) -> reviews.RecordReview:
    return store.undo(
        record,
        actor=actor,
        role=access.Role.CLINICIAN,
        expected_version=store.current(record).version,
        now=NOW,
        basis=BASIS,
    )


def note(text: str) -> Change:
    return Change(Field.NOTE, text)


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of so many threads returned for its number; all begin at the same moment."""
    gate = threading.Barrier(count, timeout=60)

    def wait_and_act(number: int) -> Any:
        gate.wait()
        return act(number)

    with futures.ThreadPoolExecutor(count) as threads:
        return list(threads.map(wait_and_act, range(count)))
