"""What a score is made of reads as plain English."""

from decimal import Decimal

import pytest

import makers
from circulation.knowledge_base import score_model
from circulation.knowledge_base.score_model import (
    Answer,
    Fact,
    Item,
    Kind,
    Legs,
    NumberWord,
    ScoreInput,
    WorkedOut,
)
from circulation.scoring import score_sentences

SCORE = score_model.Score(
    id="test_score",
    label="A test score",
    version="2026",
    kind=Kind.SUM,
    cause="blood_clots",
    sources=("BOOK",),
    legs=Legs.EACH,
    inputs=(
        ScoreInput("cancer", "Active cancer"),
        ScoreInput("swelling", "Leg swelling"),
        ScoreInput("rate", "Heart rate", Answer.NUMBER, unit="per minute", high=Decimal(300)),
        ScoreInput(
            "pulse",
            "Ankle pressure",
            Answer.NUMBER,
            words=(NumberWord("no_signal", "no Doppler signal"),),
        ),
    ),
    items=(
        Item("cancer"),
        Item("rate > 100", Decimal("1.5")),
        Item("sick", Decimal(-2)),
        Item(adds="pulse"),
    ),
    facts=(Fact("sick", "cancer and swelling"),),
    worked_out=(WorkedOut("ratio", "Rate over pressure", "rate / pulse"),),
)


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("cancer", "“Active cancer” is yes"),
        ("not cancer", "“Active cancer” is no"),
        ("cancer or swelling", "“Active cancer” or “Leg swelling” is yes"),
        ("sick", "“Active cancer” and “Leg swelling” are yes"),
        ("not sick", "“Active cancer” or “Leg swelling” is no"),
        ("rate > 100", "“Heart rate” is above 100 per minute"),
        ("rate >= 50 and rate <= 100", "“Heart rate” is 50 to 100 per minute"),
        ("pulse is no_signal", "“Ankle pressure” is “no Doppler signal”"),
        ("ratio < 0.90", "“Rate over pressure” is below 0.90"),
        ("points >= 2", "Points is 2 or more"),
        ("always", "Always"),
    ],
)
def test_a_condition_of_a_score_reads_as_a_sentence(when: str, sentence: str) -> None:
    assert score_sentences.condition(SCORE, when) == sentence


def test_the_points_of_a_sum_are_said_item_by_item() -> None:
    assert list(score_sentences.points(SCORE)) == [
        "+1 point: “Active cancer” is yes",
        "+1.5 points: “Heart rate” is above 100 per minute",
        "-2 points: “Active cancer” and “Leg swelling” are yes",
        "the number of “Ankle pressure”",
    ]


def test_a_score_says_what_it_works_out_and_for_which_leg() -> None:
    assert score_sentences.makes(SCORE) == "a sum of points, for each leg"


def test_every_condition_of_the_shipped_scores_reads_without_a_name_of_an_input() -> None:
    for score in makers.knowledge().scores:
        parts = (*score.bands, *score.grades, *score.listed, *score.notes, *score.closings)
        conditions = [part.when for part in (*parts, *score.worked_out, *score.facts)]
        for when in (*conditions, *(item.when for item in score.items if item.when)):
            assert "_" not in score_sentences.condition(score, when)
