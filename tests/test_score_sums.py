"""Every sum of points, all its answers against plain loops, and each limit at and beside it."""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

import score_makers as maker
import score_oracles as oracle

NO_DVT = dict.fromkeys(oracle.WELLS_2003, False)
NO_PE: dict[str, object] = {**dict.fromkeys(oracle.WELLS_PE, False), "heart_rate": 88}
NO_PERC: dict[str, object] = {
    **dict.fromkeys(oracle.PERC, False),
    "age": 49,
    "heart_rate": 99,
    "spo2": 95,
}
GRADED = ("pain", "varicose", "oedema", "pigmentation", "inflammation", "induration")
COMPRESSION = ("none", "intermittent", "most_days", "full")
VILLALTA = (
    "pain",
    "cramps",
    "heaviness",
    "paraesthesia",
    "pruritus",
    "pretibial_oedema",
    "induration",
    "hyperpigmentation",
    "redness",
    "venous_ectasia",
    "calf_compression_pain",
)
EXAMINED = [
    f"{part}_{side}"
    for part in ("appearance", "ulcer", "reflex", "vibration")
    for side in ("left", "right")
]


@pytest.mark.parametrize(
    ("yes", "points", "two_levels", "three_levels"),
    [
        ([], 0, "unlikely", "low"),
        (["alternative"], -2, "unlikely", "low"),
        (["calf_3cm", "pitting"], 2, "likely", "moderate"),
        (["calf_3cm", "pitting", "alternative"], 0, "unlikely", "low"),
        (["cancer", "whole_leg", "tenderness"], 3, "likely", "high"),
        (oracle.WELLS_2003[:9], 9, "likely", None),
        (oracle.WELLS_2003, 7, "likely", None),
    ],
)
def test_the_printed_examples_of_the_wells_scores(
    yes: list[str], points: int, two_levels: str, three_levels: str | None
) -> None:
    answers = {**NO_DVT, **dict.fromkeys(yes, True)}
    found = maker.result("wells_dvt_2003", **answers)
    assert (found.points, found.band and found.band.id) == (points, two_levels)
    if three_levels:
        del answers["prev_dvt"]
        older = maker.result("wells_dvt_1997", **answers)
        assert (older.points, older.band and older.band.id) == (points, three_levels)


@pytest.mark.parametrize(
    ("name", "inputs", "band_of"),
    [
        ("wells_dvt_2003", oracle.WELLS_2003, oracle.wells_2003_band),
        ("wells_dvt_1997", oracle.WELLS_1997, oracle.wells_1997_band),
    ],
)
def test_every_three_valued_answer_to_a_wells_score_gives_its_exact_range(
    name: str, inputs: tuple[str, ...], band_of: Callable[[int], str]
) -> None:
    for answers in product((True, False, None), repeat=len(inputs)):
        totals = [oracle.wells_points(each) for each in oracle.completions(inputs, answers)]
        found = maker.result(name, **dict(zip(inputs, answers, strict=True)))
        assert (found.low, found.high) == (min(totals), max(totals))
        bands = {band_of(total) for total in (min(totals), max(totals))}
        assert (found.band.id if found.band else None) == (bands.pop() if len(bands) == 1 else None)
        assert found.points == (totals[0] if None not in answers else None)
        assert len(found.missing) == answers.count(None)


def test_every_three_valued_answer_to_the_wells_score_for_a_lung_clot() -> None:
    rates = {True: 101, False: 100, None: None}
    for answers in product((True, False, None), repeat=len(oracle.WELLS_PE)):
        told = dict(zip(oracle.WELLS_PE, answers, strict=True))
        totals = [
            oracle.wells_pe_points(each) for each in oracle.completions(oracle.WELLS_PE, answers)
        ]
        found = maker.result("wells_pe", **{**told, "heart_rate": rates[told["heart_rate"]]})
        assert (found.low, found.high) == (min(totals), max(totals))
        bands = {oracle.wells_pe_band(total) for total in (min(totals), max(totals))}
        assert (found.band.id if found.band else None) == (bands.pop() if len(bands) == 1 else None)


