"""Knowledge that does not hold together is refused with the entry that is at fault."""

from pathlib import Path

import pytest

import faulty_knowledge

PAD = "causes/peripheral_artery_disease.toml"
FIRST_FINDING = 'id = "muscle_cramps"\n'
FIRST_RULE = 'id = "PAD-1"\nversion = 1\n'
FIRST_REASON = 'says = "Pain of calf, thigh or buttock when walking"\n'
CONDITIONS = [  # a condition of a cause, and what is wrong with it
    (
        "leg_bruit and",
        "has a condition that cannot be read: expected more at '' in 'leg_bruit and'",
    ),
    ("leg_bruits", "'leg_bruits' is not a three-state question"),
    ("bmi", "'bmi' is not a three-state question"),
    ("bmi is 30", "'bmi' is not a category"),
    ("smoking is sometimes", "'sometimes' is not a value of 'smoking'"),
    ("leg_bruit_side in (left, middle)", "'middle' is not a value of 'leg_bruit_side'"),
    ("leg_bruit > 1", "'leg_bruit' is not a measurement"),
    ("ankle_brachial_index <= 0.90", "'ankle_brachial_index' is not a measurement"),
    ("bmi_lowest <= 20", "'bmi_lowest' is not a measurement"),
    ("level obesity >= possible", "'level obesity >= possible' cannot be used here"),
    ("flag RF-PE", "'flag RF-PE' cannot be used here"),
    ("asked leg_pain", "'asked leg_pain' cannot be used here"),
]


@pytest.mark.parametrize(("condition", "fault"), CONDITIONS)
def test_a_condition_that_reads_what_nobody_records_is_refused(
    tmp_path: Path, condition: str, fault: str
) -> None:
    old, new = 'when = "leg_bruit"', f'when = "{condition}"'
    refused = faulty_knowledge.refusal(tmp_path, PAD, old, new)
    assert refused.place.startswith("data/knowledge, peripheral_artery_disease 'Bruit over")
    assert refused.fault == fault


