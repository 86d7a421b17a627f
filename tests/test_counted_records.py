"""Other records that could stand for those loaded give the very same pooled figures."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import cubes
import reviewed_cubes
from circulation.counting import counted_records, disclosure, distribution
from circulation.judgement import assessment
from circulation.protecting import shown_world
from circulation.protecting.decoys import WAYS
from circulation.records import intake
from reviewed_cubes import Reviewed

ANSWERS = ("present", "absent", "")
QUESTIONS = (
    *(finding.id for finding in distribution.findings(cubes.known())),
    *(f"suspected_{cause.id}" for cause in cubes.known().causes),
    *(f"confirmed_{cause.id}" for cause in cubes.known().causes),
)
FLOOR = 8
ASKED = cubes.known().pooling


def test_one_record_in_three_is_never_counted_whatever_else_is_known_of_it() -> None:
    ids = [f"R{number:05d}" for number in range(3000)]
    never = [place for place, one in enumerate(ids) if not counted_records.counted(one, ASKED)]
    assert 900 < len(never) < 1100
    assert never[:6] == [1, 6, 10, 12, 14, 16]


def world(reviewed: Reviewed) -> tuple[intake.Intake, shown_world.World]:
    table = cubes.loaded(reviewed.cube, cubes.MONTHS)
    months = disclosure.closed_months(table, date(cubes.YEAR, 12, 1))
    assert months
    assessed = assessment.assess(table, cubes.known())
    return table, shown_world.world(table, assessed, cubes.known(), months)


def decoys(reviewed: Reviewed) -> Iterator[tuple[int, int, int]]:
    """Place and type of a record, and the type that an allowed decoy makes of it."""
    table, found = world(reviewed)
    types = {place: one for place, _, one in reviewed_cubes.places(reviewed.cube)}
    for record, question, way in zip(*np.nonzero(found.allowed), strict=True):
        place = int(table.record_id(found.made.rows[record])[1:]) - 1
        told = {**cubes.types()[types[place]], QUESTIONS[question]: ANSWERS[way]}
        if told in cubes.types():  # a suspicion that is ruled out reads as none
            yield place, types[place], cubes.types().index(told)


def otherwise(reviewed: Reviewed, chance: random.Random) -> Reviewed:
    """Each record with a decoy in its place, where it has one, and the same reviews."""
    made: dict[int, int] = {}
    for place, _, one in decoys(reviewed):
        if place not in made or chance.random() < 0.3:
            made[place] = one
    signed = tuple(replace(one, type=made.get(one.place, one.type)) for one in reviewed.signed)
    return replace(reviewed, signed=signed)


@pytest.mark.parametrize("seed", [1, 3])
def test_with_decoys_in_the_place_of_records_every_quarter_publishes_the_same(seed: int) -> None:
    assert len(ANSWERS) == WAYS
    reviewed = reviewed_cubes.random_reviewed(seed)
    told = reviewed_cubes.published(reviewed, FLOOR)
    assert any(one.lines for one in told)
    other = otherwise(reviewed, random.Random(seed))
    assert sum(a.type != b.type for a, b in zip(reviewed.signed, other.signed, strict=True)) > 20
    assert reviewed_cubes.published(other, FLOOR) == told


def test_no_decoy_of_a_counted_record_is_judged_in_another_way() -> None:
    changed = set()
    for place, was, now in decoys(reviewed_cubes.random_reviewed(1)):
        if reviewed_cubes.of_type(was) != reviewed_cubes.of_type(now):
            changed.add(counted_records.counted(f"R{place + 1:05d}", ASKED))
    assert changed == {False}


def test_without_that_rule_decoys_would_publish_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that what holds above does not hold for want of decoys."""
    reviewed = reviewed_cubes.random_reviewed(1)
    told = reviewed_cubes.published(reviewed, FLOOR)

    def nothing(places: np.ndarray, _before: object, _after: object, each: int) -> np.ndarray:
        return np.zeros((len(places), each), dtype=np.bool_)

    monkeypatch.setattr(counted_records, "changed", nothing)
    other = otherwise(reviewed, random.Random(1))
    assert reviewed_cubes.published(other, FLOOR) != told
