"""Whatever stops a command, it says place, fault and way out: no traceback, no patient's answer."""

import json
from pathlib import Path

import pytest

import intake_files
import manage
from commands import base

ANSWER = "patient 943: cold feet"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    intake_files.bring_in(folder, intake_files.text(intake_files.GOOD))
    return folder


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What a refused command says to people."""
    assert manage.main([str(one) for one in arguments]) == 2
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return told.err


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (KeyboardInterrupt(), "was stopped before it was done. Begin again;"),
        (ValueError(ANSWER), "the program: has a fault: E-"),
        (OSError(28, "No space left on device", ANSWER), "No space left on device. See who may"),
    ],
)
def test_what_nobody_foresaw_is_told_without_a_value(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: Path,
    fault: BaseException,
    says: str,
) -> None:
    def fail() -> None:
        raise fault

    monkeypatch.setattr(base, "knowledge", fail)
    told = refused(capsys, "assess", "A1", "--store", store)
    assert says in told
    assert isinstance(fault, OSError) or ANSWER not in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["demo", "--records", "0"], "must be a whole number from 1 to 5,000,000"),
        (["demo", "--records", "many"], "must be a whole number from 1 to 5,000,000"),
        (["demo", "--seed", "-1"], "must be a whole number from 0 to"),
        (["demo", "--last-day", "31.01.2026"], "is not a day; write it as 2026-01-31"),
        (["demo", "--last-day", "1999-12-31"], "must be 2000-01-01 or later"),
        (["batches", "--store", ""], "is blank; name the folder"),
    ],
)
def test_an_option_that_cannot_be_is_named_with_what_can(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        manage.main(arguments)
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err


def test_an_input_given_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, "score", "toe_brachial_index", "toe=84", "toe=48")
    assert "was given an input twice" in told


def test_a_backup_into_a_folder_that_is_not_there_says_so(
    capsys: pytest.CaptureFixture[str], store: Path, tmp_path: Path
) -> None:
    told = refused(capsys, "backup", tmp_path / "none" / "made.tar", "--store", store)
    assert "the folder that it should be in does not exist" in told


def test_a_damaged_backup_is_refused_before_anything_is_made(
    capsys: pytest.CaptureFixture[str], store: Path, tmp_path: Path
) -> None:
    made, new = tmp_path / "made.tar", tmp_path / "new"
    assert manage.main(["backup", str(made), "--store", str(store)]) == 0
    made.write_bytes(made.read_bytes()[:700])
    assert "backup: " in refused(capsys, "restore", made, "--store", new)
    assert not new.exists()


def test_a_removal_is_told_to_programs_as_json(
    capsys: pytest.CaptureFixture[str], store: Path
) -> None:
    (account,) = (store / "batches").glob("*.json")
    assert manage.main(["remove", account.stem[:10], "--store", str(store), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accepted"] == 3
