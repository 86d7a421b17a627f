"""The background check of all reviews: found without waiting, and shown on every page."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import intake_files
import pages
import review_makers as makers
from circulation.reviewing import chain_watch, review_store
from faults import alterations
from ui import shared_data


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **time: int) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[review_store.ReviewStore]:
    opened = alterations.two_reviews(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def watch(store: review_store.ReviewStore, clock: Clock) -> chain_watch.ChainWatch:
    """A watch whose first check has ended."""
    made = chain_watch.ChainWatch(store, clock)
    made.found()
    made.wait()
    return made


def after(watch: chain_watch.ChainWatch) -> bool:
    """Whether the store is whole by the check that is due now, if one is."""
    watch.found()
    watch.wait()
    found = watch.found()
    assert found
    return found.whole


def alter(folder: Path) -> None:
    with alterations.behind_its_back(folder) as connection:
        connection.executescript(next(iter(alterations.TAMPERING.values())))


def test_a_whole_store_is_found_whole(watch: chain_watch.ChainWatch) -> None:
    assert after(watch)


def test_an_alteration_is_found_with_the_next_save(
    tmp_path: Path, store: review_store.ReviewStore, watch: chain_watch.ChainWatch
) -> None:
    alter(tmp_path)
    assert after(watch), "nothing was saved: no check is due yet"
    makers.add(store, makers.note("again"), record="A-3")
    assert not after(watch)


def test_an_alteration_without_a_save_is_found_in_ten_minutes(
    tmp_path: Path, watch: chain_watch.ChainWatch, clock: Clock
) -> None:
    alter(tmp_path)
    clock.passes(minutes=9)
    assert after(watch)
    clock.passes(minutes=1)
    assert not after(watch)


def test_a_forged_or_shortened_end_is_found_while_the_server_runs(
    tmp_path: Path, store: review_store.ReviewStore, watch: chain_watch.ChainWatch, clock: Clock
) -> None:
    forge: Callable[..., None] = alterations.cut_tail
    with alterations.behind_its_back(tmp_path) as connection:
        forge(connection)
    assert store.verify().whole, "the chain that is left holds together"
    clock.passes(minutes=10)
    assert not after(watch)


def test_a_store_that_cannot_be_read_is_told_and_not_raised(
    tmp_path: Path, store: review_store.ReviewStore, clock: Clock
) -> None:
    store.close()
    (tmp_path / "reviews.sqlite").unlink()
    assert not after(chain_watch.ChainWatch(store, clock))


@pytest.mark.parametrize("role", ["clinician", "manager", "data_steward"])
def test_every_page_shows_a_broken_chain_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    intake_files.bring_in(tmp_path, intake_files.text([{"record_id": "A-1"}]))
    monkeypatch.setenv("INTAKE_STORE", str(tmp_path))
    alterations.two_reviews(tmp_path).close()
    alter(tmp_path)
    page = pages.new().run()
    shared_data.chain_watch().wait()
    page.segmented_control(key="role").set_value(role).run()
    for name in ("distribution", "data", "reference"):
        banner = page.switch_page(f"views/{name}.py").run().error[0].value.replace("\\", "")
        assert "manage.py verify" in banner
        assert "restore the latest backup that verifies" in banner
        assert "A-1" not in banner
        assert ("The first: " in banner) is (role != "manager")
