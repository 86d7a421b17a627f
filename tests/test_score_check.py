"""A score file that does not hold together is refused with the place that is at fault."""

from pathlib import Path

import pytest

import faulty_knowledge

WELLS, ABI = "scores/wells_dvt_2003.toml", "scores/ankle_brachial_index.toml"
D_DIMER, SUGAR = "scores/d_dimer_age_adjusted.toml", "scores/glycaemia.toml"
FAULTS = [  # file, a text in it, its replacement, the place in the score, what is wrong
    (WELLS, 'id = "paralysis"', 'id = "cancer"', "input cancer", "stands twice"),
    ("scores/perc.toml", 'id = "negative"', 'id = "positive"', "band positive", "stands twice"),
    (
        WELLS,
        'when = "points >= 2"',
        'when = "points >= "',
        "likely",
        "has a condition that cannot be read: expected more at '' in 'points >= '",
    ),
    (
        WELLS,
        'when = "pitting"',
        'when = "pittings"',
        "pittings",
        "'pittings' is neither a yes/no input nor a fact",
    ),
    (
        WELLS,
        'when = "pitting"',
        'when = "calf_this"',
        "calf_this",
        "'calf_this' is neither a yes/no input nor a fact",
    ),
    (
        WELLS,
        'when = "points >= 2"',
        'when = "score >= 2"',
        "likely",
        "'score' is not a number of this score",
    ),
    (
        WELLS,
        'when = "points >= 2"',
        'when = "flag RF-DVT"',
        "likely",
        "levels and red flags have no place in a score",
    ),
    (
        D_DIMER,
        'when = "wells is likely"',
        'when = "asked wells"',
        "The Wells score is likely: an ultrasound is still needed, whatever the D-dimer.",
        "'asked wells': what is missing leaves a score open, it is no condition",
    ),
    (
        D_DIMER,
        'when = "wells is likely"',
        'when = "wells is certain"',
        "The Wells score is likely: an ultrasound is still needed, whatever the D-dimer.",
        "'certain' is not an answer to 'wells'",
    ),
    (
        ABI,
        "highest(dp, pt) / highest",
        "highest(dp, at) / highest",
        "index",
        "'at' is not a number of this score",
    ),
    (
        ABI,
        "highest(dp, pt) / highest",
        "highest(dp, pt / highest",
        "index",
        "has a formula that cannot be read: cannot read 'highest(dp, pt / highest(",
    ),
    (
        ABI,
        "highest(dp, pt) / highest",
        "average(dp, pt) / highest",
        "with nothing entered",
        "cannot be worked out (cannot work out 'average(dp, pt)')",
    ),
    (
        ABI,
        "/ highest(arm_left, arm_right)",
        "/ highest(dp, pt)",
        "with nothing entered",
        "cannot be worked out (divides by a number that may be 0 or less)",
    ),
    (
        ABI,
        'recorded = "recorded_index"',
        'recorded = "index_as_recorded"',
        "index",
        "'index_as_recorded' is not a number of this score",
    ),
    (
        ABI,
        'decimals = 2\nrecorded = "recorded_index"',
        'decimals = 3\nrecorded = "recorded_index"',
        "recorded_index",
        "is worked out to more decimals than the column 'ankle_brachial_index_left' has",
    ),
    (ABI, 'value = "index"', 'value = "ratio"', "ratio", "is not a number of this score"),
    (
        ABI,
        'kind = "index"',
        'kind = "class"',
        "its kind",
        "a sum has items, an index names its value, a class has neither",
    ),
    (SUGAR, '  "ogtt_mg_dl",', '  "ogtt",', "ogtt", "is not an input"),
    (
        SUGAR,
        'when = "ogtt_mg_dl >= 200 or ogtt_mmol_l >= 11.1"',
        'when = "ogtt_meets"',
        "ogtt_meets",
        "rests on the fact 'ogtt_meets', which does not stand above it",
    ),
    (
        D_DIMER,
        'formula = "highest(250, age * 5)"',
        'formula = "highest(250, above)"',
        "cut_off",
        "rests on the number 'above', which does not stand above it",
    ),
    (
        WELLS,
        'reads = "alternative_as_likely"',
        'reads = "not alternative_as_likely"',
        "alternative",
        "a judgement is entered as it stands, never derived",
    ),
    (
        D_DIMER,
        'takes_band_of = "wells_dvt_2003"',
        'takes_band_of = "wells_dvt_1997"',
        "wells",
        "takes the band of 'wells_dvt_1997', whose bands are others",
    ),
    (
        ABI,
        'column = "ankle_pressure_dp_{leg}"',
        'column = "ankle_pressure_{leg}"',
        "dp",
        "reads the column 'ankle_pressure_{leg}', which the record does not have",
    ),
    (
        "scores/ana_titre.toml",
        'column = "ana_titre"',
        'column = "toe_pressure_{leg}"',
        "titre",
        "reads the column 'toe_pressure_{leg}', which the record does not have",
    ),
    (
        ABI,
        "high = 400",
        "high = 300",
        "dp",
        "has limits narrower than the column 'ankle_pressure_dp_left'",
    ),
    (
        D_DIMER,
        'column = "d_dimer_type"',
        'column = "diabetes_type"',
        "type",
        "has other answers than the column 'diabetes_type'",
    ),
    (
        ABI,
        'column = "ankle_pressure_dp_{leg}"',
        'column = "sex"',
        "dp",
        "cannot read the column 'sex'",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "place", "fault"), FAULTS)
