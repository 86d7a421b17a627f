"""A rehearsal says beforehand exactly what the records show once the knowledge is switched."""

import json
import shutil
from pathlib import Path

import pytest

import makers
import manage
import random_records
from circulation.judgement import assessment, rehearsal
from circulation.knowledge_base import knowledge
from circulation.knowledge_loading import knowledge_files
from circulation.records import batches, ternary

PAD = "causes/peripheral_artery_disease.toml"
INDEX = "ankle_brachial_index_lowest <= 0.90"
ROOT = Path(__file__).parents[1]


def _changed(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """The shipped knowledge with some texts of its files replaced everywhere."""
    target = folder / "renewed"
    shutil.copytree(makers.KNOWLEDGE, target)
    for file, old, new in edits:
        path = target / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return target


def _compare(records: list[dict[str, str]], folder: Path) -> rehearsal.Rehearsal:
    known, renewed = makers.knowledge(), knowledge_files.load(folder)
    return rehearsal.compare(
        makers.table(known, records), known, makers.table(renewed, records), renewed
    )


def _shown(known: knowledge.Knowledge, records: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """What one record after the other shows: its urgency, levels and called-for tests."""
    table, shown = makers.table(known, records), {}
    for row in ternary.rows(table.real):
        found = makers.explained(table, int(row), known)
        shown[found.record_id] = {
            "urgency ": found.urgency.code,
            **{f"level {view.cause.id}": view.level.code for view in found.causes},
            **{
                f"test {view.test.id}": "called_for" if view.called_for else "not_called_for"
                for view in found.tests
            },
        }
    return shown


def test_the_preview_is_what_the_records_show_after_the_switch(tmp_path: Path) -> None:
    folder = _changed(
        tmp_path,
        (PAD, INDEX, "ankle_brachial_index_lowest <= 0.80"),
        ("red_flags.toml", "severe_leg_pain", "leg_pain"),
        ("diagnostic_tests.toml", "bmi >= 30", "bmi >= 27"),
    )
    records = [dict(record) for record in random_records.records(makers.knowledge(), 60, seed=5)]
    found = _compare(records, folder)
    before = _shown(makers.knowledge(), records)
    after = _shown(knowledge_files.load(folder), records)
    wanted = {
        (record, key, value, after[record][key])
        for record, shown in before.items()
        for key, value in shown.items()
        if value != after[record][key]
    }
    assert wanted
    told = {(c.record_id, f"{c.what} {c.name}", c.before, c.after) for c in found.changes}
    assert told == wanted
    assert found.changed == len({record for record, *_ in wanted})
    assert sum(effect.up + effect.down for effect in found.effects) == len(wanted)


def test_a_threshold_moved_by_one_unit_moves_the_records_on_it_and_no_other(
    tmp_path: Path,
) -> None:
    folder = _changed(tmp_path, (PAD, INDEX, "ankle_brachial_index_lowest <= 0.89"))
    legs = ("0.88", "0.89", "0.90", "0.91", "0.92")
    records = [
        {"ankle_brachial_index_left": leg, "ankle_brachial_index_right": "1.10"} for leg in legs
    ]
    found = _compare(records, folder)
    assert {change.record_id for change in found.changes} == {"R00003"}
    level = next(effect for effect in found.effects if effect.what is rehearsal.What.LEVEL)
    assert (level.name, level.up, level.down) == ("peripheral_artery_disease", 0, 1)


def test_a_cause_without_rules_changes_records_and_none_of_the_empty_rows_behind_them(
    tmp_path: Path,
) -> None:
    folder = _changed(tmp_path)
    file = folder / "causes" / "raynauds.toml"
    head, _, _ = file.read_text("utf-8").partition("[[for]]")
    file.write_text(head, "utf-8")
    found = _compare([{"leg_pain": "present"}] * 3, folder)
    assert [change.record_id for change in found.changes] == ["R00001", "R00002", "R00003"]
    assert (found.changed, [effect.down for effect in found.effects]) == (3, [3])


def test_the_same_knowledge_changes_nothing(tmp_path: Path) -> None:
    records = [dict(record) for record in random_records.records(makers.knowledge(), 70, seed=2)]
    found = _compare(records, _changed(tmp_path))
    assert (found.changed, found.effects, found.changes) == (0, (), ())


def test_levels_and_urgencies_of_all_rows_are_those_of_each_row() -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 200, seed=8))
    found = assessment.assess(table, known)
    for suspicion in found.causes.values():
        steps = rehearsal._level(suspicion)
        assert all(steps[row] == suspicion.level(int(row)) for row in ternary.rows(table.real))
    steps = rehearsal._urgency(found)
    assert all(steps[row] == found.urgency(int(row)) for row in ternary.rows(table.real))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    options = ["--records", "120", "--seed", "4", "--last-day", "2026-06-30"]
    assert manage.main(["demo", "--store", str(folder), *options]) == 0
    return folder


def test_the_command_line_lists_what_would_change_and_changes_nothing(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _changed(tmp_path, ("diagnostic_tests.toml", "bmi >= 30", "bmi >= 27"))
    held = batches.names(store)
    assert manage.main(["rehearse", str(folder), "--store", str(store)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1].endswith("of 120 records would change.")
    assert any("Glycated haemoglobin (test)" in line for line in said)
    assert manage.main(["rehearse", str(folder), "--store", str(store), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["records"] == 120
    assert {effect["what"] for effect in told["effects"]} == {"test"}
    assert len({change["record_id"] for change in told["changes"]}) == told["changed"] > 0
    assert batches.names(store) == held


def test_a_folder_that_does_not_load_is_refused_with_file_and_line(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _changed(tmp_path, ("red_flags.toml", 'urgency = "same_day"', "urgency = same_day"))
    assert manage.main(["rehearse", str(folder), "--store", str(store)]) == 2
    assert f"{folder}/red_flags.toml line " in capsys.readouterr().err
    assert manage.main(["rehearse", str(tmp_path / "none"), "--store", str(store)]) == 2
    assert "holds no knowledge.toml" in capsys.readouterr().err
