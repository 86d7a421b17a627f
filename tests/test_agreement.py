"""First views and the tool's levels beside what was confirmed: counts by plain loops, words."""

import random

import pytest

import makers
import random_records
from circulation.auditing import agreement, outcomes, seen, seen_text, sign_offs
from circulation.auditing.agreement import Step
from circulation.counting.intervals import Part
from circulation.judgement import assessment
from circulation.knowledge_base.levels import Level
from circulation.reviewing import reviews
from circulation.reviewing.reviews import Certainty, FirstView

CAUSES = ("a", "b", "c")


def cases(seed: int, count: int = 80) -> list[outcomes.Case]:
    chance = random.Random(seed)
    return [
        outcomes.Case(
            f"A-{n}",
            "Clinician 1",
            chance.choice([None, *(FirstView(c, s) for c in CAUSES for s in Certainty)]),
            chance.choice([None, {c: chance.choice(list(Level)) for c in CAUSES}]),
            {c: chance.choice([True, False, None]) for c in CAUSES},
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_first_views_are_counted_as_plain_loops_count_them(seed: int) -> None:
    listed = cases(seed)
    found = agreement.first_views(listed, CAUSES)
    for one in found.causes:
        c = one.cause
        named = [x for x in listed if x.first and x.first.cause == c and x.confirmed[c] is not None]
        had = [x for x in listed if x.first and x.confirmed[c]]
        assert one.borne_out == Part(len([x for x in named if x.confirmed[c]]), len(named))
        assert one.caught == Part(len([x for x in had if x.first.cause == c]), len(had))
    for step in found.steps:
        sure = [x for x in listed if x.first and x.first.certainty == step.code]
        told = [x.confirmed[x.first.cause] for x in sure if x.confirmed[x.first.cause] is not None]
        assert step.part == Part(told.count(True), len(told))
    known = [x for x in listed if x.first and set(x.confirmed.values()) != {None}]
    assert found.records == len(known)


@pytest.mark.parametrize("seed", range(5))
def test_the_tools_levels_are_counted_as_plain_loops_count_them(seed: int) -> None:
    listed = [case for case in cases(seed) if case.levels]
    found = agreement.tool(cases(seed), CAUSES)
    for one in found.causes:
        c = one.cause
        high = [x for x in listed if x.levels[c] >= Level.SUPPORTED and x.confirmed[c] is not None]
        had = [x for x in listed if x.confirmed[c]]
        assert one.borne_out == Part(len([x for x in high if x.confirmed[c]]), len(high))
        assert one.caught.present == len([x for x in had if x.levels[c] >= Level.SUPPORTED])
    told = [(x.levels[c].code, x.confirmed[c]) for x in listed for c in CAUSES]
    for step in found.steps:
        yes, no = told.count((step.code, True)), told.count((step.code, False))
        assert step.part == Part(yes, yes + no)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([(9, 9), (1, 2)], "Too few known outcomes to say: at least two steps need 10 each."),
        (
            [(10, 40), (0, 3), (30, 40)],
            "The surer, the more often confirmed, from 'Unsure' to 'Sure', as it should be.",
        ),
        (
            [(10, 40), (12, 40), (11, 40)],
            (
                "'Sure' was confirmed less often than 'Fairly sure'; "
                "so few outcomes are known that it may be chance."
            ),
        ),
        (
            [(10, 40), (0, 3), (14, 40)],
            (
                "The surer, the more often confirmed, from 'Unsure' to 'Sure', as it should be; "
                "so few outcomes are known that it may be chance."
            ),
        ),
        (
            [(10, 40), (20, 80), (30, 120)],
            "Confirmed equally often from 'Unsure' to 'Sure': being surer changed nothing.",
        ),
        ([(2, 90), (80, 90), (8, 90)], "'Sure' was confirmed less often than 'Fairly sure'."),
    ],
)
def test_calibration_is_said_in_words(parts: list[tuple[int, int]], said: str) -> None:
    words = ("Unsure", "Fairly sure", "Sure")
    steps = [Step(word, Part(*part)) for word, part in zip(words, parts, strict=False)]
    assert agreement.calibration(steps, str) == said


def signed(table_version: str, knowledge: str, view: str = "") -> sign_offs.SignOff:
    return sign_offs.SignOff(1, "R00001", "t", "C", "a", view, table_version, knowledge)


def test_the_tools_levels_then_are_certain_or_not_given() -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 3, seed=5))
    assessed = assessment.assess(table, known)
    row = makers.row(table)
    view = seen.of(table, row, known, reviews.RecordReview("R00001"))
    levels = {cause.id: Level[cause.level.upper()] for cause in view.causes}
    kept = {"seal": seen_text.levels(seen_text.text(view))}
    now = {cause: found.level(row) for cause, found in assessed.causes.items()}
    assert kept["seal"] == levels == now

    def then(one: sign_offs.SignOff) -> outcomes.Levels | None:
        return outcomes.levels_then(one, table, assessed, kept.__getitem__)

    assert then(signed("other", "other", "seal")) == levels
    assert then(signed(table.version, known.version)) == now
    assert then(signed("other", known.version)) is None
    assert then(signed(table.version, "other")) is None
