"""Seeded demonstration records, column by column, as an intake file or straight into the table.

They are made up: how often things occur is modelled (data/intake/generator.toml) and says nothing
about real patients. The same seed, numbers and knowledge give the same records on every machine.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from circulation import errors
from circulation.demonstration_data import (
    synthetic_answers,
    synthetic_chance,
    synthetic_measures,
    synthetic_people,
    synthetic_results,
    synthetic_stages,
)
from circulation.demonstration_data.synthetic_numbers import Numbers
from circulation.knowledge_base import columns, knowledge
from circulation.records import intake

ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", dtype="S1")
ID_LENGTH = 6
ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class _Texts:
    """A column as text: the distinct texts, and which one each record has."""

    distinct: npt.NDArray[np.object_]
    place: npt.NDArray[Any]

    def some(self, part: slice) -> npt.NDArray[np.object_]:
        return np.asarray(self.distinct[self.place[part]])


@dataclass(frozen=True, eq=False)
class SyntheticRecords:
    """Demonstration records; ``intake.build`` takes ids, days, coded and numbers as they are."""

    knowledge: knowledge.Knowledge
    people: synthetic_people.People
    stages: synthetic_stages.Stages
    answers: synthetic_answers.Answers
    measures: synthetic_measures.Measures
    results: synthetic_results.Results

    @property
    def count(self) -> int:
        """How many records."""
        return len(self.people.days)

    @property
    def ids(self) -> npt.NDArray[np.bytes_]:
        """The record ids (records,), random and unique."""
        return _ids(self.people.chance)

    @property
    def days(self) -> npt.NDArray[np.int32]:
        """Days since 1970-01-01 (records,), intake.NO_DAY where none was recorded."""
        return np.where(self.people.dated, self.people.days, np.int32(intake.NO_DAY))

    def coded(self, name: str) -> intake.Coded:
        """A column with closed values, or the site."""
        if name == "site":
            sites = tuple(site.name for site in self.people.numbers.site)
            return intake.Coded(self.people.site, sites)
        return intake.Coded(self._codes(name), columns.by_name(self.knowledge)[name].values)

    def numbers(self, name: str) -> npt.NDArray[np.int64]:
        """A measurement in whole multiples of 10**-decimals, the int64 minimum if missing."""
        return self.measures.numbers(name)

    def write_csv(self, path: Path) -> None:
        """Write the records as a file in our own format."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            layout = columns.of(self.knowledge)
            writer.writerow(column.name for column in layout)
            texts = [self._texts(column) for column in layout]
            for start in range(0, self.count, ROWS_AT_ONCE):
                part = slice(start, start + ROWS_AT_ONCE)
                writer.writerows(zip(*(text.some(part) for text in texts), strict=True))

    def _codes(self, name: str) -> synthetic_people.Codes:
        match name:
            case "age_band":
                return self._age_bands()
            case "sex":
                return self.people.sex
        stem, _, end = name.rpartition("_")
        if stem in self.knowledge.finding and end in ("side", "onset", "duration"):
            return {
                "side": self.answers.side,
                "onset": self.answers.onset,
                "duration": self.answers.duration,
            }[end](stem)
        if name in self.knowledge.finding:
            return self.answers.state(name)
        if name in self.knowledge.choice:
            return self._choice(name)
        return self._about_causes_and_tests(name)

    def _about_causes_and_tests(self, name: str) -> synthetic_people.Codes:
        what, _, rest = name.partition("_")
        if what == "suspected":
            return self.results.suspected(rest)
        if what == "confirmed":
            return self.results.confirmed(rest)
        if rest in self.knowledge.test:
            return self.stages.status(rest)
        return self.results.result(rest.removesuffix("_result"))

    def _choice(self, name: str) -> synthetic_people.Codes:
        found = synthetic_answers.choice(self.people, self.answers, self.knowledge.choice[name])
        measured = self.people.numbers.choices[name].measured
        if measured:
            found[~self.measures.measured(measured)] = synthetic_people.BLANK
        return found

    def _age_bands(self) -> synthetic_people.Codes:
        lows = [band.low for band in self.knowledge.age_bands]
        found = np.searchsorted(lows, self.people.age, side="right").astype(np.int8) - np.int8(1)
        blank = self.people.numbers.people.age_blank
        found[self.people.happens("age left blank", blank)] = synthetic_people.BLANK
        return found

    def _texts(self, column: columns.Column) -> _Texts:
        match column.kind:
            case columns.Kind.ID:
                return _Texts(self.ids.astype(str).astype(object), np.arange(self.count))
            case columns.Kind.DAY:
                return _labels(self.days, _day_text)
            case columns.Kind.MEASURE:
                return _labels(
                    self.numbers(column.name), lambda value: _number_text(value, column.decimals)
                )
        coded = self.coded(column.name)
        return _Texts(np.array([*coded.values, ""], dtype=object), coded.codes)


def generate(
    numbers: Numbers,
    known: knowledge.Knowledge,
    *,
    seed: int,
    records: int,
    last_day: date,
) -> SyntheticRecords:
    """So many records that end on a day; columns are made when they are asked for."""
    chance = synthetic_chance.Chance(seed, records)
    people = synthetic_people.people(numbers, chance, last_day)
    stages = synthetic_stages.Stages(people, known)
    answers = synthetic_answers.Answers(people, stages, known)
    measures = synthetic_measures.Measures(people, stages, answers, known)
    for name in measures.without_numbers():
        raise errors.DashboardError(
            "generator.toml", f"the measurement '{name}' has no numbers", "Add them and start again"
        )
    results = synthetic_results.Results(people, stages, answers, measures, known)
    return SyntheticRecords(known, people, stages, answers, measures, results)


def _ids(chance: synthetic_chance.Chance) -> npt.NDArray[np.bytes_]:
    """Codes of ID_LENGTH letters after 'S-'; what was drawn twice is drawn again."""
    bits = 5 * ID_LENGTH
    codes = chance.even("record id") >> np.uint32(31 - bits)
    for turn in range(1, 100):
        again = np.ones(len(codes), dtype=np.bool_)
        again[np.unique(codes, return_index=True)[1]] = False
        if not again.any():
            break
        codes[again] = chance.even(f"record id {turn}")[again] >> np.uint32(31 - bits)
    shifts = np.arange(bits - 5, -1, -5, dtype=np.uint32)
    letters = ALPHABET[(codes[:, None] >> shifts) & 31]
    start = np.broadcast_to(np.frombuffer(b"S-", dtype="S1"), (len(codes), 2))
    return np.ascontiguousarray(np.hstack([start, letters])).view(f"S{ID_LENGTH + 2}").ravel()


def _labels(
    values: npt.NDArray[np.int32] | npt.NDArray[np.int64], text: Callable[[int], str]
) -> _Texts:
    """Each value as text; the smallest value of the type stands for blank."""
    distinct, place = np.unique(values, return_inverse=True)
    missing = np.iinfo(values.dtype).min
    texts = ["" if value == missing else text(int(value)) for value in distinct]
    return _Texts(np.array(texts, dtype=object), place.astype(np.int32))


def _day_text(day: int) -> str:
    return (intake.EPOCH + timedelta(days=day)).isoformat()


def _number_text(value: int, decimals: int) -> str:
    return str(Decimal(value).scaleb(-decimals)) if decimals else str(value)
