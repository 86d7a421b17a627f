"""The scores of a record: read leg by leg, the same as entered by hand, mirrored with the legs."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

import makers
import random_records
import score_makers as maker
from circulation.judgement import scores
from circulation.knowledge_base import columns
from circulation.knowledge_base.score_model import Legs
from circulation.records import ternary
from circulation.scoring.score_result import Result

MIRRORED = {"left": "right", "right": "left"}
WELLS_ANSWERED = {
    "active_cancer": "absent",
    "paralysis_or_plaster": "absent",
    "bedridden_3_days": "absent",
    "surgery_12_weeks": "absent",
    "deep_vein_tenderness": "absent",
    "whole_leg_swollen": "absent",
    "calf_3cm_larger": "absent",
    "pitting_one_leg": "absent",
    "collateral_veins": "absent",
    "previous_dvt": "absent",
    "alternative_as_likely": "absent",
    "pregnant_or_post_partum": "absent",
}


def every(record: Mapping[str, str]) -> tuple[Result, ...]:
    """All results of one record."""
    known = makers.knowledge()
    table = makers.table(known, [record])
    return scores.for_record(table, makers.row(table), known)


def of(record: Mapping[str, str], name: str) -> tuple[Result, ...]:
    """The results of one score."""
    return tuple(result for result in every(record) if result.score == name)


def bands(found: tuple[Result, ...]) -> list[str | None]:
    return [result.band.id if result.band else None for result in found]


def test_a_record_shows_every_score_the_clinic_chose_in_the_order_of_the_causes() -> None:
    known = makers.knowledge()
    shown = [score for score in known.scores if score.shown]
    expected = [s.id for s in shown for _ in range(2 if s.legs is Legs.EACH else 1)]
    assert [result.score for result in every({})] == expected
    causes = [list(known.cause).index(score.cause) for score in known.scores]
    assert causes == sorted(causes)


def test_nothing_recorded_gives_no_band_and_names_what_to_ask() -> None:
    for result in every({}):
        assert (result.points, result.band, result.used) == (None, None, ())
        assert result.missing


def test_a_record_and_the_same_answers_entered_give_the_same_result() -> None:
    record = {
        **WELLS_ANSWERED,
        "whole_leg_swollen": "present",
        "whole_leg_swollen_side": "left",
        "sex": "female",
    }
    (found,) = of(record, "wells_dvt_2003")
    told = dict.fromkeys((item.name for item in found.used), "no") | {"whole_leg": "yes"}
    entered = scores.from_values(maker.score("wells_dvt_2003"), told, leg="left")
    assert replace(found, worst_leg="") == entered
    assert (found.points, found.leg, found.worst_leg) == (1, "left", "left")


def test_signs_of_two_legs_are_never_added_up() -> None:
    record = {
        **WELLS_ANSWERED,
        "whole_leg_swollen": "present",
        "whole_leg_swollen_side": "left",
        "pitting_one_leg": "present",
        "pitting_one_leg_side": "right",
        "deep_vein_tenderness": "present",
        "deep_vein_tenderness_side": "right",
    }
    (found,) = of(record, "wells_dvt_2003")
    assert (found.points, found.leg, found.worst_leg) == (2, "right", "right")


def test_a_sign_without_its_side_leaves_the_score_open_and_asks_for_the_side() -> None:
    record = {**WELLS_ANSWERED, "whole_leg_swollen": "present"}
    (found,) = of(record, "wells_dvt_2003")
    assert (found.points, found.low, found.high) == (None, 0, 1)
    assert bands((found,)) == ["unlikely"]  # 0 and 1 are one band
    assert [(item.name, item.columns) for item in found.missing] == [
        ("whole_leg", ("whole_leg_swollen_side",))
    ]
    more = {**record, "pitting_one_leg": "present"}
    assert bands(of(more, "wells_dvt_2003")) == [None]


def test_one_missing_item_of_a_leg_keeps_unlikely_from_being_said() -> None:
    record = {
        **WELLS_ANSWERED,
        "pitting_one_leg": "present",
        "pitting_one_leg_side": "left",
        "deep_vein_tenderness": "",
    }
    (found,) = of(record, "wells_dvt_2003")
    assert (found.band, found.low, found.high) == (None, 1, 2)
    assert [item.columns for item in found.missing] == [("deep_vein_tenderness",)]


@pytest.mark.parametrize(
    ("left", "right", "points", "leg"),
    [("38.0", "35.0", 1, "left"), ("35.0", "38.0", 1, "right"), ("37.9", "35.0", 0, None)],
)
def test_calf_circumferences_count_for_the_larger_leg(
    left: str, right: str, points: int, leg: str | None
) -> None:
    record = {
        **WELLS_ANSWERED,
        "calf_3cm_larger": "",
        "calf_circumference_left": left,
        "calf_circumference_right": right,
    }
    (found,) = of(record, "wells_dvt_2003")
    assert (found.points, found.missing) == (points, ())
    assert leg in (None, found.leg)


def test_pressures_are_read_leg_by_leg_and_the_worse_leg_is_named() -> None:
    record = {
        "ankle_pressure_dp_left": "112",
        "ankle_pressure_pt_left": "118",
        "ankle_pressure_dp_right": "150",
        "ankle_pressure_pt_right": "140",
        "arm_pressure_systolic_left": "128",
        "arm_pressure_systolic_right": "132",
    }
    left, right = of(record, "ankle_brachial_index")
    assert (left.points, right.points) == (Decimal("0.89"), Decimal("1.14"))
    assert bands((left, right)) == ["abnormal", "within"]
    assert [(r.leg, r.worst_leg) for r in (left, right)] == [("left", "left"), ("right", "left")]


@pytest.mark.parametrize(
    ("left", "right", "worst"),
    [
        ("0.80", "0.70", "right"),
        ("0.80", "0.80", "both"),
        ("0.80", "", ""),
        ("0.95", "1.50", "right"),
        ("1.50", "0.85", "right"),
    ],
)
def test_the_worse_leg_goes_by_band_then_by_number(left: str, right: str, worst: str) -> None:
    record = {"ankle_brachial_index_left": left, "ankle_brachial_index_right": right}
    assert {r.worst_leg for r in of(record, "ankle_brachial_index")} == {worst}


def test_an_absent_signal_counts_for_its_leg_only() -> None:
    record = {
        "absent_doppler_signal": "present",
        "absent_doppler_signal_side": "left",
        "ankle_brachial_index_right": "1.02",
    }
    assert bands(of(record, "ankle_brachial_index")) == ["no_signal", "within"]


def test_an_incompressible_artery_counts_for_its_leg_only() -> None:
    record = {
        "ankle_over_255": "present",
        "ankle_over_255_side": "right",
        "ankle_brachial_index_left": "1.02",
        "ankle_brachial_index_right": "1.02",
    }
    assert bands(of(record, "ankle_brachial_index")) == ["within", "non_compressible"]


def test_an_index_above_140_is_never_within_the_range() -> None:
    for index in ("1.41", "1.50", "3.00"):
        record = {"ankle_brachial_index_left": index, "ankle_brachial_index_right": index}
        for result in of(record, "ankle_brachial_index"):
            assert result.band is not None
            assert result.band.id == "non_compressible"
            assert "normal" not in result.band.label.lower()


def test_diabetes_with_an_index_within_the_range_leaves_arterial_disease_open() -> None:
    record = {"known_diabetes": "present", "ankle_brachial_index_left": "1.10"}
    left, _ = of(record, "ankle_brachial_index")
    assert any("does not exclude arterial disease" in note.says for note in left.notes)


@pytest.mark.parametrize(
    ("record", "stages"),
    [
        ({"ankle_brachial_index_left": "0.85"}, ["stage_1", None]),
        ({"toe_brachial_index_right": "0.70"}, [None, "stage_1"]),
        ({"ankle_brachial_index_left": "1.10", "ankle_brachial_index_right": "1.1"}, [None, None]),
        ({"confirmed_peripheral_artery_disease": "present"}, ["stage_1", "stage_1"]),
        (
            {
                "arm_pressure_systolic_left": "150",
                "arm_pressure_systolic_right": "140",
                "ankle_pressure_dp_left": "130",
                "ankle_pressure_pt_left": "90",
            },
            ["stage_1", None],
        ),
    ],
)
def test_arterial_disease_of_a_leg_is_confirmed_or_shown_by_its_index(
    record: dict[str, str], stages: list[str | None]
) -> None:
    absent = dict.fromkeys(
        (
            "gangrene",
            "foot_ulcer",
            "rest_pain_foot",
            "calf_pain_walking",
            "thigh_pain_walking",
            "buttock_pain_walking",
        ),
        "absent",
    )
    assert bands(of({**absent, **record}, "fontaine")) == stages


def test_an_index_within_its_range_does_not_take_arterial_disease_back() -> None:
    record = {"ankle_brachial_index_left": "1.10", "ankle_brachial_index_right": "1.10"}
    for name in ("fontaine", "rutherford_chronic", "iwgdf_foot_risk"):
        for found in of(record, name):
            assert "pad" in maker.missing(found)
            assert not found.closed_because
    (low,) = of({**record, "ankle_brachial_index_right": "0.90"}, "iwgdf_foot_risk")
    assert "pad" not in maker.missing(low)


D_DIMER = {"d_dimer": "400", "d_dimer_type": "feu", "age_band": "70-79", "sex": "male"}
LIKELY = {
    "whole_leg_swollen": "present",
    "whole_leg_swollen_side": "left",
    "pitting_one_leg": "present",
    "pitting_one_leg_side": "left",
}


def test_a_likely_score_and_a_low_d_dimer_still_ask_for_a_scan() -> None:
    (found,) = of({**D_DIMER, **WELLS_ANSWERED, **LIKELY}, "d_dimer_age_adjusted")
    assert found.band is not None
    assert found.band.id == "below"
    assert any("an ultrasound is still needed" in note.says for note in found.notes)
    (unlikely,) = of({**D_DIMER, **WELLS_ANSWERED}, "d_dimer_age_adjusted")
    assert not any("ultrasound" in note.says for note in unlikely.notes)
    assert "unlikely" in [item.value for item in unlikely.used]


def test_without_a_settled_score_the_d_dimer_does_not_take_its_band() -> None:
    (found,) = of({**D_DIMER, "active_cancer": "absent"}, "d_dimer_age_adjusted")
    assert "wells" not in [item.name for item in found.used]


@pytest.mark.parametrize(
    "finding",
    [
        "pregnant_or_post_partum",
        "anticoagulant",
        "active_cancer",
        "surgery_4_weeks",
        "tender_vein_cord",
    ],
)
def test_exceptions_recorded_close_the_d_dimer(finding: str) -> None:
    record = {**D_DIMER, "sex": "female", finding: "present"}
    (found,) = of(record, "d_dimer_age_adjusted")
    assert found.closed_because
    assert (found.band, found.low) == (None, None)


def test_in_active_cancer_the_d_dimer_route_is_not_shown() -> None:
    record = {**D_DIMER, **WELLS_ANSWERED, "active_cancer": "present"}
    (wells,) = of(record, "wells_dvt_2003")
    assert any("without the D-dimer route" in note.says for note in wells.notes)
    (d_dimer,) = of(record, "d_dimer_age_adjusted")
    assert "active cancer" in d_dimer.closed_because


def test_pregnancy_disables_the_clot_scores_of_a_record() -> None:
    record = {**WELLS_ANSWERED, "pregnant_or_post_partum": "present", "sex": "female"}
    for name in ("wells_dvt_2003", "wells_pe", "perc", "d_dimer_age_adjusted"):
        (found,) = of(record, name)
        assert "obstetric" in found.closed_because


@pytest.mark.parametrize(
    ("sex", "asked", "unchecked"),
    [("male", "", False), ("female", "", True), ("female", "absent", False), ("", "", True)],
)
def test_pregnancy_not_asked_is_named_unless_the_record_is_of_a_man(
    sex: str, asked: str, unchecked: bool
) -> None:
    record = {**WELLS_ANSWERED, "sex": sex, "pregnant_or_post_partum": asked}
    (found,) = of(record, "wells_dvt_2003")
    assert ("pregnancy and 6 weeks after birth" in found.unchecked) == unchecked


def test_without_the_unit_type_no_d_dimer_of_a_record_is_banded() -> None:
    for value in ("10", "400", "90000"):
        (found,) = of({**D_DIMER, "d_dimer": value, "d_dimer_type": ""}, "d_dimer_age_adjusted")
        assert found.band is None
        assert ("d_dimer_type",) in [item.columns for item in found.missing]


def test_an_age_band_that_straddles_the_cut_off_asks_for_the_age() -> None:
    (found,) = of({**D_DIMER, "d_dimer": "750"}, "d_dimer_age_adjusted")
    assert (found.band, found.low, found.high) == (None, 700, 790)
    assert [(item.name, item.known) for item in found.missing] == [("age", "70-79 years")]


def test_vein_signs_are_read_leg_by_leg() -> None:
    record = {
        "varicose_veins": "present",
        "varicose_veins_side": "both",
        "skin_changes_venous": "present",
        "skin_changes_venous_side": "left",
        **dict.fromkeys(
            (
                "gaiter_ulcer",
                "healed_leg_ulcer",
                "ankle_vein_fan",
                "hardened_or_white_skin",
                "ankle_oedema",
                "spider_veins",
            ),
            "absent",
        ),
    }
    left, right = of(record, "ceap_2020")
    assert bands((left, right)) == ["c4a", "c2"]
    assert [entry.id for entry in left.listed] == ["c4a", "c2"]
    assert {left.worst_leg, right.worst_leg} == {"left"}


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_swapping_the_legs_mirrors_every_score(seed: int) -> None:
    known = makers.knowledge()
    records = random_records.records(known, 25, seed=seed, blank=0.2 * seed - 0.1)
    table = makers.table(known, records)
    mirror = makers.table(known, [mirrored(record) for record in records])
    for place in range(1, 26):
        found = scores.for_record(table, makers.row(table, place), known)
        swapped = scores.for_record(mirror, makers.row(mirror, place), known)
        assert sorted(map(plain, found)) == sorted(plain(turned(each)) for each in swapped)


def mirrored(record: Mapping[str, str]) -> dict[str, str]:
    """The record with left and right exchanged."""
    found = {}
    for name, value in record.items():
        stem, _, end = name.rpartition("_")
        key = f"{stem}_{MIRRORED[end]}" if end in MIRRORED else name
        found[key] = MIRRORED.get(value, value) if name.endswith("_side") else value
    return found


def turned(result: Result) -> Result:
    """A result as it is for the other leg."""
    worst = MIRRORED.get(result.worst_leg, result.worst_leg)
    return replace(result, leg=MIRRORED.get(result.leg, result.leg), worst_leg=worst)


def plain(result: Result) -> tuple[str, ...]:
    """What must be the same; a tie between the legs may show either."""
    band = result.band.id if result.band else ""
    leg = "" if result.worst_leg in ("both", "") else result.leg
    ends = (str(result.points), str(result.low), str(result.high))
    return (result.score, leg, result.worst_leg, band, *ends, result.closed_because)


@pytest.mark.parametrize("seed", [5, 6])
def test_no_record_gives_a_band_with_a_missing_answer_that_could_change_it(seed: int) -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 60, seed=seed, blank=0.4))
    for row in ternary.rows(table.real):
        for result in scores.for_record(table, int(row), known):
            assert result.band is None or result.possible == (result.band,)
            assert result.points is None or not result.missing
            for item in result.missing:
                assert set(item.columns) <= set(columns.by_name(known))
