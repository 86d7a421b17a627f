"""Small sets of records that were reviewed, and what the product publishes of them by quarter."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import cubes
import makers
from circulation.auditing import outcomes, pooled_cases, pooled_figures
from circulation.auditing.pooled_figures import Material
from circulation.auditing.sign_offs import SignOff
from circulation.counting import counted_records
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.knowledge_base.levels import Level
from circulation.records import ternary
from circulation.reviewing.publications import Publication
from circulation.reviewing.reviews import Certainty, FirstView
from cubes import CAUSES, Cube

QUARTERS = 3
FIRST = cubes.YEAR * 4  # its first quarter; records come in this one and the next
IN_FIRST = 3  # months
OTHER = "heart_conditions"
SAID = tuple((cause, sure) for cause in (*CAUSES, OTHER) for sure in (True, False))


@dataclass(frozen=True, slots=True)
class Class:
    """What pooled figures ask of a record: by cause, whether confirmed and whether supported."""

    confirmed: tuple[bool | None, ...]
    supported: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """One signed record: its place in the table, and what its clinician said in which quarter."""

    place: int
    month: int
    type: int
    quarter: int
    by: int
    cause: str
    sure: bool

    @property
    def record_id(self) -> str:
        """The id that the table gives it."""
        return f"R{self.place + 1:05d}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A set of records, and those of them that were signed."""

    cube: Cube
    signed: tuple[Signed, ...]


def known(floor: int) -> knowledge_base.Knowledge:
    """The knowledge of the cubes with the pooling rules as shipped."""
    return replace(cubes.known(floor), pooling=makers.knowledge().pooling)


@lru_cache(maxsize=1)
def classes() -> tuple[tuple[Class, ...], tuple[int, ...]]:
    """Every class, and the class of each type."""
    table = makers.table(cubes.known(), cubes.types())
    assessed = assessment.assess(table, cubes.known())
    of = [_class(table.row_of(f"R{number:05d}"), assessed) for number in range(1, table.count + 1)]
    every = tuple(dict.fromkeys(of))
    return every, tuple(every.index(one) for one in of)


def _class(row: int | None, assessed: assessment.Assessment) -> Class:
    assert row is not None
    return Class(
        tuple(ternary.state(assessed.confirmed[cause], row) for cause in CAUSES),
        tuple(assessed.causes[cause].level(row) >= Level.SUPPORTED for cause in CAUSES),
    )


def of_type(number: int) -> Class:
    """The class of a type."""
    every, of = classes()
    return every[of[number]]


def places(cube: Cube) -> Iterator[tuple[int, int, int]]:
    """Place, month and type of each record, as the table names them: the undated ones first."""
    months = (len(cube) - 1, *range(len(cube) - 1))
    listed = [(month, one) for month in months for one in cube[month]]
    return ((place, month, one) for place, (month, one) in enumerate(listed))


def earliest(cube: Cube, month: int) -> int:
    """The first quarter in which a record of a month can be signed, from 0."""
    return int(IN_FIRST <= month < len(cube) - 1)


