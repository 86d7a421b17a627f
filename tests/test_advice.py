"""Advice stands behind the strictest gate that holds, at every limit and one unit either side."""

import itertools
from decimal import Decimal

import pytest

import facts
import makers
import random_records
import typed_makers
from circulation.judgement import advice, standing
from circulation.knowledge_base import gate_model
from circulation.knowledge_base.gate_model import Shows

KNOWN = makers.knowledge()
CLEAR = "all no, ankle_pressure_dp_left=, ankle_pressure_dp_right=, "
"""All else said, and no pressures that an index would follow from."""
MIRRORED = {"left": "right", "right": "left"}


def _views(text: str) -> dict[str, advice.AdviceView]:
    table = makers.table(KNOWN, [facts.record(text)])
    return {
        view.advice.id: view
        for view in advice.for_record(standing.Record(table, makers.row(table)), KNOWN)
    }


def _stockings(text: str) -> advice.AdviceView:
    return _views(text)["compression_stockings"]


INDEX = [  # the worse leg's index, and what is shown when all else is clear
    ("0.40", Shows.STOP),
    ("0.59", Shows.STOP),
    ("0.60", Shows.REDUCED),
    ("0.61", Shows.REDUCED),
    ("0.78", Shows.REDUCED),
    ("0.79", Shows.REDUCED),
    ("0.80", Shows.NO_STOP),
    ("0.81", Shows.NO_STOP),
    ("1.29", Shows.NO_STOP),
    ("1.30", Shows.NO_STOP),
    ("1.31", Shows.CAUTION),
    ("1.39", Shows.CAUTION),
    ("1.40", Shows.CAUTION),
    ("1.41", Shows.UNUSABLE),
    ("", Shows.UNKNOWN),
]
PRESSURES = [  # measurement, its value in one leg, what is shown
    ("toe_pressure", "30.0", Shows.NO_STOP),
    ("toe_pressure", "30.1", Shows.NO_STOP),
    ("transcutaneous_oxygen", "30.0", Shows.NO_STOP),
    ("transcutaneous_oxygen", "29.9", Shows.ESCALATE),
]


@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize(("index", "shows"), INDEX)
def test_the_index_of_the_worse_leg_decides_on_compression(
    index: str, shows: Shows, leg: str
) -> None:
    assert _stockings(f"{CLEAR}ankle_brachial_index_{leg}={index}").shows is shows


@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize(("name", "value", "shows"), PRESSURES)
def test_pressures_decide_on_compression(name: str, value: str, shows: Shows, leg: str) -> None:
    assert _stockings(f"{CLEAR}{name}_{leg}={value}").shows is shows


@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize(
    ("pressure", "held"), [("59.9", True), ("60.0", False), ("60.1", False), ("", False)]
)
def test_an_ankle_pressure_below_60_stops_compression(pressure: str, held: bool, leg: str) -> None:
    low = f"ankle_pressure_dp_{leg}={pressure}, ankle_pressure_pt_{leg}={pressure}"
    assert (_stockings(CLEAR + low).shows is Shows.STOP) is held


@pytest.mark.parametrize("leg", ["left", "right"])
def test_the_higher_artery_of_the_ankle_counts(leg: str) -> None:
    low, other = f"ankle_pressure_dp_{leg}=55", f"ankle_pressure_pt_{leg}"
    assert _stockings(f"{CLEAR}{low}, {other}=60.0").shows is Shows.NO_STOP
    assert _stockings(f"{CLEAR}{low}, {other}=59.9").shows is Shows.STOP
    assert _stockings(f"{CLEAR}{low}, {other}=").shows is Shows.STOP


@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize(
    ("name", "limit", "unit"),
    [("toe_pressure", "30", "0.1"), ("transcutaneous_oxygen", "20", "0.1")],
)
def test_low_toe_pressure_and_skin_oxygen_are_contraindications(
    name: str, limit: str, unit: str, leg: str
) -> None:
    below, at = f"{Decimal(limit) - Decimal(unit)}", limit
    held = [_held(f"{CLEAR}{name}_{leg}={value}") for value in (below, at)]
    assert ["GATE-COMP-2" in ids for ids in held] == [True, False]
    assert _stockings(f"{CLEAR}{name}_{leg}={below}").shows is Shows.ESCALATE


def _held(text: str) -> set[str]:
    view = _stockings(text)
    return {item.id for item in (view.strictest, *view.others) if item}