def test_a_score_that_names_what_it_does_not_have_is_refused(
    tmp_path: Path, file: str, old: str, new: str, place: str, fault: str
) -> None:
    refused = faulty_knowledge.refusal(tmp_path, file, old, new)
    score = Path(file).stem
    assert refused.place == f"data/knowledge, score {score}, {place}"
    assert refused.fault.startswith(fault)


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "fault"),
    [
        (
            WELLS,
            'reads = "active_cancer"',
            'reads = "active_tumour"',
            "score wells_dvt_2003, cancer",
            "'active_tumour' is not a three-state question",
        ),
        (
            ABI,
            'reads = "absent_doppler_signal and',
            'reads = "no_doppler_signal and',
            "score ankle_brachial_index, dp",
            "'no_doppler_signal' is not a three-state question",
        ),
        (
            WELLS,
            'sources = ["S13", "S1"]',
            'sources = ["S13", "S999"]',
            "score wells_dvt_2003",
            "names the source 'S999', which sources.toml does not list",
        ),
        (
            WELLS,
            'sources = ["S13", "S1"]',
            "sources = []",
            "score wells_dvt_2003",
            "has no source",
        ),
        (
            WELLS,
            'id = "wells_dvt_2003"',
            'id = "wells_dvt_1997"',
            "score wells_dvt_1997",
            "stands twice",
        ),
        (
            "scores/blood_pressure_esc.toml",
            "shown = false",
            "shown = true",
            "the scores of 'blood_pressure'",
            "must have exactly one that is shown",
        ),
    ],
)
def test_a_score_that_does_not_fit_the_knowledge_is_refused(
    tmp_path: Path, file: str, old: str, new: str, place: str, fault: str
) -> None:
    refused = faulty_knowledge.refusal(tmp_path, file, old, new)
    assert (refused.place, refused.fault) == (f"data/knowledge, {place}", fault)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('kind = "sum"', 'kind = "sums"', "key 'kind' of wells_dvt_2003 has the wrong type"),
        ('cause = "blood_clots"', 'cause = "clots"', "'clots' is not one of the causes"),
        ("points = -2", 'points = "two"', "key 'points' of alternative has the wrong type"),
        ('id = "cancer"', 'id = "cancer"\nweight = 2', "unknown key 'weight' in cancer"),
        ("[[closed]]", "[[closing]]", "unknown part 'closing'"),
    ],
)
def test_a_score_file_that_is_not_as_agreed_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    refused = faulty_knowledge.refusal(tmp_path, WELLS, old, new)
    assert refused.place.startswith(f"data/knowledge/{WELLS} line ")
    assert refused.fault == fault
