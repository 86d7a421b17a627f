"""Attacks sets of records through all pages that a manager sees, and says what was found.

    PYTHONPATH=dashboard:tests .venv/bin/python tests/attack.py [--cubes 200] [--reviewed 100]

First the distribution, trends and data pages of two months, then the same together with the pooled
figures of every quarter. Ends with 1 when a small number could be worked out from protected pages.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import attacker
import cubes
import pooled_clues
import reviewed_cubes
from attacker import Sum, Window
from reviewed_cubes import Reviewed


@dataclass(slots=True)
class Tally:
    """What one way of attacking found: sets of records, and numbers in them."""

    name: str
    must_hold: bool
    broken: int = 0
    found: int = 0

    def add(self, found: Iterable[object]) -> None:
        """Count one set of records."""
        numbers = len(list(found))
        self.broken += numbers > 0
        self.found += numbers


@dataclass(slots=True)
class Tallies:
    """Ways of attacking the same sets of records, and how much they sought and saw."""

    title: str
    ways: tuple[Tally, ...]
    sought: int = 0
    seen: int = 0


def attack(first: int, number: int, floor: int) -> Tallies:
    """All pages jointly, then the naive way of hiding.

    What all pages jointly do not give back, fewer pages cannot give back: they say less.
    """
    settings = cubes.known(floor).disclosure
    joint = Tally("distribution, trends, data", must_hold=True)
    naive = Tally("distribution, naively hidden", must_hold=False)
    made = Tallies(f"{number} sets of records", (joint, naive))
    for cube in cubes.some(first, number):
        secrets = cubes.secrets(cube, floor)
        shown = list(cubes.seen_by_a_manager(cube, floor))
        made.sought, made.seen = made.sought + len(secrets), made.seen + len(shown)
        joint.add(attacker.found_out(attacker.protected(shown, settings), secrets, cube))
        every = list(cubes.everything_shown(cube))
        naive.add(attacker.found_out(attacker.naive(every, cube, settings), secrets, cube))
    return made


def attack_reviewed(first: int, number: int, floor: int) -> Tallies:
    """All pages with the pooled figures; then with what a reader may know besides, and naively."""
    joint = Tally("all pages and pooled figures", must_hold=True)
    knowing = Tally("knowing one record, one's numbers", must_hold=True)
    naive = Tally("pooled figures, naively hidden", must_hold=False)
    made = Tallies(f"{number} sets of reviewed records", (joint, knowing, naive))
    for reviewed in reviewed_cubes.some(first, number):
        secrets = pooled_clues.secrets(reviewed, floor)
        pooled = list(pooled_clues.told(reviewed, floor))
        shown = [*pages(reviewed, floor), *pooled_clues.bound(reviewed)]
        made.sought, made.seen = made.sought + len(secrets), made.seen + len(pooled)
        joint.add(attacker.agreed([*shown, *pooled], secrets))
        own = pooled_clues.own(reviewed)
        knowing.add(attacker.agreed([*shown, *pooled, *own], secrets))
        naively = pooled_clues.naively(reviewed, floor)
        naive.add(attacker.agreed([*shown, *naively], secrets))
    return made


def pages(reviewed: Reviewed, floor: int) -> Iterator[tuple[Sum, Window]]:
    """What all other pages show of the records."""
    settings, beside = cubes.known(floor).disclosure, pooled_clues.beside()
    for clue in attacker.protected(cubes.seen_by_a_manager(reviewed.cube, floor), settings):
        yield attacker.summed(clue.number, reviewed.cube, beside), clue.window


def report(tallies: Tallies, floor: int, seconds: float) -> None:
    """A line for each attack."""
    print(f"{tallies.title}, {tallies.sought:,} numbers of 1 to {floor - 1} in them")
    print(f"{tallies.seen:,} figures shown")
    for tally in tallies.ways:
        print(f"{tally.name:34} {tally.found:6,} found out, in {tally.broken} sets of records")
    print(f"{seconds:.0f} seconds")


def main(given: Sequence[str] | None = None) -> int:
    """Run both attacks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cubes", type=int, default=200)
    parser.add_argument("--reviewed", type=int, default=100, help="sets of reviewed records")
    parser.add_argument("--first", type=int, default=0, help="seed of the first set of records")
    parser.add_argument("--floor", type=int, default=8, help="from which number on it is shown")
    wanted = parser.parse_args(given)
    held = True
    for way, number in ((attack, wanted.cubes), (attack_reviewed, wanted.reviewed)):
        started = time.monotonic()
        tallies = way(wanted.first, number, wanted.floor)
        report(tallies, wanted.floor, time.monotonic() - started)
        held &= not any(one.found for one in tallies.ways if one.must_hold)
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
