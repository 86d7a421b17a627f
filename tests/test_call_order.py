"""What is owed now stands first, by how strongly it is called for, and nothing is dropped."""

from collections import Counter

import pytest

import facts
import makers
import random_records
from circulation.judgement import call_order, checklist, explanation
from circulation.judgement.call_order import Call
from circulation.reviewing import reviews

KNOWN = makers.knowledge()
CLOT = "leg_swelling, leg_swelling_side=left, leg_swelling_onset=sudden, calf_3cm_larger"
CALLED = [
    ("compression_ultrasound", Call.FLAG_SAME_DAY, f"{CLOT}, pitting_one_leg"),
    ("family_history", Call.REASON, "leg_pain"),
    ("ankle_brachial_index", Call.REASON, "age_band=65-69"),
    ("family_heart_and_arteries", Call.POSSIBLE, "calf_pain_walking"),
    ("family_veins", Call.REASON, "varicose_veins, skin_changes_venous, ankle_oedema"),
]


def seen(record: dict[str, str]) -> tuple[explanation.RecordAssessment, checklist.Checklist]:
    table = makers.table(KNOWN, [record])
    row = makers.row(table)
    assessed = makers.explained(table, row, KNOWN)
    review = reviews.RecordReview("R00001")
    return assessed, checklist.for_record(table, row, assessed, review, KNOWN.measurements)


@pytest.mark.parametrize(("test", "call", "text"), CALLED)
def test_a_test_is_called_for_by_its_strongest_reason(test: str, call: Call, text: str) -> None:
    assessed, made = seen(facts.record(text))
    (line,) = (one for one in made.lines if one.test.id == test)
    assert line.called_for
    assert call_order.of(line.because, assessed) is call


def test_the_test_of_a_red_flag_stands_before_all_others() -> None:
    assessed, made = seen(facts.record(f"{CLOT}, pitting_one_leg"))
    for levels in (True, False):
        places = call_order.place(made, assessed, levels=levels).places
        leading = [call_order.of(one.lines[0].because, assessed) for one in places if one.lines]
        assert leading[:2] == [Call.FLAG_SAME_DAY, Call.FLAG_SAME_DAY]
        assert Call.FLAG_SAME_DAY not in leading[2:]
        firsts = [one.lines[0].test.id for one in places[:2]]
        assert "compression_ultrasound" in firsts


def test_what_was_settled_at_intake_comes_after_what_is_owed() -> None:
    done = {"test_family_history": "done", "test_family_history_result": "normal"}
    assessed, made = seen({**facts.record("leg_pain"), **done})
    places = call_order.place(made, assessed, levels=True).places
    called = [one.group.head.test.id for one in places if one.group.called_for]
    assert called.index("physical_examination") < called.index("family_history")


def test_without_a_stronger_reason_in_the_record_possible_suspicions_are_not_set_aside() -> None:
    assessed, made = seen(facts.record("calf_pain_walking"))
    assert assessed.leading.level.name == "POSSIBLE"
    assert call_order.place(made, assessed, levels=True).supporting == ()


@pytest.mark.parametrize("levels", [True, False])
def test_every_line_in_sight_is_there_exactly_once_and_only_owed_ones_are_set_aside(
    levels: bool,
) -> None:
    aside = 0
    for record in random_records.records(KNOWN, 40, seed=5, blank=0.5):
        assessed, made = seen({**record, "record_id": "R00001"})
        placed = call_order.place(made, assessed, levels=levels, in_sight=["family_vte"])
        there = [line.test.id for one in placed.places for line in one.lines]
        there += [line.test.id for line in placed.supporting]
        assert Counter(there) == Counter(line.test.id for g in made.groups for line in g.shown)
        assert len(placed.places) == len(made.groups)
        assert set(placed.supporting) <= set(made.owed)
        assert "family_vte" not in [line.test.id for line in placed.supporting]
        aside += len(placed.supporting)
    assert (aside > 0) is levels, "before the own view the order tells no suspicion"
