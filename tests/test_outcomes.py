"""What a test can show is written in words that the record takes, and reaches every rule."""

from pathlib import Path

import pytest

import faulty_knowledge
import makers
from circulation.judgement import previews
from circulation.knowledge_base import columns, expressions
from circulation.knowledge_loading import knowledge_check

KNOWN = makers.knowledge()
FILE = "test_outcomes.toml"
FAULTS = [  # a text of the file, its replacement, what is wrong
    (
        'sets = { test_family_vte = "done", ',
        'sets = { test_family_vte = "ordered", ',
        "does not set test_family_vte to 'done'",
    ),
    ('family_blood_clots = "present"', 'relatives = "present"', "sets the column 'relatives', "),
    ('family_blood_clots = "present"', 'family_blood_clots = "yes"', "to 'yes', which it cannot"),
    ('hba1c_percent = "6.5"', 'hba1c_percent = "6.55"', "to '6.55', which it cannot be"),
    ('hba1c_percent = "6.5"', 'hba1c_percent = "99"', "to '99', which it cannot be"),
    ('hba1c_percent = "6.5"', 'hba1c_percent = "high"', "to 'high', which it cannot be"),
    ('absent_foot_pulse_side = "left"', 'absent_foot_pulse_side = "up"', "to 'up', which it"),
    ('test = "family_vte"', 'test = "family"', "names the test 'family', which no file"),
]


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_a_result_that_no_record_can_hold_is_refused(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    refused = faulty_knowledge.refusal(tmp_path, FILE, old, new)
    assert fault in refused.fault


def test_a_key_that_is_not_known_is_refused_with_its_line(tmp_path: Path) -> None:
    refused = faulty_knowledge.refusal(
        tmp_path, FILE, 'id = "O-FVTE-1"\n', 'id = "O-FVTE-1"\nlikely = true\n'
    )
    assert refused.fault == "unknown key 'likely' in O-FVTE-1"


def test_every_number_that_a_rule_reads_is_written_by_a_result_of_its_test() -> None:
    read = {name for name, _ in _results_read()}
    for measure in KNOWN.measurements:
        own = set(measure.columns) & read
        if own and measure.test:
            assert own <= _written(measure.test), measure.id


def test_every_result_that_a_rule_names_is_among_those_shown() -> None:
    for name, values in _results_read():
        test = name.removeprefix("test_").removesuffix("_result")
        if name == f"test_{test}_result":
            told = {dict(o.sets).get(name) for o in previews.outcomes(test, KNOWN)}
            assert set(values) <= told, name


def test_a_test_without_entries_has_the_three_results_of_any_test() -> None:
    found = previews.outcomes("lipid_profile", KNOWN)
    assert [(o.label, dict(o.sets)["test_lipid_profile_result"]) for o in found] == [
        ("Within its range", "normal"),
        ("Abnormal", "abnormal"),
        ("Unclear", "unclear"),
    ]


@pytest.mark.parametrize(
    ("outcome", "column", "value"),
    [
        ("O-ABI-1", "ankle_brachial_index_left", "0.90"),
        ("O-ABI-4", "ankle_brachial_index_right", "0.99"),
        ("O-ABI-5", "ankle_brachial_index_left", "1.00"),
        ("O-ABI-6", "ankle_brachial_index_left", "1.41"),
        ("O-HBA-1", "hba1c_percent", "5.6"),
        ("O-HBA-2", "hba1c_percent", "6.4"),
        ("O-HBA-3", "hba1c_percent", "6.5"),
        ("O-DDI-1", "d_dimer", "500"),
        ("O-DDI-2", "d_dimer", "499"),
        ("O-DDI-3", "d_dimer", "250"),
        ("O-TOE-1", "toe_pressure_left", "29.9"),
        ("O-TOE-3", "toe_brachial_index_left", "0.70"),
        ("O-ANA-3", "ana_titre", "160"),
    ],
)
def test_a_number_stands_at_the_edge_of_its_band(outcome: str, column: str, value: str) -> None:
    (found,) = [entry for entry in KNOWN.outcomes if entry.id == outcome]
    assert dict(found.sets)[column] == value


def _results_read() -> list[tuple[str, tuple[str, ...]]]:
    """Every test result and number that a cause, a red flag or a reason for a test reads."""
    own = [c for c in knowledge_check.conditions(KNOWN) if not c.owner.startswith("score ")]
    found: list[tuple[str, tuple[str, ...]]] = []
    for condition in own:
        for atom in expressions.atoms(expressions.parse(condition.when)):
            if isinstance(atom, expressions.OneOf):
                found.append((atom.name, atom.values))
            elif isinstance(atom, expressions.Compare) and atom.name != "age":
                found += [(name, ()) for name in columns.measured(atom.name)]
    return found


def _written(test: str) -> set[str]:
    return {name for outcome in previews.outcomes(test, KNOWN) for name, _ in outcome.sets}
