"""The two questions to ask first are those whose answers narrow a cause's band most."""

import pytest

import alteration
import facts
import makers
import random_records
from circulation.judgement import assessment, narrowing
from circulation.knowledge_base import columns
from circulation.knowledge_base.levels import Level
from circulation.records import intake, ternary

KNOWN = makers.knowledge()
LAYOUT = columns.by_name(KNOWN)


def best(text: str, cause: str) -> tuple[narrowing.Question, ...]:
    table = makers.table(KNOWN, [facts.record(text)])
    return narrowing.best(table, makers.row(table), cause, KNOWN)


def test_the_answer_that_settles_most_comes_first() -> None:
    first, second = best("", "raynauds")
    assert (first.column, second.column) == ("colour_change_cold", "three_colour_change")
    assert [answer.value for answer in first.answers] == ["present", "absent"]
    assert first.answers[0].lowest is Level.POSSIBLE
    assert (first.worse, first.better) == (0, 2)


def test_nothing_is_asked_where_the_band_is_settled() -> None:
    for cause in KNOWN.cause:
        assert best(facts.ALL_NO, cause) == ()


def test_side_and_onset_are_asked_of_a_present_finding_only() -> None:
    table = makers.table(KNOWN, [{}, {"leg_pain": "present"}, {"leg_pain": "absent"}])
    cause = KNOWN.cause["peripheral_artery_disease"]
    open_ones = [
        narrowing.unasked(table, makers.row(table, place), cause, KNOWN) for place in (1, 2, 3)
    ]
    assert ["leg_pain_onset" in names for names in open_ones] == [False, True, False]


@pytest.mark.parametrize("blank", [0.9, 0.5])
def test_the_questions_are_those_a_plain_search_finds(blank: float) -> None:
    table = makers.table(KNOWN, random_records.records(KNOWN, 2, seed=11, blank=blank))
    for row in map(int, ternary.rows(table.real)):
        for cause in ("raynauds", "obesity", "vein_disease"):
            found = narrowing.best(table, row, cause, KNOWN)
            expected = plain_search(table, row, cause)
            assert [(q.column, q.worse, q.better) for q in found] == expected


def plain_search(table: intake.Intake, row: int, cause: str) -> list[tuple[str, int, int]]:
    """Every question tried with every answer, one engine run each, in plain loops."""
    before = width(table, row, cause)
    tried = []
    for name in narrowing.unasked(table, row, KNOWN.cause[cause], KNOWN):
        values = LAYOUT[name].values
        if LAYOUT[name].kind is columns.Kind.TERNARY:
            values = ("present", "absent")
        shrinks = []
        for value in values:
            changed = alteration.altered(table, row, {name: value}, LAYOUT)
            shrinks.append(before - width(changed, row % ternary.WORD, cause))
        if max(shrinks) > 0:
            tried.append((name, min(shrinks), max(shrinks)))
    chosen: list[tuple[str, int, int]] = []
    while tried and len(chosen) < 2:
        top = tried[0]
        for one in tried[1:]:
            if one[1] > top[1] or (one[1] == top[1] and one[2] > top[2]):
                top = one
        chosen.append(top)
        tried.remove(top)
    return chosen


def width(table: intake.Intake, row: int, cause: str) -> int:
    suspicion = assessment.assess(table, KNOWN).causes[cause]
    return suspicion.highest(row) - suspicion.lowest(row)