@pytest.mark.parametrize(
    "flagged",
    [
        "leg_infection",
        "skin_cancer_look",
        "leg_pain, leg_pain_onset=sudden, cold_leg",
        "rest_pain_foot, foot_pain_eased_hanging",
        "leg_swelling, leg_swelling_side=left, whole_leg_swollen, previous_dvt",
        "suspected_blood_clots",
        "massive_swelling, severe_leg_pain, blue_leg",
        "leg_pain, sudden_breathlessness",
        "known_diabetes, gangrene",
    ],
)
def test_a_red_flag_comes_before_every_index(flagged: str) -> None:
    for index in ("0.59", "0.79", "1.10", "1.35", "1.50", ""):
        legs = f"ankle_brachial_index_left={index}, ankle_brachial_index_right={index}"
        assert _stockings(f"{CLEAR}{flagged}, {legs}").shows is Shows.ESCALATE


@pytest.mark.parametrize(
    ("also", "shows"),
    [
        ("bypass_under_skin", Shows.STOP),
        ("nyha_class=class_4", Shows.STOP),
        ("stocking_allergy", Shows.STOP),
        ("absent_doppler_signal", Shows.UNKNOWN),
        ("ankle_over_255", Shows.UNUSABLE),
        ("nyha_class=class_3", Shows.CAUTION),
        ("nyha_class=class_2", Shows.NO_STOP),
        ("known_diabetes, insensate_foot", Shows.CAUTION),
        ("known_diabetes, monofilament_sites_insensate_left=1", Shows.CAUTION),
        ("known_diabetes", Shows.NO_STOP),
        ("insensate_foot", Shows.NO_STOP),
    ],
)
def test_other_reasons_hold_compression_back_though_the_index_is_in_range(
    also: str, shows: Shows
) -> None:
    assert _stockings(f"{CLEAR}{also}").shows is shows


@pytest.mark.parametrize(
    ("worse", "better", "shows"),
    [
        ("0.59", "", Shows.STOP),
        ("0.59", "1.50", Shows.STOP),
        ("0.70", "", Shows.UNKNOWN),
        ("0.70", "1.50", Shows.UNUSABLE),
        ("0.70", "1.35", Shows.REDUCED),
        ("1.10", "", Shows.UNKNOWN),
        ("1.35", "1.10", Shows.CAUTION),
    ],
)
def test_the_strictest_of_both_legs_is_shown(worse: str, better: str, shows: Shows) -> None:
    for left, right in ((worse, better), (better, worse)):
        legs = f"ankle_brachial_index_left={left}, ankle_brachial_index_right={right}"
        assert _stockings(CLEAR + legs).shows is shows


def test_of_an_empty_record_the_arterial_status_is_unknown_and_both_legs_are_named() -> None:
    view = _stockings("leg_pain")
    assert view.shows is Shows.UNKNOWN
    assert "Arterial status unknown" in view.says
    missing = {item.name for item in view.not_measured}
    assert {"ankle_brachial_index_left", "ankle_brachial_index_right"} <= missing


