"""Attacks random sets of records through each page that a manager sees, and says what was found.

    PYTHONPATH=dashboard:tests .venv/bin/python tests/attack.py [--cubes 200] [--first 0]

Ends with 1 when a small number could be worked out from protected pages.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

import attacker
import cubes
from circulation.access import Page

PAGES = (
    (Page.DISTRIBUTION,),
    (Page.DISTRIBUTION, Page.TRENDS),
    (Page.DISTRIBUTION, Page.DATA),
)


@dataclass(slots=True)
class Tally:
    """What one way of attacking found: sets of records, and numbers in them."""

    name: str
    broken: int = 0
    found: int = 0

    def add(self, found: Iterable[cubes.Number]) -> None:
        """Count one set of records."""
        numbers = len(list(found))
        self.broken += numbers > 0
        self.found += numbers


def attack(first: int, number: int) -> tuple[list[Tally], int]:
    """The naive way of hiding, then each choice of pages; and how many numbers were sought."""
    settings = cubes.known().disclosure
    naive = Tally("distribution, naively hidden")
    tallies = [Tally(" and ".join(pages)) for pages in PAGES]
    sought = 0
    for seed in range(first, first + number):
        cube = cubes.random_cube(seed)
        secrets, shown = cubes.secrets(cube), list(cubes.seen_by_a_manager(cube))
        sought += len(secrets)
        for pages, tally in zip(PAGES, tallies, strict=True):
            clues = attacker.protected((one for one in shown if one.page in pages), settings)
            tally.add(attacker.found_out(clues, secrets, cube))
        alone = [one for one in shown if one.page is Page.DISTRIBUTION]
        naive.add(attacker.found_out(attacker.naive(alone, cube, settings), secrets, cube))
    return [naive, *tallies], sought


def main() -> int:
    """Print a line for each attack."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cubes", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="seed of the first set of records")
    wanted = parser.parse_args()
    started = time.monotonic()
    tallies, sought = attack(wanted.first, wanted.cubes)
    print(f"{wanted.cubes} sets of records, {sought:,} numbers of 1 to 7 in them")
    for tally in tallies:
        print(f"{tally.name:32} {tally.found:6,} found out, in {tally.broken} sets of records")
    print(f"{time.monotonic() - started:.0f} seconds")
    return int(any(tally.found for tally in tallies[1:]))


if __name__ == "__main__":
    sys.exit(main())
