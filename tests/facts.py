"""Small records in one line of words, for the tables of what the shipped rules make of them."""

from collections.abc import Mapping
from functools import lru_cache

import makers
from circulation.judgement import explanation
from circulation.knowledge_base import columns

ALL_NO = "all no"
IN_RANGE = {
    "ankle_brachial_index": "1.10",
    "ankle_pressure_dp": "135",
    "ankle_pressure_pt": "140",
    "arm_pressure_systolic": "125",
    "arm_pressure_diastolic": "75",
    "toe_pressure": "100",
    "toe_brachial_index": "0.80",
    "transcutaneous_oxygen": "55",
    "exercise_index_fall_percent": "5",
    "exercise_pressure_fall": "10",
    "walking_distance_m": "2000",
    "reflux_ms": "200",
    "calf_circumference": "37.0",
    "calf_circumference_any": "37.0",
    "d_dimer": "200",
    "hba1c_percent": "5.2",
    "hba1c_mmol_mol": "33",
    "fasting_glucose_mg_dl": "88",
    "fasting_glucose_mmol_l": "4.9",
    "ogtt_glucose_mg_dl": "110",
    "ogtt_glucose_mmol_l": "6.1",
    "random_glucose_mg_dl": "95",
    "random_glucose_mmol_l": "5.3",
    "ana_titre": "40",
    "systolic_pressure": "118",
    "diastolic_pressure": "74",
    "heart_rate": "68",
    "oxygen_saturation": "98",
    "respiratory_rate": "14",
    "temperature": "36.6",
    "bmi": "22.50",
    "height": "175",
    "weight": "68.9",
    "waist": "80",
    "total_cholesterol_mg_dl": "170",
    "hdl_mg_dl": "55",
    "egfr": "95",
    "monofilament_sites_insensate": "0",
}
CHOSEN = {
    "age_band": "40-49",
    "sex": "male",
    "smoking": "never",
    "d_dimer_type": "feu",
    "nyha_class": "class_1",
    "compression_use": "none",
}


def record(text: str) -> dict[str, str]:
    """A record such as ``leg_pain, no numbness, bmi=31``: present, absent, a value; else not asked.

    ``all no`` first answers every question no and puts every value within its range.
    """
    made: dict[str, str] = {}
    for word in filter(None, text.split(", ")):
        name, equals, value = word.partition("=")
        if word == ALL_NO:
            made |= _all_answered_no()
        elif word.startswith("no "):
            made[word.removeprefix("no ")] = "absent"
        else:
            made[name] = value if equals else "present"
    return made


def explained(text: str) -> explanation.RecordAssessment:
    """What the shipped rules make of the record."""
    known = makers.knowledge()
    table = makers.table(known, [record(text)])
    return makers.explained(table, makers.row(table), known)


def raised(text: str) -> set[str]:
    """The red flags that the record raises."""
    return {view.flag.id for view in explained(text).raised}


@lru_cache(maxsize=1)
def _all_answered_no() -> Mapping[str, str]:
    answers = dict(CHOSEN)
    for column in columns.of(makers.knowledge()):
        if column.kind is columns.Kind.TERNARY:
            answers[column.name] = "absent"
        elif column.kind is columns.Kind.MEASURE:
            answers[column.name] = IN_RANGE[_both_sides(column.name)]
        elif column.name.startswith("test_") and column.name.endswith("_result"):
            answers[column.name] = "normal"
    return answers


def _both_sides(name: str) -> str:
    return name.removesuffix("_left").removesuffix("_right")
