"""What stands behind a pooled count gives nobody's own numbers away, whoever reads it.

The attacker is one of those behind it: knows the rules, what is shown, their own part, and how many
clinicians there are. In small worlds all that fits is tried; in large ones another world is
sought that looks the same and in which somebody else's number differs.
"""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import makers
from circulation.counting import disclosure, pooling
from circulation.knowledge_base import settings_model

KNOWN = makers.knowledge()
RULES, SETTINGS = KNOWN.pooling, KNOWN.disclosure
SMALLEST = 17  # the last number that is shown as the smallest one that can be
Numbers = tuple[int, ...]


def behind(numbers: Sequence[int]) -> pooling.Behind:
    return {frozenset({f"Clinician {place}"}): n for place, n in enumerate(numbers) if n}


@cache
def _safe(numbers: Numbers) -> bool:
    return pooling.safe(behind(numbers), RULES, SETTINGS)


def shown(numbers: Sequence[int]) -> int | None:
    """What is shown of a count of which each clinician has so many; None: withheld."""
    if not _safe(tuple(sorted(numbers))):
        return None
    return disclosure.protected_count(sum(numbers), SETTINGS).value


def worlds(clinicians: int, most: int) -> Iterator[Numbers]:
    """All ways in which so many clinicians have at most so many together."""
    if not clinicians:
        yield ()
        return
    for own in range(most + 1):
        yield from ((own, *others) for others in worlds(clinicians - 1, most - own))


@pytest.mark.parametrize(
    ("numbers", "is_shown"),
    [
        ((3, 3, 3, 3, 3), True),
        ((5, 3, 3, 1, 1), True),
        ((6, 3, 2, 1, 1), False),  # of 13, the least that is shown so, 7 others would be left
        ((39, 30, 10, 10, 11), True),
        ((40, 30, 10, 10, 10), False),  # more than two fifths of 98, the least that is shown so
        ((4, 4, 4, 4), False),  # four clinicians
        ((2, 2, 2, 2, 2), False),  # the rules would say that each has 2
        ((1, 1, 1, 1, 1, 1, 1), False),  # 7 records
        ((), False),
    ],
)
def test_a_count_is_shown_by_the_rules_as_shipped(numbers: Numbers, is_shown: bool) -> None:
    assert (shown(numbers) is not None) is is_shown


def test_the_smallest_count_that_can_be_shown() -> None:
    assert pooling.least(RULES, SETTINGS) == 15 == shown((3, 3, 3, 2, 2))
    assert all(shown(world) is None for world in worlds(5, SMALLEST - 5))


@given(st.lists(st.integers(0, 40), min_size=5, max_size=9))
def test_what_is_shown_keeps_the_rules_of_tables_about_firms(numbers: list[int]) -> None:
    """Of the p percent rule: taking off their own, a reader misses each other one by a fifth."""
    assume(shown(numbers) is not None)
    total = sum(numbers)
    assert sum(n > 0 for n in numbers) >= 5
    for own, theirs in itertools.permutations(numbers, 2):
        assert 10 * own <= 4 * total
        assert total - own >= 8
        assert 5 * (total - own - theirs) >= theirs


RULES_TRIED = [  # floor, base, clinicians, largest share, remainder
    (8, 5, 5, 40, 20),
    (8, 5, 6, 50, 10),
    (8, 1, 5, 40, 20),
    (4, 1, 5, 34, 20),
    (5, 5, 6, 40, 50),
    (7, 5, 5, 40, 20),
]


@pytest.mark.parametrize("numbers", RULES_TRIED)
def test_any_number_up_to_the_cap_can_be_everybody_elses(numbers: tuple[int, ...]) -> None:
    """All worlds of a few clinicians, for the rules as shipped and others, rounded or exact."""
    floor, base, clinicians, share, remainder = numbers
    rules = replace(RULES, clinicians=clinicians, largest_share=share, remainder=remainder)
    settings = replace(SETTINGS, floor=floor, base=base)
    possible = defaultdict(set)
    for world in ordered_worlds(clinicians, SMALLEST):
        if pooling.safe(behind(world), rules, settings):
            total = sum(world)
            value = disclosure.protected_count(total, settings).value
            possible[value, world[0]].add(world)
    assert possible
    for (value, _), fits in possible.items():
        least = min(n for n in range(floor, value + base) if rounded(n, settings) == value)
        most = pooling.cap(least, rules, settings)
        assert {n for world in fits for n in world[1:]} >= set(range(1, most + 1))


