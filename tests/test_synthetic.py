"""The demonstration records: inside the data dictionary, repeatable, without contradictions."""

import csv
import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pytest

import makers
import synthetic_makers
from circulation.demonstration_data import demonstration
from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge_model as model

LAYOUT = columns.of(makers.knowledge())
FINDINGS = makers.knowledge().finding


# --- Inside the data dictionary ---


@pytest.mark.parametrize("column", LAYOUT, ids=lambda column: column.name)
def test_every_value_is_one_the_data_dictionary_allows(column: columns.Column) -> None:
    values = set(synthetic_makers.demo()[column.name])
    if column.kind is columns.Kind.MEASURE:
        for value in (Decimal(text) for text in values - {""}):
            assert column.low <= value <= column.high
            assert -int(value.as_tuple().exponent) in (0, column.decimals)
    elif column.kind is columns.Kind.DAY:
        days = [date.fromisoformat(text) for text in values - {""}]
        assert (
            synthetic_makers.LAST_DAY - timedelta(days=3) < max(days) <= synthetic_makers.LAST_DAY
        )
        assert min(days) > synthetic_makers.LAST_DAY - timedelta(
            days=synthetic_makers.shipped().period.days
        )
    elif column.kind in (columns.Kind.TERNARY, columns.Kind.CATEGORY):
        assert values <= {*column.values, ""}


