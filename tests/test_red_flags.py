"""Each red flag: raised by its trigger, down when the trigger is absent, open when not asked."""

import pytest

import facts
import makers
from circulation.knowledge_base import expressions

KNOWN = makers.knowledge()
RAISED = [
    ("RF-ALI", "leg_pain, leg_pain_onset=sudden, cold_leg"),
    ("RF-ALI", "leg_pain, pale_or_mottled_leg, leg_pain_duration=under_24_hours"),
    (
        "RF-ALI",
        "leg_pain, leg_pain_onset=sudden, absent_foot_pulse, leg_pain_duration=1_to_14_days",
    ),
    ("RF-ALI", "leg_pain, leg_pain_onset=sudden, numbness, numbness_onset=sudden"),
    ("RF-ALI", "leg_pain, leg_pain_onset=sudden, new_leg_weakness"),
    ("RF-PE", "leg_swelling, sudden_breathlessness"),
    ("RF-PE", "leg_pain, coughing_blood"),
    ("RF-PE", "confirmed_blood_clots, collapse"),
    ("RF-PE", "pe_most_likely"),
    ("RF-PE-SEV", "leg_swelling, sudden_breathlessness, systolic_pressure=89"),
    ("RF-PE-SEV", "leg_swelling, chest_pain, heart_rate=131"),
    ("RF-PE-SEV", "leg_swelling, chest_pain, respiratory_rate=26"),
    ("RF-PE-SEV", "leg_swelling, chest_pain, oxygen_saturation=90"),
    ("RF-PE-SEV", "leg_swelling, chest_pain, temperature=34.9"),
    ("RF-PE-SEV", "leg_swelling, chest_pain, pregnant_or_post_partum"),
    ("RF-DVT", "calf_3cm_larger, pitting_one_leg"),
    ("RF-DVT", "leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden"),
    ("RF-DVT", "leg_pain, active_cancer, surgery_12_weeks"),
    ("RF-DVT-U", "all no, suspected_blood_clots"),
    ("RF-DVT-U", "all no, leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden"),
    ("RF-DVT-U", "all no, calf_3cm_larger, pitting_one_leg, alternative_as_likely"),
    ("RF-PHLEG", "massive_swelling, severe_leg_pain, blue_leg"),
    ("RF-PHLEG", "massive_swelling, severe_leg_pain, pale_or_mottled_leg"),
    ("RF-BLEED", "bleeding_vein"),
    ("RF-CLTI", "absent_foot_pulse, rest_pain_foot"),
    ("RF-CLTI", "gangrene"),
    ("RF-CLTI", "leg_bruit, wound_over_2_weeks"),
    ("RF-CLTI", "toe_pressure_left=29.9"),
    ("RF-CLTI", "ankle_pressure_pt_right=49.9"),
    (
        "RF-CLTI",
        "ankle_pressure_pt_right=49, ankle_pressure_dp_right=45, ankle_pressure_dp_left=130",
    ),
    ("RF-DFOOT", "known_diabetes, foot_ulcer, fever_or_unwell"),
    ("RF-DFOOT", "known_diabetes, foot_ulcer, absent_foot_pulse"),
    ("RF-DFOOT", "known_diabetes, deep_foot_infection"),
    ("RF-DFOOT", "known_diabetes, gangrene"),
    ("RF-DFOOT-A", "known_diabetes, foot_ulcer"),
    ("RF-DFOOT-A", "known_diabetes, hot_swollen_foot"),
    ("RF-SEPSIS", "leg_infection, fever_or_unwell"),
    ("RF-STROKE", "face_arm_speech"),
    ("RF-TIA", "face_arm_speech_resolved"),
    ("RF-MI", "chest_pain"),
    ("RF-MI", "pain_to_arm_or_jaw"),
    ("RF-BP", "high_pressure_symptoms, systolic_pressure=180"),
    ("RF-BP", "high_pressure_symptoms, diastolic_pressure=120"),
    ("RF-GLU", "diabetes_symptoms, random_glucose_mg_dl=200"),
    ("RF-GLU", "altered_consciousness, random_glucose_mmol_l=11.1"),
    ("RF-GLU", "known_diabetes, vomiting_or_ketones"),
    ("RF-CAUDA", "both_legs_weak_or_numb, saddle_numbness"),
    ("RF-CAUDA", "both_legs_weak_or_numb, bladder_or_bowel_change"),
    ("RF-DIGIT", "digit_ulcer_or_pits"),
    ("RF-DIGIT", "digit_severe_ischaemia"),
    ("RF-SVT", "tender_vein_cord, vein_cord_above_knee"),
    ("RF-SVT", "vein_cord_near_junction"),
    ("RF-SVT", "tender_vein_cord, active_cancer"),
    ("RF-ULCER", "wound_over_2_weeks"),
    ("RF-ULCER", "gaiter_ulcer, gaiter_ulcer_duration=2_to_12_weeks"),
    ("RF-ULCER", "gaiter_ulcer"),
    ("RF-WOUND", "leg_infection"),
    ("RF-WOUND", "skin_cancer_look"),
    ("RF-WOUND", "gaiter_ulcer, leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden"),
    ("RF-AAA", "pulsatile_belly_mass"),
    ("RF-AAA", "sudden_back_or_belly_pain, narrowed_arteries_elsewhere"),
    ("RF-AAA", "sudden_back_or_belly_pain, ankle_brachial_index_left=0.70"),
]
NEAR_MISSES = [
    ("RF-ALI", "leg_pain, leg_pain_onset=sudden, leg_pain_duration=over_1_year, cold_leg"),
    ("RF-ALI", "leg_pain, leg_pain_onset=sudden, leg_pain_duration=2_to_12_weeks, cold_leg"),
    ("RF-ALI", "leg_pain, cold_leg, leg_pain_onset=gradual, leg_pain_duration=1_to_14_days"),
    ("RF-ALI", "all no, leg_pain, leg_pain_onset=sudden"),
    ("RF-PE", "all no, sudden_breathlessness"),
    (
        "RF-PE-SEV",
        (
            "all no, leg_swelling, chest_pain, systolic_pressure=90, heart_rate=130, "
            "oxygen_saturation=91, respiratory_rate=25, temperature=35.0"
        ),
    ),
    ("RF-DVT", "calf_3cm_larger, pitting_one_leg, alternative_as_likely"),
    ("RF-DVT", "all no, leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden"),
    (
        "RF-DVT",
        (
            "leg_swelling, leg_swelling_side=left, leg_swelling_onset=gradual, "
            "leg_swelling_duration=over_1_year"
        ),
    ),
    ("RF-DVT", "varicose_veins, leg_swelling, leg_swelling_side=both"),
    ("RF-DVT-U", "suspected_blood_clots"),
    ("RF-DVT-U", "all no, calf_3cm_larger, pitting_one_leg"),
    ("RF-PHLEG", "massive_swelling, severe_leg_pain"),
    ("RF-BLEED", "varicose_veins"),
    ("RF-CLTI", "all no, rest_pain_foot"),
    ("RF-CLTI", "all no, wound_over_2_weeks"),
    ("RF-CLTI", "ankle_pressure_pt_right=49, ankle_pressure_dp_right=50"),
    ("RF-CLTI", "toe_pressure_left=30"),
    ("RF-DFOOT", "all no, foot_ulcer, known_diabetes"),
    ("RF-DFOOT-A", "all no, foot_ulcer"),
    ("RF-SEPSIS", "leg_infection"),
    ("RF-BP", "high_pressure_symptoms, systolic_pressure=179.9, diastolic_pressure=119.9"),
    ("RF-BP", "all no, systolic_pressure=200"),
    ("RF-GLU", "diabetes_symptoms, random_glucose_mg_dl=199.9"),
    ("RF-CAUDA", "both_legs_weak_or_numb"),
    ("RF-SVT", "tender_vein_cord"),
    ("RF-ULCER", "gaiter_ulcer, gaiter_ulcer_duration=1_to_14_days"),
    ("RF-ULCER", "gaiter_ulcer, no wound_over_2_weeks"),
    ("RF-WOUND", "leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden"),
    ("RF-AAA", "all no, sudden_back_or_belly_pain"),
]