@pytest.mark.parametrize(("floor", "least"), [(5, 2), (8, 5), (11, 7)])
def test_even_who_knew_the_exact_count_could_not_tell_anybody_elses_number(
    floor: int, least: int
) -> None:
    """So whatever other pages say of the records, a clinician's number keeps several values."""
    settings, possible = replace(SETTINGS, floor=floor), defaultdict(set)
    for world in ordered_worlds(5, 22):
        if pooling.safe(behind(world), RULES, settings):
            possible[sum(world), world[0]] |= set(world[1:])
    assert len(possible) > 20
    assert min(map(len, possible.values())) == least


def rounded(count: int, settings: settings_model.Disclosure) -> int | None:
    return disclosure.protected_count(count, settings).value


def ordered_worlds(clinicians: int, most: int) -> Iterator[Numbers]:
    """The same, the others from few to many: what one of them can have, each of them can."""
    return (world for world in worlds(clinicians, most) if list(world[1:]) == sorted(world[1:]))


def test_what_waited_for_the_next_quarter_is_no_more_open_to_attack() -> None:
    """The first quarter was withheld, so its failing is known; both together are shown."""
    possible = defaultdict(set)
    for both in ordered_worlds(5, SMALLEST):
        if shown(both) is None or both[0] > 2:
            continue
        for first in itertools.product(*(range(n + 1) for n in both)):
            if shown(first) is None:
                known = both[0], first[0]
                possible[known] |= set(zip(both[1:], first[1:], strict=True))
    assert len(possible) == 5
    for fits in possible.values():
        assert {both for both, _ in fits} >= {1, 2, 3, 4, 5}
        assert len({first for _, first in fits}) >= 5
        assert len({both - first for both, first in fits}) >= 5


def test_in_large_worlds_too_another_number_of_anybody_would_look_the_same() -> None:
    tried = 0
    for seed in range(60):
        chance = random.Random(seed)
        people = [f"C{n}" for n in range(chance.randint(5, 8))]
        found = {frozenset({name}): chance.randint(1, 12) for name in people}
        if pooling.safe(found, RULES, SETTINGS):
            tried += 1
            assert never_told(found, people) == []
    assert tried > 30


def test_nor_can_a_reader_of_records_tell_how_often_two_others_read_one() -> None:
    tried = 0
    for seed in range(30):
        chance = random.Random(seed)
        people = [f"C{n}" for n in range(8)]
        pairs = map(frozenset, itertools.combinations(people, 2))
        found = {pair: chance.randint(0, 3) for pair in pairs}
        if pooling.safe(found, RULES, SETTINGS):
            tried += 1
            assert never_told(found, people) == []
    assert tried > 20


def test_with_the_floor_and_rounding_alone_the_attack_finds_numbers() -> None:
    """So that what it does not find above is not for want of looking."""
    possible = defaultdict(set)
    for world in worlds(2, 12):
        value = disclosure.protected_count(sum(world), SETTINGS).value
        if value is not None:
            possible[value, world[0]].add(world)
    found = [fits for fits in possible.values() if len(fits) == 1]
    assert (12, 0) in set().union(*found)


def never_told(found: pooling.Behind, people: list[str]) -> list[tuple[str, frozenset[str]]]:
    """Who could tell whose number: for all others a world is sought that looks the same to them."""
    total = disclosure.protected_count(sum(found.values()), SETTINGS)
    told = {(name, whose) for name in people for whose in found if name not in whose}
    for whose, step in itertools.product(found, (1, -1)):
        for other in (None, *found):
            moved = {**found, whose: found[whose] + step}
            if other:
                moved[other] -= step
            same = disclosure.protected_count(sum(moved.values()), SETTINGS) == total
            if min(moved.values()) < 0 or other == whose or not same:
                continue
            moved = {one: n for one, n in moved.items() if n}
            if pooling.safe(moved, RULES, SETTINGS):
                changed = whose | (other or frozenset())
                told -= {(name, whose) for name in people if name not in changed}
    return sorted(told, key=str)


@given(st.integers(8, 40), st.integers(8, 40), st.integers(8, 40))
def test_a_small_number_within_the_counts_of_a_table_stays_open(
    row: int, other_row: int, column: int
) -> None:
    """Of two splits of the same records, as by both views, each cell has many possible values."""
    whole = row + other_row
    other_column = whole - column
    assume(other_column >= 8)
    fits = [
        inside
        for inside in range(whole + 1)
        if min(row - inside, column - inside, other_row - column + inside) >= 0
    ]
    assert len(fits) > min(row, other_row, column, other_column) >= SETTINGS.floor
