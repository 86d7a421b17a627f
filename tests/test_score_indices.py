"""Indices are exact: rounded half-up before they are banded, each limit at and beside it."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

import score_makers as maker
import score_oracles as oracle
from circulation import errors

ARMS = {"arm_left": 200, "arm_right": 190}


@pytest.mark.parametrize(
    ("dp", "pt", "left", "right", "index", "band"),
    [
        (112, 118, 128, 132, "0.89", "abnormal"),
        (119, 110, 132, 130, "0.90", "abnormal"),
        (126, 130, 131, 130, "0.99", "borderline"),
        (131, 128, 131, 129, "1.00", "within"),
        (210, 188, 146, 150, "1.40", "within"),
        (56, 52, 140, 140, "0.40", "abnormal"),
        (50, 54, 140, 138, "0.39", "abnormal"),
        (181, 20, 200, 190, "0.91", "borderline"),  # 0.905
        (199, 20, 200, 190, "1.00", "within"),  # 0.995
        (281, 20, 200, 190, "1.41", "non_compressible"),  # 1.405
        (180, 20, 200, 190, "0.90", "abnormal"),
        (198, 20, 200, 190, "0.99", "borderline"),
        (280, 20, 200, 190, "1.40", "within"),
    ],
)
def test_the_printed_ankle_indices(
    dp: int, pt: int, left: int, right: int, index: str, band: str
) -> None:
    found = maker.result("ankle_brachial_index", dp=dp, pt=pt, arm_left=left, arm_right=right)
    assert f"{found.points}" == index
    assert found.band is not None
    assert found.band.id == band


def test_many_ankle_indices_equal_whole_number_arithmetic() -> None:
    chance = random.Random(3)
    for _ in range(3000):
        dp, pt = chance.randint(0, 400), chance.randint(0, 400)
        left, right = chance.randint(30, 350), chance.randint(30, 350)
        found = maker.result("ankle_brachial_index", dp=dp, pt=pt, arm_left=left, arm_right=right)
        hundredths = oracle.half_up_hundredths(max(dp, pt), max(left, right))
        assert found.points == Decimal(hundredths).scaleb(-2)
        assert found.band is not None
        assert found.band.id == oracle.ankle_band(hundredths)


@pytest.mark.parametrize(
    ("index", "band"),
    [
        ("0.90", "abnormal"),
        ("0.904", "abnormal"),
        ("0.905", "borderline"),
        ("0.91", "borderline"),
        ("0.99", "borderline"),
        ("0.995", "within"),
        ("1.00", "within"),
        ("1.40", "within"),
        ("1.404", "within"),
        ("1.405", "non_compressible"),
        ("1.41", "non_compressible"),
        ("3.00", "non_compressible"),
    ],
)
def test_a_recorded_index_needs_no_pressures(index: str, band: str) -> None:
    found = maker.result("ankle_brachial_index", recorded_index=index)
    assert (found.band and found.band.id, found.missing) == (band, ())


@pytest.mark.parametrize(("index", "noted"), [("0.39", True), ("0.40", True), ("0.41", False)])
def test_severity_is_a_note_with_its_doubt_and_not_a_band(index: str, noted: bool) -> None:
    found = maker.result("ankle_brachial_index", recorded_index=index)
    assert found.band is not None
    assert found.band.id == "abnormal"
    assert any("older reporting" in note.says for note in found.notes) == noted
    assert any("exactly 0.40 is unsettled" in doubt for doubt in found.doubts) == noted


def test_an_absent_signal_is_neither_zero_nor_missing() -> None:
    both = maker.result("ankle_brachial_index", dp="no_signal", pt="no_signal", **ARMS)
    assert (both.points, both.band and both.band.id, both.missing) == (None, "no_signal", ())
    one = maker.result("ankle_brachial_index", dp="no_signal", pt=100, **ARMS)
    assert (one.points, one.band and one.band.id) == (Decimal("0.50"), "abnormal")
    zero = maker.result("ankle_brachial_index", dp=0, pt=0, **ARMS)
    assert (zero.points, zero.band and zero.band.id) == (Decimal("0.00"), "abnormal")
    one_missing = maker.result("ankle_brachial_index", dp="no_signal", **ARMS)
    assert (one_missing.band, maker.missing(one_missing)) == (None, ["pt"])


def test_an_artery_that_cannot_be_compressed_is_never_within_the_range() -> None:
    for pressure in (60, 190, 230, 390):
        found = maker.band("ankle_brachial_index", dp=pressure, pt=50, over_255=True, **ARMS)
        assert found == "non_compressible"


@pytest.mark.parametrize("risk", ["diabetes", "kidney_disease"])
@pytest.mark.parametrize(
    ("index", "noted"), [("0.90", False), ("0.91", True), ("1.10", True), ("1.50", True)]
)
def test_stiff_arteries_keep_arterial_disease_open(risk: str, index: str, noted: bool) -> None:
    found = maker.result("ankle_brachial_index", recorded_index=index, **{risk: True})
    assert any("does not exclude arterial disease" in note.says for note in found.notes) == noted


def test_a_recorded_index_that_its_pressures_do_not_give_is_kept_open() -> None:
    agreed = maker.result("ankle_brachial_index", dp=180, pt=20, recorded_index="0.90", **ARMS)
    assert (agreed.points, agreed.band and agreed.band.id) == (Decimal("0.90"), "abnormal")
    differing = maker.result("ankle_brachial_index", dp=180, pt=20, recorded_index="0.95", **ARMS)
    assert (differing.points, differing.band) == (None, None)
    assert (differing.low, differing.high) == (Decimal("0.90"), Decimal("0.95"))
    assert differing.notes[0].says.startswith("The recorded index is not the one")


@pytest.mark.parametrize(
    ("known", "low", "high", "band"),
    [
        ({"pt": 100, "arm_right": 120}, "0.29", "3.33", None),
        ({"dp": 100, "pt": 90, "arm_right": 120}, "0.29", "0.83", "abnormal"),
        ({"pt": 180, "arm_left": 120, "arm_right": 120}, "1.50", "3.33", "non_compressible"),
    ],
)
def test_a_missing_pressure_leaves_the_range_it_could_change(
    known: dict[str, object], low: str, high: str, band: str | None
) -> None:
    found = maker.result("ankle_brachial_index", **known)
    assert (found.points, found.low, found.high) == (None, Decimal(low), Decimal(high))
    assert (found.band.id if found.band else None) == band
    assert found.missing


@pytest.mark.parametrize(
    ("toe", "index", "band"),
    [
        (139, "0.70", "abnormal"),
        (140, "0.70", "abnormal"),
        (141, "0.71", "above"),
        (142, "0.71", "above"),
        (150, "0.75", "above"),
    ],
)
def test_the_limit_of_the_toe_index(toe: int, index: str, band: str) -> None:
    found = maker.result("toe_brachial_index", toe=toe, **ARMS)
    assert (found.points, found.band and found.band.id) == (Decimal(index), band)
    assert any("diabetic foot" in note.says for note in found.notes) == (index == "0.71")


@pytest.mark.parametrize(
    ("age", "unit_type", "cut_off"),
    [
        (49, "feu", 500),
        (50, "feu", 500),
        (51, "feu", 510),
        (72, "feu", 720),
        (85, "feu", 850),
        (72, "ddu", 360),
        (50, "ddu", 250),
        (51, "ddu", 255),
    ],
)
def test_the_printed_cut_offs_of_the_d_dimer(age: int, unit_type: str, cut_off: int) -> None:
    for value, band in ((cut_off - 1, "below"), (cut_off, "at_or_above"), (cut_off + 1, None)):
        found = maker.result("d_dimer_age_adjusted", age=age, type=unit_type, d_dimer=value)
        assert (found.points, found.unit) == (cut_off, "µg/L")
        assert found.band is not None
        assert found.band.id == (band or "at_or_above")


def test_every_age_and_unit_type_has_its_cut_off() -> None:
    for unit_type in ("feu", "ddu"):
        for age in range(18, 111):
            found = maker.result("d_dimer_age_adjusted", age=age, type=unit_type, d_dimer=1)
            assert found.points == oracle.d_dimer_cut_off(age, unit_type)


@pytest.mark.parametrize("value", [0, 100, 359, 360, 719, 720, 100000])
@pytest.mark.parametrize("age", [72, None])
def test_without_the_unit_type_no_d_dimer_is_banded(value: int, age: int | None) -> None:
    found = maker.result("d_dimer_age_adjusted", age=age, d_dimer=value)
    assert found.band is None
    assert "type" in maker.missing(found)


@pytest.mark.parametrize(
    ("age", "value", "band", "missing"),
    [
        ("70-79", 699, "below", []),
        ("70-79", 700, None, ["age"]),
        ("70-79", 789, None, ["age"]),
        ("70-79", 790, "at_or_above", []),
        ("85+", 849, "below", []),
        ("85+", 900, None, ["age"]),
        ("18-29", 499, "below", []),
        ("40-49", 500, "at_or_above", []),
        ("50-59", 505, None, ["age"]),
    ],
)
def test_an_age_band_decides_only_where_all_its_ages_agree(
    age: str, value: int, band: str | None, missing: list[str]
) -> None:
    found = maker.result("d_dimer_age_adjusted", age=age, type="feu", d_dimer=value)
    assert (found.band.id if found.band else None) == band
    assert maker.missing(found) == missing
    assert [item.known for item in found.missing] == [f"{age} years"] * len(missing)


@pytest.mark.parametrize(
    ("exception", "reason"),
    [
        ({"pregnant": True}, "pregnancy"),
        ({"anticoagulant": True}, "blood thinner"),
        ({"cancer": True}, "active cancer"),
        ({"recent_surgery": True}, "recent operation"),
        ({"surface_vein_clot": True}, "surface vein"),
        ({"unit": "mg_l"}, "mg/L"),
    ],
)
def test_each_exception_closes_the_d_dimer_with_its_reason(
    exception: dict[str, object], reason: str
) -> None:
    found = maker.result("d_dimer_age_adjusted", age=72, type="feu", d_dimer=100, **exception)
    assert reason in found.closed_because
    assert (found.points, found.low, found.band, found.possible) == (None, None, None, ())


def test_a_low_d_dimer_after_a_likely_score_still_asks_for_the_scan() -> None:
    told = {"age": 72, "type": "feu", "d_dimer": 100}
    likely = maker.result("d_dimer_age_adjusted", **told, wells="likely")
    assert "an ultrasound is still needed" in likely.notes[0].says
    assert maker.result("d_dimer_age_adjusted", **told, wells="unlikely").notes == ()


def test_many_body_mass_indices_equal_exact_fractions() -> None:
    chance = random.Random(4)
    for _ in range(3000):
        weight, height = chance.randint(4000, 20000), chance.randint(14000, 21000)
        found = maker.result(
            "body_mass_index",
            weight=Decimal(weight).scaleb(-2),
            height=Decimal(height).scaleb(-2),
        )
        assert found.band is not None
        assert found.band.id == oracle.bmi_band(Fraction(weight, 100), Fraction(height, 100))


@pytest.mark.parametrize(
    ("bmi", "band"),
    [
        ("18.49", "under"),
        ("18.50", "within"),
        ("24.99", "within"),
        ("25.00", "overweight"),
        ("29.99", "overweight"),
        ("30.00", "class_1"),
        ("34.99", "class_1"),
        ("35.00", "class_2"),
        ("39.99", "class_2"),
        ("40.00", "class_3"),
    ],
)
def test_the_limits_of_the_body_mass_index(bmi: str, band: str) -> None:
    assert maker.band("body_mass_index", recorded_bmi=bmi) == band


def test_a_body_mass_index_is_banded_exactly_and_never_shown_as_the_higher_class() -> None:
    found = maker.result("body_mass_index", weight="72.24", height="170")  # 24.9965...
    assert (found.points, found.band and found.band.id) == (Decimal("24.99"), "within")
    recorded = maker.result("body_mass_index", weight="72.24", height="170", recorded_bmi="25.00")
    assert (recorded.band and recorded.band.id) == "within"


def beside_recorded(**answers: str) -> str:
    return " ".join(note.says for note in maker.result("body_mass_index", **answers).notes)


def test_a_recorded_body_mass_index_within_rounding_is_the_same_and_says_which_one_rules_read() -> (
    None
):
    measured = {"weight": "82", "height": "178.5"}  # 25.7356...: cut off 25.73, rounded 25.74
    assert maker.result("body_mass_index", **measured).points == Decimal("25.73")
    told = beside_recorded(**measured, recorded_bmi="25.74")
    assert "Recorded as 25.74: the same number, rounded." in told
    assert "Rules that ask for the index read the recorded one." in told
    assert "is not the one" not in told
    assert beside_recorded(**measured, recorded_bmi="25.73") == ""
    assert beside_recorded(**measured, recorded_bmi="25.75") == (
        "The recorded index is not the one its weight and height give: both are kept open. "
        "Rules that ask for the index read the recorded one."
    )
    assert beside_recorded(weight="81", height="180", recorded_bmi="25.00") == ""
    assert "Rules read this number where no index is recorded." in beside_recorded(**measured)
    assert beside_recorded(recorded_bmi="25.74") == ""


@pytest.mark.parametrize(
    ("bmi", "action"),
    [("22.99", 0), ("23", 1), ("24.99", 1), ("25", 0), ("27.49", 0), ("27.5", 1), ("30", 0)],
)
def test_the_lower_action_points_of_asian_ancestry_are_shown(bmi: str, action: int) -> None:
    notes = maker.result("body_mass_index", recorded_bmi=bmi).notes
    assert sum("Asian ancestry" in note.says for note in notes) == action


@pytest.mark.parametrize(
    ("name", "answer", "text", "fault"),
    [
        ("ankle_brachial_index", "dp", "401", "must be a number from 0 to 400 mmHg"),
        ("ankle_brachial_index", "dp", "-1", "must be a number from 0 to 400 mmHg"),
        ("ankle_brachial_index", "dp", "1e2", "must be a number from 0 to 400 mmHg"),
        ("ankle_brachial_index", "dp", "NaN", "must be a number from 0 to 400 mmHg"),
        ("ankle_brachial_index", "dp", "absent", "must be a number from 0 to 400 mmHg"),
        ("ankle_brachial_index", "over_255", "maybe", "must be yes or no"),
        ("d_dimer_age_adjusted", "type", "FEU", "must be one of feu, ddu"),
        ("d_dimer_age_adjusted", "age", "79-70", "must be a number from 18 to 120 years"),
        ("d_dimer_age_adjusted", "age", "17", "must be a number from 18 to 120 years"),
        ("mnsi_examination", "reflex_left", "0.25", "must be a multiple of 0.5"),
        ("vcss_2010", "pain", "1.5", "must be a multiple of 1"),
        ("villalta", "pain", "4", "must be a number from 0 to 3"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_without_repeating_it(
    name: str, answer: str, text: str, fault: str
) -> None:
    with pytest.raises(errors.DashboardError) as refused:
        maker.result(name, **{answer: text})
    assert refused.value.place == f"score {name}, {answer}"
    assert refused.value.fault == fault


def test_an_answer_the_score_does_not_ask_for_is_refused() -> None:
    with pytest.raises(errors.DashboardError, match="has no input 'previous'"):
        maker.result("wells_dvt_2003", previous=True)
