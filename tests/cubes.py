"""Small random sets of records, and every number that a manager is shown of them month by month.

A record is one of a few types: each question present, absent or not asked, each cause suspected
or not, confirmed, ruled out or neither. What the rules make of a type anybody can work out: they
are public. Numbers come from the product's own pages; a line that is left out tells nothing here.
"""

import calendar
import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

import makers
import small_knowledge
from circulation.access import Page, Role
from circulation.choosing import selection
from circulation.choosing.selection import Basis
from circulation.counting import disclosure, distribution, order_counts, published
from circulation.judgement import assessment, order_guard
from circulation.knowledge_base import gate_model
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base.levels import Urgency
from circulation.periods import Step
from circulation.protecting import ambiguity
from circulation.records import intake, ternary
from circulation.trending import trend_counts, trend_release
from circulation.trending.trend_counts import Measure, Question
from circulation.trending.trends import Kind

FINDINGS = ("leg_pain", "leg_swelling")
CAUSES = ("blood_clots", "diabetes")
ANSWERS = ("present", "absent", "")
YEAR = 2026
MONTHS = 4
Types = npt.NDArray[np.bool_]
Cube = tuple[tuple[int, ...], ...]
"""The types of the records of each month, in the order of the months; last the undated."""


@dataclass(frozen=True, eq=False)
class Number:
    """A number of records: those of ``types`` (types,) received in ``months``."""

    name: str
    types: Types
    months: tuple[int, ...]

    def true(self, cube: Cube) -> int:
        """The number itself."""
        return sum(int(self.types[one]) for month in self.months for one in cube[month])


@dataclass(frozen=True, eq=False)
class Shown:
    """A number and what a page shows of it: None is hidden as small."""

    page: Page
    number: Number
    value: int | None


@lru_cache(maxsize=3)
def known(floor: int = 8) -> knowledge_base.Knowledge:
    """The small knowledge, with the findings of the cubes on the page and an order of tests."""
    small = small_knowledge.load()
    either = model.Rule("DM-2", 1, "supported", "leg_pain or leg_swelling", "Either of both", ())
    causes = [
        replace(one, rules=(*one.rules, either)) if one.id == "diabetes" else one
        for one in small.causes
    ]
    findings = (replace(one, on_distribution=one.id in FINDINGS) for one in small.findings)
    order = gate_model.Guard(
        "ORDER-1", 1, "Ordered early", ("d_dimer",), "leg_swelling and not leg_pain", "", "", ()
    )
    return replace(
        small,
        causes=tuple(causes),
        findings=tuple(findings),
        guards=(order,),
        disclosure=replace(small.disclosure, floor=floor),
    )


@lru_cache(maxsize=1)
def types() -> tuple[Mapping[str, str], ...]:
    """Every type of record, in the words of the CSV."""
    values: Mapping[str, tuple[str, ...]] = {
        **dict.fromkeys(FINDINGS, ANSWERS),
        **{f"suspected_{cause}": ("present", "") for cause in CAUSES},
        **{f"confirmed_{cause}": ANSWERS for cause in CAUSES},
    }
    every = itertools.product(*values.values())
    return tuple(dict(zip(values, one, strict=True)) for one in every)


@lru_cache(maxsize=1)
def _one_of_each() -> tuple[intake.Intake, assessment.Assessment]:
    table = makers.table(known(), types())
    return table, assessment.assess(table, known())


def random_cube(seed: int) -> Cube:
    """Some records in each of four months, most of them of a few types, and at most two undated."""
    chance = random.Random(seed)
    every = range(len(types()))
    common = chance.sample(every, chance.randint(2, 12))
    weights = [chance.choice((1, 3, 9)) for _ in common]
    rare = chance.choice((0.05, 0.2))
    first, later = chance.choice((24, 120, 300)), chance.choice((4, 12, 40))
    return tuple(
        tuple(
            chance.choice(every) if chance.random() < rare else chance.choices(common, weights)[0]
            for _ in range(chance.randint(0, most))
        )
        for most in (first, *[later] * (MONTHS - 1), 2)
    )


