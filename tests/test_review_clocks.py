"""The wait clock of a record follows from the events of its state, whatever was undone between."""

from pathlib import Path

import pytest

import review_makers as makers
from circulation.reviewing import review_clocks, review_store
from circulation.reviewing.review_clocks import Clock, Step
from circulation.reviewing.reviews import Change, Field, State

PUT_BACK = Change(Field.STATE, "waiting", reason="wrong record opened")


def step(act: int, old: str, new: str, reason: str = "") -> Step:
    return Step("A-1", act, f"day {act}", old, new, reason)


START = step(1, "waiting", "in_progress")
SIGN = step(2, "in_progress", "reviewed")
OPEN_AGAIN = step(3, "reviewed", "in_progress", "a result came late")

TABLE = {
    "nothing was said": ([], Clock()),
    "a review was started": ([START], Clock(State.IN_PROGRESS)),
    "put back keeps the clock": (
        [START, step(2, "in_progress", "waiting", "wrong record")],
        Clock(State.WAITING),
    ),
    "signed off stops it": ([START, SIGN], Clock(State.REVIEWED, "", "day 2")),
    "started and signed in one save": (
        [START, step(1, "in_progress", "reviewed")],
        Clock(State.REVIEWED, "", "day 1"),
    ),
    "opened again starts it anew": ([START, SIGN, OPEN_AGAIN], Clock(State.IN_PROGRESS, "day 3")),
    "put back after that keeps the new one": (
        [START, SIGN, OPEN_AGAIN, step(4, "in_progress", "waiting", "later")],
        Clock(State.WAITING, "day 3"),
    ),
    "a sign-off undone leaves the first clock running": (
        [START, SIGN, step(3, "reviewed", "in_progress", "undo")],
        Clock(State.IN_PROGRESS),
    ),
    "a reopening undone leaves the sign-off as it was": (
        [START, SIGN, OPEN_AGAIN, step(4, "in_progress", "reviewed", "undo")],
        Clock(State.REVIEWED, "", "day 2"),
    ),
    "a start undone waits since the day received": (
        [START, step(2, "in_progress", "waiting", "undo")],
        Clock(State.WAITING),
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_the_clock_follows_from_the_steps(case: str) -> None:
    steps, clock = TABLE[case]
    assert review_clocks.fold(steps) == clock


@pytest.fixture
def store(tmp_path: Path):
    opened = review_store.ReviewStore(makers.address(tmp_path))
    yield opened
    opened.close()


def changed(store: review_store.ReviewStore, after: int) -> review_clocks.Changed:
    return store.read(lambda connection: review_clocks.changed(connection, after))


def test_the_store_gives_the_clocks_of_what_changed_after_a_version(
    store: review_store.ReviewStore,
) -> None:
    makers.add(store, *makers.EVERYTHING_OWED)
    makers.add(store, makers.SIGN_OFF)
    first = changed(store, 0)
    assert first.version == store.version()
    assert first.clocks == {"A-1": Clock(State.REVIEWED, "", "2026-11-22T14:32:05.000000Z")}
    makers.add(store, makers.START, record="A-2")
    makers.add(store, PUT_BACK, record="A-2")
    news = changed(store, first.version)
    assert news.clocks == {"A-2": Clock()}
    makers.undo(store)
    assert changed(store, news.version).clocks == {"A-1": Clock(State.IN_PROGRESS)}


def test_what_changed_after_a_version_is_told_with_the_versions_now(
    store: review_store.ReviewStore,
) -> None:
    makers.add(store, makers.START)
    before = store.version()
    after = makers.add(store, makers.note("cold foot"), record="A-2")
    found = store.read(lambda connection: review_clocks.versions_after(connection, before))
    assert found == {"A-2": after.version}
