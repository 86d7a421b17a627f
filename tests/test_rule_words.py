"""A condition of the rule language reads as plain English that cannot be misread."""

import pytest

import makers
import small_knowledge
from circulation.knowledge_base import columns, rule_words
from circulation.knowledge_loading import knowledge_check

SENTENCES = [
    ("leg_pain", "“Pain in the leg” is present"),
    ("not leg_pain", "“Pain in the leg” is absent"),
    ("not not leg_pain", "“Pain in the leg” is present"),
    ("always", "Every record"),
    ("leg_pain and numbness", "“Pain in the leg” and “Numbness” are present"),
    ("leg_pain or numbness", "“Pain in the leg” or “Numbness” is present"),
    ("any_of(leg_pain)", "“Pain in the leg” is present"),
    (
        "leg_pain and (age >= 50 or smoking is current)",
        "“Pain in the leg” is present and (age 50 or more or “Smoking” is “Smokes now”)",
    ),
    (
        "leg_pain and (numbness or tingling)",
        "“Pain in the leg” is present and (“Numbness” or “Tingling” is present)",
    ),
    (
        "leg_pain and numbness or tingling",
        "(“Pain in the leg” and “Numbness” are present) or “Tingling” is present",
    ),
    (
        "not (leg_pain or numbness or not tingling)",
        "“Pain in the leg” and “Numbness” are absent and “Tingling” is present",
    ),
    (
        "at_least 2 of (leg_pain, numbness, tingling)",
        "At least 2 of “Pain in the leg”, “Numbness” and “Tingling” are present",
    ),
    (
        "not at_least 2 of (leg_pain, numbness, tingling)",
        "Fewer than 2 of “Pain in the leg”, “Numbness” and “Tingling” are present",
    ),
    (
        "at_least 2 of (leg_pain, age >= 50, tingling or numbness)",
        """At least 2 of (“Pain in the leg” is present; age 50 or more;
        “Tingling” or “Numbness” is present)""",
    ),
    ("smoking in (current, former)", "“Smoking” is “Smokes now” or “Smoked in the past”"),
    ("not smoking is never", "“Smoking” is not “Never smoked”"),
    (
        "not smoking in (never, former)",
        "“Smoking” is neither “Never smoked” nor “Smoked in the past”",
    ),
    ("sex is female", "Sex is female"),
    ("age_band in (80-84, 85+)", "Age band is 80-84 or 85+"),
    ("leg_swelling_side is left", "The side of “Swelling of the leg” is left"),
    ("leg_swelling_onset is sudden", "The onset of “Swelling of the leg” is sudden"),
    (
        "leg_swelling_duration in (under_24_hours, 1_to_14_days)",
        "“Swelling of the leg” has lasted under 24 hours or 1 to 14 days",
    ),
    (
        "not leg_swelling_duration is over_1_year",
        "“Swelling of the leg” has not lasted over 1 year",
    ),
    (
        "not leg_swelling_duration in (under_24_hours, over_1_year)",
        "“Swelling of the leg” has neither lasted under 24 hours nor over 1 year",
    ),
    ("test_d_dimer is to_do", "The test “D-dimer” is to do"),
    ("test_d_dimer_result is abnormal", "The result of the test “D-dimer” is abnormal"),
    ("suspected_diabetes", "“Diabetes” is suspected at intake"),
    ("not suspected_diabetes", "“Diabetes” is not suspected at intake"),
    ("confirmed_diabetes", "“Diabetes” is confirmed"),
    ("age < 50", "Age below 50"),
    ("age == 50", "Age 50"),
    ("not age >= 50", "Age below 50"),
    ("not age == 50", "Age not 50"),
    ("age >= 50 and age <= 64", "Age 50 to 64"),
    ("bmi >= 30", "“Body mass index” is 30 kg/m² or more"),
    ("not bmi >= 30", "“Body mass index” is below 30 kg/m²"),
    ("bmi >= 25.0 and bmi <= 29.9", "“Body mass index” is 25.0 to 29.9 kg/m²"),
    ("bmi <= 29.9 and bmi >= 25.0", "“Body mass index” is 25.0 to 29.9 kg/m²"),
    (
        "bmi >= 30 and bmi <= 20",
        "“Body mass index” is 30 kg/m² or more and “Body mass index” is 20 kg/m² or less",
    ),
    (
        "ankle_brachial_index_left <= 0.90",
        "“Ankle-brachial index, left leg” is 0.90 or less",
    ),
    (
        "ankle_brachial_index_lowest <= 0.90",
        "The lowest “Ankle-brachial index” of the legs measured is 0.90 or less",
    ),
    (
        "arm_pressure_systolic_highest > 180",
        "The highest “Arm pressure, systolic” of the arms measured is above 180 mmHg",
    ),
    (
        "calf_circumference_difference >= 3.0",
        "“Calf circumference” differs between the legs by 3.0 cm or more",
    ),
    (
        "calf_circumference_difference < 3.0",
        "“Calf circumference” differs between the legs by less than 3.0 cm",
    ),
    (
        "level blood_clots >= supported",
        "“Blood clots” is at the level “Supported” or higher",
    ),
    (
        "not level blood_clots >= supported",
        "“Blood clots” is not at the level “Supported” or higher",
    ),
    ("flag RF-PE", "Red flag RF-PE (“Signs of a lung clot”) is raised"),
    ("not flag RF-PE", "Red flag RF-PE (“Signs of a lung clot”) is not raised"),
    (
        "leg_pain unless numbness",
        "“Pain in the leg” is present unless it is recorded that “Numbness” is present",
    ),
    (
        "tingling or (leg_pain and age > 50 unless numbness or age < 18)",
        """“Tingling” is present or ((“Pain in the leg” is present and age above 50)
        unless it is recorded that (“Numbness” is present or age below 18))""",
    ),
]