@pytest.mark.parametrize(
    ("name", "text", "shows"),
    [
        ("regular_exercise", "", Shows.HELPS),
        ("regular_exercise", "rest_pain_foot", Shows.STOP),
        ("regular_exercise", "foot_ulcer, foot_ulcer_duration=1_to_14_days", Shows.STOP),
        ("regular_exercise", "hot_swollen_foot", Shows.STOP),
        ("regular_exercise", "confirmed_blood_clots", Shows.STOP),
        ("regular_exercise", "confirmed_blood_clots, anticoagulant", Shows.HELPS),
        ("regular_exercise", "unstable_angina", Shows.ESCALATE),
        ("regular_exercise", "suspected_blood_clots", Shows.ESCALATE),
        ("elevate_legs", "", Shows.HELPS),
        ("elevate_legs", "rest_pain_foot", Shows.STOP),
        ("elevate_legs", "heart_failure_worsening", Shows.STOP),
        ("elevate_legs", "ankle_brachial_index_left=0.59", Shows.STOP),
        ("elevate_legs", "ankle_brachial_index_left=0.60", Shows.CAUTION),
        ("elevate_legs", "gangrene", Shows.ESCALATE),
        ("blood_thinners", "", Shows.HELPS),
        ("blood_thinners", "active_bleeding", Shows.STOP),
        ("blood_thinners", "pregnant_or_post_partum", Shows.STOP),
        ("blood_thinners", "egfr=", Shows.UNKNOWN),
        ("blood_thinners", "egfr=29", Shows.CAUTION),
        ("blood_thinners", "egfr=30", Shows.HELPS),
        ("blood_thinners", "egfr=31", Shows.HELPS),
        ("blood_thinners", "test_d_dimer=ordered", Shows.CAUTION),
        ("blood_thinners", "test_d_dimer=done", Shows.HELPS),
        ("raynaud_medicine", "", Shows.HELPS),
        ("raynaud_medicine", "digit_ulcer_or_pits", Shows.ESCALATE),
        ("raynaud_medicine", "pregnant_or_post_partum", Shows.STOP),
        ("raynaud_medicine", "systolic_pressure=89", Shows.STOP),
        ("raynaud_medicine", "systolic_pressure=90", Shows.HELPS),
        ("raynaud_medicine", "systolic_pressure=91", Shows.HELPS),
        ("raynaud_medicine", "beta_blocker", Shows.CAUTION),
        ("vein_treatment", "", Shows.UNKNOWN),
        ("vein_treatment", "test_venous_duplex=ordered", Shows.UNKNOWN),
        ("vein_treatment", "test_venous_duplex=done", Shows.HELPS),
        ("vein_treatment", "ankle_brachial_index_right=0.90", Shows.STOP),
        ("vein_treatment", "test_venous_duplex=done, ankle_brachial_index_right=0.91", Shows.HELPS),
        ("vein_treatment", "tender_vein_cord", Shows.STOP),
        ("vein_treatment", "leg_infection", Shows.ESCALATE),
        ("vein_treatment", "test_venous_duplex=done, sclerosant_allergy", Shows.CAUTION),
        ("foot_care", "", Shows.HELPS),
        ("foot_care", "known_diabetes, hot_swollen_foot", Shows.ESCALATE),
        ("stop_smoking", "gangrene", Shows.HELPS),
    ],
)
def test_every_advice_has_its_stop_sign(name: str, text: str, shows: Shows) -> None:
    assert _views(CLEAR + text if text else "all no")[name].shows is shows


def test_a_test_done_in_the_review_counts_for_the_stop_sign() -> None:
    table = makers.table(KNOWN, [facts.record("all no")])
    review = typed_makers.review(statuses={"venous_duplex": "done", "d_dimer": "ordered"})
    found = advice.for_record(standing.of(table, makers.row(table), KNOWN, review), KNOWN)
    shows = {view.advice.id: view.shows for view in found}
    assert (shows["vein_treatment"], shows["blood_thinners"]) == (Shows.HELPS, Shows.CAUTION)


def test_mirrored_legs_change_nothing_and_the_strictest_is_never_weaker_than_another() -> None:
    records = random_records.records(KNOWN, 60, seed=7)
    mirrored = [{_other(name): _side(value) for name, value in r.items()} for r in records]
    table, turned = makers.table(KNOWN, records), makers.table(KNOWN, mirrored)
    for record in records:
        name = record["record_id"]
        row, other = table.row_of(name), turned.row_of(name)
        assert row is not None
        assert other is not None
        views = advice.for_record(standing.Record(table, row), KNOWN)
        pairs = itertools.zip_longest(
            views, advice.for_record(standing.Record(turned, other), KNOWN)
        )
        assert all((a.advice, a.shows, a.says) == (b.advice, b.shows, b.says) for a, b in pairs)
        ranks = {gate.id: gate.rank for gate in KNOWN.gates}
        for view in (view for view in views if view.strictest):
            assert view.strictest is not None
            assert all(ranks[view.strictest.id] <= ranks[item.id] for item in view.others)
            assert all(ranks[item.id] < ranks[view.strictest.id] for item in view.could_hold)


def _other(name: str) -> str:
    stem, _, side = name.rpartition("_")
    return f"{stem}_{MIRRORED[side]}" if side in MIRRORED else name


def _side(value: str) -> str:
    return MIRRORED.get(value, value)


def test_a_stricter_word_never_has_a_weaker_rank() -> None:
    order = list(gate_model.Shows)
    for entry in KNOWN.advice:
        gates = [gate for gate in KNOWN.gates if entry.id in gate.advice]
        by_rank = sorted(gates, key=lambda gate: gate.rank)
        assert [order.index(g.shows) for g in by_rank] == sorted(
            order.index(g.shows) for g in gates
        )
        assert len({gate.rank for gate in gates}) == len(gates)
