"""The tables of single views as they are taken along: each figure in a column of its own.

They hold exact counts, so they are for roles that may see them; the digits are those of the page.
"""

from collections.abc import Iterable, Sequence

from circulation import access
from circulation.counting import (
    co_occurrence_words,
    comparison_words,
    published,
    small_multiples_words,
)
from circulation.counting.co_occurrence import Combinations, Pairs
from circulation.counting.comparison import Row
from circulation.counting.completeness import Missing
from circulation.counting.intervals import Interval, Part
from circulation.counting.small_multiples import Multiples
from circulation.counting.takeaways import Takeaway, Value
from circulation.counting.taken_tables import ALL_RECORDS, Extract, chance, percent, side
from circulation.knowledge_base import knowledge

SHARE = ("present", "asked", "share", "from", "to")
Lines = Iterable[tuple[Value, ...]]
Notes = tuple[tuple[str, str], ...]


def one_cause(
    rows: Sequence[Row],
    cause: str,
    taken: Extract,
) -> Takeaway:
    """One cause against all others; differences in points."""
    heads = (
        "Finding",
        *(f"With this cause: {what}" for what in (*SHARE, "not asked")),
        *(f"All others: {what}" for what in (*SHARE, "not asked")),
        *("Difference, points", "Difference from", "Difference to"),
        *("Ratio", "Ratio from", "Ratio to"),
        *("Standardised difference", "Standardised from", "Standardised to"),
        *("Size", "Test", "p", "q"),
    )
    lines = (_against_others(row, taken.known) for row in rows)
    about = (("This cause", taken.known.cause[cause].label),)
    return _table(heads, lines, taken, about)


def side_by_side(
    found: Multiples,
    findings: Sequence[str],
    taken: Extract,
) -> Takeaway:
    """Each finding in each group, and in all records."""
    lines = [
        (taken.known.finding[name].label, label, *_part(part), records - part.asked, records)
        for name in findings
        for label, part, records in (
            *(
                (
                    small_multiples_words.label(found, value),
                    found.part(name, value),
                    found.records(value),
                )
                for value in found.filled
            ),
            (ALL_RECORDS, found.everyone(name), int(found.n.sum())),
        )
    ]
    heads = ("Finding", "Group", "Present", "Asked", "Share", "Not asked", "Records")
    return _table(heads, lines, taken)


def pairs(
    found: Pairs,
    taken: Extract,
) -> Takeaway:
    """Each finding alone and with each other, once."""
    names = found.findings
    lines = [
        (
            taken.known.finding[one].label,
            taken.known.finding[other].label,
            *_part(found.part(one, other)),
        )
        for place, one in enumerate(names)
        for other in names[place:]
    ]
    heads = ("Finding", "With", "Both present", "Asked about both", "Share")
    return _table(heads, lines, taken)


def combinations(
    found: Combinations,
    taken: Extract,
) -> Takeaway:
    """The most frequent combinations, and all others together."""
    lines: list[tuple[Value, ...]] = [
        (
            co_occurrence_words.joined(one.findings, taken.known),
            one.count,
            percent(co_occurrence_words.share(found, one.count)),
        )
        for one in found.shown
    ]
    if found.other_kinds:
        share = percent(co_occurrence_words.share(found, found.other))
        lines.append((co_occurrence_words.other(found), found.other, share))
    heads = ("Combination", "Records", "Share of those asked about all")
    about = (
        ("Findings", "; ".join(taken.known.finding[name].label for name in found.findings)),
        ("Asked about all of them", f"{found.asked:,} records"),
        ("Not asked about at least one", f"{found.not_asked:,} records"),
    )
    return _table(heads, lines, taken, about)


def missing(
    found: Missing,
    by: str,
    taken: Extract,
) -> Takeaway:
    """What was not recorded in each group (``by``: Site or Month), and in all."""
    groups = tuple(zip(found.groups, found.labels, strict=True))
    lines = [
        (taken.known.finding[name].label, label, *_part(part, nobody="no records"))
        for name in found.findings
        for label, part in (
            (ALL_RECORDS, found.of(name)),
            *((label, found.part(name, group)) for group, label in groups),
        )
    ]
    heads = ("Finding", by, "Not recorded", "Records", "Share")
    return _table(heads, lines, taken)


def _table(heads: tuple[str, ...], lines: Lines, taken: Extract, about: Notes = ()) -> Takeaway:
    """The table; ``about`` are notes of this view alone."""
    access.check(taken.role, access.Act.SEE_EXACT_COUNTS)
    named, *said = taken.notes
    return Takeaway(
        title=taken.title,
        heads=heads,
        rows=tuple(lines),
        notes=(named, *about, *said),
        taken_at=taken.source.taken_at,
    )


def _part(part: Part, *, nobody: str = "nobody asked") -> tuple[Value, Value, Value]:
    share = nobody if part.share is None else percent(published.percent(part.share))
    return part.present, part.asked, share


def _against_others(row: Row, known: knowledge.Knowledge) -> tuple[Value, ...]:
    difference, ratio, size = row.difference, row.ratio, row.standardised
    return (
        known.finding[row.finding].label,
        *side(row.own, row.own_interval),
        row.not_asked,
        *side(row.others, row.others_interval),
        row.others_not_asked,
        _digits(100 * difference.value if difference else None, 1),
        *_ends(difference.interval if difference else None, 100, 1),
        _digits(ratio.value if ratio else None, 2),
        *_ends(ratio.interval if ratio else None, 1, 2),
        _digits(size.value if size else None, 2),
        *_ends(size.interval if size else None, 1, 2),
        _size(row),
        comparison_words.tested(row),
        chance(row.tested.p),
        chance(row.tested.q),
    )


def _size(row: Row) -> str:
    if row.standardised is None:
        return comparison_words.UNDEFINED
    return "negligible" if row.trivial else "not negligible"


def _ends(interval: Interval | None, times: int, digits: int) -> tuple[Value, Value]:
    if interval is None:
        return comparison_words.UNDEFINED, comparison_words.UNDEFINED
    return _digits(times * interval.low, digits), _digits(times * interval.high, digits)


def _digits(value: float | None, digits: int) -> Value:
    """A number with as many digits as the page prints; words where there is none."""
    if value is None or value == float("inf"):
        return comparison_words.UNDEFINED if value is None else "no upper end"
    return float(f"{value:.{digits}f}")
