"""A fault in a knowledge file is refused with its place; nothing is loaded around it."""

import re
import shutil
from pathlib import Path

import pytest

import faulty_knowledge
import makers
from circulation import errors, toml_files
from circulation.judgement import waits
from circulation.knowledge_loading import knowledge_files

PAD = "causes/peripheral_artery_disease.toml"
FIRST_FINDING = 'id = "muscle_cramps"\n'
FIRST_RULE = 'id = "PAD-1"\nversion = 1\n'
FIRST_REASON = 'says = "Pain of calf, thigh or buttock when walking"\n'
READING = [  # file, a text in it, its replacement, the line of the fault, what is wrong
    (
        "findings.toml",
        FIRST_FINDING,
        FIRST_FINDING + 'labell = "x"\n',
        (FIRST_FINDING, 1),
        "unknown key 'labell' in muscle_cramps",
    ),
    (
        PAD,
        FIRST_RULE,
        FIRST_RULE + "weight = 3\n",
        (FIRST_RULE, 2),
        "unknown key 'weight' in PAD-1",
    ),
    (
        PAD,
        FIRST_REASON,
        FIRST_REASON + 'chance = "0.2"\n',
        (FIRST_REASON, 1),
        "unknown key 'chance' in Pain of calf, thigh or buttock when walking",
    ),
    (
        PAD,
        'short = "Artery disease"\n',
        'short = "Artery disease"\ncolour = "red"\n',
        ('short = "Artery disease"', 1),
        "unknown key 'colour' in peripheral_artery_disease",
    ),
    (
        "diagnostic_tests.toml",
        '  id = "T-ABI-1"\n',
        '  id = "T-ABI-1"\n  soon = true\n',
        ('  id = "T-ABI-1"', 1),
        "unknown key 'soon' in T-ABI-1",
    ),
    (
        "knowledge.toml",
        "floor = 8\n",
        "floor = 8\nceiling = 9\n",
        ("floor = 8", 1),
        "unknown key 'ceiling' in disclosure",
    ),
    (
        "red_flags.toml",
        "[[flag]]\n",
        '[[flagg]]\nid = "x"\n\n[[flag]]\n',
        ("[[flag]]", 0),
        "unknown part 'flagg'",
    ),
    (PAD, FIRST_RULE, 'id = "PAD-1"\n', ('id = "PAD-1"', 0), "key 'version' is missing in PAD-1"),
    (
        "findings.toml",
        'label = "Muscle cramps"\n',
        "",
        (FIRST_FINDING, 0),
        "key 'label' is missing in muscle_cramps",
    ),
    (
        "knowledge.toml",
        "[disclosure]\n",
        "[disclosed]\n",
        None,
        "key 'floor' is missing in disclosure",
    ),
    (
        PAD,
        FIRST_RULE,
        'id = "PAD-1"\nversion = "1"\n',
        ("version = 1", 0),
        "key 'version' of PAD-1 has the wrong type",
    ),
    (
        "findings.toml",
        FIRST_FINDING,
        FIRST_FINDING + "doubt = 1\n",
        (FIRST_FINDING, 1),
        "key 'doubt' of muscle_cramps has the wrong type",
    ),
    (
        "measurements.toml",
        "low = 0.00\n",
        'low = "0.00"\n',
        ("low = 0.00", 0),
        "key 'low' of ankle_brachial_index has the wrong type",
    ),
    (
        "measurements.toml",
        'sides = "leg"\n',
        'sides = "foot"\n',
        ('sides = "leg"', 0),
        "key 'sides' of ankle_brachial_index has the wrong type",
    ),
    (
        "knowledge.toml",
        "days = 14,",
        'days = "14",',
        ("within_2_weeks = {", 0),
        "key 'days' of within_2_weeks has the wrong type",
    ),
    (
        "sources.toml",
        "[[source]]\n",
        "[sources]\nx = 1\n\n[[source]]\n",
        ("[[source]]", 0),
        "unknown part 'sources'",
    ),
    (
        "knowledge.toml",
        "possible = {",
        "perhaps = {",
        ("[levels]", 0),
        "'levels' must name exactly not_supported, open, possible, supported, strong, urgent",
    ),
    (
        "knowledge.toml",
        'synthetic = "',
        'artificial = "',
        ("[wording]", 0),
        f"'wording' must name exactly {', '.join(knowledge_files.WORDING)}",
    ),
    (
        "knowledge.toml",
        '"18-29"',
        '"18 to 29"',
        ("bands = [", 0),
        "'18 to 29' is not an age band such as 18-29",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "place", "fault"), READING)
