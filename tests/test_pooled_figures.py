"""What is published of all clinicians together: whole lines, quarter after quarter, for good."""

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

import makers
from circulation.auditing import (
    agreement,
    pooled_cases,
    pooled_figures,
    pooled_release,
    second_look,
)
from circulation.auditing import outcomes as outcome_cases
from circulation.auditing.pooled_cases import Judged, Read
from circulation.auditing.pooled_figures import Kind, Material
from circulation.auditing.second_look import Why
from circulation.auditing.sign_offs import SignOff
from circulation.counting import pooling
from circulation.counting.intervals import Part
from circulation.knowledge_base.levels import Level
from circulation.reviewing import publications, reviews
from circulation.reviewing.publications import Publication
from circulation.reviewing.reviews import Certainty, FirstView

KNOWN = makers.knowledge()
ASKED = KNOWN.pooling
CAUSES = ("vein_disease", "diabetes", "raynauds")
PEOPLE = tuple(f"Clinician {n}" for n in range(7))
FIRST, LAST = 100, 105  # quarters
History = tuple[Publication, ...]


OFTEN = (0.9, 0.35, 0.05)
"""How often the outcome of each cause is known: a common one, one less so, and a rare one."""


def world(seed: int) -> Material:
    return several(seed)[0]


def several(seed: int) -> tuple[Material, list[int]]:
    """Six quarters, and the number of the record that each judged cause belongs to."""
    chance = random.Random(seed)
    judged, numbers = [], []
    for number in range(800):
        quarter, by = chance.randint(FIRST, LAST), frozenset({chance.choice(PEOPLE)})
        first, sure = chance.choice([*CAUSES[:2], *CAUSES]), chance.random() < 0.5
        for cause in (c for c, often in zip(CAUSES, OFTEN, strict=True) if chance.random() < often):
            supported, confirmed = chance.random() < 0.5, chance.random() < 0.5
            named = cause == first
            judged.append(Judged(cause, quarter, by, named, named and sure, supported, confirmed))
            numbers.append(number)
    read = [
        Read(
            chance.choice(list(Why)),
            chance.randint(FIRST, LAST),
            frozenset(chance.sample(PEOPLE, 2)),
            chance.random() < 0.6,
        )
        for _ in range(300)
    ]
    return Material(judged, read), numbers


def told(found: Material, *, first: int = FIRST, last: int = LAST + 1) -> History:
    """What is published from quarter to quarter, each time with what stands then."""
    published: History = ()
    for quarter in range(first, last + 1):
        lines = pooled_figures.safe_lines(found, published, quarter, KNOWN)
        published = (*published, Publication(quarter, lines))
    return published


def published_lines(history: Iterable[Publication]) -> list[publications.Line]:
    return [line for one in history for line in one.lines]


def within(one: Judged | Read, kind: Kind, name: str, after: int, through: int) -> bool:
    said = one.cause if isinstance(one, Judged) else one.why
    sort = Kind.CAUSE if isinstance(one, Judged) else Kind.LOOK
    return (sort, said) == (kind, name) and after < one.quarter <= through


def test_the_worlds_of_these_tests_publish_at_once_later_and_not_at_all() -> None:
    named = Counter((line.kind, line.name) for line in published_lines(told(world(1))))
    assert named[Kind.CAUSE, "vein_disease"] > 3 > named[Kind.CAUSE, "diabetes"] > 0
    assert not named[Kind.CAUSE, "raynauds"]
    assert named[Kind.SURE, pooled_figures.FIRST_VIEWS]
    assert named[Kind.LOOK, Why.SAMPLE]


@pytest.mark.parametrize("seed", range(4))
def test_each_line_counts_what_came_since_the_line_before_and_every_count_is_safe(
    seed: int,
) -> None:
    """Again in plain loops: eight counts of a cause, two of a second look, each by the rules."""
    found, before = world(seed), dict[tuple[str, str], int]()
    for one in told(found):
        for line in (line for line in one.lines if line.kind != Kind.SURE):
            after = before.get((line.kind, line.name), 0)
            wait = 1 if line.kind == Kind.CAUSE else 0
            assert line.through == one.quarter - wait
            listed = [
                item
                for item in (*found.judged, *found.read)
                if within(item, Kind(line.kind), line.name, after, line.through)
            ]
            behind: dict[str, list[frozenset[str]]] = {}
            for item in listed:
                for code in codes(item):
                    behind.setdefault(code, []).append(item.by)
            assert set(line.counts) == set(behind)
            for code, people in behind.items():
                assert abs(line.counts[code] - len(people)) <= 2
                assert line.counts[code] % 5 == 0
                assert pooling.safe(Counter(people), KNOWN.pooling, KNOWN.disclosure)
            before[line.kind, line.name] = line.through


