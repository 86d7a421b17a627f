"""What those who look after a store are told when a path, a database or a version is not right."""

import json
import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

import intake_files
import manage
import older_stores
import postgres_server
from circulation import errors
from circulation.reviewing import review_sqlite, review_store
from ui import shared_data


def run(*arguments: str | Path) -> int:
    return manage.main([str(argument) for argument in arguments])


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    folder = tmp_path / "clinic"
    intake_files.bring_in(folder, intake_files.text(intake_files.GOOD))
    return folder


READING = (
    ["verify"],
    ["backup", "made.tar"],
    ["export", "distribution"],
    ["assess", "A1"],
    ["batches"],
)


@pytest.mark.parametrize("command", READING)
def test_a_wrong_folder_does_not_pass_for_an_empty_store(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (tmp_path / "typo", empty):
        assert run(*command, "--store", folder) == 2
        assert "the store: there is none in this folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [empty]
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("afile", "its folder cannot be made: there is a file in its place"),
        ("afile/within", "its folder cannot be made: there is a file in its place"),
        ("/proc/none", "its folder cannot be made: "),
        ("s3://bucket/store", "is named by an address, and only a folder of this computer"),
        ("postgresql://u:secret@host/x", "is named by an address"),
        ("file:///srv/store", "is named by an address"),
    ],
)
def test_a_store_that_cannot_be_is_refused_in_words_and_nothing_is_made(
    tmp_path: Path,
    place: str,
    fault: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "afile").touch()
    good = tmp_path / "good.csv"
    good.write_text(intake_files.text(intake_files.GOOD))
    for command in (["import", good], ["demo", "--records", "1"]):
        assert run(*command, "--store", place) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"refused: the store: {fault}")
        assert said.endswith("See --store or INTAKE_STORE.\n")
        assert "secret" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["afile", "good.csv"]


def test_a_disk_that_refuses_is_told_without_a_traceback(
    clinic: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clinic / ".lock").unlink()
    (clinic / ".lock").mkdir()
    good = tmp_path / "good.csv"
    good.write_text(intake_files.text(intake_files.GOOD))
    assert run("import", good, "--store", clinic, "--json") == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["fault"] == "Is a directory"
    assert said.err == (
        "refused: .lock: Is a directory. "
        "See who may read and write there, and that the disk is not full\n"
    )


def test_a_blank_setting_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_STORE", "")
    monkeypatch.setenv("REVIEW_DATABASE", "")
    assert shared_data.store() == shared_data.ROOT / "data" / "store"


def test_a_backup_is_not_written_into_the_store_that_it_is_to_outlive(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", clinic / "batches" / "made.tar", "--store", clinic) == 2
    assert "would lie in the store itself" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "option"), [("restore", None), ("verify", "--against")])
def test_a_backup_that_is_not_there_is_told_and_leaves_nothing_behind(
    tmp_path: Path,
    clinic: Path,
    command: str,
    option: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = clinic if option else tmp_path / "new"
    named = [option, tmp_path / "none.tar"] if option else [tmp_path / "none.tar"]
    assert run(command, *named, "--store", store) == 2
    assert "backup: there is no such file" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "made.tar"
    assert run("backup", made, "--store", clinic) == 0
    assert run("restore", made, "--store", made / "inside") == 2
    assert "its folder cannot be made" in capsys.readouterr().err


def test_the_check_says_how_much_it_proved(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", "--store", clinic) == 0
    assert capsys.readouterr().out.startswith("Whole: 1 batch and 0 review events, last seal 000")


def test_a_server_that_does_not_answer_is_told_without_the_password(
    clinic: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REVIEW_DATABASE", "postgresql://clinic:secret@127.0.0.1:1/reviews")
    assert run("verify", "--store", clinic) == 2
    told = capsys.readouterr().err
    assert "the database server does not answer, or does not let this user in" in told
    assert "secret" not in told


def test_an_upgrade_is_told_with_the_place_of_the_store_as_it_was(
    tmp_path: Path, postgres: sa.URL, caplog: pytest.LogCaptureFixture
) -> None:
    here = older_stores.sqlite_of(2, tmp_path)
    there = older_stores.postgres_of(2, postgres_server.fresh(postgres))
    for url in (here, there, here):
        review_store.ReviewStore(url).close()
    assert [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING] == [
        "review store: brought from form 2 to 3; as it was: reviews.sqlite.form-2",
        "review store: brought from form 2 to 3; as it was: tables named form_2_of_...",
    ]


def test_a_server_that_went_away_is_told_in_plain_words() -> None:
    engine = sa.create_engine("postgresql+psycopg://clinic@127.0.0.1:1/reviews")
    told = pytest.raises(errors.DashboardError, match="the database server does not answer")
    with told, review_sqlite.reading_errors():
        engine.connect()