CALLED = '  when = "level blood_clots >= possible"\n'
CHECKS = [  # file, a text in it, its replacement, the entry, what does not hold together
    ("findings.toml", FIRST_FINDING, 'id = "numbness"\n', "numbness", "stands twice"),
    ("sources.toml", 'id = "WK"\n', 'id = "ARTICLE"\n', "ARTICLE", "stands twice"),
    (PAD, 'id = "PAD-2"\n', 'id = "PAD-1"\n', "PAD-1", "stands twice"),
    (PAD, 'id = "MASK-PAD-2"\n', 'id = "MASK-PAD-1"\n', "MASK-PAD-1", "stands twice"),
    ("red_flags.toml", 'id = "RF-TIA"\n', 'id = "RF-STROKE"\n', "RF-STROKE", "stands twice"),
    ("diagnostic_tests.toml", '"T-ABI-2"', '"T-ABI-1"', "T-ABI-1", "stands twice"),
    (
        "measures/lifestyle.toml",
        'id = "elevate_legs"',
        'id = "stop_smoking"',
        "stop_smoking",
        "stands twice",
    ),
    (
        "differences.toml",
        'id = "d_dimer_is_not_a_clot"',
        'id = "elevation_is_for_veins"',
        "elevation_is_for_veins",
        "stands twice",
    ),
    (
        "findings.toml",
        'sources = ["ARTICLE", "S41"]',
        "sources = []",
        "muscle_cramps",
        "has no source",
    ),
    (
        PAD,
        'sources = ["ARTICLE", "S6", "S10"]',
        'sources = ["S999"]',
        "peripheral_artery_disease",
        "names the source 'S999', which sources.toml does not list",
    ),
    (
        "knowledge.toml",
        "clinicians = 5",
        "clinicians = 4",
        "pooling",
        "asks for so few clinicians that no figure could ever be shown",
    ),
    (
        "knowledge.toml",
        "largest_share = 40",
        "largest_share = 33",
        "pooling",
        "asks for so few clinicians that no figure could ever be shown",
    ),
    (
        "knowledge.toml",
        "largest_share = 40",
        "largest_share = 60",
        "pooling",
        "must keep the largest share between 1 and 50 percent",
    ),
    (
        "knowledge.toml",
        "remainder = 20",
        "remainder = 5",
        "pooling",
        "must ask for a remainder of at least 10 percent",
    ),
    (
        "knowledge.toml",
        "never_one_in = 3",
        "never_one_in = 4",
        "pooling",
        "must never count one record in 2 or 3: more was not shown to be safe",
    ),
    (
        "review.toml",
        'when = "test_compression_ultrasound_result is abnormal"',
        'when = "test_compression_ultrasound_result is abnormal and leg_swelling"',
        "SETTLE-CLOT-1",
        "settles a cause by the finding 'leg_swelling', which the distribution shows",
    ),
    (
        "red_flags.toml",
        'when = "face_arm_speech"',
        'when = "flag RF-PE"',
        "RF-STROKE",
        "'flag RF-PE' cannot be used here",
    ),
    (
        "diagnostic_tests.toml",
        CALLED,
        '  when = "level blood_clots >= open"\n',
        "T-FVTE-1",
        "'level blood_clots >= open' cannot be used here",
    ),
    (
        "diagnostic_tests.toml",
        CALLED,
        '  when = "level gout >= possible"\n',
        "T-FVTE-1",
        "'level gout >= possible' cannot be used here",
    ),
    (
        "diagnostic_tests.toml",
        CALLED,
        '  when = "flag RF-GOUT"\n',
        "T-FVTE-1",
        "'flag RF-GOUT' cannot be used here",
    ),
    (
        PAD,
        FIRST_REASON,
        f'says = "{"x" * 141}"\n',
        "peripheral_artery_disease",
        "says more than 140 characters",
    ),
    (
        "diagnostic_tests.toml",
        'because = "A clot is suspected: clots in relatives add to the risk"',
        f'because = "{"x" * 141}"',
        "T-FVTE-1",
        "says more than 140 characters",
    ),
    (
        "red_flags.toml",
        'action = "Ambulance for a suspected stroke."',
        f'action = "{"x" * 201}"',
        "RF-STROKE",
        "names an action of more than 200 characters",
    ),
    (
        PAD,
        FIRST_RULE + 'level = "possible"',
        FIRST_RULE + 'level = "open"',
        "PAD-1",
        (
            "grants the level 'open', which is not one of "
            "('possible', 'supported', 'strong', 'urgent')"
        ),
    ),
    (
        "red_flags.toml",
        'urgency = "within_2_weeks"',
        'urgency = "soon"',
        "RF-ULCER",
        "has the urgency 'soon', which is not one of ('routine', 'within_2_weeks', 'same_day')",
    ),
    (
        "diagnostic_tests.toml",
        'urgency = "same_day"',
        'urgency = "now"',
        "T-VIT-1",
        "has the urgency 'now', which is not one of ('routine', 'within_2_weeks', 'same_day')",
    ),
    (
        "diagnostic_tests.toml",
        'parent = "family_history"',
        'parent = "relatives"',
        "family_vte",
        "has the parent 'relatives', which is not one of the article's tests",
    ),
    (
        "diagnostic_tests.toml",
        'parent = "family_history"',
        'parent = "family_veins"',
        "family_vte",
        "has the parent 'family_veins', which is not one of the article's tests",
    ),
    (
        "measures/lifestyle.toml",
        'causes = ["vein_disease", "obesity"]',
        'causes = ["gout"]',
        "compression_stockings",
        "names the cause 'gout', which no file describes",
    ),
    (
        "escalations.toml",
        'causes = ["blood_clots"]',
        'causes = ["gout"]',
        "pulmonary_embolism",
        "names the cause 'gout', which no file describes",
    ),
    (
        "escalations.toml",
        'flags = ["RF-MI"]',
        'flags = ["RF-GOUT"]',
        "heart_attack",
        "names the red flag 'RF-GOUT', which no file describes",
    ),
    (
        "measurements.toml",
        'test = "ankle_brachial_index"',
        'test = "tape"',
        "ankle_brachial_index",
        "names the test 'tape', which no file describes",
    ),
    (
        PAD,
        'masks = ["ankle_brachial_index"]',
        'masks = ["index"]',
        "MASK-PAD-2",
        "names the question 'index', which no file describes",
    ),
    (
        "differences.toml",
        'about = ["blood_thinners", "blood_clots"]',
        'about = ["thinners"]',
        "anticoagulants_do_not_dissolve",
        "names the entry 'thinners', which no file describes",
    ),
    (
        "review.toml",
        "second_look_one_in = 20",
        "second_look_one_in = 0",
        "review settings",
        "needs a second_look_one_in of 1 or more",
    ),
    (
        "knowledge.toml",
        "floor = 8",
        "floor = 1",
        "disclosure",
        "must hide counts of 1 and round the others: floor and base from 2 on",
    ),
    (
        "knowledge.toml",
        "base = 5",
        "base = 1",
        "disclosure",
        "must hide counts of 1 and round the others: floor and base from 2 on",
    ),
    (
        "knowledge.toml",
        "fewest_to_break_down = 30",
        "fewest_to_break_down = 7",
        "disclosure",
        "would break down causes whose own number of records is hidden",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "entry", "fault"), CHECKS)
def test_what_does_not_hold_together_is_refused_with_its_entry(
    tmp_path: Path, file: str, old: str, new: str, entry: str, fault: str
) -> None:
    refused = faulty_knowledge.refusal(tmp_path, file, old, new)
    assert refused.place.startswith(f"data/knowledge, {entry}")
    assert refused.fault == fault
