"""Test results, suspected and confirmed causes of the demonstration records."""

from functools import reduce

import numpy as np

from circulation.demonstration_data import synthetic_answers, synthetic_chance, synthetic_test_model
from circulation.demonstration_data import synthetic_model as model
from circulation.demonstration_data.synthetic_answers import ABSENT, PRESENT, Answers
from circulation.demonstration_data.synthetic_measures import Measures
from circulation.demonstration_data.synthetic_people import BLANK, Codes, Flags, People
from circulation.demonstration_data.synthetic_stages import Stages
from circulation.knowledge_base import columns, knowledge

NORMAL, ABNORMAL, UNCLEAR = range(len(columns.RESULTS))
WORST_FIRST = (ABNORMAL, UNCLEAR, NORMAL)
"""A test of the article is as abnormal as the worst of the tests under it."""


class Results:
    """Every result, worked out when asked for; codes are places in the column's values."""

    def __init__(
        self,
        people: People,
        stages: Stages,
        answers: Answers,
        measures: Measures,
        known: knowledge.Knowledge,
    ) -> None:
        self._people, self._stages, self._known = people, stages, known
        self._answers, self._measures = answers, measures
        self._kept: dict[str, Codes] = {}

    def result(self, test: str) -> Codes:
        """NORMAL, ABNORMAL, UNCLEAR, or BLANK where the test was not done (records,)."""
        if test not in self._kept:
            children = self._stages.children(test)
            found = self._combined(children) if children else self._specific(test)
            found[~self._stages.done(test)] = BLANK
            self._kept[test] = found
        return self._kept[test]

    def _combined(self, children: tuple[str, ...]) -> Codes:
        tests = self._people.numbers.tests
        parts = [self.result(child) for child in children if not tests[child].apart]
        found = np.full(len(parts[0]), BLANK, dtype=np.int8)
        for result in reversed(WORST_FIRST):
            found[reduce(np.logical_or, [part == result for part in parts])] = result
        return found

    def _specific(self, test: str) -> Codes:
        entry = self._people.numbers.tests[test]
        abnormal = self._abnormal(test, entry)
        found = np.where(abnormal, np.int8(ABNORMAL), np.int8(NORMAL))
        found[self._outside(entry.borderline) & ~abnormal] = UNCLEAR
        if entry.abnormal or entry.hidden:
            unclear = self._people.numbers.chances["unclear_result"].base
            found[self._people.happens(f"result of {test} unclear", unclear)] = UNCLEAR
        if entry.limits or entry.findings:
            found[~self._seen(entry)] = UNCLEAR
        return found

    def _abnormal(self, test: str, entry: synthetic_test_model.DiagnosticNumbers) -> Flags:
        found = self._outside(entry.limits)
        for finding in entry.findings:
            found |= self._answers.present(finding)
        if entry.hidden:
            found |= self._people.happens_by(entry.hidden)
        if entry.abnormal:
            name = f"result of {test}"
            found |= self._people.happens(name, entry.abnormal.base, entry.abnormal.by)
        return found

    def _outside(self, limits: tuple[synthetic_test_model.Limits, ...]) -> Flags:
        found = np.zeros(len(self._people.days), dtype=np.bool_)
        for limit in limits:
            outside = self._measures.outside(limit.measure, limit.low, limit.high)
            found |= outside & self._holds(limit)
        return found

    def _holds(self, limit: synthetic_test_model.Limits) -> Flags:
        """Where the limits hold: everywhere, or for one value of a choice."""
        if not limit.only:
            return np.ones(len(self._people.days), dtype=np.bool_)
        entry = self._known.choice[limit.only[0]]
        codes = [value.code for value in entry.values]
        chosen = synthetic_answers.choice(self._people, self._answers, entry)
        return np.asarray(chosen == codes.index(limit.only[1]))

    def _seen(self, entry: synthetic_test_model.DiagnosticNumbers) -> Flags:
        """Where the record holds something that the result can rest on."""
        findings = [self._answers.state(finding) != BLANK for finding in entry.findings]
        measures = [self._measures.measured(limit.measure) for limit in entry.limits]
        return reduce(np.logical_or, [*findings, *measures])

    def suspected(self, cause: str) -> Codes:
        """PRESENT, ABSENT, or BLANK: as ticked at intake (records,)."""
        people, form = self._people, self._people.numbers.form
        entry = self._suspicion(cause)
        draws = people.chance.even(f"{cause} suspected")
        there = draws < synthetic_chance.limit(entry.recorded)
        wrongly = draws < synthetic_chance.limit(entry.otherwise)
        urgent = tuple(story.id for story in people.numbers.story if cause in story.suspected)
        ticked = np.where(self._has(cause), there, wrongly) | people.in_any(urgent)
        ticks_only = people.happens("ticks only", form.ticks_only)
        found = np.where(ticked, PRESENT, np.where(ticks_only, BLANK, ABSENT)).astype(np.int8)
        found[people.happens("causes left blank", form.blank)] = BLANK
        return found

    def confirmed(self, cause: str) -> Codes:
        """PRESENT or ABSENT where the test that settles it was done, else BLANK (records,)."""
        entry = self._suspicion(cause)
        result, there = self.result(entry.confirmed_by), self._has(cause)
        told = self._people.happens(f"{cause} confirmed", entry.confirmed)
        told &= self._stages.done(entry.confirmed_by)
        shown = result == ABNORMAL if entry.by_result else np.ones(len(there), dtype=np.bool_)
        denied = result == NORMAL if entry.by_result else shown
        found = np.full(len(there), BLANK, dtype=np.int8)
        found[told & there & shown] = PRESENT
        found[told & ~there & denied] = ABSENT
        return found

    def _suspicion(self, cause: str) -> model.Suspicion:
        return next(e for e in self._people.numbers.suspicion if e.cause == cause)

    def _has(self, cause: str) -> Flags:
        profiles = [p.id for p in self._people.numbers.profile if p.cause == cause]
        return self._people.in_any(tuple(profiles))
