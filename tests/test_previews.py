"""What a result would change is what the engine makes of the record with that result."""

import time

import pytest

import facts
import makers
import prove_previews
import random_records
from circulation.judgement import assessment, previews, standing, worklist
from circulation.knowledge_base.levels import Level, Urgency
from circulation.records import ternary

KNOWN = makers.knowledge()
FAST = 0.150
"""Seconds that all results of all open tests of one record may take."""


def of(text: str, test: str) -> dict[str, previews.Preview]:
    table = makers.table(KNOWN, [facts.record(text)])
    found = previews.of_test(standing.Record(table, makers.row(table)), test, KNOWN)
    return {preview.label: preview for preview in found}


def test_every_preview_equals_the_engine_run_with_that_result() -> None:
    assert list(prove_previews.differences(KNOWN, 12, seed=7)) == []


def test_a_low_index_raises_the_suspicion_and_calls_for_the_scan() -> None:
    found = of("calf_pain_walking, no foot_ulcer", "ankle_brachial_index")
    low = found["Index 0.90 or less, left leg"]
    assert [(c.cause, c.before, c.after) for c in low.levels] == [
        ("peripheral_artery_disease", Level.POSSIBLE, Level.STRONG)
    ]
    assert "arterial_duplex" in low.called_for
    assert not low.changes_nothing


def test_a_stiff_artery_calls_for_the_toe_pressure_and_takes_no_suspicion_away() -> None:
    found = of("calf_pain_walking", "ankle_brachial_index")["Index above 1.40, right leg"]
    assert "toe_pressures" in found.called_for
    assert all(change.after >= change.before for change in found.levels)


def test_a_clot_on_the_scan_raises_the_red_flag() -> None:
    found = of("leg_pain, suspected_blood_clots", "compression_ultrasound")
    seen = found["Clot in a deep vein seen"]
    assert (seen.urgency_before, seen.urgency_after) == (Urgency.ROUTINE, Urgency.SAME_DAY)
    assert "RF-DVT" in seen.flags_raised


def test_a_result_that_changes_nothing_says_so() -> None:
    found = of("leg_pain", "lipid_profile")
    assert [preview.changes_nothing for preview in found.values()] == [True, True, True]


def test_a_new_flag_beside_an_older_one_is_a_change_although_the_urgency_stays() -> None:
    found = of("face_arm_speech, chest_pain", "ct_pulmonary_angiography")
    seen = found["Clot in a lung artery seen"]
    assert seen.urgency_before == seen.urgency_after
    assert seen.flags_raised
    assert not seen.changes_nothing


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ("absent_foot_pulse, absent_foot_pulse_side=right", "both"),
        ("absent_foot_pulse, absent_foot_pulse_side=left", "left"),
        ("absent_foot_pulse, absent_foot_pulse_side=both", "both"),
        ("no absent_foot_pulse", "left"),
        ("absent_foot_pulse", "left"),
    ],
)
def test_a_finding_of_one_leg_joins_that_of_the_other(recorded: str, expected: str) -> None:
    found = of(recorded, "pulses_and_bruits")["Foot pulse not felt, left leg"]
    assert dict(found.sets)["absent_foot_pulse_side"] == expected


def test_all_results_of_all_open_tests_of_a_record_come_at_once() -> None:
    table = makers.table(KNOWN, random_records.records(KNOWN, 12, seed=3, blank=0.6))
    whole = assessment.assess(table, KNOWN)
    spent = []
    for row in ternary.rows(table.real):
        owed = worklist.owed_tests(int(row), whole, KNOWN)
        begun = time.process_time()
        previews.of_tests(standing.Record(table, int(row)), owed, KNOWN)
        spent.append(time.process_time() - begun)
    assert sorted(spent)[len(spent) // 2] < FAST
