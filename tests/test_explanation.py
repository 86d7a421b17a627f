"""One record explained is the same engine as the run over all records, with reasons it can show."""

from dataclasses import replace

import pytest

import makers
import random_records
from circulation.judgement import assessment
from circulation.knowledge_base.levels import Urgency
from circulation.knowledge_loading import knowledge_check
from circulation.records import ternary

SEEDS = (1, 2, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_record_explained_equals_its_row_in_the_run_over_all(seed: int) -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 60, seed=seed, blank=0.3 * seed))
    whole = assessment.assess(table, known)
    for row in ternary.rows(table.real):
        one = makers.explained(table, int(row), known)
        assert one.urgency == whole.urgency(row)
        for view in one.causes:
            suspicion = whole.causes[view.cause.id]
            assert view.level == suspicion.level(row)
            assert (view.lowest, view.highest) == (suspicion.lowest(row), suspicion.highest(row))
        for test in one.tests:
            assert test.called_for == ternary.state(whole.tests[test.test.id], row)
        raised = {view.flag.id for view in one.raised}
        assert raised == {
            f.id for f in known.flags if ternary.holds(whole.flags[f.id].present, row)
        }


def test_assessing_in_blocks_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 300, seed=9, days=9))
    whole = assessment.assess(table, known)
    monkeypatch.setattr(assessment, "BLOCK", 2)
    blocks = assessment.assess(table, known)
    for row in ternary.rows(table.real):
        assert whole.urgency(row) == blocks.urgency(row)
        for cause in known.cause:
            assert whole.causes[cause].level(row) == blocks.causes[cause].level(row)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_level_lies_between_its_lowest_and_highest(seed: int) -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 80, seed=seed, blank=0.6))
    whole = assessment.assess(table, known)
    for row in ternary.rows(table.real):
        for suspicion in whole.causes.values():
            level = suspicion.level(int(row))
            assert suspicion.lowest(int(row)) <= level
            assert level <= max(suspicion.highest(int(row)), level.OPEN)


def test_a_record_without_answers_supports_nothing_and_excludes_nothing() -> None:
    known = makers.knowledge()
    table = makers.table(known, [{}])
    one = makers.explained(table, makers.row(table), known)
    assert one.urgency is Urgency.ROUTINE
    assert one.urgency_could_be is Urgency.SAME_DAY
    assert not one.raised
    assert len(one.unanswered) == len(known.flags)
    assert {view.level.code for view in one.causes} == {"open"}
    assert not any(view.supports or view.against for view in one.causes)


def test_every_reason_shows_its_inputs_and_its_source() -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 30, seed=4))
    for row in ternary.rows(table.real):
        one = makers.explained(table, int(row), known)
        for view in one.causes:
            for grounds in (*view.supports, *view.against, *view.granted, *view.not_asked):
                assert grounds.inputs, grounds.says
                assert grounds.sources, grounds.says
        for flag in one.unanswered:
            assert flag.grounds.missing, flag.flag.id


def test_the_shipped_knowledge_holds_together() -> None:
    assert list(knowledge_check.faults(makers.knowledge())) == []


def test_reasons_for_tests_and_masking_facts_are_told_with_their_own_version() -> None:
    known = makers.knowledge()
    renewed = replace(
        known,
        tests=tuple(
            replace(test, called_for=tuple(replace(c, version=7) for c in test.called_for))
            for test in known.tests
        ),
        causes=tuple(
            replace(cause, masking=tuple(replace(mask, version=8) for mask in cause.masking))
            for cause in known.causes
        ),
    )
    table = makers.table(renewed, [{"insensate_foot": "present"}])
    one = makers.explained(table, makers.row(table), renewed)
    called = {ground.version for test in one.tests for ground in test.because}
    masks = {ground.version for cause in one.causes for ground in cause.masking}
    assert (called, masks) == ({7}, {8})