def structured() -> tuple[Cube, ...]:
    """Sets of records made to be found out: groups that exclude each other, zeros, one record."""
    blank = dict.fromkeys(types()[0], "")

    def record(**said: str) -> int:
        return types().index(blank | said)

    pain, none = record(leg_pain="present"), record()
    clots = record(leg_pain="absent", suspected_blood_clots="present")
    diabetes = record(leg_pain="absent", suspected_diabetes="present")
    unasked = record(suspected_diabetes="present")
    both = record(leg_pain="present", leg_swelling="present", suspected_blood_clots="present")
    made: list[tuple[tuple[int, ...], ...]] = [
        ((pain,) * 8 + (clots,) * 8, (diabetes,), (), ()),
        ((none,) * 8, (none,) * 8, (none,), (), ()),
        ((none,) * 7, (none,) * 7, (none,) * 7, (none,) * 7, ()),
        ((none,), (), (), (), ()),
        ((none,) * 60, (none,) * 60, (none,), (), ()),
        ((both,) * 33, (both,) * 33, (both,) * 8, (both,), ()),
        ((record(suspected_diabetes="present", leg_pain="absent"),) * 48, (), (), (pain,), ()),
    ]
    for size in (8, 33, 53, 103):
        halves = (pain,) * size + (clots,) * size
        made.append((halves, (diabetes,), (), (), ()))
        made.append(((*halves, unasked), (), (), (), ()))
        made.append(((*halves, *(diabetes,) * 4, *(unasked,) * 7), (), (), (), ()))
        made.append((halves, (both,) * 12, (none,) * 12, (unasked,) * 7, (none,)))
        made.append((halves + (diabetes,) * size, (unasked,) * 9, (), (pain,), ()))
    return tuple(cube if len(cube) == MONTHS + 1 else (*cube, ()) for cube in made)


def some(first: int, number: int) -> Iterator[Cube]:
    """So many sets of records: the structured ones, then random ones from a seed on."""
    given = structured()[:number] if not first else ()
    yield from given
    yield from (random_cube(seed) for seed in range(first, first + number - len(given)))


def loaded(cube: Cube, months: int) -> intake.Intake:
    """The table on the first day after so many months; each month begins and ends with a record."""
    rows: list[Mapping[str, str]] = [types()[one] for one in cube[-1]]
    for month, records in enumerate(cube[:months]):
        last = calendar.monthrange(YEAR, month + 1)[1]
        for place, one in enumerate(records):
            begins = place == 0 and not (len(records) == 1 and any(cube[:month]))
            day = date(YEAR, month + 1, 1 if begins else last)
            rows.append({**types()[one], "received_on": day.isoformat()})
    return makers.table(known(), rows)


def seen_by_a_manager(cube: Cube, floor: int = 8) -> Iterator[Shown]:
    """All numbers of all pages, as they stood on the first day after each of the last two months.

    The data page is written down here as it draws itself. Of a cell that is hidden whole nothing
    is known; downloads print the same releases and hold nothing else.
    """
    learned = known(floor)
    for months in (len(cube) - 2, len(cube) - 1):
        table = loaded(cube, months)
        assessed = assessment.assess(table, learned)
        today = date(YEAR, months + 1, 1)
        wanted = disclosure.closed_months(table, today)
        everything = (*range(months), len(cube) - 1)
        yield from _of_data(table, everything, learned)
        if wanted is None:
            continue
        cleared = ambiguity.cleared(table, assessed, learned, wanted)
        for basis in Basis:
            chosen = selection.apply(table, assessed, replace(wanted, basis=basis))
            counts = distribution.by_cause(table, assessed, chosen, learned)
            release = disclosure.protected(counts, learned.disclosure, cleared)
            yield from _of_distribution(release, everything)
        yield from _of_trends(table, assessed, today, learned)
        yield from _of_orders(table, assessed, today, learned, _months(wanted))


def everything_shown(cube: Cube) -> Iterator[Shown]:
    """Every figure of the distribution, cleared or not, of the last release."""
    table = loaded(cube, len(cube) - 1)
    assessed = assessment.assess(table, known())
    wanted = disclosure.closed_months(table, date(YEAR, len(cube), 1))
    if wanted is None:
        return
    for basis in Basis:
        chosen = selection.apply(table, assessed, replace(wanted, basis=basis))
        counts = distribution.by_cause(table, assessed, chosen, known())
        release = disclosure.exact(counts, Role.CLINICIAN)
        yield from _of_distribution(release, (*range(len(cube) - 1), len(cube) - 1))


def _of_distribution(release: published.Release, everything: tuple[int, ...]) -> Iterator[Shown]:
    months = _months(release.selection)

    def shown(
        name: str, group: Types, count: published.Count, span: tuple[int, ...]
    ) -> Iterator[Shown]:
        if count.hidden_as != published.HIDDEN:
            yield Shown(Page.DISTRIBUTION, Number(name, group, span), count.value)

    yield from shown("all loaded", anyone(), release.of, everything)
    yield from shown("undated", anyone(), release.without_day, everything[-1:])
    yield from shown("all shown", anyone(), release.shown, months)
    for row in release.rows:
        for cell in row:
            name = f"{cell.finding} {cell.cause} {release.selection.basis}"
            group = belonging(cell.cause, release.selection.basis)
            present = group & answering(cell.finding, "present")
            yield from shown(f"{name} present", present, cell.present, months)
            yield from shown(f"{name} asked", group & asked(cell.finding), cell.asked, months)
            yield from shown(f"{name} n", group, cell.n, months)


