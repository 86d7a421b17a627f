"""The tables of single views hold, to the digit, what their pages print."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

import pytest

import makers
import random_records
from circulation import access, errors
from circulation.choosing import selection
from circulation.choosing.selection import Selection
from circulation.counting import (
    co_occurrence,
    co_occurrence_words,
    comparison,
    completeness,
    completeness_words,
    disclosure,
    distribution,
    small_multiples,
    small_multiples_words,
    taken_tables,
    taken_views,
)
from circulation.counting.small_multiples import Over
from circulation.counting.takeaways import Percent, Value
from circulation.judgement import assessment
from circulation.records import intake
from ui import comparison_panels, together_panels

KNOWN = makers.knowledge()
ROLE = access.Role.CLINICIAN
SOURCE = taken_tables.DataSet(
    version="3f2a",
    latest=date(2026, 1, 31),
    knowledge=KNOWN.version,
    synthetic=False,
    taken_at=datetime(2026, 2, 1, 14, 32, tzinfo=UTC),
)
LISTED = (
    "Finding",
    "With this cause",
    "All others",
    "Difference",
    "Its interval",
    "Ratio",
    "Standardised",
    "Test",
    "p",
    "q",
    "Not asked",
    "Others not asked",
)
NAMES = ("leg_swelling", "leg_pain", "varicose_veins", "muscle_cramps")


@lru_cache(maxsize=1)
def table() -> intake.Intake:
    return makers.table(KNOWN, random_records.records(KNOWN, 300, seed=4, blank=0.3))


@lru_cache(maxsize=1)
def counts() -> distribution.Counts:
    assessed = assessment.assess(table(), KNOWN)
    chosen = selection.apply(table(), assessed, Selection())
    return distribution.by_cause(table(), assessed, chosen, KNOWN)


def extract(role: access.Role = ROLE) -> taken_tables.Extract:
    release = disclosure.exact(counts(), ROLE)
    return taken_tables.Extract(release, "A title", SOURCE, KNOWN, role)


def said(value: Value) -> str:
    return f"{value.whole}%" if isinstance(value, Percent) else str(value)


def of_asked(present: Value, asked: Value, share: Value) -> str:
    return f"{present:,} of {asked:,} asked ({said(share)})" if asked else "Nobody was asked"


@pytest.mark.parametrize("cause", [cause.id for cause in KNOWN.causes])
def test_one_cause_has_the_figures_of_its_table(cause: str) -> None:
    rows = comparison.against_others(counts(), ROLE).of_cause(cause)
    taken = taken_views.one_cause(rows, cause, extract())
    assert ("This cause", KNOWN.cause[cause].label) in taken.notes
    assert len(set(taken.heads)) == len(taken.heads)
    for line, row in zip(taken.rows, rows, strict=True):
        listed = comparison_panels.listed(row, KNOWN)
        page = [listed[name] for name in LISTED]
        assert line[0] == page[0]
        for side, text in ((line[1:6], page[1]), (line[7:12], page[2])):
            part = f"{side[0]:,} of {side[1]:,} ({said(side[2])}, {side[3]} to {side[4]})"
            assert text == (part if side[1] else "nobody asked")
        assert [line[6], line[12]] == page[10:]
        assert [line[13], line[16], line[19]] == [
            "not defined" if number is None else float(f"{number:.{digits}f}")
            for number, digits in ((page[3], 1), (page[5], 2), (page[6], 2))
        ]
        if row.difference:
            assert page[4] == f"{line[14]:+.1f} to {line[15]:+.1f}"
        sizes = {None: "not defined", True: "negligible", False: "not negligible"}
        assert line[22] == sizes[row.trivial if row.standardised else None]
        assert (line[23], [printed(line[24]), printed(line[25])]) == (page[7], page[8:10])


def printed(chance: Value) -> str:
    return f"{chance:.3f}" if isinstance(chance, float) else str(chance)


@pytest.mark.parametrize("over", list(Over))
def test_groups_side_by_side_have_the_figures_of_their_cells(over: Over) -> None:
    found = small_multiples.of(table(), counts().chosen, KNOWN, ROLE, over=over)
    taken = taken_views.side_by_side(found, NAMES, extract())
    expected = [
        (small_multiples_words.of_asked(part), n - part.asked, n)
        for name in NAMES
        for part, n in (
            *((found.part(name, value), found.records(value)) for value in found.filled),
            (found.everyone(name), 300),
        )
    ]
    assert [(of_asked(*line[2:5]), *line[5:]) for line in taken.rows] == expected


def test_pairs_and_combinations_have_the_figures_of_their_tables() -> None:
    chosen = counts().chosen
    pairs = co_occurrence.pairs(table(), chosen, NAMES, ROLE)
    lines = taken_views.pairs(pairs, extract()).rows
    assert len(lines) == 10
    places = [(one, other) for at, one in enumerate(NAMES) for other in NAMES[at:]]
    for line, (one, other) in zip(lines, places, strict=True):
        part = pairs.part(one, other)
        text = co_occurrence_words.of_asked(part, both=one != other)
        assert text.startswith(f"{line[2]:,} of {line[3]:,} ")
        assert f"({said(line[4])})" in text
    found = co_occurrence.combinations(table(), chosen, NAMES, ROLE)
    listed = together_panels.listed(found, KNOWN)
    taken = taken_views.combinations(found, extract())
    assert [[str(line[0]), f"{line[1]:,}", said(line[2])] for line in taken.rows] == [
        [row.label, row.cells[0].text, row.cells[0].of] for row in listed.rows
    ]
    findings = "; ".join(KNOWN.finding[name].label for name in NAMES)
    assert taken.notes[1:4] == (
        ("Findings", findings),
        ("Asked about all of them", f"{found.asked:,} records"),
        ("Not asked about at least one", f"{found.not_asked:,} records"),
    )


@pytest.mark.parametrize("by", ["Site", "Month"])
def test_what_is_missing_has_the_figures_of_its_cells(by: str) -> None:
    make = completeness.by_site if by == "Site" else completeness.by_month
    found = make(table(), counts().chosen, KNOWN, ROLE)
    taken = taken_views.missing(found, by, extract())
    parts = [
        part
        for name in found.findings
        for part in (found.of(name), *(found.part(name, group) for group in found.groups))
    ]
    for line, part in zip(taken.rows, parts, strict=True):
        assert (line[2], line[3]) == (part.present, part.asked)
        if part.asked:
            assert said(line[4]) in completeness_words.of_records(part)


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_exact_tables_are_for_those_who_may_see_exact_counts(role: access.Role) -> None:
    rows: Sequence[comparison.Row] = ()
    with pytest.raises(errors.DashboardError, match="may not"):
        taken_views.one_cause(rows, KNOWN.causes[0].id, extract(role))
