"""Missing answers: a band only when nothing could change it, a range that shrinks to a point."""

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import score_makers as maker
from circulation.judgement import scores
from circulation.knowledge_base import expressions, score_model
from circulation.knowledge_base.score_model import Answer, Score, ScoreInput
from circulation.scoring.score_result import Result

SCORES = [score.id for score in makers.knowledge().scores]
ANY_SCORE = st.sampled_from(SCORES)
CHANCE = st.randoms(use_true_random=False)
REASSURING = {
    "wells_dvt_2003": {"unlikely"},
    "wells_dvt_1997": {"low"},
    "wells_pe": {"unlikely"},
    "perc": {"negative"},
    "d_dimer_age_adjusted": {"below"},
    "ankle_brachial_index": {"within", "borderline"},
    "toe_brachial_index": {"above"},
    "glycaemia": {"within"},
    "mnsi_questionnaire": {"below_4"},
    "blood_pressure_acc_aha": {"within"},
}


def answers(score: Score, entry: ScoreInput) -> list[str]:
    """Answers to an input: all there are, or numbers at its limits, beside them and between."""
    match entry.kind:
        case Answer.YES_NO:
            return ["yes", "no"]
        case Answer.CHOICE:
            return [value.code for value in entry.values]
    step = entry.step or Decimal(1).scaleb(-(entry.decimals or 0))
    limits = [entry.low, entry.high, (entry.low + entry.high) // 2]
    for limit in compared(score, entry.id):
        limits += [limit - step, limit, limit + step]
    fitting = {limit for limit in limits if entry.low <= limit <= entry.high}
    return [f"{n}" for n in sorted(fitting) if not entry.step or n % entry.step == 0]


def compared(score: Score, name: str) -> Iterator[Decimal]:
    for _, text in score_model.conditions(score):
        for atom in expressions.atoms(expressions.parse(text)):
            if isinstance(atom, expressions.Compare) and atom.name == name:
                yield atom.limit


def some_answers(score: Score, chance: random.Random, blank: float) -> dict[str, str]:
    """Answers to some inputs, a number recorded in the place of its inputs left out."""
    replacing = {entry.recorded for entry in score.worked_out}
    return {
        entry.id: chance.choice(answers(score, entry))
        for entry in score.inputs
        if entry.id not in replacing and chance.random() >= blank
    }


def completed(
    score: Score, told: Mapping[str, str], found: Result, chance: random.Random
) -> dict[str, str]:
    """The same with an answer to everything that is missing."""
    more = {
        item.name: chance.choice(answers(score, score.input[item.name])) for item in found.missing
    }
    return {**told, **more}


def within(inner: Result, outer: Result) -> bool:
    """Whether a result lies in the range of another and can be no band that the other rules out."""
    bands = {band.id for band in inner.possible} <= {band.id for band in outer.possible}
    if inner.low is None or inner.high is None or outer.low is None or outer.high is None:
        return bands
    return bands and outer.low <= inner.low <= inner.high <= outer.high


@settings(max_examples=400, deadline=None)
@given(ANY_SCORE, CHANCE)
def test_a_band_stands_only_where_every_completion_gives_it(
    name: str, chance: random.Random
) -> None:
    score = maker.score(name)
    told = some_answers(score, chance, chance.choice((0.1, 0.3, 0.6, 0.9)))
    found = scores.from_values(score, told)
    for _ in range(8):
        whole = scores.from_values(score, completed(score, told, found, chance))
        if whole.closed_because:
            continue
        assert not found.closed_because
        assert within(whole, found)
        assert found.band is None or found.band == whole.band


@settings(max_examples=300, deadline=None)
@given(ANY_SCORE, CHANCE)
def test_the_range_shrinks_as_answers_arrive_and_is_a_point_when_all_are_there(
    name: str, chance: random.Random
) -> None:
    score = maker.score(name)
    told = some_answers(score, chance, 0.7)
    before = scores.from_values(score, told)
    if before.closed_because:
        return
    while before.missing:
        asked = chance.choice(before.missing).name
        told[asked] = chance.choice(answers(score, score.input[asked]))
        after = scores.from_values(score, told)
        if after.closed_because:
            return
        assert within(after, before)
        assert before.band is None or after.band == before.band
        before = after
    assert before.low == before.high == before.points
    assert before.band is not None or not score.bands


@pytest.mark.parametrize("name", SCORES)
def test_nothing_is_said_of_a_score_without_answers(name: str) -> None:
    found = maker.result(name)
    assert (found.points, found.band, found.grade, found.listed) == (None, None, None, ())
    assert found.missing
    assert found.used == ()
    assert not found.closed_because


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(REASSURING)), CHANCE)
def test_nothing_reassuring_is_said_while_an_answer_that_could_change_it_is_missing(
    name: str, chance: random.Random
) -> None:
    score = maker.score(name)
    told = some_answers(score, chance, 0)
    found = scores.from_values(score, told)
    if found.band is None or found.band.id not in REASSURING[name]:
        return
    for entry in score.inputs:
        if entry.also:  # a measurement may settle it as well
            continue
        less = {key: text for key, text in told.items() if key != entry.id}
        weaker = scores.from_values(score, less)
        ends = [
            scores.from_values(score, {**less, entry.id: text}) for text in answers(score, entry)
        ]
        changed = any(end.band and end.band != found.band for end in ends)
        if changed and not entry.optional:
            assert weaker.band != found.band
            assert entry.id in maker.missing(weaker)


@pytest.mark.parametrize("name", [s.id for s in makers.knowledge().scores if s.closings])
def test_every_exception_is_listed_and_those_not_asked_about_are_named(name: str) -> None:
    found = maker.result(name)
    assert found.not_valid_in == tuple(c.not_valid_in for c in maker.score(name).closings)
    assert set(found.unchecked) <= set(found.not_valid_in)


@pytest.mark.parametrize(
    "name",
    ["wells_dvt_2003", "wells_dvt_1997", "wells_pe", "perc", "d_dimer_age_adjusted", "glycaemia"],
)
def test_pregnancy_closes_the_score_whatever_else_is_known(name: str) -> None:
    told = some_answers(maker.score(name), random.Random(6), 0) | {"pregnant": "yes"}
    found = scores.from_values(maker.score(name), told)
    assert "regnancy" in found.closed_because
    assert (found.points, found.low, found.high, found.band) == (None, None, None, None)
    assert (found.possible, found.missing, found.notes) == ((), (), ())
