"""The tables of the distribution page as they are taken along: as published, nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from circulation import access, periods
from circulation.choosing import selection
from circulation.counting import (
    between_words,
    comparison_words,
    distribution,
    published,
    takeaways,
)
from circulation.counting.between import Between, Line
from circulation.counting.intervals import Interval, Part
from circulation.counting.takeaways import Percent, Value
from circulation.knowledge_base import knowledge

ALL_RECORDS = "All records"
NO_COMPARISON = "no comparison"
_SHARE = ("share", "from", "to")


@dataclass(frozen=True, slots=True)
class DataSet:
    """What the figures were counted from."""

    version: str
    latest: date | None
    knowledge: str
    synthetic: bool
    taken_at: datetime


@dataclass(frozen=True)
class Extract:
    """What is taken along: of which release, under which title, by whom."""

    release: published.Release
    title: str
    source: DataSet
    known: knowledge.Knowledge
    role: access.Role

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """What every table of the page says of itself."""
        shown = _shown(self.release, self.source, self.known)
        return (("Title", self.title), *shown, *about(self.source))


def of_release(cells: Iterable[published.Cell], taken: Extract) -> takeaways.Takeaway:
    """Cells of a release as a list, exactly as published."""
    access.check(taken.role, access.Act.EXPORT_COUNTS)
    return takeaways.Takeaway(
        title=taken.title,
        heads=(
            "Finding",
            "Cause",
            "Present",
            "Asked",
            "Share",
            "Points against all others",
            "Not asked",
            "Records",
        ),
        rows=tuple(_row(taken.release, cell, taken.known) for cell in cells),
        notes=taken.notes,
        taken_at=taken.source.taken_at,
    )


def of_between(
    found: Between,
    lines: Iterable[Line],
    title: str,
    source: DataSet,
    known: knowledge.Knowledge,
    role: access.Role,
) -> takeaways.Takeaway:
    """Two selections side by side; each figure in a column of its own."""
    access.check(role, access.Act.SEE_EXACT_COUNTS)
    among = known.cause[found.cause].label if found.cause else ALL_RECORDS
    return takeaways.Takeaway(
        title=title,
        heads=(
            "Finding",
            *(f"{name} {what}" for name in "AB" for what in ("present", "asked", *_SHARE)),
            *("A less B, points", "A less B from", "A less B to", "Test", "p", "q"),
        ),
        rows=tuple(_line(line, known) for line in lines),
        notes=(
            ("Title", title),
            ("A", between_words.side(found.a, found.cause, known)),
            ("B", between_words.side(found.b, found.cause, known)),
            ("Among", among),
            ("In both", between_words.shared(found)),
            *(("Reading", note) for note in between_words.notes(found)),
            *_up_to(selection.Selection(), source),
            *about(source),
        ),
        taken_at=source.taken_at,
    )


def about(source: DataSet) -> tuple[tuple[str, str], ...]:
    """What every file says of where its figures come from."""
    kind = "Demonstration records: synthetic, no real patients" if source.synthetic else "As loaded"
    return (
        ("As of", f"{periods.day(source.taken_at.date())} {source.taken_at:%H:%M}"),
        ("Kind of records", kind),
        ("Data set", source.version),
        ("Knowledge", source.knowledge),
        ("Use", "Decision support. Not a diagnosis."),
    )


def _row(
    release: published.Release, cell: published.Cell, known: knowledge.Knowledge
) -> tuple[Value, ...]:
    everyone, points = cell.cause == distribution.ALL, release.points(cell)
    return (
        known.finding[cell.finding].label,
        ALL_RECORDS if everyone else known.cause[cell.cause].label,
        count(cell.present),
        count(cell.asked),
        share(cell),
        NO_COMPARISON if points is None else points,
        not_asked(release, cell),
        count(cell.n),
    )


def count(one: published.Count) -> Value:
    """A number, or in words that it is hidden: never 0, never blank."""
    return one.words if one.value is None else one.value


def not_asked(release: published.Release, cell: published.Cell) -> Value:
    """Records without an answer, or in words that a figure of it is hidden."""
    return release.hidden_as if cell.not_asked is None else cell.not_asked


def share(cell: published.Cell) -> Value:
    """The share as the page prints it: whole percent, or the words that stand in its place."""
    return percent(cell.percent)


def _shown(
    release: published.Release, source: DataSet, known: knowledge.Knowledge
) -> tuple[tuple[str, str], ...]:
    reasons = "; ".join(selection.why(release.selection, known)) or "none"
    small = release.note or "Exact counts: for readers who may see single records"
    return (
        ("Shown", f"{release.shown.words} of {release.of.words} records"),
        ("Filters", reasons),
        ("Causes", f"counted as {selection.BASIS_WORDS[release.selection.basis]}"),
        *_undated(release),
        ("Small numbers", small),
        ("Shares", "of those asked; not asked is never counted as no"),
        *_up_to(release.selection, source),
    )


def _undated(release: published.Release) -> tuple[tuple[str, str], ...]:
    if release.without_day.value == 0:
        return ()
    return (("Left out for having no received date", release.without_day.words),)


def _up_to(wanted: selection.Selection, source: DataSet) -> tuple[tuple[str, str], ...]:
    """The day of the data: where the period ends, else the day of the latest record."""
    last = wanted.last or source.latest
    return (("Records up to", periods.day(last)),) if last else ()


def _line(line: Line, known: knowledge.Knowledge) -> tuple[Value, ...]:
    of_a, of_b = line.intervals
    return (
        known.finding[line.finding].label,
        *side(line.a, of_a),
        *side(line.b, of_b),
        NO_COMPARISON if line.gap is None else round(100 * line.gap),
        *_ends(line.difference.interval if line.difference else None),
        line.tested.test or line.tested.why_not,
        chance(line.tested.p),
        chance(line.tested.q),
    )


def side(part: Part, interval: Interval | None) -> tuple[Value, ...]:
    """One group: present, asked, share, and both ends of its interval in whole percent."""
    share = "nobody asked" if part.share is None else percent(published.percent(part.share))
    return (part.present, part.asked, share, *_ends(interval))


def _ends(interval: Interval | None) -> tuple[Value, Value]:
    if interval is None:
        return "none", "none"
    return round(100 * interval.low), round(100 * interval.high)


def chance(value: float | None) -> Value:
    """A p-value or q-value with the digits that the page prints."""
    printed = comparison_words.chance(value)
    return float(printed) if printed[0].isdigit() else printed


def percent(printed: str) -> Value:
    """A share as the page prints it; words stay words."""
    digits = printed.removesuffix("%")
    return Percent(int(digits)) if digits.isdigit() else printed
