"""The safety behaviours that every release must keep, one named test for each."""

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

import facts
import makers
import review_makers
from circulation.judgement import explanation, rules, scores
from circulation.knowledge_base import columns, expressions
from circulation.knowledge_base.levels import Level, Urgency
from circulation.knowledge_loading import knowledge_check
from circulation.records import ternary
from circulation.reviewing import review_store
from circulation.reviewing.reviews import Change, Field
from circulation.scoring.score_result import Result

KNOWN = makers.knowledge()
WELLS_NO = (
    "no active_cancer, no paralysis_or_plaster, no bedridden_3_days, no surgery_12_weeks, "
    "no deep_vein_tenderness, no whole_leg_swollen, no calf_3cm_larger, no pitting_one_leg, "
    "no collateral_veins, no previous_dvt, no alternative_as_likely, no pregnant_or_post_partum"
)
ITEMS = [
    "active_cancer",
    "paralysis_or_plaster",
    "deep_vein_tenderness",
    "whole_leg_swollen",
    "calf_3cm_larger",
    "collateral_veins",
    "previous_dvt",
]
LIKELY = (
    f"{WELLS_NO}, leg_pain, whole_leg_swollen, whole_leg_swollen_side=left, pitting_one_leg, "
    "pitting_one_leg_side=left"
)
LOW_D_DIMER = "d_dimer=200, d_dimer_type=feu, age_band=70-79, test_d_dimer_result=normal"
CLOSED_IN_PREGNANCY = ["wells_dvt_2003", "wells_pe", "perc", "d_dimer_age_adjusted", "glycaemia"]


def of(text: str, name: str) -> tuple[Result, ...]:
    """The results of one score of a record, given in one line of words."""
    table = makers.table(KNOWN, [facts.record(text)])
    found = scores.for_record(table, makers.row(table), KNOWN)
    return tuple(result for result in found if result.score == name)


def called(text: str, test: str) -> bool | None:
    tests = {view.test.id: view for view in facts.explained(text).tests}
    return tests[test].called_for


def arteries(text: str) -> explanation.CauseView:
    """What is said of arterial disease."""
    views = {view.cause.id: view for view in facts.explained(text).causes}
    return views["peripheral_artery_disease"]


@pytest.mark.parametrize("unasked", ITEMS)
def test_nothing_is_called_unlikely_while_an_answer_that_could_change_it_is_missing(
    unasked: str,
) -> None:
    text = f"{WELLS_NO}, pitting_one_leg, pitting_one_leg_side=left"
    answered = of(text, "wells_dvt_2003")
    assert [result.band.id for result in answered if result.band] == ["unlikely"]
    blank = of(text.replace(f"no {unasked}, ", ""), "wells_dvt_2003")
    assert [result.band for result in blank] == [None]
    assert all(result.missing for result in blank)


def test_nothing_is_called_negative_in_a_record_without_answers() -> None:
    table = makers.table(KNOWN, [{}])
    assert all(not r.band for r in scores.for_record(table, makers.row(table), KNOWN))
    assert {view.level for view in facts.explained("").causes} == {Level.OPEN}


@pytest.mark.parametrize("value", ["100", "499", "500", "5000"])
def test_a_number_whose_unit_is_not_known_has_no_band_and_calls_for_nothing(value: str) -> None:
    (found,) = of(f"d_dimer={value}, age_band=40-49", "d_dimer_age_adjusted")
    assert found.band is None
    assert "type" in {item.name for item in found.missing}
    suspected = f"{WELLS_NO}, suspected_blood_clots, d_dimer={value}"
    assert called(suspected, "compression_ultrasound") is not True
    assert called(f"{suspected}, d_dimer_type=feu", "compression_ultrasound") is (
        True if int(value) >= 500 else None
    )


@pytest.mark.parametrize("index", ["1.41", "1.50", "2.00", "3.00"])
def test_an_index_above_140_is_never_taken_as_within_its_range(index: str) -> None:
    text = f"calf_pain_walking, ankle_brachial_index_left={index}, ankle_brachial_index_right=1.10"
    left, _ = of(text, "ankle_brachial_index")
    assert left.band is not None
    assert left.band.id == "non_compressible"
    assert "normal" not in left.band.label.lower()
    assert called(text, "toe_pressures") is True
    assert not [g for g in arteries(text).against if "Ankle-brachial index" in g.says]


@pytest.mark.parametrize("risk", ["known_diabetes", "confirmed_diabetes"])
def test_diabetes_with_an_index_within_its_range_does_not_exclude_arterial_disease(
    risk: str,
) -> None:
    text = (
        f"calf_pain_walking, {risk}, ankle_brachial_index_left=1.10, ankle_brachial_index_right=1.1"
    )
    for result in of(text, "ankle_brachial_index"):
        assert any("does not exclude arterial disease" in note.says for note in result.notes)
    view = arteries(text)
    assert view.highest > Level.POSSIBLE
    assert not [g for g in view.against if "Ankle-brachial index" in g.says]
    assert called(text, "toe_pressures") is True


def test_a_likely_score_with_a_low_d_dimer_still_needs_the_scan() -> None:
    text = f"{LIKELY}, {LOW_D_DIMER}"
    (score,) = of(text, "wells_dvt_2003")
    assert score.band is not None
    assert score.band.id == "likely"
    (d_dimer,) = of(text, "d_dimer_age_adjusted")
    assert any("ultrasound is still needed" in note.says for note in d_dimer.notes)
    assert called(text, "compression_ultrasound") is True
    assert "RF-DVT" in facts.raised(text)