def test_the_file_has_the_columns_of_our_own_format_in_their_order(tmp_path: Path) -> None:
    synthetic_makers.made(30).write_csv(tmp_path / "demo.csv")
    with (tmp_path / "demo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [column.name for column in LAYOUT]
    assert {len(row) for row in rows} == {len(LAYOUT)}
    assert len(rows) == 31


def test_the_importer_takes_every_record_as_synthetic(tmp_path: Path) -> None:
    account = demonstration.fill(
        tmp_path,
        synthetic_makers.GENERATOR,
        makers.knowledge(),
        at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        by="test",
        last_day=synthetic_makers.LAST_DAY,
    )
    assert (account.received, account.accepted) == (1200, 1200)
    assert (account.rejected, account.duplicate, account.synthetic) == (0, 0, True)


def test_record_ids_are_unique_also_where_the_same_code_was_drawn_twice() -> None:
    ids = synthetic_makers.made(200_000).ids
    assert len(np.unique(ids)) == 200_000
    assert set(b"".join(ids.tolist()[:500])) <= set(b"S-0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@pytest.mark.parametrize("records", [0, 1, 2])
def test_few_records_or_none_can_be_made(records: int) -> None:
    frame = synthetic_makers.frame(synthetic_makers.made(records))
    assert frame.shape == (records, len(LAYOUT))


# --- Repeatable ---


def test_the_same_seed_gives_the_same_records_on_every_machine() -> None:
    """Pinned, so that a change of numpy, of the processor or of the draws shows itself here.

    Screenshots and the figures in the documents come from these records. A change of the numbers
    in generator.toml or of the knowledge's values changes the hash rightly: pin it anew.
    """
    pinned = synthetic_makers.demo()[
        ["record_id", "received_on", "site", "age_band", "sex", "leg_swelling", "bmi"]
    ]
    text = "\n".join("|".join(row) for row in pinned.itertuples(index=False, name=None))
    assert hashlib.sha256(text.encode()).hexdigest()[:12] == "ff07814d126b"


def test_another_seed_gives_other_records() -> None:
    one, other = (synthetic_makers.frame(synthetic_makers.made(100, seed=n)) for n in (1, 2))
    assert not one.equals(other)


def test_a_column_does_not_depend_on_what_was_asked_for_before() -> None:
    names = ["leg_swelling_side", "test_hba1c_result", "calf_pain_walking", "leg_swelling"]
    one, other = synthetic_makers.made(500), synthetic_makers.made(500)
    forwards = {name: one.coded(name).codes for name in names} | {"bmi": one.numbers("bmi")}
    backwards = {"bmi": other.numbers("bmi")}
    backwards |= {name: other.coded(name).codes for name in reversed(names)}
    for name, codes in forwards.items():
        np.testing.assert_array_equal(codes, backwards[name])


# --- Coherent ---


def linked(part: str) -> list[tuple[str, str]]:
    return [
        (name, other)
        for name, entry in synthetic_makers.shipped().findings.items()
        if (other := getattr(entry, part))
    ]


@pytest.mark.parametrize(("follow_up", "first"), linked("after"))
def test_a_follow_up_is_asked_only_after_a_yes(follow_up: str, first: str) -> None:
    assert set(
        synthetic_makers.demo().loc[synthetic_makers.demo()[first] != "present", follow_up]
    ) <= {""}


@pytest.mark.parametrize(("part", "whole"), linked("part_of"))
def test_a_part_is_never_present_without_the_whole(part: str, whole: str) -> None:
    assert set(synthetic_makers.demo().loc[synthetic_makers.demo()[part] == "present", whole]) <= {
        "present"
    }


@pytest.mark.parametrize(("finding", "opposite"), linked("not_with"))
def test_opposites_are_never_both_present(finding: str, opposite: str) -> None:
    assert not (
        (synthetic_makers.demo()[finding] == "present")
        & (synthetic_makers.demo()[opposite] == "present")
    ).any()


@pytest.mark.parametrize(
    ("follow_up", "first"),
    [
        pair
        for pair in (*linked("after"), *linked("part_of"))
        if FINDINGS[pair[0]].sided and FINDINGS[pair[1]].sided
    ],
)
def test_a_follow_up_stays_on_the_side_of_its_first_question(follow_up: str, first: str) -> None:
    told = synthetic_makers.demo()[
        (synthetic_makers.demo()[f"{follow_up}_side"] != "")
        & synthetic_makers.demo()[f"{first}_side"].isin(["left", "right"])
    ]
    assert (told[f"{follow_up}_side"] == told[f"{first}_side"]).all()


def test_side_and_course_are_told_only_of_what_is_present() -> None:
    for finding in FINDINGS.values():
        absent = synthetic_makers.demo()[synthetic_makers.demo()[finding.id] != "present"]
        for end in ("side", "onset", "duration"):
            if f"{finding.id}_{end}" in synthetic_makers.demo():
                assert set(absent[f"{finding.id}_{end}"]) <= {""}, f"{finding.id}_{end}"


def test_a_sore_that_has_lasted_two_weeks_is_recorded_as_such() -> None:
    lasting = ("2_to_12_weeks", "3_to_12_months", "over_1_year")
    asked = synthetic_makers.demo()[synthetic_makers.demo()["wound_over_2_weeks"] != ""]
    long = asked["gaiter_ulcer_duration"].isin(lasting) | asked["foot_ulcer_duration"].isin(lasting)
    assert long.sum() > 10
    assert (asked.loc[long, "wound_over_2_weeks"] == "present").all()
    sores = (asked["gaiter_ulcer"] == "present") | (asked["foot_ulcer"] == "present")
    assert (asked.loc[~sores, "wound_over_2_weeks"] == "absent").all()


def test_every_index_is_the_one_its_pressures_give() -> None:
    legs = 0
    for record in synthetic_makers.demo().to_dict("records"):
        for side in ("left", "right"):
            if record[f"ankle_brachial_index_{side}"]:
                ankles = [record[f"ankle_pressure_{artery}_{side}"] for artery in ("dp", "pt")]
                arms = [record[f"arm_pressure_systolic_{arm}"] for arm in ("left", "right")]
                ratio = max(Decimal(a) for a in ankles if a) / max(Decimal(a) for a in arms if a)
                index = ratio.quantize(Decimal("0.01"), ROUND_HALF_UP)
                assert index == Decimal(record[f"ankle_brachial_index_{side}"])
                legs += 1
    assert legs > 400


def test_the_body_mass_index_follows_from_weight_and_height() -> None:
    for record in synthetic_makers.demo()[synthetic_makers.demo()["bmi"] != ""].to_dict("records"):
        metres = Decimal(record["height"]) / 100
        index = (Decimal(record["weight"]) / metres**2).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert index == Decimal(record["bmi"])


def test_obesity_goes_with_a_body_mass_index_of_30_or_more() -> None:
    """30 kg/m2: World Health Organization."""
    index = synthetic_makers.many().numbers("bmi")
    heavy = index >= 3000
    weighed = index != synthetic_makers.MISSING
    assert (heavy == synthetic_makers.many().people.in_any(("weight",)))[weighed].all()


def test_calves_differ_by_3_cm_exactly_where_it_was_found() -> None:
    """3 cm: the item of the Wells score."""
    left, right = (
        synthetic_makers.many().numbers(f"calf_circumference_{side}") for side in ("left", "right")
    )
    both = (left != synthetic_makers.MISSING) & (right != synthetic_makers.MISSING)
    assert both.sum() > 300
    assert ((np.abs(left - right) >= 30) == synthetic_makers.has("calf_3cm_larger"))[both].all()


def test_narrowed_arteries_go_with_an_index_of_0_90_or_less() -> None:
    """0.90: the abnormal band of the ankle-brachial index."""
    sides = [
        synthetic_makers.many().numbers(f"ankle_brachial_index_{side}")
        for side in ("left", "right")
    ]
    measured = np.logical_and.reduce([values != synthetic_makers.MISSING for values in sides])
    low = np.minimum(*sides) <= 90
    stiff = np.maximum(*sides) > 140
    narrowed = synthetic_makers.many().people.in_any(("artery",))
    assert (low == narrowed)[measured & ~stiff].all()
    assert (
        0.03
        < stiff[measured & synthetic_makers.many().people.in_any(("sugar", "nerve"))].mean()
        < 0.15
    )


def test_known_diabetes_goes_with_a_higher_hba1c() -> None:
    percent = synthetic_makers.many().numbers("hba1c_percent")
    measured = percent != synthetic_makers.MISSING
    assert np.median(percent[measured & synthetic_makers.has("known_diabetes")]) > 70
    assert (
        np.median(percent[measured & synthetic_makers.has("known_diabetes", columns.ABSENT)]) < 60
    )


def test_one_site_works_in_si_units_and_the_others_do_not() -> None:
    si_site = synthetic_makers.has("site", "Lake clinic")
    assert not (synthetic_makers.many().numbers("hba1c_percent") != synthetic_makers.MISSING)[
        si_site
    ].any()
    assert not (synthetic_makers.many().numbers("hba1c_mmol_mol") != synthetic_makers.MISSING)[
        ~si_site
    ].any()


@pytest.mark.parametrize("measure", makers.knowledge().measurements, ids=lambda entry: entry.id)
def test_a_measurement_is_there_only_where_its_test_was_done(measure: model.Measurement) -> None:
    for name in measure.columns:
        assert set(
            synthetic_makers.demo().loc[synthetic_makers.demo()[name] != "", f"test_{measure.test}"]
        ) <= {"done"}


@pytest.mark.parametrize("test", makers.knowledge().tests, ids=lambda entry: entry.id)
def test_a_result_is_there_only_where_the_test_was_done(test: model.DiagnosticTest) -> None:
    name = f"test_{test.id}"
    assert set(
        synthetic_makers.demo().loc[synthetic_makers.demo()[f"{name}_result"] != "", name]
    ) <= {"done"}


def test_an_abnormal_index_is_never_recorded_as_a_normal_result() -> None:
    lowest = np.minimum(
        *[synthetic_makers.many().numbers(f"ankle_brachial_index_{s}") for s in ("left", "right")]
    )
    abnormal = (lowest != synthetic_makers.MISSING) & (lowest <= 90)
    assert set(
        synthetic_makers.many().coded("test_ankle_brachial_index_result").codes[abnormal]
    ) == {1}


def test_a_cause_is_confirmed_only_where_the_test_that_settles_it_was_done() -> None:
    for entry in synthetic_makers.shipped().suspicion:
        told = synthetic_makers.demo()[synthetic_makers.demo()[f"confirmed_{entry.cause}"] != ""]
        assert set(told[f"test_{entry.confirmed_by}"]) == {"done"}, entry.cause


def test_a_long_walking_distance_or_a_pregnancy_needs_the_right_person() -> None:
    assert set(
        synthetic_makers.demo().loc[
            synthetic_makers.demo()["walking_distance_m"] != "", "leg_pain_walking"
        ]
    ) == {"present"}
    assert set(
        synthetic_makers.demo().loc[synthetic_makers.demo()["pregnant_or_post_partum"] != "", "sex"]
    ) == {"female"}
    assert set(
        synthetic_makers.demo().loc[synthetic_makers.demo()["erectile_dysfunction"] != "", "sex"]
    ) == {"male"}
