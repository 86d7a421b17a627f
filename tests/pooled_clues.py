"""What pooled figures say of reviewed records, as sums over unknowns for the attacker.

Beside how many records of each type there were in each month, how many of them were signed is
unknown: in which quarter, with which first view, by class. That no record was signed twice or
before it came binds both; nothing else does. A line that was withheld tells nothing here.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

import attacker
import cubes
import reviewed_cubes
from attacker import Sum, Window
from circulation.auditing.pooled_figures import CELLS, Kind
from circulation.counting import counted_records
from circulation.reviewing.publications import Line
from cubes import CAUSES
from reviewed_cubes import (
    FIRST,
    QUARTERS,
    SAID,
    Class,
    Reviewed,
    classes,
    earliest,
    of_type,
    places,
)

Counts = Callable[[int, Class, str, bool], bool]
"""Whether a number counts the signed records of a quarter and a class with a first view."""


def beside() -> int:
    """How many unknowns there are besides the records themselves."""
    return QUARTERS * len(classes()[0]) * len(SAID)


def summed(name: str, counts: Counts, reviewed: Reviewed) -> Sum:
    """A number of signed records."""
    every, _ = classes()
    of = [
        counts(quarter, one, *said) for quarter in range(QUARTERS) for one in every for said in SAID
    ]
    before = np.zeros(len(reviewed.cube) * len(cubes.types()))
    true = sum(
        counts(one.quarter, of_type(one.type), one.cause, one.sure)
        for one in reviewed.signed
        if counted_records.counted(one.record_id, cubes.known().pooling)
    )
    return Sum(name, np.concatenate([before, np.array(of, dtype=float)]), true)


def bound(reviewed: Reviewed) -> Iterator[tuple[Sum, Window]]:
    """That of each class no more are counted than there are, up to each quarter."""
    every, of = classes()
    cube = reviewed.cube
    for kind, until in ((kind, until) for kind in every for until in range(QUARTERS)):
        types = np.array([every[one] == kind for one in of], dtype=np.bool_)
        months = tuple(m for m in range(len(cube)) if earliest(cube, m) <= until)
        there = attacker.summed(cubes.Number("there", types, months), cube, beside())

        def signed(quarter: int, one: Class, *_: object, k: Class = kind, u: int = until) -> bool:
            return one == k and quarter <= u

        counted = summed("counted", signed, reviewed)
        left = Sum(f"left of {kind}", there.of - counted.of, there.true - counted.true)
        yield left, Window(0, attacker.MOST)


def told(reviewed: Reviewed, floor: int) -> Iterator[tuple[Sum, Window]]:
    """What all publications say."""
    last: dict[str, int] = {}
    for one in reviewed_cubes.published(reviewed, floor):
        spans = {
            line.name: (last.get(line.name, 0), line.through)
            for line in one.lines
            if line.kind == Kind.CAUSE
        }
        for line in one.lines:
            for code, value in line.counts.items():
                name = f"{line.kind} {line.name} {code} up to {line.through}"
                number = summed(name, _counting(line, code, spans), reviewed)
                yield number, attacker.shown_as(value, cubes.known(floor).disclosure)
        last |= {name: through for name, (_, through) in spans.items()}


def _counting(line: Line, code: str, spans: dict[str, tuple[int, int]]) -> Counts:
    """What a count of a line counts, in plain words again."""
    view, said, came_out = _parts(code)

    def counts(quarter: int, one: Class, first: str, sure: bool) -> bool:
        for cause, (after, through) in spans.items():
            place = CAUSES.index(cause)
            if one.confirmed[place] is not (came_out == "confirmed"):
                continue
            if not after < FIRST + quarter <= through:
                continue
            if line.kind == Kind.SURE:
                if first == cause and sure is (view == "sure"):
                    return True
            elif line.name == cause:
                named = first == cause if view == "first" else one.supported[place]
                if named is (said == "named"):
                    return True
        return False

    return counts


def _parts(code: str) -> tuple[str, str, str]:
    """A code as whose view, what it said, and what came out."""
    said, _, came_out = code.rpartition("_")
    view, _, named = said.partition("_")
    return view, named, came_out


def secrets(reviewed: Reviewed, floor: int) -> list[Sum]:
    """Every small number of the records, and of how they were seen and were not."""
    cube = reviewed.cube
    found = [attacker.summed(one, cube, beside()) for one in cubes.secrets(cube, floor)]
    for place, cause in enumerate(CAUSES):
        for told_ in (True, False):
            found += list(_left_out(reviewed, place, told_))
            for named in (True, False):
                for held in (True, False):
                    found += [
                        summed(
                            f"{cause} {told_} first {named} tool {held} in {quarters}",
                            _crossed(place, cause, told_, named, held, quarters),
                            reviewed,
                        )
                        for quarters in ((0, 1, 2), (0,), (1,), (2,))
                    ]
    return [one for one in found if 0 < one.true < floor]


def _crossed(
    place: int, cause: str, told_: bool, named: bool, held: bool, quarters: Sequence[int]
) -> Counts:
    def counts(quarter: int, one: Class, first: str, _sure: bool) -> bool:
        asked = (one.confirmed[place], one.supported[place], first == cause)
        return quarter in quarters and asked == (told_, held, named)

    return counts


def _left_out(reviewed: Reviewed, place: int, told_: bool) -> Iterator[Sum]:
    """Records with an outcome that no pooled figure counts."""
    cube = reviewed.cube
    types = np.array([of_type(n).confirmed[place] is told_ for n in range(len(cubes.types()))])
    whole = cubes.Number("all", types, tuple(range(len(cube))))
    there = attacker.summed(whole, cube, beside())
    counted = summed("", lambda _q, one, *_: one.confirmed[place] is told_, reviewed)
    name = f"{CAUSES[place]} {told_} and never counted"
    yield Sum(name, there.of - counted.of, there.true - counted.true)


def naively(reviewed: Reviewed, floor: int) -> Iterator[tuple[Sum, Window]]:
    """Every count of every quarter where the small ones are hidden and all others are exact."""
    lines = [
        Line(Kind.CAUSE, cause, FIRST + quarter, dict.fromkeys(CELLS[Kind.CAUSE], 0))
        for cause in CAUSES
        for quarter in range(QUARTERS)
    ]
    for line in lines:
        for code in line.counts:
            spans = {line.name: (line.through - 1, line.through)}
            name = f"{line.name} {code} in {line.through}"
            number = summed(name, _counting(line, code, spans), reviewed)
            small = 0 < number.true < floor
            yield number, Window(1, floor - 1) if small else Window(number.true, number.true)


def own(reviewed: Reviewed) -> Iterator[tuple[Sum, Window]]:
    """What a reader may know besides: the rarest record, and the numbers of who signed the most.

    There are at least so many of each kind.
    """
    cube = reviewed.cube
    often = Counter(one for _, _, one in places(cube))
    month, rarest = min(((m, one) for _, m, one in places(cube)), key=lambda found: often[found[1]])
    types = np.arange(len(cubes.types())) == rarest
    number = cubes.Number("one record", types, (month,))
    yield attacker.summed(number, cube, beside()), Window(1, attacker.MOST)
    asked = cubes.known().pooling
    counted = [one for one in reviewed.signed if counted_records.counted(one.record_id, asked)]
    most = Counter(one.by for one in counted).most_common(1)
    theirs = Counter(
        (one.quarter, of_type(one.type), one.cause, one.sure)
        for one in counted
        if most and one.by == most[0][0]
    )
    for told_, times in theirs.items():
        signed = summed("own", lambda *asked, told_=told_: asked == told_, reviewed)
        yield signed, Window(times, attacker.MOST)