def codes(one: Judged | Read) -> list[str]:
    if isinstance(one, Read):
        return ["alike" if one.alike else "unlike"]
    came_out = "confirmed" if one.confirmed else "refuted"
    first, tool = ("named" if said else "other" for said in (one.named, one.supported))
    return [f"first_{first}_{came_out}", f"tool_{tool}_{came_out}"]


@pytest.mark.parametrize("seed", range(4))
def test_by_how_sure_the_same_records_are_told_again_and_no_others(seed: int) -> None:
    """So nothing of a withheld cause is the difference of two sums; they differ by rounding."""
    for one in told(world(seed)):
        for line in (line for line in one.lines if line.kind == Kind.SURE):
            causes = [other for other in one.lines if other.kind == Kind.CAUSE]
            for came_out in ("confirmed", "refuted"):
                whole = sum(other.counts[f"first_named_{came_out}"] for other in causes)
                parts = line.counts[f"sure_{came_out}"] + line.counts[f"less_sure_{came_out}"]
                assert abs(whole - parts) <= 2 * (len(causes) + 2)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_known_later_never_changes_what_was_published(seed: int) -> None:
    """Late outcomes, corrections and removed records, at every publication anew."""
    chance, history = random.Random(seed), ()
    found = world(seed)
    for quarter in range(FIRST, LAST + 2):
        before = pooled_release.of(history, KNOWN)
        lines = pooled_figures.safe_lines(found, history, quarter, KNOWN)
        assert all(n >= 15 for line in lines for n in line.counts.values())
        history = (*history, Publication(quarter, lines))
        after = pooled_release.of(history, KNOWN)
        new = {line.name for line in lines if line.kind == Kind.CAUSE}
        kept = [one for one in before.causes if one.cause not in new]
        assert [one for one in after.causes if one.cause not in new] == kept
        moved = [replace(one, confirmed=chance.random() < 0.5) for one in found.judged]
        found = Material(chance.sample(moved, len(moved) - 20) + moved[:9], found.read)


def test_everything_published_leaves_every_number_of_every_other_clinician_open() -> None:
    """For each reader, each other and each count: another world in which the other has another
    number, the reader has the same records, and every page of every quarter is the same."""
    found, numbers = several(1)
    seen = told(found)
    lines = published_lines(seen)
    for kind in Kind:
        line = random.Random(1).choice([one for one in lines if one.kind == kind])
        of = numbers if kind != Kind.LOOK else list(range(len(found.read)))
        listed = behind(found, seen, line)
        for other, code in itertools.product(PEOPLE, line.counts):
            readers = open_to(found, seen, line, listed, of, other, code)
            assert readers == set(PEOPLE) - {other}, (line.kind, line.name, other, code)


def behind(found: Material, seen: History, line: publications.Line) -> list[int]:
    """The places of the records that a line counts."""
    (own,) = (one for one in seen if line in one.lines)
    causes = [one for one in own.lines if one.kind == Kind.CAUSE]
    counted = causes if line.kind == Kind.SURE else [line]
    kinds = {(one.kind, one.name): start(seen, one) for one in counted}
    items: Sequence[Judged | Read] = found.read if line.kind == Kind.LOOK else found.judged
    return [
        place
        for place, one in enumerate(items)
        if any(within(one, Kind(k), n, since, line.through) for (k, n), since in kinds.items())
    ]


def start(seen: History, line: publications.Line) -> int:
    same = [one for one in published_lines(seen) if (one.kind, one.name) == (line.kind, line.name)]
    return max((one.through for one in same if one.through < line.through), default=0)


def open_to(
    found: Material,
    seen: History,
    line: publications.Line,
    listed: list[int],
    of: list[int],
    other: str,
    code: str,
) -> set[str]:
    """The readers who cannot tell a number of another.

    Somebody else changes places with the other in two whole records, with all their causes.
    """
    items: Sequence[Judged | Read] = found.read if line.kind == Kind.LOOK else found.judged
    theirs = [place for place in listed if other in items[place].by]
    left, chance = set(PEOPLE) - {other}, random.Random(code)
    for one, two in itertools.product(theirs, listed):
        involved = items[one].by | items[two].by
        differ = (code in codes_of(line, items[one])) != (code in codes_of(line, items[two]))
        if other in items[two].by or not differ or not left - involved or chance.random() < 0.9:
            continue
        places = {of[one]: items[two].by, of[two]: items[one].by}
        moved = [replace(x, by=places.get(n, x.by)) for x, n in zip(items, of, strict=True)]
        look = line.kind == Kind.LOOK
        if told(Material(found.judged, moved) if look else Material(moved, found.read)) == seen:
            left &= involved
    return set(PEOPLE) - {other} - left


