"""The command line: what it prints, what it stores, and its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import intake_files
import makers
import manage
from circulation.records import batches

ROOT = Path(__file__).parents[1]
BAD = intake_files.bad_files()


def run(*arguments: str | Path) -> int:
    return manage.main([str(argument) for argument in arguments])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(intake_files.text(intake_files.GOOD))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_import_says_what_became_of_the_file(
    good: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", good, "--store", store) == 0
    said = capsys.readouterr()
    (name,) = batches.names(store)
    assert said.out.splitlines() == [
        "good.csv: 3 rows received = 3 accepted + 0 rejected + 0 duplicate",
        "  Without a date, so not in trends: 1 record.",
        f"Stored 3 records as batch {name[:12]}.",
    ]
    assert said.err == ""


def test_import_gives_programs_the_whole_account(
    good: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", good, "--store", store, "--json", "--name", "march.csv", "--by", "me") == 0
    account = json.loads(capsys.readouterr().out)
    assert account["received"] == account["accepted"] == 3
    assert account["batch"] == batches.names(store)[0]
    assert (account["file_name"], account["imported_by"]) == ("march.csv", "me")


@pytest.mark.parametrize("bad", BAD, ids=[bad.what for bad in BAD])
def test_a_bad_file_is_refused_with_status_2_and_its_message(
    bad: intake_files.BadFile, tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / bad.name
    path.write_bytes(bad.content)
    assert run("import", path, "--store", store) == 2
    said = capsys.readouterr()
    assert bad.message in said.err
    assert said.out == ""
    assert batches.names(store) == ()


def test_a_refusal_is_json_for_programs(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.csv"
    path.write_text("<html></html>")
    assert run("import", path, "--store", store, "--json") == 2
    assert json.loads(capsys.readouterr().out) == {
        "place": "page.csv",
        "fault": "is a web page or XML, not a CSV file",
        "way_out": "Export the records again; a page may have been saved in place of the file",
    }


def test_good_rows_go_in_when_the_rest_is_set_aside(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text(intake_files.changed(0, sex="x"))
    assert run("import", path, "--store", store) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == (
        "Nothing was stored: 1 of 3 rows cannot be taken. "
        "Correct the file, or add the 2 good rows and set the rest aside."
    )
    assert run("import", path, "--store", store, "--set-aside") == 0
    assert batches.load(store, makers.knowledge()).count == 2
    assert run("import", path, "--store", store, "--set-aside") == 2, "the same rows again"


@pytest.mark.parametrize("named", ["tab", "\\t", "\t", ";"])
def test_the_separator_is_named_as_a_shell_can_say_it(
    named: str, tmp_path: Path, store: Path
) -> None:
    path = tmp_path / "other.csv"
    separator = ";" if named == ";" else "\t"
    path.write_text(intake_files.text(intake_files.GOOD).replace(",", separator))
    assert run("import", path, "--store", store, "--separator", named) == 0


@pytest.mark.parametrize("named", ["ab", "", '"', "\n"])
def test_another_separator_is_refused(
    named: str, good: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("import", good, "--store", store, "--separator", named)
    assert stopped.value.code == 2
    assert "argument --separator: must be one of , ; | or tab" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", "/no/such.csv", "--store", store) == 2
    assert capsys.readouterr().err == "refused: such.csv: is not a file. Check the path\n"


def test_demo_export_assess_verify_and_remove_work_on_one_store(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--records", "150", "--seed", "7", "--last-day", "2026-02-01")
    assert run("demo", "--store", store, *options) == 0
    assert "Stored 150 synthetic records as batch" in capsys.readouterr().out
    assert run("demo", "--store", store, *options) == 2, "the same records are there already"
    capsys.readouterr()

    assert run("export", "distribution", "--store", store) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "symptom,cause,present,asked,n"
    assert "muscle_cramps,all" in {line.rsplit(",", 3)[0] for line in lines[1:]}, lines[1:12]
    assert run("export", "distribution", "--store", store, "--json", "--from", "2026-01-01") == 0
    assert {cell["n"] for cell in json.loads(capsys.readouterr().out)} != set()
    for option, value, said in (
        ("--test-done", "magic", "refused: --test-done: is not known here. There are: "),
        ("--site", "Atlantis", "refused: --site: is not known here. There are: "),
        ("--from", "31/01/2026", "refused: --from: is not a day. Write it as 2026-01-31"),
        ("--to", "2020-01-01", "refused: --from: is a later day than --to. Turn them round"),
    ):
        asked = ("--from", "2026-01-01", option, value) if option == "--to" else (option, value)
        assert run("export", "distribution", "--store", store, *asked) == 2
        assert capsys.readouterr().err.startswith(said)
    twice = ("--from", "2026-01-01", "--to", "2026-12-31", "--to", "2020-01-01")
    assert run("export", "distribution", "--store", store, *twice) == 2, "the last one counts"
    capsys.readouterr()

    table = batches.load(store, makers.knowledge())
    record = table.record_id(int(table.by_id[0]))
    assert run("assess", record, "--store", store, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["record_id"] == record
    assert all({"cause", "level", "lowest", "highest"} <= set(view) for view in found["causes"])
    assert found["causes"][0]["level"] in (
        "not_supported",
        "open",
        "possible",
        "supported",
        "strong",
        "urgent",
    )
    assert run("assess", record, "--store", store) == 0
    assert capsys.readouterr().out.startswith(f"Record {record}: ")
    assert run("assess", "nobody", "--store", store) == 2
    capsys.readouterr()

    assert run("verify", "--store", store) == 0
    assert run("batches", "--store", store) == 0
    capsys.readouterr()
    assert run("batches", "--store", store, "--json") == 0
    (account,) = json.loads(capsys.readouterr().out)
    assert run("remove", account["batch"][:8], "--store", store) == 0
    assert batches.load(store, makers.knowledge()).count == 0


def test_an_export_of_records_without_suspected_causes_says_what_to_try(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plain.csv"
    path.write_text(intake_files.text([{"record_id": "A1", "leg_pain": "present", "bmi": "31"}]))
    run("import", path, "--store", store)
    capsys.readouterr()
    assert run("export", "distribution", "--store", store, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)
    assert said.err == (
        "None of the records has a cause as recorded; try --basis supported or --basis confirmed.\n"
    )
    assert run("export", "distribution", "--store", store, "--basis", "confirmed") == 0
    assert capsys.readouterr().err == ""


def test_verify_finds_what_was_changed(
    good: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", good, "--store", store)
    path = batches.folder(store) / f"{batches.names(store)[0]}.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    capsys.readouterr()
    assert run("verify", "--store", store, "--json") == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["problems"] == [
        f"batch {path.stem[:12]}: its records were changed or damaged"
    ]
    assert "changed or damaged" in said.err


def test_the_template_is_the_header_and_nothing_else(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("template") == 0
    out = capsys.readouterr().out
    assert out == ",".join(intake_files.names(makers.knowledge())) + "\n"


def test_it_runs_as_a_program_and_explains_each_command(tmp_path: Path) -> None:
    environment = {**os.environ, "INTAKE_STORE": str(tmp_path / "elsewhere")}
    program = [sys.executable, str(ROOT / "dashboard" / "manage.py")]
    path = tmp_path / "good.csv"
    path.write_text(intake_files.text(intake_files.GOOD))
    done = subprocess.run(
        [*program, "import", str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(batches.names(tmp_path / "elsewhere")) == 1
    helped = subprocess.run([*program, "--help"], capture_output=True, text=True, check=True)
    for command in (
        "import",
        "export",
        "assess",
        "verify",
        "demo",
        "batches",
        "remove",
        "template",
    ):
        assert f"\n    {command} " in helped.stdout
    wrong = subprocess.run([*program, "fly"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