@pytest.mark.parametrize(("when", "sentence"), SENTENCES)
def test_a_condition_reads_as_a_sentence(when: str, sentence: str) -> None:
    assert rule_words.sentence(small_knowledge.load(), when) == " ".join(sentence.split())


def test_a_long_condition_opens_into_an_outline() -> None:
    when = """leg_pain
        and at_least 2 of (age >= 50, smoking is current, bmi >= 30, numbness, known_hypertension)
        and (numbness or tingling unless leg_swelling_duration is over_1_year)"""
    exception = (
        "(“Numbness” or “Tingling” is present) unless it is recorded that “Swelling of the leg”"
    )
    lines = rule_words.outline(small_knowledge.load(), when)
    assert [(line.depth, line.text) for line in lines] == [
        (0, "All of these:"),
        (1, "“Pain in the leg” is present"),
        (1, "At least 2 of these 5:"),
        (2, "Age 50 or more"),
        (2, "“Smoking” is “Smokes now”"),
        (2, "“Body mass index” is 30 kg/m² or more"),
        (2, "“Numbness” is present"),
        (2, "“Known high blood pressure” is present"),
        (1, f"{exception} has lasted over 1 year"),
    ]


def test_a_short_condition_stays_one_line() -> None:
    lines = rule_words.outline(small_knowledge.load(), "leg_pain and age >= 50")
    assert [(line.depth, line.text) for line in lines] == [
        (0, "“Pain in the leg” is present and age 50 or more")
    ]


def test_every_condition_of_the_shipped_knowledge_reads_without_a_column_name() -> None:
    known = makers.knowledge()
    coded = {name for name in columns.by_name(known) if "_" in name}
    for condition in knowledge_check.conditions(known):
        text = rule_words.sentence(known, condition.when)
        lines = rule_words.outline(known, condition.when)
        assert not coded & set(text.replace("“", " ").replace("”", " ").split()), text
        assert all(line.text and "_" not in line.text for line in lines), text
        assert lines[0].depth == 0
