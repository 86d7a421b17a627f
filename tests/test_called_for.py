"""When a test is called for: True, False, or None while a question not asked decides."""

import pytest

import facts
import makers
from circulation.judgement import assessment
from circulation.records import ternary

KNOWN = makers.knowledge()
CALLED = [
    ("family_history", True, ""),
    ("physical_examination", True, ""),
    ("ankle_brachial_index", None, ""),
    ("ankle_brachial_index", True, "calf_pain_walking"),
    ("ankle_brachial_index", True, "age_band=65-69"),
    ("ankle_brachial_index", None, "age_band=60-64"),
    ("ankle_brachial_index", True, "age_band=60-64, smoking=former"),
    ("ankle_brachial_index", True, "varicose_veins"),
    ("ankle_brachial_index", False, "all no"),
    ("toe_pressures", True, "ankle_brachial_index_left=1.41"),
    ("toe_pressures", True, "known_diabetes, foot_ulcer"),
    ("toe_pressures", True, "known_diabetes, calf_pain_walking, ankle_brachial_index_left=1.05"),
    ("toe_pressures", False, "all no"),
    ("exercise_ankle_brachial_index", True, "all no, calf_pain_walking"),
    (
        "exercise_ankle_brachial_index",
        None,
        "calf_pain_walking, ankle_brachial_index_left=1.05, ankle_brachial_index_right=1.05",
    ),
    ("exercise_ankle_brachial_index", False, "calf_pain_walking, ankle_brachial_index_left=0.90"),
    ("exercise_ankle_brachial_index", False, "all no, calf_pain_walking, foot_ulcer"),
    ("compression_ultrasound", True, "calf_3cm_larger, pitting_one_leg"),
    (
        "compression_ultrasound",
        True,
        "leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden",
    ),
    ("compression_ultrasound", False, "all no"),
    ("compression_ultrasound", True, "all no, active_cancer, suspected_blood_clots"),
    ("compression_ultrasound", True, "all no, d_dimer=900, suspected_blood_clots"),
    ("d_dimer", None, "suspected_blood_clots"),
    ("d_dimer", True, "all no, suspected_blood_clots"),
    ("d_dimer", False, "all no, active_cancer, suspected_blood_clots"),
    ("d_dimer", False, "all no, anticoagulant, suspected_blood_clots"),
    ("d_dimer", False, "all no, sex=female, pregnant_or_post_partum, suspected_blood_clots"),
    (
        "d_dimer",
        None,
        "all no, leg_pain, calf_3cm_larger, pitting_one_leg, test_compression_ultrasound_result=",
    ),
    ("d_dimer", True, "all no, leg_pain, calf_3cm_larger, pitting_one_leg"),
    ("d_dimer", False, "all no"),
    ("venous_duplex", True, "varicose_veins"),
    ("venous_duplex", False, "all no, itching, heavy_tired_legs"),
    ("ct_or_mr_angiography", False, "all no, ankle_brachial_index_left=0.60"),
    (
        "ct_or_mr_angiography",
        True,
        "all no, ankle_brachial_index_left=0.60, test_arterial_duplex_result=abnormal",
    ),
    ("arterial_duplex", True, "ankle_brachial_index_left=0.60"),
    ("ct_pulmonary_angiography", True, "pe_most_likely, surgery_4_weeks"),
    ("ct_pulmonary_angiography", False, "all no, pe_most_likely, coughing_blood"),
    ("ct_pulmonary_angiography", False, "all no, pe_most_likely, heart_rate=100"),
    ("ct_pulmonary_angiography", True, "all no, pe_most_likely, heart_rate=101"),
    ("hba1c", True, "numbness_feet"),
    ("hba1c", False, "all no"),
    ("fasting_glucose", True, "hba1c_percent=6.5"),
    ("random_glucose", True, "diabetes_symptoms"),
    (
        "antibodies",
        False,
        "all no, sex=female, colour_change_cold, fingers_affected, colour_change_cold_side=both",
    ),
    ("antibodies", True, "colour_change_cold, raynaud_began_after_30"),
    ("antibodies", False, "all no, cold_feet_or_hands, connective_tissue_features"),
    ("ct_or_ultrasound", True, "varicose_veins"),
    ("blood_sugar", True, "known_diabetes"),
    ("blood_pressure_tests", True, "calf_pain_walking"),
]


@pytest.mark.parametrize(("test", "wanted", "text"), CALLED)
def test_a_test_is_called_for_in_the_order_of_the_tests(
    test: str, wanted: bool | None, text: str
) -> None:
    table = makers.table(KNOWN, [facts.record(text)])
    found = assessment.assess(table, KNOWN).tests[test]
    assert ternary.state(found, makers.row(table)) is wanted


@pytest.mark.parametrize("test", [test.id for test in KNOWN.tests])
def test_each_test_can_be_called_for_by_itself_or_by_a_test_under_it(test: str) -> None:
    reasons = KNOWN.test[test].called_for
    under = [other for other in KNOWN.tests if other.parent == test]
    assert reasons or any(other.called_for for other in under)


def test_the_order_of_the_tests_holds() -> None:
    """A likely clot is scanned first, an unlikely one gets the D-dimer, nobody gets it unasked."""
    for text, scan, dimer in (
        ("calf_3cm_larger, pitting_one_leg", True, None),
        ("all no, suspected_blood_clots", False, True),
        ("leg_swelling, leg_swelling_side=left", None, None),
    ):
        table = makers.table(KNOWN, [facts.record(text)])
        tests, row = assessment.assess(table, KNOWN).tests, makers.row(table)
        assert ternary.state(tests["compression_ultrasound"], row) is scan, text
        assert ternary.state(tests["d_dimer"], row) is dimer, text
