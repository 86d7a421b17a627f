"""What a reader of the Data page sees: the account of each file, and why a bad one is refused."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import intake_files
import pages
from circulation.records import batches

BAD = intake_files.bad_files()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that has been used and is empty."""
    folder = tmp_path / "store"
    batches.folder(folder).mkdir(parents=True)
    return folder


def opened(store: Path, monkeypatch: pytest.MonkeyPatch, role: str = "Data steward") -> AppTest:
    monkeypatch.setenv("INTAKE_STORE", str(store))
    page = pages.new()
    page.run()
    page.segmented_control(key="role").set_value(role.lower().replace(" ", "_")).run()
    return page.switch_page("views/data.py").run()


def said(page: AppTest) -> str:
    """Everything that the page says, without the signs that keep Markdown out."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "success")
    texts = [one.value for kind in kinds for one in page.get(kind)]
    tables = [str(table.value.to_dict("records")) for table in page.dataframe]
    return "\n".join([*texts, *tables]).replace("\\", "")


def add(page: AppTest, name: str, content: bytes) -> AppTest:
    page.file_uploader(key="intake_file").upload(name, content, "text/csv").run()
    return next(one for one in page.button if one.label == "Check and add").click().run()


def test_an_empty_store_says_so_and_offers_to_add_a_file(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(store, monkeypatch)
    assert not page.exception
    assert "No records are loaded" in said(page)
    assert "Check and add" in [button.label for button in page.button]


def test_a_good_file_is_added_with_its_account(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(store, monkeypatch)
    add(page, "good.csv", intake_files.text(intake_files.GOOD).encode())
    assert "3 rows received = 3 accepted + 0 rejected + 0 duplicate" in said(page)
    assert "3 records from 1 file" in said(page)
    assert "by data steward (no sign-in)" in said(page)
    assert len(batches.names(store)) == 1


@pytest.mark.parametrize("bad", BAD, ids=[bad.what for bad in BAD])
def test_a_bad_file_gets_its_own_message_and_stores_nothing(
    bad: intake_files.BadFile, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = add(opened(store, monkeypatch), bad.name, bad.content)
    assert "There is a problem" in [error.title for error in page.error] + [said(page)]
    place, _, fault = bad.message.partition(": ")
    for part in fault.split(". "):
        assert part.rstrip(".") in said(page), place
    assert batches.names(store) == ()


def test_good_rows_are_added_alone_only_when_that_is_asked_for(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(store, monkeypatch)
    add(page, "twice.csv", intake_files.changed(2, record_id="A1").encode())
    assert batches.names(store) == ()
    next(one for one in page.button if one.label.startswith("Add the 2 good rows")).click().run()
    assert "3 rows received = 2 accepted + 0 rejected + 1 duplicate" in said(page)
    assert len(batches.names(store)) == 1


def test_only_a_data_steward_adds_and_removes(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    intake_files.bring_in(store, intake_files.text(intake_files.GOOD))
    for role in ("Clinician", "Manager"):
        page = opened(store, monkeypatch, role)
        labels = [button.label for button in page.button]
        assert "Check and add" not in labels
        assert "Remove this file's records" not in labels
        assert ("accepted" in said(page)) is (role == "Clinician")
        assert "intake.csv" in said(page)


def test_a_manager_reads_no_small_number_here(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    intake_files.bring_in(store, intake_files.text(intake_files.GOOD))
    text = said(opened(store, monkeypatch, "Manager"))
    assert "1-7 records (number hidden) from 1 file" in text
    assert "Records without a received day: 1-7 hidden" in text
    assert "What was asked" not in text


def test_a_manager_reads_no_hash_of_a_file_and_no_day_of_a_record(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hash proves a guess of what is in a file; a day says that somebody came on it."""
    account = intake_files.bring_in(store, intake_files.text(intake_files.GOOD))
    for role, shown in (("Clinician", True), ("Manager", False)):
        text = said(opened(store, monkeypatch, role))
        assert (account.batch[:12] in text) is shown
        assert (account.source_sha256[:12] in text) is shown
        assert (re.search(r"Received \d\d-\w{3}-\d{4} to", text) is not None) is shown
        assert (re.search(r"Received \w{3}-\d{4} to \w{3}-\d{4}\.", text) is None) is shown