def codes_of(line: publications.Line, one: Judged | Read) -> list[str]:
    if line.kind != Kind.SURE:
        return codes(one)
    if not isinstance(one, Judged) or not one.named:
        return []
    return [pooled_figures.surety(sure=one.sure, confirmed=one.confirmed)]


def signed(record: str, actor: str = "Clinician 1", at: str = "2026-05-04T09:00:00Z") -> SignOff:
    return SignOff(1, record, at, actor, "diabetes", "", "d", "k")


def case(by: str = "Clinician 1", **changes: object) -> outcome_cases.Case:
    told = {"diabetes": True, "vein_disease": False, "obesity": None}
    levels = {"diabetes": Level.SUPPORTED, "vein_disease": Level.STRONG}
    made = outcome_cases.Case("A-1", by, FirstView("diabetes", Certainty.SURE), levels, told)
    return replace(made, **changes)


def test_a_case_counts_once_for_each_cause_whose_outcome_is_known() -> None:
    by = frozenset({"Clinician 1"})
    second = 2026 * 4 + 1
    assert pooled_cases.judged([case()], {"A-1": signed("A-1")}, ASKED) == (
        Judged("diabetes", second, by, named=True, sure=True, supported=True, confirmed=True),
        Judged(
            "vein_disease", second, by, named=False, sure=False, supported=True, confirmed=False
        ),
    )


@pytest.mark.parametrize(
    "left_out",
    [
        case(by="clinician (no sign-in)"),
        case(by=""),
        case(first=None),
        case(levels=None),
        case(confirmed={"diabetes": None}),
        case(record_id="A-4"),  # one of those that are never counted
    ],
)
def test_a_case_without_a_known_person_two_views_and_an_outcome_or_never_counted_is_left_out(
    left_out: outcome_cases.Case,
) -> None:
    first = {"A-1": signed("A-1"), "A-4": signed("A-4")}
    assert pooled_cases.judged([left_out], first, ASKED) == ()


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ("Clinician 1", "Clinician 2", {"Clinician 1", "Clinician 2"}),
        ("Clinician 1", "Clinician 1", None),
        ("clinician (no sign-in)", "Clinician 2", None),
        ("Clinician 1", "clinician (no sign-in)", None),
    ],
)
def test_a_second_look_counts_where_both_readers_are_known_to_be_two(
    first: str, second: str, people: set[str] | None
) -> None:
    drawn = second_look.Drawn(signed("A-1", first), Why.SAMPLE)
    said = reviews.Standing("second_cause", "", "obesity", "2026-08-04T09:00:00Z", second)
    stood = {"A-1": reviews.RecordReview("A-1", 1, standing=(said,))}
    looked = second_look.looked_at([drawn], stood)
    found = pooled_cases.read_twice(looked, stood, ASKED)
    if people is None:
        assert found == ()
    else:
        assert found == (Read(Why.SAMPLE, 2026 * 4 + 2, frozenset(people), alike=False),)


def test_a_second_look_at_a_record_that_is_never_counted_is_left_out() -> None:
    drawn = second_look.Drawn(signed("A-4", "Clinician 1"), Why.SAMPLE)
    said = reviews.Standing("second_cause", "", "obesity", "2026-08-04T09:00:00Z", "Clinician 2")
    stood = {"A-4": reviews.RecordReview("A-4", 1, standing=(said,))}
    assert pooled_cases.read_twice(second_look.looked_at([drawn], stood), stood, ASKED) == ()


def test_lines_of_one_name_are_added_up_and_read_as_shares() -> None:
    counts = {code: 20 + 5 * n for n, code in enumerate(pooled_figures.CELLS[Kind.CAUSE])}
    lines = [publications.Line(Kind.CAUSE, "diabetes", n, counts) for n in (3, 5)]
    lines.append(publications.Line(Kind.LOOK, Why.SAMPLE, 6, {"alike": 60, "unlike": 20}))
    lines.append(publications.Line(Kind.CAUSE, "a cause of another knowledge", 3, counts))
    found = pooled_release.of([Publication(4, lines[:1]), Publication(6, lines[1:])], KNOWN)
    (cause,), (look,) = found.causes, found.looks
    assert (found.quarter, cause.cause, cause.through, look.through) == (6, "diabetes", 5, 6)
    assert cause.first == pooled_release.BorneOut("diabetes", Part(40, 90), Part(40, 100))
    assert cause.tool == pooled_release.BorneOut("diabetes", Part(80, 170), Part(80, 180))
    assert found.tool_steps == (
        agreement.Step("less", Part(100, 210)),
        agreement.Step("supported", Part(80, 170)),
    )
    assert found.first_steps == ()
    words = len(KNOWN.cause) + 1
    assert look.alike == Part(60, 80)
    assert look.kappa.value == pytest.approx((0.75 - 1 / words) / (1 - 1 / words))
    assert not found.nothing
    assert pooled_release.of([Publication(4, ())], KNOWN).nothing