def random_reviewed(seed: int) -> Reviewed:
    """Many records of a few types of every outcome, nearly all signed by a handful of people."""
    chance = random.Random(seed)
    every = range(len(cubes.types()))
    common = chance.sample(every, chance.randint(4, 10))
    for cause in range(len(CAUSES)):
        if chance.random() < 0.7:
            common += [
                chance.choice(_having(cause, told, held))
                for told in (True, False)
                for held in (True, False)
            ]
    weights = [chance.choice((2, 3, 6)) for _ in common]
    rare, first = chance.choice((0.02, 0.1)), chance.choice((300, 500, 700))
    sizes = (first, *[chance.choice((12, 60))] * (cubes.MONTHS - 1), 2)
    cube = tuple(
        tuple(
            chance.choice(every) if chance.random() < rare else chance.choices(common, weights)[0]
            for _ in range(chance.randint(most // 2, most))
        )
        for most in sizes
    )
    people, often = chance.randint(5, 8), chance.choice((0.8, 0.95, 1))
    signed = tuple(
        _signed(chance, cube, place, month, one, people)
        for place, month, one in places(cube)
        if chance.random() < often
    )
    return Reviewed(cube, signed)


def _having(cause: int, told: bool, held: bool) -> list[int]:
    found = [
        number
        for number in range(len(cubes.types()))
        if (of_type(number).confirmed[cause], of_type(number).supported[cause]) == (told, held)
    ]
    return found or list(range(len(cubes.types())))


def _signed(
    chance: random.Random, cube: Cube, place: int, month: int, one: int, people: int
) -> Signed:
    confirmed = [cause for cause, told in zip(CAUSES, of_type(one).confirmed, strict=True) if told]
    likely = confirmed if confirmed and chance.random() < 0.5 else [*CAUSES, OTHER]
    return Signed(
        place,
        month,
        one,
        chance.randint(earliest(cube, month), QUARTERS - 1),
        chance.randrange(people),
        chance.choice(likely),
        chance.random() < 0.5,
    )


def structured() -> tuple[Reviewed, ...]:
    """Sets in which the pooled counts reach up to what the distribution shows, for a floor of 5.

    Diabetes is supported by pain or swelling, and by nothing else. Of 26 supported records 22 have
    swelling, read as 20 and so 22 at most, and 4 have pain: hidden as 1 to 4, unless 26 are known
    by two pooled counts of 15, which are 13 at least. The first set is all counted; in the others
    there are so many records that pooled figures never count for each that they count.
    """
    return tuple(_made(beside) for beside in (0, 1, 2, 4, 8))


def _made(often: int) -> Reviewed:
    def record(swelling: str, told: str) -> int:
        pain = "present" if swelling == "absent" else "absent"
        said = {"leg_pain": pain, "leg_swelling": swelling, "confirmed_diabetes": told}
        return cubes.types().index(dict.fromkeys(cubes.types()[0], "") | said)

    def neither(told: str) -> int:
        said = {"leg_pain": "absent", "leg_swelling": "absent", "confirmed_diabetes": told}
        return cubes.types().index(dict.fromkeys(cubes.types()[0], "") | said)

    cells = [
        [record("absent", "present")] * 2 + [record("present", "present")] * 11,
        [record("absent", "absent")] * 2 + [record("present", "absent")] * 11,
        [neither("present")] * 15,
        [neither("absent")] * 15,
    ]
    asked = cubes.known().pooling
    wanted = [(one, turn) for cell in cells for turn, one in enumerate(cell)]
    others = len(wanted) * often
    listed: list[int] = []
    signed: list[Signed] = []
    while wanted or others > 0:
        place = len(listed)
        if wanted and (not often or counted_records.counted(f"R{place + 1:05d}", asked)):
            one, turn = wanted.pop(0)
            cause = "diabetes" if turn % 2 else OTHER
            signed.append(Signed(place, 0, one, 0, turn // 2 % 6, cause, sure=turn % 4 > 1))
        else:
            one, others = neither("present" if others % 2 else ""), others - 1
        listed.append(one)
    return Reviewed((tuple(listed), (), (), (), ()), tuple(signed))


def published(reviewed: Reviewed, floor: int) -> tuple[Publication, ...]:
    """What is published from quarter to quarter, each time with what is signed by then."""
    learned = known(floor)
    history: tuple[Publication, ...] = ()
    cases = [(one, _case(one)) for one in reviewed.signed]
    for quarter in range(QUARTERS + 1):
        now = [(one, case) for one, case in cases if one.quarter <= quarter]
        first = {case.record_id: _sign_off(one) for one, case in now}
        found = Material(pooled_cases.judged([case for _, case in now], first, learned.pooling), ())
        lines = pooled_figures.safe_lines(found, history, FIRST + quarter, learned)
        history = (*history, Publication(FIRST + quarter, lines))
    return history


def _case(one: Signed) -> outcomes.Case:
    asked = of_type(one.type)
    levels = [Level.SUPPORTED if held else Level.OPEN for held in asked.supported]
    return outcomes.Case(
        one.record_id,
        f"Clinician {one.by}",
        FirstView(one.cause, Certainty.SURE if one.sure else Certainty.UNSURE),
        dict(zip(CAUSES, levels, strict=True)),
        dict(zip(CAUSES, asked.confirmed, strict=True)),
    )


def _sign_off(one: Signed) -> SignOff:
    at = f"{cubes.YEAR}-{3 * one.quarter + 3:02d}-28T09:00:00Z"
    return SignOff(1, one.record_id, at, f"Clinician {one.by}", one.cause, "", "d", "k")


def some(first: int, number: int) -> Iterator[Reviewed]:
    """So many sets: the structured ones, then random ones from a seed on."""
    given = structured()[:number] if not first else ()
    yield from given
    yield from (random_reviewed(seed) for seed in range(first, first + number - len(given)))
