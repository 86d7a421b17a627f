"""What the shipped rules make of small made-up records: the level of each cause."""

import pytest

import facts
import makers
from circulation.judgement import assessment
from circulation.knowledge_base import expressions
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import ternary

KNOWN = makers.knowledge()
NOT, OPEN, POSSIBLE, SUPPORTED, STRONG, URGENT = Level
PAD, CLOT, VEIN, DM, OB, RAY, HEART, OTHER = KNOWN.cause

LEVELS: dict[str, list[tuple[Level, str]]] = {
    PAD: [
        (OPEN, ""),
        (POSSIBLE, "calf_pain_walking"),
        (POSSIBLE, "leg_pain_walking"),
        (POSSIBLE, "absent_foot_pulse"),
        (POSSIBLE, "erectile_dysfunction, numbness"),
        (OPEN, "erectile_dysfunction"),
        (POSSIBLE, "tingling, age_band=65-69"),
        (POSSIBLE, "tingling, age_band=50-59, smoking=current"),
        (OPEN, "tingling, age_band=50-59"),
        (OPEN, "tingling, age_band=40-49, smoking=current"),
        (SUPPORTED, "calf_pain_walking, eases_with_rest"),
        (SUPPORTED, "thigh_pain_walking, known_diabetes"),
        (SUPPORTED, "leg_pain, cold_leg"),
        (SUPPORTED, "foot_ulcer, leg_bruit, foot_ulcer_duration=1_to_14_days"),
        (SUPPORTED, "absent_doppler_signal"),
        (STRONG, "ankle_brachial_index_left=0.90"),
        (STRONG, "ankle_brachial_index_left=1.10, ankle_brachial_index_right=0.90"),
        (POSSIBLE, "ankle_brachial_index_left=0.91"),
        (POSSIBLE, "ankle_brachial_index_left=0.99"),
        (OPEN, "ankle_brachial_index_left=1.00"),
        (OPEN, "ankle_brachial_index_left=1.40"),
        (POSSIBLE, "ankle_brachial_index_left=1.41"),
        (STRONG, "toe_brachial_index_right=0.70"),
        (OPEN, "toe_brachial_index_right=0.71"),
        (STRONG, "leg_pain_walking, exercise_index_fall_percent_left=21"),
        (POSSIBLE, "leg_pain_walking, exercise_index_fall_percent_left=20"),
        (STRONG, "test_arterial_duplex_result=abnormal"),
        (SUPPORTED, "calf_pain_walking, eases_with_rest, cold_leg, absent_foot_pulse, leg_bruit"),
    ],
    CLOT: [
        (OPEN, ""),
        (POSSIBLE, "leg_swelling, leg_swelling_side=left"),
        (OPEN, "leg_swelling, leg_swelling_side=both"),
        (POSSIBLE, "leg_pain, long_inactivity"),
        (POSSIBLE, "leg_pain, injury_4_weeks"),
        (OPEN, "long_inactivity"),
        (POSSIBLE, "d_dimer=5000, d_dimer_type=feu"),
        (POSSIBLE, "d_dimer=500, d_dimer_type=feu"),
        (OPEN, "d_dimer=499, d_dimer_type=feu"),
        (POSSIBLE, "d_dimer=250, d_dimer_type=ddu"),
        (OPEN, "d_dimer=5000"),
        (
            POSSIBLE,
            "leg_swelling, leg_swelling_side=left, long_inactivity, d_dimer=5000, d_dimer_type=feu",
        ),
        (SUPPORTED, "tender_vein_cord"),
        (URGENT, "calf_3cm_larger, pitting_one_leg"),
        (URGENT, "pitting_one_leg, calf_circumference_left=40.0, calf_circumference_right=37.0"),
        (POSSIBLE, "pitting_one_leg, calf_circumference_left=39.9, calf_circumference_right=37.0"),
        (URGENT, "calf_3cm_larger, pitting_one_leg, no alternative_as_likely"),
        (SUPPORTED, "calf_3cm_larger, pitting_one_leg, alternative_as_likely"),
        (POSSIBLE, "calf_3cm_larger, pitting_one_leg, alternative_as_likely, no tender_vein_cord"),
        (
            URGENT,
            (
                "calf_3cm_larger, pitting_one_leg, active_cancer, previous_dvt, "
                "alternative_as_likely, no tender_vein_cord"
            ),
        ),
        (POSSIBLE, "leg_pain, bedridden_3_days, surgery_12_weeks"),
        (OPEN, "active_cancer, previous_dvt"),
        (URGENT, "leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden"),
        (URGENT, "leg_swelling, leg_swelling_side=left, leg_swelling_duration=1_to_14_days"),
        (POSSIBLE, "leg_swelling, leg_swelling_side=left, leg_swelling_duration=over_1_year"),
        (SUPPORTED, "sudden_breathlessness, deep_vein_tenderness"),
        (URGENT, "test_compression_ultrasound_result=abnormal"),
    ],
    VEIN: [
        (OPEN, ""),
        (OPEN, "heavy_tired_legs"),
        (POSSIBLE, "heavy_tired_legs, itching"),
        (
            POSSIBLE,
            (
                "heavy_tired_legs, aching_legs, throbbing_pain, itching, leg_swelling, "
                "swelling_evening_only, night_cramps, restless_legs, worse_standing_or_sitting, "
                "worse_evening_or_heat, better_raised_or_walking, family_varicose_veins, "
                "sex=female, bmi=35"
            ),
        ),
        (POSSIBLE, "spider_veins"),
        (SUPPORTED, "varicose_veins"),
        (SUPPORTED, "skin_changes_venous"),
        (STRONG, "varicose_veins, gaiter_ulcer"),
        (OPEN, "reflux_ms_left=500"),
        (SUPPORTED, "reflux_ms_left=501"),
        (SUPPORTED, "reflux_ms_left=1000"),
        (STRONG, "reflux_ms_left=1001"),
        (SUPPORTED, "varicose_veins, gaiter_ulcer, test_venous_duplex_result=normal"),
        (URGENT, "bleeding_vein, test_venous_duplex_result=normal"),
    ],
    DM: [
        (OPEN, ""),
        (POSSIBLE, "numbness_feet"),
        (POSSIBLE, "known_diabetes"),
        (SUPPORTED, "known_diabetes, tingling"),
        (POSSIBLE, "known_diabetes, calf_pain_walking, eases_with_rest"),
        (STRONG, "known_diabetes, insensate_foot, vibration_lost"),
        (POSSIBLE, "hba1c_percent=6.4"),
        (STRONG, "hba1c_percent=6.5"),
        (POSSIBLE, "hba1c_mmol_mol=47"),
        (STRONG, "hba1c_mmol_mol=48"),
        (OPEN, "hba1c_percent=5.6"),
        (POSSIBLE, "fasting_glucose_mg_dl=125"),
        (STRONG, "fasting_glucose_mg_dl=126"),
        (POSSIBLE, "fasting_glucose_mmol_l=6.9"),
        (STRONG, "fasting_glucose_mmol_l=7.0"),
        (POSSIBLE, "ogtt_glucose_mg_dl=199.9"),
        (STRONG, "ogtt_glucose_mmol_l=11.1"),
        (OPEN, "random_glucose_mg_dl=300"),
        (STRONG, "diabetes_symptoms, random_glucose_mg_dl=200"),
        (
            POSSIBLE,
            (
                "numbness_feet, no known_diabetes, no insulin_treatment, no red_cell_disorder, "
                "hba1c_percent=5.2, fasting_glucose_mg_dl=90"
            ),
        ),
    ],
    OB: [
        (OPEN, ""),
        (NOT, "bmi=24.99"),
        (POSSIBLE, "bmi=25.00"),
        (POSSIBLE, "bmi=29.99"),
        (STRONG, "bmi=30.00"),
        (SUPPORTED, "worse_standing_or_sitting, bmi=27"),
        (SUPPORTED, "leg_swelling, leg_swelling_side=both, bmi=27"),
        (POSSIBLE, "leg_swelling, leg_swelling_side=left, bmi=40"),
        (POSSIBLE, "cold_leg, bmi=40"),
        (POSSIBLE, "gaiter_ulcer, bmi=40"),
    ],
    RAY: [
        (OPEN, ""),
        (OPEN, "cold_feet_or_hands, worse_cold_or_stress, numbness, toes_affected"),
        (
            NOT,
            "cold_feet_or_hands, fingers_affected, no colour_change_cold, no three_colour_change",
        ),
        (POSSIBLE, "colour_change_cold"),
        (SUPPORTED, "colour_change_cold, fingers_affected"),
        (POSSIBLE, "colour_change_cold, numbness, toes_affected, no fingers_affected"),
        (POSSIBLE, "colour_change_cold, fingers_affected, colour_change_cold_side=left"),
        (SUPPORTED, "colour_change_cold, fingers_affected, colour_change_cold_side=both"),
        (OPEN, "ana_positive, connective_tissue_features"),
        (STRONG, "colour_change_cold, test_nailfold_capillaroscopy_result=abnormal"),
        (URGENT, "colour_change_cold, digit_ulcer_or_pits, colour_change_cold_side=left"),
    ],
    HEART: [
        (OPEN, ""),
        (POSSIBLE, "known_coronary_disease"),
        (POSSIBLE, "leg_swelling, leg_swelling_side=both"),
        (SUPPORTED, "known_heart_failure, leg_swelling"),
        (SUPPORTED, "leg_swelling, leg_swelling_side=both, breathless_lying_flat"),
        (
            POSSIBLE,
            "leg_swelling, leg_swelling_side=left, breathless_on_exertion, no known_heart_failure",
        ),
        (OPEN, "known_hypertension, systolic_pressure=170"),
        (URGENT, "chest_pain"),
    ],
    OTHER: [
        (OPEN, ""),
        (POSSIBLE, "back_pain_below_knee"),
        (SUPPORTED, "relief_sitting_or_bending, leg_pain_walking"),
        (POSSIBLE, "night_cramps, no leg_pain_walking, no calf_pain_walking"),
        (OPEN, "night_cramps"),
        (POSSIBLE, "warm_red_leg"),
        (SUPPORTED, "leg_infection, warm_red_leg"),
        (SUPPORTED, "known_lymphoedema, leg_swelling"),
        (POSSIBLE, "numbness_feet, b12_or_thyroid_disorder"),
        (URGENT, "leg_infection, fever_or_unwell"),
    ],
}
CASES = [(cause, *case) for cause, cases in LEVELS.items() for case in cases]


