"""What managers see gives no small number back, even to linear and integer programming."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attack
import attacker
import cubes
import pooled_clues
import reviewed_cubes
from attacker import Clue, Window
from circulation.counting.clearance import Clearance
from cubes import Cube, Number

SETTINGS = cubes.known().disclosure
MONTH = (0,)
GIVEN = cubes.structured()


def found_out(cube: Cube, floor: int = 8) -> list[tuple[str, int]]:
    """The small numbers that all pages together give back."""
    shown = cubes.seen_by_a_manager(cube, floor)
    clues = attacker.protected(shown, cubes.known(floor).disclosure)
    found = attacker.found_out(clues, cubes.secrets(cube, floor), cube)
    return [(secret.name, secret.true(cube)) for secret in found]


def record(**answers: str) -> int:
    """The type of record with these answers; all others blank."""
    blank = dict.fromkeys(cubes.types()[0], "")
    return cubes.types().index(blank | answers)


PLAIN = record()
PAIN = record(leg_pain="present")
CLOTS = record(leg_pain="absent", suspected_blood_clots="present")
UNASKED = record(suspected_diabetes="present")
EXCLUSIVE = ((PAIN,) * 33 + (CLOTS,) * 33 + (UNASKED,), (), (), (), ())


@pytest.mark.parametrize("seed", [1, 4])
def test_all_pages_of_two_months_together_give_no_small_number_back(seed: int) -> None:
    cube = cubes.random_cube(seed)
    assert cubes.secrets(cube), "nothing to find"
    assert found_out(cube) == []


@pytest.mark.parametrize("place", range(0, len(GIVEN), 2))
def test_records_made_to_be_found_out_are_not(place: int) -> None:
    assert found_out(GIVEN[place]) == []


@pytest.mark.parametrize("floor", [5, 11])
def test_other_floors_give_nothing_back_either(floor: int) -> None:
    assert found_out(EXCLUSIVE, floor) == []
    assert found_out(cubes.random_cube(2), floor) == []


KINDS = st.sampled_from([PLAIN, PAIN, CLOTS, UNASKED, record(leg_swelling="present")])
BLOCKS = st.lists(st.tuples(KINDS, st.sampled_from([1, 7, 8, 12, 33])), max_size=4)


@given(st.lists(BLOCKS, min_size=1, max_size=4))
@settings(deadline=None, max_examples=12)
def test_no_records_at_all_give_a_small_number_back(
    months: list[list[tuple[int, int]]],
) -> None:
    filled = [tuple(kind for kind, size in month for _ in range(size)) for month in months]
    cube = (*filled, *[()] * (cubes.MONTHS + 1 - len(filled)))
    assert found_out(cube) == []


def test_hiding_only_the_small_numbers_gives_many_back() -> None:
    found = secrets = 0
    for cube in map(cubes.random_cube, (3, 9)):
        shown = list(cubes.everything_shown(cube))
        clues = attacker.naive(shown, cube, SETTINGS)
        found += len(attacker.found_out(clues, cubes.secrets(cube), cube))
        secrets += len(cubes.secrets(cube))
    assert found > 10
    assert found < secrets


def test_without_clearance_groups_that_exclude_each_other_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """33 with pain, 33 without it and 1 not asked: 35, 35 and hidden, of 65 in all."""
    monkeypatch.setattr(Clearance, "left_out", lambda *_: False)
    monkeypatch.setattr(Clearance, "hides", lambda *_: False)
    assert len(found_out(EXCLUSIVE)) > 5


def test_months_do_not_add_up_to_a_small_number() -> None:
    """Months of 8, 8 and 1 records: 10, 10 and hidden in a trend, 15 in the distribution."""
    assert found_out(((PLAIN,) * 8, (PLAIN,) * 8, (PLAIN,), ())) == []


@pytest.mark.parametrize("seed", [1, 11])
def test_pooled_figures_of_three_quarters_give_no_small_number_back_either(seed: int) -> None:
    reviewed = reviewed_cubes.random_reviewed(seed)
    pooled, secrets = list(pooled_clues.told(reviewed, 8)), pooled_clues.secrets(reviewed, 8)
    assert len(pooled) > 8
    shown = [*attack.pages(reviewed, 8), *pooled_clues.bound(reviewed)]
    known = [*shown, *pooled, *pooled_clues.own(reviewed)]
    assert [secrets[place].name for place in attacker.agreed(known, secrets)] == []


def test_pooled_figures_of_which_only_the_small_are_hidden_give_some_back() -> None:
    reviewed = reviewed_cubes.random_reviewed(3)
    naively, secrets = pooled_clues.naively(reviewed, 8), pooled_clues.secrets(reviewed, 8)
    known = [*attack.pages(reviewed, 8), *pooled_clues.bound(reviewed), *naively]
    assert attacker.agreed(known, secrets)


WINDOWS = st.tuples(st.integers(0, 7), st.integers(0, 3))
SUMS = st.lists(st.tuples(st.integers(1, 7), WINDOWS), min_size=1, max_size=5)


@given(st.lists(st.integers(0, 2), max_size=9), SUMS)
@settings(deadline=None, max_examples=60)
def test_the_attacker_finds_what_trying_every_possibility_finds(
    records: list[int], sums: list[tuple[int, tuple[int, int]]]
) -> None:
    cube = (tuple(records),)
    everyone = Number("all", np.ones(3, dtype=np.bool_), MONTH)
    clues = [Clue(everyone, Window(len(records), len(records) + 1))]
    for members, (below, above) in sums:
        number = _sum(members)
        true = number.true(cube)
        clues.append(Clue(number, Window(max(0, true - below), true + above)))
    secrets = [_sum(members) for members in range(1, 8)]
    found = attacker.found_out(clues, secrets, cube)
    assert [secret.name for secret in found] == _by_trying(clues, secrets, cube)


def _sum(members: int) -> Number:
    """The sum of some of three types, by their bits."""
    return Number(str(members), np.array([members >> bit & 1 for bit in range(3)], bool), MONTH)


def _by_trying(clues: list[Clue], secrets: list[Number], cube: Cube) -> list[str]:
    most = len(cube[0]) + 2
    fitting = [
        counts
        for counts in itertools.product(range(most), repeat=3)
        if all(c.window.low <= _of(c.number, counts) <= c.window.high for c in clues)
    ]
    return [s.name for s in secrets if len({_of(s, counts) for counts in fitting}) == 1]


def _of(number: Number, counts: tuple[int, ...]) -> int:
    return sum(count for count, of in zip(counts, number.types, strict=True) if of)
