"""Attacks sets of records through all pages that a manager sees, and says what was found.

    PYTHONPATH=dashboard:tests .venv/bin/python tests/attack.py [--cubes 200] [--floor 8]

Ends with 1 when a small number could be worked out from protected pages.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

import attacker
import cubes


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


def attack(first: int, number: int, floor: int) -> tuple[Tally, Tally, int, int]:
    """All pages jointly, then the naive way of hiding; how many numbers were sought and shown.

    What all pages jointly do not give back, fewer pages cannot give back: they say less.
    """
    settings = cubes.known(floor).disclosure
    joint, naive = Tally("all pages jointly"), Tally("distribution, naively hidden")
    sought = seen = 0
    for cube in cubes.some(first, number):
        secrets = cubes.secrets(cube, floor)
        shown = list(cubes.seen_by_a_manager(cube, floor))
        sought, seen = sought + len(secrets), seen + len(shown)
        joint.add(attacker.found_out(attacker.protected(shown, settings), secrets, cube))
        every = list(cubes.everything_shown(cube))
        naive.add(attacker.found_out(attacker.naive(every, cube, settings), secrets, cube))
    return joint, naive, sought, seen


def main() -> int:
    """Print a line for each attack."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cubes", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="seed of the first set of records")
    parser.add_argument("--floor", type=int, default=8, help="from which number on it is shown")
    wanted = parser.parse_args()
    started = time.monotonic()
    joint, naive, sought, seen = attack(wanted.first, wanted.cubes, wanted.floor)
    print(f"{wanted.cubes} sets of records, {sought:,} numbers of 1 to {wanted.floor - 1} in them")
    print(f"{seen:,} figures shown")
    for tally in (joint, naive):
        print(f"{tally.name:32} {tally.found:6,} found out, in {tally.broken} sets of records")
    print(f"{time.monotonic() - started:.0f} seconds")
    return int(joint.found > 0)


if __name__ == "__main__":
    sys.exit(main())
