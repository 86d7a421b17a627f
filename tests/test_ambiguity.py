"""Each decoy is a set of records that could have been loaded, and every page shows it alike."""

import itertools
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

import cubes
import makers
import random_records
from circulation.counting import disclosure, distribution
from circulation.counting.clearance import Clearance
from circulation.judgement import assessment
from circulation.knowledge_base import settings_model
from circulation.protecting import ambiguity, shown_world
from circulation.protecting.decoy_search import Search
from circulation.records import excerpt, intake, ternary
from cubes import Cube

ANSWERS = ("present", "absent", "")


def world(cube: Cube) -> tuple[intake.Intake, shown_world.World]:
    known, table = cubes.known(), cubes.loaded(cube, cubes.MONTHS)
    months = disclosure.closed_months(table, date(cubes.YEAR, 12, 1))
    assert months
    return table, shown_world.world(table, assessment.assess(table, known), known, months)


def answered(cube: Cube, finding: str, changed: Sequence[tuple[str, int]]) -> Cube:
    """The cube with the finding of some records, by their ids, answered in other ways."""
    ways = {int(name[1:]) - 1: ANSWERS[way] for name, way in changed}
    flat = [one for month in (cube[-1], *cube[:-1]) for one in month]
    for place, way in ways.items():
        flat[place] = cubes.types().index({**cubes.types()[flat[place]], finding: way})
    sizes = [len(month) for month in (cube[-1], *cube[:-1])]
    ends = np.cumsum([0, *sizes])
    months = [tuple(flat[begin:end]) for begin, end in itertools.pairwise(ends)]
    return (*months[1:], months[0])


@pytest.mark.parametrize("seed", [0, 6, 9])
def test_other_records_found_for_a_small_number_look_the_same_on_every_page(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Clearance, "left_out", lambda *_: False)
    monkeypatch.setattr(Clearance, "hides", lambda shown, *cell: 0 < cell[-1] < shown.fewest)
    cube = cubes.random_cube(seed)
    table, found = world(cube)
    shown = [one.value for one in cubes.seen_by_a_manager(cube)]
    tried = 0
    for place, finding in enumerate(distributed()):
        records, ways = ambiguity.neutral(found, place)
        changes = ambiguity.changes_of(found, place, records, ways)
        search = Search(
            records=records,
            effects=ambiguity.effects_of(found, place, records, ways).astype(np.int32),
            changes=changes.reshape(len(changes), -1).astype(np.int16),
            room=ambiguity.room(found, place),
        )
        for wanted in range(0, search.changes.shape[1], 11):
            used = search.changing(wanted)
            if used:
                rows = [(table.record_id(found.made.rows[records[o]]), int(ways[o])) for o in used]
                other = answered(cube, finding, rows)
                assert other != cube
                assert [one.value for one in cubes.seen_by_a_manager(other)] == shown
                tried += 1
    assert tried


def distributed() -> list[str]:
    """The findings of the page in its order."""
    return [one.id for one in distribution.findings(cubes.known())]


@pytest.mark.parametrize("floor", [5, 8, 11])
def test_a_window_holds_all_numbers_that_read_the_same(floor: int) -> None:
    settings = settings_model.Disclosure(floor=floor, base=5, fewest_to_break_down=30, sources=())
    numbers = np.arange(200)
    low, high = shown_world.windows(numbers, settings)
    read = [disclosure.protected_count(raw, settings).value for raw in range(200)]
    for raw in range(180):
        same = [other for other in range(200) if read[other] == read[raw]]
        assert (low[raw], high[raw]) == (same[0], same[-1])


def test_an_excerpt_holds_each_record_as_often_as_it_is_named() -> None:
    known = makers.knowledge()
    table = makers.table(known, random_records.records(known, 90, seed=3, blank=0.4))
    rows = np.array([makers.row(table, number) for number in (7, 7, 80, 1)])
    taken = excerpt.take(table, rows)
    assert taken.count == 4
    for place, row in enumerate(rows):
        for name in table.categories:
            assert taken.value(name, place) == table.value(name, int(row))
        for name in table.measures:
            assert taken.number(name, place) == table.number(name, int(row))
        for name in table.ternaries:
            ours, theirs = taken.ternaries[name], table.ternaries[name]
            assert ternary.state(ours, place) == ternary.state(theirs, int(row))


def test_few_records_clear_nothing() -> None:
    cube = ((0,) * 29, (), (), (), ())
    known, table = cubes.known(), cubes.loaded(cube, cubes.MONTHS)
    months = disclosure.closed_months(table, date(cubes.YEAR, 12, 1))
    assert months
    assert ambiguity.cleared(table, assessment.assess(table, known), known, months) == Clearance(30)
