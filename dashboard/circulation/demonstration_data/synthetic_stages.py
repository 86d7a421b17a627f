"""How far each test of a demonstration record has come."""

from functools import reduce

import numpy as np

from circulation.demonstration_data import synthetic_chance
from circulation.demonstration_data.synthetic_people import BLANK, Codes, Flags, People
from circulation.knowledge_base import columns, knowledge

TO_DO, ORDERED, DONE, NOT_NEEDED = range(len(columns.STATUSES))
PENDING_FIRST = (TO_DO, ORDERED, DONE, NOT_NEEDED)
"""A test of the article is as far as the slowest of the tests under it."""


class Stages:
    """The status of every test, worked out when asked for."""

    def __init__(self, people: People, known: knowledge.Knowledge) -> None:
        self._people, self._known = people, known
        self._kept: dict[str, Codes] = {}

    def status(self, test: str) -> Codes:
        """Codes into columns.STATUSES, BLANK where the test is not spoken of (records,)."""
        if test not in self._kept:
            children = self.children(test)
            self._kept[test] = self._combined(children) if children else self._specific(test)
        return self._kept[test]

    def done(self, test: str) -> Flags:
        """The records whose test was done."""
        return np.asarray(self.status(test) == DONE)

    def children(self, test: str) -> tuple[str, ...]:
        """The tests under one of the article's."""
        return tuple(entry.id for entry in self._known.tests if entry.parent == test)

    def _combined(self, children: tuple[str, ...]) -> Codes:
        parts = [self.status(child) for child in children]
        found = np.full(len(parts[0]), BLANK, dtype=np.int8)
        for stage in reversed(PENDING_FIRST):
            found[reduce(np.logical_or, [part == stage for part in parts])] = stage
        return found

    def _specific(self, test: str) -> Codes:
        entry = self._people.numbers.tests[test]
        wanted = self._people.happens(f"test {test}", entry.base, entry.by)
        draws = self._people.chance.even(f"stage of {test}")
        ahead = self._stage(draws, "worked_up")
        behind = self._stage(draws, "missed" if entry.at_intake else "waiting")
        if entry.at_intake:
            found = np.where(self._people.examined, np.int8(DONE), behind)
        else:
            found = np.where(self._people.worked_up, ahead, behind)
        found[~wanted] = BLANK
        urgent = tuple(s.id for s in self._people.numbers.story if test in s.done)
        found[self._people.in_any(urgent)] = DONE
        for other in entry.done_with:
            found[self.done(other)] = DONE
        return found

    def _stage(self, draws: synthetic_chance.Draws, stage: str) -> Codes:
        weights = next(entry.weights for entry in self._people.numbers.stage if entry.id == stage)
        return synthetic_chance.pick(draws, weights).astype(np.int8)