def test_the_d_dimer_is_called_for_before_any_scan_has_a_result() -> None:
    text = f"{WELLS_NO}, suspected_blood_clots, no anticoagulant, no tender_vein_cord, sex=male"
    assert called(text, "d_dimer_quantitative") is True
    assert called(f"{text}, test_compression_ultrasound_result=abnormal", "d_dimer") is not True


@pytest.mark.parametrize(
    ("calf", "flag"),
    [
        ("no calf_3cm_larger", "RF-DVT-U"),
        (
            "no calf_3cm_larger, calf_circumference_left=37.9, calf_circumference_right=35",
            "RF-DVT-U",
        ),
        ("no calf_3cm_larger, calf_circumference_left=38.0, calf_circumference_right=35", "RF-DVT"),
        ("calf_3cm_larger", "RF-DVT"),
    ],
)
def test_a_calf_said_not_to_be_larger_needs_no_tape_to_judge_a_suspected_clot(
    calf: str, flag: str
) -> None:
    text = f"{WELLS_NO}, suspected_blood_clots, leg_pain, active_cancer, {calf}"
    assert facts.raised(text) & {"RF-DVT", "RF-DVT-U"} == {flag}


def test_active_cancer_hides_the_d_dimer_route_and_calls_for_the_scan() -> None:
    text = f"{WELLS_NO}, suspected_blood_clots, no anticoagulant, no tender_vein_cord"
    assert called(f"{text}, sex=male", "d_dimer_quantitative") is True
    cancer = f"{text}, sex=male, active_cancer, {LOW_D_DIMER}"
    assert called(cancer, "d_dimer_quantitative") is False
    assert called(cancer, "compression_ultrasound") is True
    (found,) = of(cancer, "d_dimer_age_adjusted")
    assert "active cancer" in found.closed_because
    assert (found.band, found.possible) == (None, ())


@pytest.mark.parametrize("name", CLOSED_IN_PREGNANCY)
def test_pregnancy_closes_the_score_with_its_reason(name: str) -> None:
    text = f"all no, pregnant_or_post_partum, sex=female, hba1c_percent=7.0, {LOW_D_DIMER}"
    found = of(text, name)
    assert found
    for result in found:
        assert "pregnan" in result.closed_because.lower()
        assert (result.points, result.band, result.possible) == (None, None, ())


def test_a_red_flag_is_acknowledged_with_user_and_time_and_never_deleted(tmp_path: Path) -> None:
    store = review_store.ReviewStore(review_makers.address(tmp_path))
    review_makers.add(store, Change(Field.RED_FLAG, "acknowledged", about="RF-ALI"))
    (seen,) = store.current("A-1").acknowledged
    assert (seen.flag, seen.actor, seen.at) == ("RF-ALI", "Clinician 1", review_makers.NOW)
    connection = sqlite3.connect(tmp_path / "reviews.sqlite")
    for statement in ("DELETE FROM review_events", "UPDATE review_events SET new = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(statement)
    connection.close()
    assert store.verify().whole
    one = facts.explained("leg_pain, leg_pain_onset=sudden, cold_leg")
    assert "RF-ALI" in {view.flag.id for view in one.raised}
    assert one.urgency is Urgency.SAME_DAY


LIMITS = sorted(
    {
        (atom.name, atom.sign, atom.limit)
        for condition in knowledge_check.conditions(KNOWN)
        for atom in expressions.atoms(expressions.parse(condition.when))
        if isinstance(atom, expressions.Compare) and atom.name != "age"
    }
)
AGES = sorted(
    {
        (atom.sign, atom.limit)
        for condition in knowledge_check.conditions(KNOWN)
        for atom in expressions.atoms(expressions.parse(condition.when))
        if isinstance(atom, expressions.Compare) and atom.name == "age"
    }
)


@pytest.mark.parametrize(("name", "sign", "limit"), LIMITS)
def test_every_limit_of_a_rule_holds_at_the_limit_and_one_unit_on_either_side(
    name: str, sign: str, limit: Decimal
) -> None:
    first, *other = columns.measured(name)
    column = columns.by_name(KNOWN)[first]
    unit = Decimal(1).scaleb(-column.decimals)
    values = [v for v in (limit - unit, limit, limit + unit) if v >= column.low or other]
    apart = name.endswith("_difference")
    base = column.low if apart else Decimal(0)
    records = [
        {first: str(base + value)} | ({other[0]: str(base)} if apart else {})
        for value in values
        if base + value >= column.low
    ]
    table = makers.table(KNOWN, records)
    found = rules.Reader(table.window(), KNOWN).read(f"{name} {sign} {limit}")
    for place, record in enumerate(records, start=1):
        value = Decimal(record[first]) - base
        assert ternary.state(found, makers.row(table, place)) is holds(value, sign, limit)


@pytest.mark.parametrize(("sign", "limit"), AGES)
def test_every_limit_of_age_holds_in_each_band_and_no_band_straddles_it(
    sign: str, limit: Decimal
) -> None:
    records = [{"age_band": band.code} for band in KNOWN.age_bands]
    table = makers.table(KNOWN, records)
    found = rules.Reader(table.window(), KNOWN).read(f"age {sign} {limit}")
    for place, band in enumerate(KNOWN.age_bands, start=1):
        state = ternary.state(found, makers.row(table, place))
        assert state is holds(Decimal(band.low), sign, limit)


def holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "==": value == limit,
    }[sign]
