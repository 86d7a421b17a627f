"""Every class against plain loops: all answers where they are few, each limit at and beside it."""

import random
from collections.abc import Callable
from itertools import product

import pytest

import score_makers as maker
import score_oracles as oracle

ECQ = ("walking_pain", "at_rest", "uphill", "on_level", "gone_in_10", "calf", "thigh", "buttock")
IWGDF = ("lops", "pad", "deformity", "ulcer_history", "amputation", "esrd")
CEAP = ("c6", "c5", "c4c", "c4b", "c4a", "c3", "c2", "c1", "c6_recurrent", "c2_recurrent")


@pytest.mark.parametrize(
    ("answers", "band", "grade"),
    [
        ("yes no yes no yes yes no no", "definite", "grade_1"),
        ("yes no yes yes yes yes no no", "definite", "grade_2"),
        ("yes no yes yes yes no no yes", "atypical", "grade_2"),
        ("yes yes yes yes yes yes no no", "negative", None),
        ("yes no yes yes no yes no no", "negative", None),
        ("yes no yes yes yes no no no", "not_claudication", None),
        ("yes no no no yes yes no no", "negative", None),
    ],
)
def test_the_printed_examples_of_the_edinburgh_questionnaire(
    answers: str, band: str, grade: str | None
) -> None:
    found = maker.result("edinburgh_claudication", **dict(zip(ECQ, answers.split(), strict=True)))
    assert found.band is not None
    assert (found.band.id, found.grade.id if found.grade else None) == (band, grade)


def test_all_answers_to_the_edinburgh_questionnaire() -> None:
    for answers in product((True, False), repeat=len(ECQ)):
        told = dict(zip(ECQ, answers, strict=True))
        found = maker.result("edinburgh_claudication", **told)
        assert found.band is not None
        grade = found.grade.id if found.grade else None
        assert (found.band.id, grade) == oracle.edinburgh(**told)


def test_every_three_valued_answer_to_the_edinburgh_questionnaire_names_only_what_is_certain() -> (
    None
):
    for answers in product((True, False, None), repeat=len(ECQ)):
        found = maker.result("edinburgh_claudication", **dict(zip(ECQ, answers, strict=True)))
        ends = [oracle.edinburgh(**each) for each in oracle.completions(ECQ, answers)]
        bands, grades = {band for band, _ in ends}, {grade for _, grade in ends}
        assert (found.band.id if found.band else None) == (bands.pop() if len(bands) == 1 else None)
        if found.grade:
            assert {found.grade.id} == grades


def test_without_pain_on_walking_the_questionnaire_stops() -> None:
    found = maker.result("edinburgh_claudication", walking_pain=False)
    assert (found.band and found.band.id, found.missing) == ("negative", ())


def test_all_answers_to_the_foot_risk() -> None:
    for answers in product((True, False, None), repeat=len(IWGDF)):
        found = maker.result("iwgdf_foot_risk", **dict(zip(IWGDF, answers, strict=True)))
        bands = {oracle.iwgdf(**each) for each in oracle.completions(IWGDF, answers)}
        if found.band:
            assert {found.band.id} == bands
        if None not in answers:
            assert found.band is not None
            assert found.complete


@pytest.mark.parametrize(
    ("exception", "reason"),
    [({"active_ulcer": True}, "outside this scale"), ({"diabetes": False}, "people with diabetes")],
)
def test_the_foot_risk_is_closed_outside_its_scale(
    exception: dict[str, object], reason: str
) -> None:
    assert (
        reason in maker.result("iwgdf_foot_risk", lops=False, pad=False, **exception).closed_because
    )


def test_all_vein_classes_alone_and_together() -> None:
    for answers in product((True, False), repeat=len(CEAP)):
        told = dict(zip(CEAP, answers, strict=True))
        present = {name for name, yes in told.items() if yes}
        found = maker.result("ceap_2020", **told)
        assert found.band is not None
        assert found.band.id == oracle.ceap(present)
        shown = {entry.id.removesuffix("r") for entry in found.listed}
        assert shown == {name for name in present if "_" not in name}


def test_a_healed_ulcer_needs_no_varices_and_stands_beside_an_open_one() -> None:
    told = {**dict.fromkeys(CEAP, False), "c5": True}
    assert maker.band("ceap_2020", **told) == "c5"
    found = maker.result("ceap_2020", **{**told, "c6": True, "symptomatic": True})
    assert [entry.id for entry in found.listed] == ["c6", "c5", "s"]


def test_a_recurrence_that_was_not_recorded_adds_no_r_and_is_not_missing() -> None:
    told = {name: name == "c2" for name in CEAP if not name.endswith("recurrent")}
    found = maker.result("ceap_2020", **told)
    assert (found.band and found.band.id, found.missing) == ("c2", ())