def test_every_three_valued_answer_to_the_rule_out_criteria() -> None:
    numbers = {
        "age": {True: 50, False: 49, None: None},
        "heart_rate": {True: 100, False: 99, None: None},
        "spo2": {True: 94, False: 95, None: None},
    }
    for answers in product((True, False, None), repeat=len(oracle.PERC)):
        told = dict(zip(oracle.PERC, answers, strict=True))
        entered = {name: numbers[name][told[name]] for name in numbers}
        found = maker.result("perc", **{**told, **entered})
        met = [sum(each.values()) for each in oracle.completions(oracle.PERC, answers)]
        assert (found.low, found.high) == (min(met), max(met))
        bands = {oracle.perc_band(count) for count in met}
        assert (found.band.id if found.band else None) == (bands.pop() if len(bands) == 1 else None)


@pytest.mark.parametrize(
    ("changed", "points", "band"),
    [
        ({"heart_rate": 99}, 0, "unlikely"),
        ({"heart_rate": 100}, 0, "unlikely"),
        ({"heart_rate": 101}, 1.5, "unlikely"),
        ({"pe_most_likely": True, "cancer": True}, 4, "unlikely"),
        ({"dvt_signs": True, "prev_vte": True}, 4.5, "likely"),
        (dict.fromkeys(oracle.WELLS_PE, True) | {"heart_rate": 130}, 12.5, "likely"),
    ],
)
def test_the_limits_of_the_wells_score_for_a_lung_clot(
    changed: dict[str, object], points: float, band: str
) -> None:
    found = maker.result("wells_pe", **{**NO_PE, **changed})
    assert (found.points, found.band and found.band.id) == (points, band)


@pytest.mark.parametrize(
    ("changed", "band"),
    [
        ({}, "negative"),
        ({"age": 50}, "positive"),
        ({"age": "40-49"}, "negative"),
        ({"age": "50-59"}, "positive"),
        ({"heart_rate": 100}, "positive"),
        ({"heart_rate": 101}, "positive"),
        ({"spo2": 94}, "positive"),
        ({"spo2": 96}, "negative"),
        ({"leg_swelling": True}, "positive"),
        ({"suspicion_low": False}, None),
    ],
)
def test_the_limits_of_the_rule_out_criteria(changed: dict[str, object], band: str | None) -> None:
    assert maker.band("perc", **{**NO_PERC, **changed}) == band


@pytest.mark.parametrize(
    ("name", "this", "other", "points"),
    [
        ("wells_dvt_2003", "38.0", "35.0", 1),
        ("wells_dvt_2003", "37.9", "35.0", 0),
        ("wells_dvt_2003", "38.1", "35.0", 1),
        ("wells_dvt_2003", "35.0", "38.0", 0),
        ("wells_dvt_1997", "38.0", "35.0", 0),
        ("wells_dvt_1997", "38.1", "35.0", 1),
    ],
)
def test_the_calf_counts_for_the_larger_leg_at_the_limit_of_its_version(
    name: str, this: str, other: str, points: int
) -> None:
    answers = {key: False for key in NO_DVT if key in maker.score(name).input and key != "calf_3cm"}
    found = maker.result(name, **answers, calf_this=this, calf_other=other)
    assert found.points == points
    assert not found.missing


def test_one_item_holds_bed_rest_and_surgery_together() -> None:
    assert len(maker.score("wells_dvt_2003").items) == 10
    assert "prev_dvt" not in maker.score("wells_dvt_1997").input


def test_every_single_answer_turned_and_many_others_give_the_points_of_the_questionnaire() -> None:
    chance = random.Random(1)
    start = [number in (7, 13) for number in range(1, 16)]
    cases = [start]
    cases += [[yes != (place == turned) for place, yes in enumerate(start)] for turned in range(15)]
    cases += [[chance.random() < 0.5 for _ in range(15)] for _ in range(3000)]
    for answers in cases:
        told = {f"item_{number}": yes for number, yes in enumerate(answers, start=1)}
        found = maker.result("mnsi_questionnaire", **told)
        assert found.points == oracle.mnsi(answers)
        assert found.band is not None
        assert found.band.id == oracle.mnsi_band(oracle.mnsi(answers))
    assert maker.result("mnsi_questionnaire").high == 13