@pytest.mark.parametrize(("cause", "wanted", "text"), CASES)
def test_a_small_record_reaches_this_level(cause: str, wanted: Level, text: str) -> None:
    views = {view.cause.id: view for view in facts.explained(text).causes}
    assert views[cause].level is wanted


@pytest.mark.parametrize("cause", list(KNOWN.cause))
def test_each_cause_has_records_with_findings_and_without(cause: str) -> None:
    wanted = [level for level, _ in LEVELS[cause]]
    assert len(wanted) >= 3
    assert OPEN in wanted
    assert max(wanted) >= SUPPORTED


def test_a_record_with_every_question_answered_no_supports_nothing() -> None:
    one = facts.explained("all no")
    assert {view.cause.id: view.level for view in one.causes} == dict.fromkeys(KNOWN.cause, NOT)
    assert one.urgency is one.urgency_could_be is Urgency.ROUTINE
    assert not one.raised
    assert not one.unanswered


def test_causes_do_not_exclude_each_other() -> None:
    one = facts.explained("known_diabetes, tingling, varicose_veins, calf_pain_walking, bmi=33")
    assert {v.cause.id for v in one.causes if v.level >= SUPPORTED} == {PAD, VEIN, DM, OB}


def test_symptoms_alone_never_go_above_supported() -> None:
    symptoms = [finding for finding in KNOWN.findings if finding.kind == "symptom"]
    sides = [f"{finding.id}_side=both" for finding in symptoms if finding.sided]
    one = facts.explained(", ".join([*(finding.id for finding in symptoms), *sides]))
    graded = {view.cause.id: view.level for view in one.causes}
    assert graded.pop(PAD) is URGENT  # pain at rest eased by hanging the leg is a red flag
    assert graded.pop(VEIN) is POSSIBLE
    assert max(graded.values()) is SUPPORTED
    arteries = next(view for view in one.causes if view.cause.id == PAD)
    levels = {rule.id: rule.level for rule in KNOWN.cause[PAD].rules}
    assert {levels[grounds.id] for grounds in arteries.granted} == {
        "possible",
        "supported",
        "urgent",
    }


