"""The made-up persons of the demonstration records: what they have, when and where they came.

Records that are in the same states form a *kind*; likelihoods are worked out once per kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from circulation.demonstration_data import synthetic_chance
from circulation.demonstration_data import synthetic_model as model
from circulation.demonstration_data.synthetic_chance import Chance, Draws, Whole
from circulation.demonstration_data.synthetic_numbers import Numbers
from circulation.knowledge_base import columns
from circulation.records import intake

Flags: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.int8]
Ints: TypeAlias = npt.NDArray[Any]  # int8 to int64, whichever is the smallest that holds all
BLANK = -1


@dataclass(frozen=True, eq=False)
class People:
    """The persons, each array (records,) sorted by day; ``members`` is (kinds, states).

    ``days`` are days since 1970-01-01, also of the undated. ``left`` says which leg is the worse;
    ``main`` is the place of each kind's main profile.
    """

    numbers: Numbers
    chance: Chance
    days: npt.NDArray[np.int32]
    dated: Flags
    site: Codes
    age: npt.NDArray[np.int16]
    sex: Codes
    kind: npt.NDArray[np.int32]
    members: Flags
    main: Codes
    left: Flags
    examined: Flags
    worked_up: Flags

    def limits(self, base: float, by: Mapping[str, float], beside: float = 1.0) -> Draws:
        """The limit for a draw (records,): the highest of the base and of the states.

        A profile that is not a record's main one counts with the share ``beside``.
        """
        found = np.full(len(self.members), synthetic_chance.limit(base), dtype=np.uint32)
        for state, likelihood in by.items():
            place = self.numbers.states.index(state)
            less = (self.main != place) & (place < len(self.numbers.profile))
            own, part = (synthetic_chance.limit(likelihood * factor) for factor in (1.0, beside))
            limits = np.where(less, np.uint32(part), np.uint32(own))
            np.maximum(found, limits, out=found, where=self.members[:, place])
        return found[self.kind]

    def happens(
        self, name: str, base: float, by: Mapping[str, float] | None = None, beside: float = 1.0
    ) -> Flags:
        """Whether something happens (records,), drawn under a name of its own."""
        return self.chance.even(name) < self.limits(base, by or {}, beside)

    def happens_by(self, name: str) -> Flags:
        """Whether something with a likelihood of its own happens (records,)."""
        entry = self.numbers.chances[name]
        return self.happens(name, entry.base, entry.by)

    def per_site(self, likelihood: float, factors: list[float]) -> Draws:
        """The limit for a draw (records,) that differs from site to site."""
        limits = [synthetic_chance.limit(likelihood * factor) for factor in factors]
        return np.array(limits, dtype=np.uint32)[self.site]

    def in_any(self, states: tuple[str, ...]) -> Flags:
        """The records in one of these states."""
        found = np.zeros(len(self.members), dtype=np.bool_)
        for state in states:
            found |= self._members(state)
        return found[self.kind]

    def first_state(self, states: tuple[str, ...]) -> Codes:
        """The place of the first of these states that each record is in, BLANK for none."""
        found = np.full(len(self.members), BLANK, dtype=np.int8)
        for place in reversed(range(len(states))):
            found[self._members(states[place])] = place
        return found[self.kind]

    def bell(self, name: str, draw: str = "") -> Whole:
        """A bell-shaped number in whole steps (records,), held within its own limits."""
        entry = self.numbers.bells[name]
        shape = np.empty((4, len(self.members)), dtype=np.int64)
        shape[:] = _steps(entry.base, entry.step)[:, None]
        for state, bell in entry.by.items():
            shape[:, self._members(state)] = _steps(bell, entry.step)[:, None]
        mean, deviation, low, high = (part[self.kind] for part in shape)
        moved = self.chance.bell(draw or name) * deviation
        moved //= 10 * synthetic_chance.BELL_UNIT
        moved += mean
        return np.asarray(np.clip(moved, low, high, out=moved))

    def _members(self, state: str) -> Flags:
        return self.members[:, self.numbers.states.index(state)]


def _steps(bell: model.Bell, step: float) -> Whole:
    """A bell in whole steps; the deviation in tenths of a step, or small ones would vanish."""
    mean, deviation, low, high = (value / step for value in bell)
    return np.array([round(mean), round(10 * deviation), round(low), round(high)], dtype=np.int64)


def people(numbers: Numbers, chance: Chance, last_day: date) -> People:
    """The persons of so many records, the last ones received on the last day."""
    main = synthetic_chance.pick(chance.even("main"), [p.share for p in numbers.profile])
    days = _days(numbers, chance, main, last_day)
    order = np.argsort(days, kind="stable")
    main, days = main[order].astype(np.int8), days[order]
    site = synthetic_chance.pick(chance.even("site"), [s.share for s in numbers.site])
    age = _ages(numbers, chance, main)
    woman = chance.even("woman") < _per(main, [p.female for p in numbers.profile])
    since = (last_day - intake.EPOCH).days - days
    states = _profiles(numbers, chance, main, age)
    states |= {"woman": woman, "older": age >= numbers.people.older_from}
    states |= _stories(numbers, chance, states, since)
    members, mains, kind = _kinds([states[name] for name in numbers.states], main)
    urgent = np.logical_or.reduce([states[story.id] for story in numbers.story])
    every = numbers.people
    return People(
        numbers,
        chance,
        days=days,
        dated=chance.even("undated") >= synthetic_chance.limit(numbers.period.undated),
        site=site.astype(np.int8),
        age=age,
        sex=_sexes(numbers, chance, woman),
        kind=kind,
        members=members,
        main=mains,
        left=chance.even("left leg") < synthetic_chance.limit(every.left_leg),
        examined=urgent | _examined(numbers, chance, site),
        worked_up=_worked_up(numbers, chance, since) | (urgent & (since >= every.urgent_days)),
    )


def _per(place: Ints, likelihoods: list[float]) -> Draws:
    return np.array([synthetic_chance.limit(one) for one in likelihoods], dtype=np.uint32)[place]


def _days(numbers: Numbers, chance: Chance, main: Ints, last_day: date) -> npt.NDArray[np.int32]:
    """Days since 1970-01-01 by season, weekday and the step in the intake."""
    period = numbers.period
    span = [last_day - timedelta(days=period.days - 1 - n) for n in range(period.days)]
    first = (span[0] - intake.EPOCH).days
    draws = chance.even("day")
    found = np.empty(len(main), dtype=np.int32)
    for season in numbers.season:
        weights = [
            season.months[day.month - 1]
            * period.weekdays[day.weekday()]
            * (period.step if (last_day - day).days < period.step_days else 1)
            for day in span
        ]
        own = np.isin(main, [n for n, p in enumerate(numbers.profile) if p.season == season.id])
        found[own] = first + synthetic_chance.pick(draws[own], weights)
    return found


def _ages(numbers: Numbers, chance: Chance, main: Ints) -> npt.NDArray[np.int16]:
    shapes = np.array([_steps(p.age, 1) for p in numbers.profile]).T
    mean, deviation, low, high = shapes[:, main]
    moved = mean + deviation * chance.bell("age") // (10 * synthetic_chance.BELL_UNIT)
    return np.asarray(np.clip(moved, low, high), dtype=np.int16)


def _sexes(numbers: Numbers, chance: Chance, woman: Flags) -> Codes:
    """Codes into columns.SEXES as recorded."""
    every = numbers.people
    draws = chance.even("sex recorded")
    blank = synthetic_chance.limit(every.sex_blank)
    other = blank + synthetic_chance.limit(every.sex_other)
    female, male, third = (columns.SEXES.index(sex) for sex in ("female", "male", "other"))
    known = np.where(woman, female, male)
    return np.where(draws < blank, BLANK, np.where(draws < other, third, known)).astype(np.int8)


def _profiles(
    numbers: Numbers,
    chance: Chance,
    main: Ints,
    age: Ints,
) -> dict[str, Flags]:
    """Who has which profile: the main one, and others beside it, one of each cause."""
    found = {p.id: main == place for place, p in enumerate(numbers.profile)}
    taken = {p.cause: np.zeros(len(main), dtype=np.bool_) for p in numbers.profile}
    for profile in numbers.profile:
        taken[profile.cause] |= found[profile.id]
    for profile in numbers.profile:
        likely = _per(main, [_beside(numbers, mine, profile) for mine in numbers.profile])
        from_age = np.array([_from_age(numbers, mine, profile) for mine in numbers.profile])
        added = (chance.even(f"beside {profile.id}") < likely) & (age >= from_age[main])
        added &= ~taken[profile.cause]
        taken[profile.cause] |= added
        found[profile.id] = found[profile.id] | added
    return found


def _pair(numbers: Numbers, main: model.Profile, other: model.Profile) -> model.Together | None:
    pairs = [pair for pair in numbers.together if pair.adds == other.id]
    for given in (main.id, main.cause):
        for pair in pairs:
            if pair.given == given:
                return pair
    return None


def _beside(numbers: Numbers, main: model.Profile, other: model.Profile) -> float:
    pair = _pair(numbers, main, other)
    return pair.chance if pair else other.elsewhere


def _from_age(numbers: Numbers, main: model.Profile, other: model.Profile) -> int:
    pair = _pair(numbers, main, other)
    return pair.from_age if pair else 0


def _stories(
    numbers: Numbers, chance: Chance, states: Mapping[str, Flags], since: Ints
) -> dict[str, Flags]:
    """Who is an urgent case, at most one story each; the last weeks have more of them."""
    period = numbers.period
    factors = (1.0, period.recent_urgent)
    recent = (since < period.recent_days).astype(np.int8)
    free = np.ones(len(since), dtype=np.bool_)
    found = {}
    for story in numbers.story:
        among = np.logical_or.reduce([states[name] for name in story.among])
        limits = _per(recent, [story.chance * factor for factor in factors])
        own = free & among & (chance.even(f"story {story.id}") < limits)
        found[story.id] = own
        free &= ~own
    return found


def _kinds(states: list[Flags], main: Ints) -> tuple[Flags, Codes, npt.NDArray[np.int32]]:
    """The distinct sets of states (kinds, states), their main profile, the kind of each record."""
    sets = main.astype(np.int64) << len(states)
    for place, flags in enumerate(states):
        sets |= flags.astype(np.int64) << place
    distinct, kind = np.unique(sets, return_inverse=True)
    members = (distinct[:, None] >> np.arange(len(states)) & 1).astype(np.bool_)
    return members, (distinct >> len(states)).astype(np.int8), kind.astype(np.int32)


def _examined(numbers: Numbers, chance: Chance, site: Ints) -> Flags:
    """Who was examined at intake; a site that asks less examines less."""
    missed = 1 - numbers.people.examined
    limits = [synthetic_chance.limit(missed * one.unasked) for one in numbers.site]
    return np.asarray(chance.even("examined") >= np.array(limits, dtype=np.uint32)[site])


def _worked_up(numbers: Numbers, chance: Chance, since: Ints) -> Flags:
    """Whose tests have mostly been done: the longer ago, the more."""
    place = np.searchsorted([row.from_days for row in numbers.progress], since, side="right") - 1
    limits = [synthetic_chance.limit(row.worked_up) for row in numbers.progress]
    return np.asarray(chance.even("worked up") < np.array(limits, dtype=np.uint32)[place])