def _of_orders(
    table: intake.Intake,
    assessed: assessment.Assessment,
    today: date,
    learned: knowledge_base.Knowledge,
    months: tuple[int, ...],
) -> Iterator[Shown]:
    caught = order_counts.released(table, assessed, learned, Role.MANAGER, today=today)
    every, read = _one_of_each()
    answers = order_guard.answers(every, read, known())
    for one, answer in zip(caught, answers, strict=True):
        held = (("caught", answer.present, one.caught), ("open", ~answer.asked, one.undecided))
        for name, bits, count in held:
            number = Number(f"{one.guard.id} {name}", _of_types(bits & every.real), months)
            yield Shown(Page.TRENDS, number, count.value)


def _of_trends(
    table: intake.Intake,
    assessed: assessment.Assessment,
    today: date,
    learned: knowledge_base.Knowledge,
) -> Iterator[Shown]:
    questions = [
        (Question(Measure.INTAKE, Step.MONTH), anyone()),
        (Question(Measure.SAME_DAY, Step.MONTH), urgent()),
    ]
    for cause in CAUSES:
        question = Question(Measure.CAUSE, Step.MONTH, cause=cause)
        questions.append((question, belonging(cause, Basis.RECORDED)))
    for question, group in questions:
        series = trend_counts.series(table, assessed, question, today=today)
        if series is None:
            continue
        release = trend_release.release(series, question, Role.MANAGER, learned.disclosure)
        for one in release.series.closed:
            months = (one.period.first.month - 1,)
            name = f"{question.measure} {question.cause} in {one.period.label}"
            yield Shown(Page.TRENDS, Number(name, group, months), one.count)
            if release.series.kind is Kind.SHARE:
                yield Shown(Page.TRENDS, Number(f"{name}, of", anyone(), months), one.of)


def _of_data(
    table: intake.Intake, everything: tuple[int, ...], learned: knowledge_base.Knowledge
) -> Iterator[Shown]:
    undated = ternary.count(table.real[table.dated_words :])
    for name, months, count in (
        ("all loaded", everything, table.count),
        ("undated", everything[-1:], undated),
    ):
        value = disclosure.protected_count(count, learned.disclosure).value
        yield Shown(Page.DATA, Number(name, anyone(), months), value)


def _months(wanted: selection.Selection) -> tuple[int, ...]:
    assert wanted.first
    assert wanted.last
    return tuple(range(wanted.first.month - 1, wanted.last.month))


def anyone() -> Types:
    """All types."""
    return np.ones(len(types()), dtype=np.bool_)


def saying(column: str, value: str) -> Types:
    """The types with this value in a column."""
    return np.array([one[column] == value for one in types()], dtype=np.bool_)


def answering(finding: str, answer: str) -> Types:
    """The types with this answer."""
    return saying(finding, answer)


def asked(finding: str) -> Types:
    """The types with an answer."""
    return ~saying(finding, "")


@lru_cache(maxsize=32)
def belonging(cause: str, basis: Basis) -> Types:
    """The types that count for a cause."""
    if cause == distribution.ALL:
        return anyone()
    table, assessed = _one_of_each()
    return _of_types(selection.cause(table, assessed, basis, cause).present)


@lru_cache(maxsize=1)
def urgent() -> Types:
    """The types that are to be seen on the same day."""
    table, assessed = _one_of_each()
    return _of_types(assessed.with_urgency(Urgency.SAME_DAY, table.real))


def _of_types(rows: ternary.Bits) -> Types:
    table, _ = _one_of_each()
    places = [makers.row(table, number) for number in range(1, len(types()) + 1)]
    return ternary.unpack(rows)[places]


def secrets(cube: Cube, floor: int = 8) -> tuple[Number, ...]:
    """Every small number that nobody may find out: of each release, and of each month."""
    whole = tuple(range(len(cube) - 1))
    spans = [whole, whole[:-1], *((month,) for month in whole)]
    groups = [(f"{cause} {basis}", belonging(cause, basis)) for basis in Basis for cause in CAUSES]
    groups += [(f"{c} ruled out", saying(f"confirmed_{c}", "absent")) for c in CAUSES]
    groups += [("anyone", anyone()), ("same day", urgent())]
    answers = [
        (f"{finding} {answer or 'not asked'}", answering(finding, answer))
        for finding in FINDINGS
        for answer in ANSWERS
    ]
    answers += [(f"{finding} asked", asked(finding)) for finding in FINDINGS]
    answers.append(("n", anyone()))
    every = (
        Number(f"{group} {answer} in months {span}", inside & having, span)
        for span in spans
        for group, inside in groups
        for answer, having in answers
    )
    return tuple(number for number in every if 0 < number.true(cube) < floor)