def test_an_urgent_level_always_comes_with_a_same_day_flag() -> None:
    for _, wanted, text in CASES:
        if wanted is URGENT:
            assert facts.explained(text).urgency is Urgency.SAME_DAY, text


def test_each_urgent_rule_stands_on_the_condition_of_the_red_flag_that_it_names() -> None:
    urgent = [rule for cause in KNOWN.causes for rule in cause.rules if rule.level == "urgent"]
    assert {rule.id for rule in urgent} >= {"PAD-17", "PAD-18", "CLOT-8", "CLOT-9"}
    for rule in urgent:
        named = rule.says.partition("(red flag ")[2].rstrip(")")
        flag = expressions.parse(KNOWN.flag[named].when)
        own = expressions.parse(rule.when)
        joined = isinstance(own, expressions.AtLeast) and own.needed == len(own.parts)
        assert own == flag or (joined and flag in own.parts), rule.id


def test_confirmed_is_the_index_at_most_090_the_body_mass_at_least_30_or_as_recorded() -> None:
    records = [
        "ankle_brachial_index_left=0.90, bmi=30.00",
        "ankle_brachial_index_left=0.91, bmi=29.99",
        "confirmed_peripheral_artery_disease, ankle_brachial_index_left=1.00",
        "",
    ]
    table = makers.table(KNOWN, [facts.record(text) for text in records])
    confirmed = assessment.assess(table, KNOWN).confirmed
    rows = [makers.row(table, place) for place in range(1, 5)]
    assert [ternary.state(confirmed[PAD], row) for row in rows] == [True, False, True, None]
    assert [ternary.state(confirmed[OB], row) for row in rows] == [True, False, None, None]