def test_items_4_and_10_are_never_missing_and_never_count() -> None:
    told: dict[str, object] = {f"item_{n}": n in (7, 13) for n in range(1, 16) if n not in (4, 10)}
    for more in ({}, {"item_4": True}, {"item_10": True}):
        found = maker.result("mnsi_questionnaire", **told, **more)
        assert (found.points, found.missing) == (0, ())


@pytest.mark.parametrize(
    ("halves", "band"), [(0, "below"), (4, "below"), (5, "abnormal"), (6, "abnormal")]
)
def test_the_limit_of_the_examination_of_the_feet(halves: int, band: str) -> None:
    steps = {name: 0.5 for name in EXAMINED if name.startswith(("reflex", "vibration"))}
    told = dict.fromkeys(EXAMINED, 0.0)
    for name in (list(steps) * 2)[:halves]:
        told[name] += 0.5
    found = maker.result("mnsi_examination", **told)
    assert (found.points, found.band and found.band.id) == (halves / 2, band)
    assert maker.result("mnsi_examination").high == 8


def test_the_longer_form_of_the_examination_has_points_but_no_band() -> None:
    told = dict.fromkeys([*EXAMINED, "monofilament_left", "monofilament_right"], 1)
    found = maker.result("mnsi_examination_10", **told)
    assert (found.points, found.band) == (10, None)


def test_venous_severity_equals_plain_loops_over_many_legs() -> None:
    chance = random.Random(2)
    months = [Fraction(n, 10) for n in (1, 29, 30, 31, 119, 120, 121, 400)]
    sizes = [Fraction(n, 10) for n in (1, 19, 20, 21, 59, 60, 61, 100)]
    for _ in range(2000):
        grades = [chance.randint(0, 3) for _ in GRADED]
        ulcers, stockings = chance.choice((0, 0, 1, 2, 3, 7)), chance.randint(0, 3)
        lasted, size = chance.choice(months), chance.choice(sizes)
        told: dict[str, object] = dict(zip(GRADED, grades, strict=True))
        told |= {"ulcers": ulcers, "compression": COMPRESSION[stockings]}
        if ulcers:
            told |= {"ulcer_months": float(lasted), "ulcer_cm": float(size)}
        found = maker.result("vcss_2010", **told)
        points = oracle.vcss(grades, ulcers, lasted, size, stockings)
        assert found.points == points
        assert found.band is not None
        assert found.band.id == ("severe" if points >= 8 else "below_8")
    assert (maker.result("vcss_2010").low, maker.result("vcss_2010").high) == (0, 30)


def test_an_ulcer_that_is_not_there_has_no_size() -> None:
    found = maker.result("vcss_2010", ulcers=0, ulcer_cm=2)
    assert found.closed_because == (
        "No ulcer is entered, yet it has a duration or a size: correct one of them."
    )


@pytest.mark.parametrize("points", range(34))
@pytest.mark.parametrize("ulcer", [True, False])
def test_every_villalta_sum_with_and_without_an_ulcer(points: int, ulcer: bool) -> None:
    told: dict[str, object] = dict.fromkeys(VILLALTA, 0)
    for place in range(points):
        told[VILLALTA[place % 11]] = place // 11 + 1
    found = maker.result("villalta", **told, ulcer=ulcer)
    assert found.points == points
    assert found.band is not None
    assert found.band.id == oracle.villalta_band(points, ulcer)


@pytest.mark.parametrize(("months", "closed"), [(2, True), (3, False), (5, False), (6, False)])
def test_villalta_waits_for_three_months(months: int, closed: bool) -> None:
    found = maker.result("villalta", ulcer=True, months_since_dvt=months)
    assert bool(found.closed_because) == closed
    assert bool(found.notes) == (months in (3, 5))
