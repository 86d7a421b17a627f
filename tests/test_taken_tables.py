"""The tables taken along hold exactly what is published, with notes that say what they are."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

import pytest

import makers
import random_records
from circulation import access, errors
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import (
    between,
    between_words,
    disclosure,
    distribution,
    published,
    takeaways,
    taken_tables,
)
from circulation.counting.clearance import Clearance
from circulation.counting.takeaways import Percent
from circulation.counting.taken_tables import Extract
from circulation.judgement import assessment

KNOWN = makers.knowledge()
SOURCE = taken_tables.DataSet(
    version="3f2a",
    latest=date(2026, 1, 31),
    knowledge=KNOWN.version,
    synthetic=True,
    taken_at=datetime(2026, 2, 1, 14, 32, tzinfo=UTC),
)
MONTH = Selection(first=date(2026, 1, 1), last=date(2026, 1, 31))


def cleared() -> Clearance:
    """Every finding, none of its cells to be hidden."""
    return Clearance(30, {one.id: frozenset() for one in KNOWN.findings})


@lru_cache(maxsize=8)
def counts(wanted: Selection) -> distribution.Counts:
    table = makers.table(KNOWN, random_records.records(KNOWN, 300, seed=4, blank=0.3))
    assessed = assessment.assess(table, KNOWN)
    return distribution.by_cause(table, assessed, selection.apply(table, assessed, wanted), KNOWN)


def taken(release: published.Release, role: access.Role) -> takeaways.Takeaway:
    cells = (cell for row in release.rows for cell in row)
    return taken_tables.of_release(cells, Extract(release, "A title", SOURCE, KNOWN, role))


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("role", list(access.Role))
def test_every_cell_is_taken_as_it_is_published(role: access.Role, basis: Basis) -> None:
    wanted = replace(MONTH, basis=basis)
    release = disclosure.release(counts(wanted), role, KNOWN.disclosure, cleared)
    cells = [cell for row in release.rows for cell in row]
    rows = taken(release, role).rows
    assert len(rows) == len(cells)
    for row, cell in zip(rows, cells, strict=True):
        said = [f"{v.whole}%" if isinstance(v, Percent) else v for v in row]
        points = release.points(cell)
        assert said[2:] == [
            cell.present.value if cell.present.value is not None else cell.present.words,
            cell.asked.value if cell.asked.value is not None else cell.asked.words,
            cell.percent,
            "no comparison" if points is None else points,
            release.hidden_as if cell.not_asked is None else cell.not_asked,
            cell.n.value if cell.n.value is not None else cell.n.words,
        ]


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_what_is_hidden_stays_hidden_in_words(role: access.Role) -> None:
    raw = counts(MONTH)
    made = taken(disclosure.release(raw, role, KNOWN.disclosure, cleared), role)
    small = ((raw.present > 0) & (raw.present < 8)).ravel()
    assert small.any()
    for row, hidden in zip(made.rows, small, strict=True):
        if hidden:
            assert row[2] in {"1-7 hidden", "hidden"}
        for value in (row[2], row[3], row[6], row[7]):
            assert value in {"1-7 hidden", "hidden"} or (isinstance(value, int) and value % 5 == 0)
    notes = dict(made.notes)
    assert "Counts of 1-7 are hidden" in notes["Small numbers"]
    assert notes["Filters"] == "received 01-Jan-2026 to 31-Jan-2026"


def test_the_notes_say_what_how_many_why_and_as_of_when() -> None:
    wanted = replace(MONTH, sexes=frozenset({"female"}), basis=Basis.CONFIRMED)
    raw = counts(wanted)
    release = disclosure.release(raw, access.Role.CLINICIAN, KNOWN.disclosure, cleared)
    assert taken(release, access.Role.CLINICIAN).notes == (
        ("Title", "A title"),
        ("Shown", f"{raw.chosen.count} of 300 records"),
        ("Filters", "received 01-Jan-2026 to 31-Jan-2026; sex female"),
        ("Causes", "counted as confirmed"),
        ("Left out for having no received date", str(raw.chosen.without_day)),
        ("Small numbers", "Exact counts: for readers who may see single records"),
        ("Shares", "of those asked; not asked is never counted as no"),
        ("Records up to", "31-Jan-2026"),
        ("As of", "01-Feb-2026 14:32"),
        ("Kind of records", "Demonstration records: synthetic, no real patients"),
        ("Data set", "3f2a"),
        ("Knowledge", KNOWN.version),
        ("Use", "Decision support. Not a diagnosis."),
    )


def compared(role: access.Role) -> takeaways.Takeaway:
    women, men = (counts(Selection(sexes=frozenset({sex}))) for sex in ("female", "male"))
    table = makers.table(KNOWN, random_records.records(KNOWN, 300, seed=4, blank=0.3))
    assessed = assessment.assess(table, KNOWN)
    found = between.of(table, assessed, women, men, access.Role.CLINICIAN)
    return taken_tables.of_between(found, found.lines, "A title", SOURCE, KNOWN, role)


def test_a_comparison_is_taken_to_the_digit_of_the_page() -> None:
    women, men = (counts(Selection(sexes=frozenset({sex}))) for sex in ("female", "male"))
    table = makers.table(KNOWN, random_records.records(KNOWN, 300, seed=4, blank=0.3))
    found = between.of(table, assessment.assess(table, KNOWN), women, men, access.Role.CLINICIAN)
    taken = compared(access.Role.CLINICIAN)
    assert len(set(taken.heads)) == len(taken.heads)
    for row, line in zip(taken.rows, found.lines, strict=True):
        page = between_words.cells(line, KNOWN)
        a, b = row[1:6], row[6:11]
        for side, said in ((a, page[1]), (b, page[2])):
            share = f"{side[2].whole}%" if isinstance(side[2], Percent) else side[2]
            text = f"{side[0]} of {side[1]} ({share}, {side[3]} to {side[4]})"
            assert said == (text if side[1] else "nobody asked")
        if line.difference:
            signed = [f"{n:+d}" if n else "0" for n in row[11:14] if isinstance(n, int)]
            assert page[3] == f"{signed[0]} points ({signed[1]} to {signed[2]})"
        assert (row[14], str(row[15]).ljust(5, "0"), str(row[16]).ljust(5, "0")) == (
            page[4],
            page[5].ljust(5, "0"),
            page[6].ljust(5, "0"),
        )


def test_no_manager_takes_a_comparison_along() -> None:
    with pytest.raises(errors.DashboardError, match="may not"):
        compared(access.Role.MANAGER)
