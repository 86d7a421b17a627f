"""The numbers of the demonstration records are checked: nothing unknown, nothing left unsaid."""

from pathlib import Path

import pytest

import makers
import synthetic_makers
from circulation import errors
from circulation.demonstration_data import synthetic_files

TEXT = synthetic_makers.GENERATOR.read_text(encoding="utf-8")


def loaded(folder: Path, text: str) -> None:
    path = folder / "generator.toml"
    path.write_text(text, encoding="utf-8")
    synthetic_files.load(path, makers.knowledge())


@pytest.mark.parametrize(
    ("part", "instead", "fault"),
    [
        ("records = 1200", "records = 1200\nextra = 1", "unknown key 'extra'"),
        ("records = 1200", "records = 'many'", "key 'records' of demo has the wrong type"),
        ("records = 1200", "", "key 'records' is missing"),
        ("records = 1200", "records = ", "cannot be read as TOML"),
        ('seed = 20261122\nbasis = "assumption"', 'seed = 1\nbasis = "a hunch"', "'a hunch'"),
        ('cause = "raynauds"\nshare', 'cause = "chilblains"\nshare', "'chilblains' is not a cause"),
        ('season = "cold"', 'season = "monsoon"', "'monsoon' is not a season"),
        ('adds = "vein_skin"', 'adds = "veins"', "'veins' is not a profile"),
        ("share = 0.26", "share = true", "key 'share' of River clinic has the wrong type"),
        ("itching = {", "itchiness = {", "'itchiness' is not a finding"),
        ("vein_skin = 0.50, nerve = 0.14", "skin = 0.50, nerve = 0.14", "'skin' is not a state"),
        ('seen_at = "ana"', 'seen_at = "blood"', "'blood' is not a test"),
        ("smoking = {", "tobacco = {", "'tobacco' is not a choice"),
        ('kind = "medicine"', 'kind = "potion"', "the kind 'medicine' has no numbers"),
        ("venous_duplex = {", "# venous_duplex = {", "the test 'venous_duplex' has no numbers"),
        ("share = 0.033", "share = 0.034", "the shares of the profiles must sum to 1"),
        ("[62, 10, 30, 95]", "[62, 10, 30]", "a bell must have mean, deviation, lowest, highest"),
        ("[1, 1, 1, 1, 1, 1,", "[1, 1, 1, 1, 1,", "season flat: must have 12 months"),
        ("[0.0, 1.0, 0.0, 0.0, 0.0]", "[1.0]", "a course must have 5 durations"),
        ('state = ""', 'state = "vein"', "the last course must hold for every state and finding"),
        (
            'present = ["tender_vein_cord", "vein_cord_above_knee", "leg_pain"]',
            'present = ["vein_cord_above_knee", "leg_pain"]',
            "story vein_cord_high: 'vein_cord_above_knee' needs 'tender_vein_cord'",
        ),
    ],
)
def test_a_fault_is_refused_with_its_place(
    tmp_path: Path, part: str, instead: str, fault: str
) -> None:
    assert part in TEXT
    with pytest.raises(errors.DashboardError) as refusal:
        loaded(tmp_path, TEXT.replace(part, instead, 1))
    assert fault in str(refusal.value)
    assert "Correct the file and start again" in str(refusal.value)


def test_a_name_may_not_have_numbers_twice(tmp_path: Path) -> None:
    again = '\n[[section]]\nbasis = "assumption"\n[section.findings]\nitching = { base = 0.1 }\n'
    with pytest.raises(errors.DashboardError, match="findings: 'itching' stands twice"):
        loaded(tmp_path, TEXT + again)


def test_a_measurement_without_numbers_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "generator.toml"
    path.write_text(TEXT.replace('measure = "calf_circumference_any"', 'measure = "waist"', 1))
    numbers = synthetic_files.load(path, makers.knowledge())
    with pytest.raises(errors.DashboardError, match="'calf_circumference_any' has no numbers"):
        synthetic_makers.made(1, numbers=numbers)


def test_a_finding_without_numbers_of_its_own_takes_those_of_its_kind() -> None:
    numbers = synthetic_makers.shipped()
    silent = [f for f in makers.knowledge().findings if f.id not in numbers.findings]
    assert silent, "every finding has numbers of its own: this promise needs no test any more"
    for finding in silent:
        kind = numbers.default(finding.kind)
        told = {name for story in numbers.story for name in story.present}
        if finding.id not in told:
            share = float(synthetic_makers.has(finding.id).mean())
            assert abs(share - kind.present) <= 0.01, finding.id