@pytest.mark.parametrize("metres", [0, 199, 200, 201, 20000])
def test_all_stages_of_fontaine(metres: int) -> None:
    for loss, rest, walking in product((True, False), repeat=3):
        found = maker.band(
            "fontaine",
            pad=True,
            tissue_loss=loss,
            rest_pain=rest,
            claudication=walking,
            walking_distance=metres,
        )
        assert found == oracle.fontaine(loss, rest, walking, metres)


def test_exactly_200_metres_is_neither_stage_and_says_so() -> None:
    found = maker.result(
        "fontaine",
        pad=True,
        tissue_loss=False,
        rest_pain=False,
        claudication=True,
        walking_distance=200,
    )
    assert any("neither IIa nor IIb" in doubt for doubt in found.doubts)


@pytest.mark.parametrize("name", ["fontaine", "rutherford_chronic"])
def test_stages_of_arterial_disease_are_only_for_people_who_have_it(name: str) -> None:
    answers = {entry.id: False for entry in maker.score(name).inputs if entry.kind == "yes_no"}
    assert "none is recorded" in maker.result(name, **answers).closed_because
    assert maker.band(name, **{**answers, "pad": None}) is None
    assert maker.band(name, **{**answers, "pad": True}) in ("stage_1", "category_0")


def test_all_grades_of_walking_pain_on_the_treadmill() -> None:
    start = {"pad": True, "claudication": True}
    start |= dict.fromkeys(("rest_pain", "minor_tissue_loss", "major_tissue_loss"), False)
    for done, after, fall in product((True, False), (49, 50, 51), (19, 20, 21)):
        told = {"treadmill_completed": done, "pressure_after": after, "pressure_fall": fall}
        found = maker.band("rutherford_chronic", **start, **told)
        assert found == oracle.rutherford_treadmill(done, after, fall)


@pytest.mark.parametrize(
    ("worst", "band"),
    [
        ("rest_pain", "category_4"),
        ("minor_tissue_loss", "category_5"),
        ("major_tissue_loss", "category_6"),
    ],
)
def test_limb_threatening_categories_do_not_need_the_treadmill(worst: str, band: str) -> None:
    told = dict.fromkeys(("rest_pain", "minor_tissue_loss", "major_tissue_loss"), False)
    found = maker.result("rutherford_chronic", pad=True, claudication=True, **{**told, worst: True})
    assert (found.band and found.band.id, found.missing) == (band, ())
    assert any("limb-threatening" in note.says for note in found.notes)


def test_all_rows_and_mixtures_of_acute_limb_ischaemia() -> None:
    inputs = maker.score("rutherford_acute").inputs
    for codes in product(*([value.code for value in entry.values] for entry in inputs)):
        told = {entry.id: code for entry, code in zip(inputs, codes, strict=True)}
        found = maker.result("rutherford_acute", **told)
        assert found.band is not None
        assert found.band.id == oracle.rutherford_acute(*codes)
        assert "emergency transfer" in found.notes[0].says


@pytest.mark.parametrize(
    ("name", "text", "band"),
    [
        ("hba1c_percent", "5.6", "within"),
        ("hba1c_percent", "5.7", "prediabetes_range"),
        ("hba1c_percent", "6.4", "prediabetes_range"),
        ("hba1c_percent", "6.5", "needs_confirmation"),
        ("hba1c_percent", "6.6", "needs_confirmation"),
        ("hba1c_mmol_mol", "38", "within"),
        ("hba1c_mmol_mol", "39", "prediabetes_range"),
        ("hba1c_mmol_mol", "47", "prediabetes_range"),
        ("hba1c_mmol_mol", "48", "needs_confirmation"),
        ("fasting_mg_dl", "99", "within"),
        ("fasting_mg_dl", "100", "prediabetes_range"),
        ("fasting_mg_dl", "125", "prediabetes_range"),
        ("fasting_mg_dl", "126", "needs_confirmation"),
        ("fasting_mmol_l", "5.5", "within"),
        ("fasting_mmol_l", "5.6", "prediabetes_range"),
        ("fasting_mmol_l", "6.9", "prediabetes_range"),
        ("fasting_mmol_l", "7.0", "needs_confirmation"),
        ("ogtt_mg_dl", "139", "within"),
        ("ogtt_mg_dl", "140", "prediabetes_range"),
        ("ogtt_mg_dl", "199", "prediabetes_range"),
        ("ogtt_mg_dl", "200", "needs_confirmation"),
        ("ogtt_mmol_l", "7.7", "within"),
        ("ogtt_mmol_l", "7.8", "prediabetes_range"),
        ("ogtt_mmol_l", "11.0", "prediabetes_range"),
        ("ogtt_mmol_l", "11.1", "needs_confirmation"),
        ("random_mg_dl", "199", "random_only"),
        ("random_mg_dl", "200", None),
        ("random_mmol_l", "11.0", "random_only"),
        ("random_mmol_l", "11.1", None),
    ],
)
def test_each_limit_of_each_sugar_test_in_its_own_unit(
    name: str, text: str, band: str | None
) -> None:
    assert maker.band("glycaemia", **{name: text}) == band


