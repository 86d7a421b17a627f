"""Says in words what was not recorded; a missing answer is never spoken of as no."""

from circulation.counting import headlines, published
from circulation.counting.completeness import Missing
from circulation.counting.intervals import Part
from circulation.knowledge_base import knowledge

READING = "Not recorded: nobody asked, or the answer was not entered. It is never counted as no."


def title(found: Missing, known: knowledge.Knowledge) -> str:
    """How many findings nobody was asked, else the one missing most; neutral for few records."""
    n = int(found.n.sum())
    most = by_size(found)[:1]
    if n < headlines.FEWEST_ASKED or not most or not found.of(most[0]).present:
        return "What was not recorded"
    never = sum(found.of(name).present == n for name in found.findings)
    if never:
        verb = "is" if never == 1 else "are"
        return (
            f"{never} of {len(found.findings)} findings {verb} not recorded in any of {n:,} records"
        )
    share = published.percent(found.of(most[0]).present / n)
    return f"{known.finding[most[0]].label}: not recorded in {share} of {n:,} records"


def follow_ups(found: Missing, known: knowledge.Knowledge) -> str:
    """The findings that only some records need, else ''."""
    names = [
        f"{known.finding[name].label} (follows up {known.finding[asked_first].label})"
        for name in found.findings
        if (asked_first := known.finding[name].only_if)
    ]
    return f"Not a question for every record: {'; '.join(names)}." if names else ""


def by_size(found: Missing) -> tuple[str, ...]:
    """The findings, the one missing most first."""
    return tuple(sorted(found.findings, key=lambda name: -found.of(name).present))


def of_records(part: Part) -> str:
    """As `152 of 1,200 records (13%)`."""
    if part.share is None:
        return "No records"
    noun = "record" if part.asked == 1 else "records"
    return f"{part.present:,} of {part.asked:,} {noun} ({published.percent(part.share)})"


def alt(found: Missing, known: knowledge.Knowledge) -> str:
    """The chart of all records in words: what is missing most and least."""
    names = by_size(found)
    most, least = (
        f"{known.finding[name].label}, {of_records(found.of(name))}"
        for name in (names[0], names[-1])
    )
    return f"{title(found, known)}. Not recorded most: {most}. Least: {least}."


def months_alt(found: Missing, known: knowledge.Knowledge) -> str:
    """The chart by month in words: the month and finding with the largest missing share."""
    cells = [
        (part.present / part.asked, name, group)
        for name in found.findings
        for group in found.groups
        if (part := found.part(name, group)).asked >= headlines.FEWEST_ASKED
    ]
    said = f"What was not recorded, by month received, {found.labels[0]} to {found.labels[-1]}."
    if not cells:
        return f"{said} No month has {headlines.FEWEST_ASKED} records."
    _, name, group = max(cells)
    label = found.labels[found.groups.index(group)]
    most = of_records(found.part(name, group))
    return f"{said} Most missing: {known.finding[name].label}, {label}, {most}."
