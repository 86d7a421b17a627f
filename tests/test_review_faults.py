"""What is acknowledged stays, and what is altered is found: kills, full disks, tampering, decay."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import review_makers as makers
from circulation import errors
from circulation.reviewing import review_store
from faults import alterations, full_disk, io_errors, kills, power


@pytest.fixture
def store(tmp_path: Path):
    opened = alterations.two_reviews(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize("what", alterations.TAMPERING)
def test_what_is_altered_behind_its_back_is_found(
    tmp_path: Path, store: review_store.ReviewStore, what: str
) -> None:
    assert store.verify().problems == ()
    with alterations.behind_its_back(tmp_path) as connection:
        connection.executescript(alterations.TAMPERING[what])
    found = store.verify()
    assert not found.whole
    assert not [one for one in found.problems if "A-" in one or "foot" in one], "no value is shown"


@pytest.mark.parametrize("tamper", alterations.FORGERIES)
def test_a_forged_chain_that_holds_together_is_found_by_the_anchor(
    tmp_path: Path,
    store: review_store.ReviewStore,
    tamper: Callable[[sqlite3.Connection], None],
) -> None:
    anchor = store.anchor()
    with alterations.behind_its_back(tmp_path) as connection:
        tamper(connection)
    assert store.verify().problems == (), "without the anchor it cannot be told"
    assert not store.verify(anchor).whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_events SET new = 'x' WHERE sequence = 1",
        "DELETE FROM review_events WHERE sequence = 12",
        "UPDATE review_views SET content = x'00'",
        "DELETE FROM review_views",
        "INSERT OR REPLACE INTO review_views SELECT hash, x'00' FROM review_views",
        "INSERT OR REPLACE INTO review_events SELECT * FROM review_events WHERE sequence = 1",
        """INSERT INTO review_events SELECT 15, act, at, ordered_at, actor, role, record_id, field,
        about, old, new, reason, data_set, knowledge, previous_hash, hash FROM review_events
        WHERE sequence = 13""",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(
    tmp_path: Path, store: review_store.ReviewStore, statement: str
) -> None:
    connection = sqlite3.connect(tmp_path / "reviews.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is never changed"):
        connection.execute(statement)
    connection.close()
    assert store.verify().whole


def test_a_guard_that_was_taken_away_is_found(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    connection = sqlite3.connect(tmp_path / "reviews.sqlite")
    connection.execute("DROP TRIGGER review_events_never_removed")
    connection.close()
    assert store.verify().problems == (
        "review store: its tables or their guards are not as they were made",
    )


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    outcome = kills.kill(makers.address(tmp_path), kills=5, seed=20261122)
    assert (outcome.kills, outcome.lost, outcome.problems) == (5, 0, ())
    assert outcome.acknowledged >= 5


def test_nothing_acknowledged_is_lost_when_the_power_is_cut() -> None:
    """The same cuts with the weaker setting do lose saves, so they would be seen."""
    outcome = power.cut(saves=200, cuts=40, seed=20261122)
    assert (outcome.cuts, outcome.lost, outcome.corrupt) == (40, 0, 0)
    assert outcome.syncs > outcome.saves, "every save was on the disk before it was acknowledged"
    with power.synchronous_normal():
        weaker = power.cut(saves=200, cuts=40, seed=20261122)
    assert weaker.lost > 0


def test_a_disk_that_fails_refuses_the_save_and_loses_no_other_one() -> None:
    outcome = io_errors.sweep(saves=2, every=9)
    assert (outcome.lost, outcome.corrupt) == (0, 0)
    assert outcome.calls > 8
    assert outcome.refused > 0


def test_a_disk_without_room_says_not_saved_and_keeps_what_was_there() -> None:
    outcome = full_disk.fill()
    assert outcome.told.startswith("not saved")
    assert (outcome.intact, outcome.resumed) == (True, True)
    assert outcome.saved_before > 1


def test_a_file_taken_away_or_replaced_while_in_use_is_not_written_into_the_void(
    tmp_path: Path, store: review_store.ReviewStore
) -> None:
    path = tmp_path / "reviews.sqlite"
    path.rename(tmp_path / "elsewhere.sqlite")
    with pytest.raises(errors.DashboardError, match="moved or replaced"):
        makers.add(store, makers.note("lost?"))
    path.write_bytes((tmp_path / "elsewhere.sqlite").read_bytes())
    with pytest.raises(errors.DashboardError, match="moved or replaced"):
        makers.add(store, makers.note("lost?"))


def test_a_flipped_bit_in_what_is_kept_is_found_or_the_file_is_refused() -> None:
    assert alterations.flip_bits(flips=30, seed=20261122) == alterations.Outcome(30, ())