@pytest.mark.parametrize(
    ("answers", "band"),
    [
        ({"hba1c_percent": "6.5", "fasting_mg_dl": 126}, "two_results"),
        ({"hba1c_percent": "6.5", "fasting_mg_dl": 125}, "needs_confirmation"),
        ({"hba1c_percent": "6.5", "hba1c_mmol_mol": 48}, "needs_confirmation"),
        ({"hba1c_percent": "6.5", "earlier_result": True}, "two_results"),
        ({"fasting_mmol_l": "7.0", "ogtt_mmol_l": "11.1"}, "two_results"),
        ({"random_mg_dl": 200, "symptoms": True}, "with_symptoms"),
        ({"random_mg_dl": 200, "symptoms": False}, "random_without_symptoms"),
        ({"random_mg_dl": 200, "symptoms": True, "hba1c_percent": "6.5"}, "two_results"),
        ({"random_mg_dl": 200, "symptoms": False, "hba1c_percent": "6.0"}, "prediabetes_range"),
        ({"hba1c_percent": "6.5", "red_cell_disorder": True}, "not_usable"),
        ({"hba1c_percent": "5.0", "red_cell_disorder": True}, "not_usable"),
        (
            {"hba1c_percent": "6.5", "fasting_mg_dl": 126, "red_cell_disorder": True},
            "needs_confirmation",
        ),
        ({"hba1c_percent": "5.0", "fasting_mg_dl": 110}, "prediabetes_range"),
        ({}, None),
    ],
)
def test_one_abnormal_result_needs_confirmation_and_two_meet_the_rule(
    answers: dict[str, object], band: str | None
) -> None:
    assert maker.band("glycaemia", **answers) == band


def test_47_mmol_mol_stays_below_the_threshold_though_it_would_convert_to_6_5_percent() -> None:
    assert maker.band("glycaemia", hba1c_mmol_mol=47) == "prediabetes_range"
    assert maker.band("glycaemia", hba1c_percent="6.45") == "needs_confirmation"
    assert (
        maker.result("glycaemia", hba1c_percent="6.45").used[0].value == "6.45 % (counted as 6.5)"
    )


def test_in_pregnancy_no_sugar_test_is_banded() -> None:
    assert "pregnancy" in maker.result("glycaemia", hba1c_percent=7, pregnant=True).closed_because


@pytest.mark.parametrize(
    ("name", "band_of"),
    [("blood_pressure_acc_aha", oracle.acc_aha), ("blood_pressure_esc", oracle.esc)],
)
def test_every_pair_of_pressures_around_the_limits_takes_the_higher_category(
    name: str, band_of: Callable[[int, int], str]
) -> None:
    upper = [limit + step for limit in (120, 130, 140, 180) for step in (-1, 0, 1)]
    lower = [limit + step for limit in (70, 80, 90, 120) for step in (-1, 0, 1)]
    for systolic, diastolic in product(upper, lower):
        found = maker.band(name, systolic=systolic, diastolic=diastolic)
        assert found == band_of(systolic, diastolic)


def test_half_a_blood_pressure_is_banded_only_when_the_other_half_cannot_raise_it() -> None:
    assert maker.band("blood_pressure_acc_aha", systolic=150) is None
    assert maker.band("blood_pressure_acc_aha", systolic=181) == "severe"
    assert maker.band("blood_pressure_acc_aha", systolic=110) is None


def test_one_guideline_for_blood_pressure_is_shown() -> None:
    shown = [
        s.id for s in map(maker.score, ("blood_pressure_acc_aha", "blood_pressure_esc")) if s.shown
    ]
    assert shown == ["blood_pressure_acc_aha"]


@pytest.mark.parametrize(
    ("titre", "band"),
    [
        (79, "negative"),
        (80, "low"),
        (81, "low"),
        (159, "low"),
        (160, "positive"),
        (161, "positive"),
        (319, "positive"),
        (320, "high"),
        (321, "high"),
    ],
)
def test_the_display_bands_of_the_antibodies_always_ask_for_the_laboratory(
    titre: int, band: str
) -> None:
    found = maker.result("ana_titre", titre=titre)
    assert found.band is not None
    assert found.band.id == band
    assert "laboratory's own cut-off" in found.notes[0].says
    assert any("depend on the laboratory" in doubt for doubt in found.doubts)


def test_classes_with_random_blanks_never_name_what_another_answer_would_change() -> None:
    chance = random.Random(5)
    inputs = maker.score("rutherford_acute").inputs
    codes = {entry.id: [value.code for value in entry.values] for entry in inputs}
    for _ in range(300):
        told = {name: chance.choice([*values, None]) for name, values in codes.items()}
        found = maker.band("rutherford_acute", **told)
        choices = [[told[name]] if told[name] else values for name, values in codes.items()]
        ends = {oracle.rutherford_acute(*each) for each in product(*choices)}
        assert found is None or ends == {found}
