"""The findings of the demonstration records: answered or not asked, which side, since when.

A follow-up question is asked only where its first question was answered with yes, and nothing is
present that its first question denies.
"""

from collections.abc import Callable

import numpy as np

from circulation.demonstration_data import synthetic_chance
from circulation.demonstration_data import synthetic_model as model
from circulation.demonstration_data.synthetic_numbers import Numbers
from circulation.demonstration_data.synthetic_people import BLANK, Codes, Flags, People
from circulation.demonstration_data.synthetic_stages import Stages
from circulation.knowledge_base import columns, knowledge, knowledge_model

PRESENT, ABSENT = 0, 1
LEFT, RIGHT, BOTH = range(len(columns.SIDES))
SUDDEN, GRADUAL = range(len(columns.ONSETS))
FROM_2_WEEKS = columns.DURATIONS.index("2_to_12_weeks")


class Answers:
    """Every answer, worked out when asked for; codes are places in the column's values."""

    def __init__(self, people: People, stages: Stages, known: knowledge.Knowledge) -> None:
        self._people, self._stages, self._known = people, stages, known
        self._chance, self._numbers = people.chance, people.numbers
        self._shared = _shared(people.numbers)
        self._kept: dict[str, Codes] = {}
        self._last = ("", np.zeros(0, dtype=np.int8))

    def state(self, finding: str) -> Codes:
        """PRESENT, ABSENT, or BLANK for not asked (records,)."""
        if finding in self._shared:
            return self._keep(finding, lambda: self._state(finding))
        if self._last[0] != finding:
            self._last = (finding, self._state(finding))
        return self._last[1]

    def present(self, finding: str) -> Flags:
        """The records that have the finding."""
        return np.asarray(self.state(finding) == PRESENT)

    def side(self, finding: str) -> Codes:
        """LEFT, RIGHT, BOTH, or BLANK (records,)."""
        if finding in self._shared:
            return self._keep(f"{finding}_side", lambda: self._side(finding))
        return self._side(finding)

    def on(self, finding: str, *, left: bool) -> Flags:
        """The records that have the finding on this leg."""
        side = self.side(finding)
        return np.asarray((side == (LEFT if left else RIGHT)) | (side == BOTH))

    def onset(self, finding: str) -> Codes:
        """SUDDEN, GRADUAL, or BLANK (records,)."""
        draws = self._chance.even("onset")
        courses = self._courses(finding)
        limits = [synthetic_chance.limit(course.sudden) for course in courses]
        sudden = draws < np.array(limits, dtype=np.uint32)[self._course_of(courses)]
        found = np.where(sudden, SUDDEN, GRADUAL).astype(np.int8)
        return self._where_told(finding, "onset", found)

    def duration(self, finding: str) -> Codes:
        """A place in columns.DURATIONS, or BLANK (records,)."""
        draws, courses = self._chance.even("duration"), self._courses(finding)
        place_of = self._course_of(courses)
        found = np.empty(len(draws), dtype=np.int8)
        for place, course in enumerate(courses):
            own = place_of == place
            found[own] = synthetic_chance.pick(draws[own], course.durations)
        return self._where_told(finding, "duration", found)

    def _keep(self, name: str, make: Callable[[], Codes]) -> Codes:
        """Keep what other columns ask for again; a million records are not kept whole."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def _entry(self, finding: str) -> tuple[model.FindingNumbers, model.KindDefault]:
        own = self._numbers.findings.get(finding, model.FindingNumbers())
        return own, self._numbers.default(self._known.finding[finding].kind)

    def _state(self, finding: str) -> Codes:
        entry, kind = self._entry(finding)
        base = kind.present if entry.base is None else entry.base
        found = self._people.happens(finding, base, entry.by, kind.beside)
        for other in entry.implied_by:
            found |= self.present(other)
        if entry.part_of:
            found &= self.state(entry.part_of) != ABSENT
        if entry.not_with:
            found &= ~self.present(entry.not_with)
        if entry.lasting:
            found = self._lasts(entry.lasting, found)
        found &= ~self._people.in_any((*entry.never, *self._stories("absent", finding)))
        told = self._people.in_any(self._stories("present", finding))
        answers = np.where(found | told, np.int8(PRESENT), np.int8(ABSENT))
        answers[~(self._asked(finding, entry, kind) | told)] = BLANK
        return answers

    def _stories(self, part: str, finding: str) -> tuple[str, ...]:
        return tuple(story.id for story in self._numbers.story if finding in getattr(story, part))

    def _asked(self, finding: str, entry: model.FindingNumbers, kind: model.KindDefault) -> Flags:
        missing = kind.not_asked if entry.not_asked is None else entry.not_asked
        factors = [site.unasked for site in self._numbers.site]
        draws = self._chance.even(f"{finding} asked")
        asked = draws >= self._people.per_site(missing, factors)
        if entry.mostly_in:
            usual = draws >= self._people.per_site(kind.not_asked, factors)
            asked |= usual & self._people.in_any(entry.mostly_in)
        if entry.after:
            asked &= self.present(entry.after)
        if entry.part_of:
            asked &= self.state(entry.part_of) != BLANK
        if entry.seen_at:
            asked &= self._stages.done(entry.seen_at)
        if entry.sex:
            asked &= self._people.sex == columns.SEXES.index(entry.sex)
        return np.asarray(asked & (self._people.age <= entry.to_age))

    def _lasts(self, sores: tuple[str, ...], otherwise: Flags) -> Flags:
        """Whether one of the sores has lasted 2 weeks; as drawn where no duration was told."""
        sore = np.logical_or.reduce([self.present(name) for name in sores])
        told = np.zeros(len(otherwise), dtype=np.bool_)
        long = np.zeros(len(otherwise), dtype=np.bool_)
        for name in sores:
            duration = self.duration(name)
            told |= duration != BLANK
            long |= duration >= FROM_2_WEEKS
        return np.asarray(sore & np.where(told, long, otherwise))

    def _side(self, finding: str) -> Codes:
        entry, kind = self._entry(finding)
        both = kind.both if entry.both is None else entry.both
        one_leg = self._people.in_any(self._one_leg(finding))
        every = self._numbers.people
        worse = self._people.left
        usual = self._chance.even(f"{finding} usual leg")
        on_worse = (usual < synthetic_chance.limit(every.usual_leg)) | one_leg
        found = np.where(worse == on_worse, LEFT, RIGHT).astype(np.int8)
        found[self._people.happens(f"{finding} both", both) & ~one_leg] = BOTH
        self._follow(entry, found)
        draws = self._chance.even(f"{finding} side told")
        found[draws < synthetic_chance.limit(kind.side_blank)] = BLANK
        found[~self.present(finding)] = BLANK
        return found

    def _follow(self, entry: model.FindingNumbers, found: Codes) -> None:
        """Take the side of the question it belongs to, as far as that leaves no choice."""
        for other in (*entry.implied_by, *entry.lasting):
            if self._known.finding[other].sided:
                side = self.side(other)
                found[side != BLANK] = side[side != BLANK]
        for other in (entry.after, entry.part_of):
            if other and self._known.finding[other].sided:
                side = self.side(other)
                single = (side == LEFT) | (side == RIGHT)
                found[single] = side[single]

    def _one_leg(self, finding: str) -> tuple[str, ...]:
        """The states in which the finding is on the worse leg only."""
        if self._known.finding[finding].group not in self._numbers.people.one_leg_groups:
            return ()
        profiles = tuple(entry.id for entry in self._numbers.profile if entry.one_leg)
        return profiles + tuple(entry.id for entry in self._numbers.story if entry.one_leg)

    def _courses(self, finding: str) -> list[model.Course]:
        """The courses that can hold for a finding: of the stories first, the usual one last."""
        told = [
            model.Course(story.id, story.sudden, story.durations, story.basis)
            for story in self._numbers.story
            if story.durations
        ]
        return told + [c for c in self._numbers.course if not c.only or finding in c.only]

    def _course_of(self, courses: list[model.Course]) -> Codes:
        """The place of the first course whose state a record is in, else of the usual one."""
        found = self._people.first_state(tuple(course.state for course in courses if course.state))
        found[found == BLANK] = len(courses) - 1
        return found

    def _where_told(self, finding: str, what: str, found: Codes) -> Codes:
        kind = self._numbers.default(self._known.finding[finding].kind)
        draws = self._chance.even(f"{finding} {what} told")
        told = draws >= synthetic_chance.limit(kind.course_blank)
        return np.where(told & self.present(finding), found, np.int8(BLANK))


def _shared(numbers: Numbers) -> frozenset[str]:
    """The findings that other columns ask for."""
    named = {name for test in numbers.tests.values() for name in test.findings}
    named |= {entry.after for entry in numbers.choices.values()}
    for entry in numbers.findings.values():
        named |= {entry.after, entry.part_of, entry.not_with, *entry.implied_by, *entry.lasting}
    return frozenset(named)


def choice(people: People, answers: Answers, entry: knowledge_model.Choice) -> Codes:
    """A question with a closed list: a place in its values, or BLANK (records,)."""
    numbers = people.numbers.choices[entry.id]
    draws, states = people.chance.even(entry.id), tuple(numbers.by)
    first = people.first_state(states)
    found = np.empty(len(draws), dtype=np.int8)
    for place, weights in enumerate((*numbers.by.values(), numbers.weights)):
        own = first == (place if place < len(states) else BLANK)
        found[own] = synthetic_chance.pick(draws[own], weights)
    factors = [site.unasked for site in people.numbers.site]
    told = people.chance.even(f"{entry.id} asked")
    found[told < people.per_site(numbers.not_asked, factors)] = BLANK
    if numbers.after:
        found[~answers.present(numbers.after)] = BLANK
    return found
