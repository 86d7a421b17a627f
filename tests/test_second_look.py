"""Who is looked at again: a share of each cause and near misses; never one's own; blind."""

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

import makers
import review_makers
from circulation import errors
from circulation.auditing import blind_sheet, second_look, sign_offs
from circulation.auditing.second_look import Looked, Why
from circulation.knowledge_base.levels import Level
from circulation.reviewing import review_store, reviews
from circulation.reviewing.reviews import Change, Field


def signed(count: int, agreed: str = "vein_disease", *, start: int = 1) -> list[sign_offs.SignOff]:
    return [
        sign_offs.SignOff(n, f"A-{n}", "2026", "Clinician 1", agreed, "", "d", "k")
        for n in range(start, start + count)
    ]


def draw(listed: list[sign_offs.SignOff], seed: str = "seed", one_in: int = 20) -> dict[str, Why]:
    found = second_look.drawn(listed, lambda _: None, seed=seed, one_in=one_in)
    return {one.first.record_id: one.why for one in found}


def test_of_every_twenty_with_one_cause_exactly_one_is_drawn() -> None:
    listed = [*signed(100, "vein_disease"), *signed(60, "blood_clots", start=201)]
    drawn = draw(listed)
    causes = Counter(one.agreed for one in listed if one.record_id in drawn)
    assert causes == {"vein_disease": 5, "blood_clots": 3}
    runs = Counter(place // 20 for place, one in enumerate(listed[:100]) if one.record_id in drawn)
    assert set(runs.values()) == {1}


@pytest.mark.parametrize("one_in", [1, 2, 7, 20, 100])
def test_of_every_run_exactly_one_is_drawn(one_in: int) -> None:
    drawn = draw(signed(6 * one_in), one_in=one_in)
    assert sorted((int(name.removeprefix("A-")) - 1) // one_in for name in drawn) == [*range(6)]


def test_what_a_seed_draws_stays_the_same_from_version_to_version() -> None:
    """Of 60 and 40 sign-offs, one in 20: in the order in which the first version showed them."""
    listed = [*signed(60), *signed(40, "blood_clots", start=101)]
    drawn = draw(listed, "2026-11-22T14:32:05.000000Z A-1")
    assert list(drawn) == ["A-138", "A-42", "A-27", "A-104", "A-10"]


def test_over_ten_thousand_seeds_each_record_is_drawn_one_time_in_twenty() -> None:
    """Chi-squared over the twenty places; 43.8 is passed by chance once in a thousand."""
    listed = signed(20)
    drawn = Counter(next(iter(draw(listed, f"seed {n}"))) for n in range(10_000))
    assert set(drawn) == {one.record_id for one in listed}
    assert sum((count - 500) ** 2 / 500 for count in drawn.values()) < 43.8


def test_what_was_drawn_stays_drawn_when_more_is_signed() -> None:
    listed = signed(90)
    for count in range(1, 90):
        assert draw(listed[:count]).keys() <= draw(listed).keys()


def test_another_store_draws_others() -> None:
    assert second_look.seed([]) == ""
    one, other = signed(400), signed(400)
    other[0] = dataclasses.replace(other[0], at="2027")
    seeds = second_look.seed(one), second_look.seed(other)
    assert draw(one, seeds[0]) != draw(one, seeds[1])


SUPPORTED = {"a": Level.SUPPORTED, "b": Level.POSSIBLE, "c": Level.OPEN}
STRONG = {"a": Level.STRONG, "b": Level.SUPPORTED, "c": Level.POSSIBLE}
QUIET = {"a": Level.POSSIBLE, "b": Level.OPEN, "c": Level.OPEN}


@pytest.mark.parametrize(
    ("agreed", "levels", "near"),
    [
        ("a", STRONG, False),
        ("b", STRONG, True),
        ("c", STRONG, False),
        ("b", SUPPORTED, True),
        ("b", QUIET, False),
        (reviews.UNDECIDED, SUPPORTED, True),
        (reviews.UNDECIDED, STRONG, False),
        (reviews.UNDECIDED, QUIET, False),
        ("b", None, False),
        ("", STRONG, False),
    ],
)
def test_a_near_miss_stood_one_level_beside_the_tool(
    agreed: str, levels: dict[str, Level] | None, near: bool
) -> None:
    assert second_look.near_miss(agreed, levels) is near


def test_near_misses_are_drawn_beside_the_sample() -> None:
    found = second_look.drawn(signed(40, "b"), lambda _: STRONG, seed="seed", one_in=20)
    assert Counter(one.why for one in found) == {Why.SAMPLE: 2, Why.NEAR_MISS: 38}


def review(**values: str) -> reviews.RecordReview:
    standing = [
        reviews.Standing(field, "", value, "2026-11-22T14:32:05.000000Z", "Clinician 2")
        for field, value in sorted(values.items())
    ]
    return reviews.RecordReview("A-1", 1, "", "", tuple(standing))


@pytest.mark.parametrize(
    ("stood", "reader", "shared", "waits"),
    [
        (review(state="reviewed"), "Clinician 2", False, True),
        (review(state="reviewed"), "Clinician 1", False, False),
        (review(state="reviewed"), "Clinician 1", True, True),
        (review(state="in_progress"), "Clinician 2", False, False),
        (review(state="reviewed", second_cause="b"), "Clinician 2", False, False),
    ],
)
def test_it_waits_for_somebody_else_until_somebody_looked(
    stood: reviews.RecordReview, reader: str, shared: bool, waits: bool
) -> None:
    drawn = [second_look.Drawn(signed(1)[0], Why.SAMPLE)]
    listed = second_look.to_look_at(drawn, {"A-1": stood}, reader=reader, shared=shared)
    assert bool(listed) is waits


def test_sample_and_near_misses_are_counted_apart() -> None:
    one, other = (second_look.Drawn(signed(1, "b")[0], why) for why in Why)
    looked = [Looked(one, "b", "R"), Looked(one, "c", "R"), Looked(other, "c", "R")]
    found = second_look.agreement(looked, Why.SAMPLE)
    assert (found.alike.present, found.alike.asked) == (1, 2)
    found = second_look.agreement(looked, Why.NEAR_MISS)
    assert (found.alike.present, found.alike.asked) == (0, 1)


def test_who_looked_is_found_in_what_stands() -> None:
    drawn = [second_look.Drawn(signed(1)[0], Why.SAMPLE)]
    (found,) = second_look.looked_at(drawn, {"A-1": review(second_cause="b")})
    assert (found.second, found.by) == ("b", "Clinician 2")
    assert second_look.looked_at(drawn, {}) == ()


SECOND = (Change(Field.SECOND_CAUSE, "vein_disease"), Change(Field.SECOND_CERTAINTY, "sure"))


def test_a_second_look_is_kept_once_beside_the_decision_and_changes_none_of_it(
    tmp_path: Path,
) -> None:
    store = review_store.ReviewStore(review_makers.address(tmp_path))
    add = review_makers.add
    with pytest.raises(errors.DashboardError, match="not signed off yet"):
        add(store, *SECOND, actor="Clinician 2")
    add(store, *review_makers.EVERYTHING_OWED, review_makers.SIGN_OFF)
    with pytest.raises(errors.DashboardError, match="you signed this record yourself"):
        add(store, *SECOND)
    with pytest.raises(errors.DashboardError, match="needs both a cause and how sure"):
        add(store, SECOND[0], actor="Clinician 2")
    after = add(store, *SECOND, actor="Clinician 2")
    assert (after.state, after.agreed_cause) == (reviews.State.REVIEWED, "blood_clots")
    assert after.value(Field.SECOND_CAUSE) == "vein_disease"
    with pytest.raises(errors.DashboardError, match="kept as it was first recorded"):
        add(store, Change(Field.SECOND_CAUSE, "blood_clots"), actor="Clinician 3")
    with pytest.raises(errors.DashboardError, match="never taken back"):
        review_makers.undo(store, actor="Clinician 2")
    store.close()


def test_without_sign_in_the_shared_name_may_look_again(tmp_path: Path) -> None:
    store = review_store.ReviewStore(review_makers.address(tmp_path))
    shared = dataclasses.replace(review_makers.BASIS, shared_name=True)
    review_makers.add(store, *review_makers.EVERYTHING_OWED, review_makers.SIGN_OFF)
    assert review_makers.add(store, *SECOND, basis=shared).value(Field.SECOND_CERTAINTY) == "sure"
    store.close()


RECORD = {
    "record_id": "A-1",
    "site": "North",
    "sex": "female",
    "leg_pain": "present",
    "leg_pain_side": "left",
    "leg_pain_onset": "sudden",
    "cold_leg": "present",
    "varicose_veins": "absent",
    "suspected_blood_clots": "present",
    "confirmed_blood_clots": "present",
    "ankle_brachial_index_left": "0.41",
    "test_hba1c": "done",
    "test_hba1c_result": "abnormal",
    "test_lipid_profile": "done",
    "test_lipid_profile_result": "normal",
}


def test_the_sheet_holds_findings_and_flags_and_no_trace_of_a_cause_or_a_decision() -> None:
    known = makers.knowledge()
    table = makers.table(known, [RECORD])
    decided = review(agreed_cause="blood_clots", note="clot", disposition="refer")
    sheet = blind_sheet.of(table, table.row_of("A-1"), known, decided)
    assert "Pain in the leg (left, sudden)" in sheet.present
    assert sheet.absent == ("Varicose veins",)
    assert {(one.label, one.value) for one in sheet.tests} == {
        (known.test["hba1c"].label, "abnormal"),
        (known.test["lipid_profile"].label, "within its range"),
    }
    assert [(one.left, one.right) for one in sheet.paired] == [("0.41", "")]
    assert sheet.flags[0].urgency == "same_day"
    text = str(dataclasses.replace(sheet, flags=(), not_asked=()))
    hidden = ["A-1", "suspected", "onfirmed", "refer", "clot"]
    hidden += [level.label for level in known.levels]
    assert not [word for word in hidden if word in text]


def test_the_sheet_holds_a_number_of_the_review_with_the_unit_type_typed_beside_it() -> None:
    known = makers.knowledge()
    at_intake = {"record_id": "A-1", "d_dimer": "500", "d_dimer_type": "ddu"}
    table = makers.table(known, [at_intake])
    typed = reviews.RecordReview("A-1")
    for field, about, value in (
        (Field.TEST_STATUS, "d_dimer_quantitative", "done"),
        (Field.MEASURED, "d_dimer", "812"),
        (Field.MEASURED, "d_dimer_type", "feu"),
    ):
        at = "2026-11-22T14:32:05.000000Z"
        typed = reviews.stand(typed, reviews.Standing(field, about, value, at, "Clinician 1"))
    sheet = blind_sheet.of(table, table.row_of("A-1"), known, typed)
    feu = next(one.label for one in known.choice["d_dimer_type"].values if one.code == "feu")
    told = {(one.label, one.value) for one in (*sheet.measured, *sheet.choices)}
    assert {value.split()[0] for label, value in told if label == "D-dimer"} == {"812"}
    assert {value for label, value in told if "Unit type" in label} == {feu}


def test_sign_offs_are_read_off_the_events_with_what_stood_then() -> None:
    def event(n: int, field: str, new: str) -> sign_offs.ledger.Event:
        blank = dict.fromkeys(("role", "about", "old", "reason", "previous_hash", "hash"), "")
        return sign_offs.ledger.Event(
            sequence=n,
            act=n,
            at="t",
            ordered_at=f"t{n}",
            actor=f"C{n}",
            record_id="A-1",
            field=field,
            new=new,
            data_set="d",
            knowledge="k",
            **blank,
        )

    found = sign_offs.of(
        [
            event(1, Field.AGREED_CAUSE, "a"),
            event(2, Field.AS_SEEN, "seal"),
            event(3, Field.STATE, "reviewed"),
            event(4, Field.STATE, "in_progress"),
            event(5, Field.AGREED_CAUSE, "b"),
            event(6, Field.AS_SEEN, ""),
            event(7, Field.STATE, "reviewed"),
        ]
    )
    assert [(one.sequence, one.actor, one.agreed, one.view) for one in found] == [
        (3, "C3", "a", "seal"),
        (7, "C7", "b", ""),
    ]
    assert sign_offs.first(found) == {"A-1": found[0]}
    assert sign_offs.last(found) == {"A-1": found[1]}
