"""A record's page on a full disk: it says that nothing is saved, and keeps the words for later."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import intake_files
import pages
from pages import said
from ui import shared_data

RECORD = {"record_id": "REC-1", "received_on": "2026-01-05", "varicose_veins": "present"}
NOTE = "cold foot since the summer " * 40


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_cannot_be_saved_is_said_and_kept_and_saved_once_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text((RECORD,)))
    monkeypatch.setenv("INTAKE_STORE", str(folder))
    page = pages.on_record("REC-1")
    before = shared_data.reviews().anchor()
    with no_file_grows_beyond((folder / "reviews.sqlite-wal").stat().st_size):
        page.text_area[0].set_value(NOTE).run()
        text = said(page)
    assert "review: not saved: " in text
    assert "Keep this page open and save again." in text
    assert ":red[**Not saved**]" in text
    assert "check: Saved" not in text
    assert page.text_area[0].value == NOTE
    assert shared_data.reviews().anchor() == before
    page.text_area[0].set_value(f"{NOTE}again").run()
    assert "check: Saved " in said(page)
    assert shared_data.reviews().current("REC-1").note == f"{NOTE}again"
    assert shared_data.reviews().verify().problems == ()