@pytest.mark.parametrize(("flag", "text"), RAISED)
def test_a_red_flag_is_raised_by_its_trigger(flag: str, text: str) -> None:
    assert flag in facts.raised(text)


@pytest.mark.parametrize(("flag", "text"), NEAR_MISSES)
def test_a_red_flag_stays_down_when_its_trigger_is_not_complete(flag: str, text: str) -> None:
    assert flag not in facts.raised(text)


@pytest.mark.parametrize("flag", list(KNOWN.flag))
def test_each_red_flag_has_a_trigger_here_is_open_when_unasked_and_down_when_absent(
    flag: str,
) -> None:
    assert flag in {name for name, _ in RAISED}
    unasked, answered = facts.explained(""), facts.explained("all no")
    assert flag in {view.flag.id for view in unasked.unanswered}
    assert flag not in {view.flag.id for view in (*unasked.raised, *answered.raised)}
    assert flag not in {view.flag.id for view in answered.unanswered}


def test_the_twenty_two_red_flags_are_shipped() -> None:
    assert set(KNOWN.flag) == {
        "RF-ALI",
        "RF-PE",
        "RF-PE-SEV",
        "RF-DVT",
        "RF-DVT-U",
        "RF-PHLEG",
        "RF-BLEED",
        "RF-CLTI",
        "RF-DFOOT",
        "RF-DFOOT-A",
        "RF-SEPSIS",
        "RF-STROKE",
        "RF-TIA",
        "RF-MI",
        "RF-BP",
        "RF-GLU",
        "RF-CAUDA",
        "RF-DIGIT",
        "RF-SVT",
        "RF-ULCER",
        "RF-WOUND",
        "RF-AAA",
    }


def test_an_alarm_is_not_kept_down_by_a_question_that_nobody_asked() -> None:
    assert "RF-ALI" in facts.raised("leg_pain, leg_pain_onset=sudden, cold_leg")
    assert "RF-DVT" in facts.raised("calf_3cm_larger, pitting_one_leg")
    assert "RF-ULCER" in facts.raised("gaiter_ulcer")


def test_every_red_flag_question_can_raise_a_flag() -> None:
    used = {
        atom.name
        for flag in KNOWN.flags
        for atom in expressions.atoms(expressions.parse(flag.when))
        if isinstance(atom, expressions.Asked)
    }
    asked = {finding.id for finding in KNOWN.findings if finding.kind == "red_flag_question"}
    assert asked - used == set()