def test_a_file_that_is_not_as_agreed_is_refused_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, place: tuple[str, int] | None, fault: str
) -> None:
    refused = faulty_knowledge.refusal(tmp_path, file, old, new)
    assert refused.fault == fault
    if place:
        text, below = place
        assert (
            refused.place
            == f"data/knowledge/{file} line {faulty_knowledge.line(file, text) + below}"
        )
    assert refused.place.startswith(f"data/knowledge/{file} line ")
    assert refused.way_out == "Correct the file and start again"


def test_what_is_not_toml_is_refused_with_the_words_of_its_reader(tmp_path: Path) -> None:
    refused = faulty_knowledge.refusal(
        tmp_path, "findings.toml", FIRST_FINDING, FIRST_FINDING + "sided = no\n"
    )
    assert refused.place.startswith("data/knowledge/findings.toml line ")
    assert "cannot be read as TOML" in refused.fault


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    refused = faulty_knowledge.refusal(tmp_path, "findings.toml", FIRST_FINDING, FIRST_FINDING * 2)
    assert "cannot be read as TOML" in refused.fault


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"a = 1\n\nb = no\n", "broken.toml line 3: cannot be read as TOML (Invalid value)"),
        (b"a = 1\nb = [", "broken.toml line 2: cannot be read as TOML (Invalid value)"),
        (b"a = 1\nb = '\xff'\n", "broken.toml line 2: is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_at_the_line_of_its_fault(
    content: bytes, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(errors.DashboardError) as refused:
        toml_files.TomlFile(path, "broken.toml")
    assert str(refused.value).startswith(fault)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(makers.KNOWLEDGE, tmp_path / "knowledge")
    (tmp_path / "knowledge" / "causes" / "obesity.toml").unlink()
    with pytest.raises(errors.DashboardError, match=r"the file causes/obesity\.toml is missing"):
        knowledge_files.load(tmp_path / "knowledge")


def test_the_tenth_version_of_a_year_is_newer_than_the_ninth(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(makers.KNOWLEDGE, folder)
    for name, version in (("sources.toml", "2026.9"), ("findings.toml", "2026.10")):
        text = (folder / name).read_text("utf-8")
        new = text.replace('version = "2026.1"', f'version = "{version}"', 1)
        assert new != text
        (folder / name).write_text(new, "utf-8")
    assert knowledge_files.load(folder).version.startswith("2026.10-")


def test_the_version_follows_every_byte_of_every_file(tmp_path: Path) -> None:
    shutil.copytree(makers.KNOWLEDGE, tmp_path / "knowledge")
    assert knowledge_files.load(tmp_path / "knowledge").version == makers.knowledge().version
    path = tmp_path / "knowledge" / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    changed = knowledge_files.load(tmp_path / "knowledge").version
    assert changed != makers.knowledge().version
    assert changed.startswith("2026.1-")


def test_every_word_that_a_clinic_can_change_is_asked_for_by_the_code() -> None:
    house = Path(__file__).parents[1] / "dashboard"
    code = "\n".join(
        file.read_text("utf-8") for file in house.rglob("*.py") if file.name != "knowledge_files.py"
    )
    waits_asked = {band.wording for band in waits.Band}
    asked = {name for name in knowledge_files.WORDING if re.search(rf"['\"]{name}['\"]", code)}
    assert asked | waits_asked >= set(knowledge_files.WORDING)
    assert set(makers.knowledge().words) == set(knowledge_files.WORDING)
