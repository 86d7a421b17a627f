"""Says in words what two selections are, how they differ, and why a figure is missing."""

from circulation.choosing import selection
from circulation.counting import (
    comparison_words,
    distribution,
    headlines,
    intervals,
    published,
)
from circulation.counting.between import Between, Line, Side, by_size
from circulation.counting.comparison import TRIVIAL
from circulation.counting.significance import FEWEST_ASKED
from circulation.knowledge_base import knowledge

NEUTRAL = "Two selections side by side"
READING = (
    "Shares are of those asked. Intervals are 95%: Wilson for a share, Newcombe for a difference. "
    "Differences describe the records: A and B may also differ in age, site and why people came, "
    "and a difference says nothing about one person."
)
HEADS = ("Finding", "A", "B", "A less B", "Test", "p", "q")


def title(found: Between, known: knowledge.Knowledge) -> str:
    """The finding that differs most, among groups that are large enough; else a neutral title."""
    large = [
        line for line in found.lines if min(line.a.asked, line.b.asked) >= headlines.FEWEST_ASKED
    ]
    most = next(iter(by_size(large)), None)
    if most is None or most.a.share is None or most.b.share is None:
        return NEUTRAL
    size = intervals.standardised(most.a, most.b)
    if size is not None and abs(size.value) < TRIVIAL:
        return NEUTRAL
    a, b = published.percent(most.a.share), published.percent(most.b.share)
    return f"{known.finding[most.finding].label} differs most: {a} of A, {b} of B"


def side(one: Side, cause: str, known: knowledge.Knowledge) -> str:
    """As `210 of 1,200 records, because site North; 40 of them with suspected obesity`."""
    reasons = selection.why(one.selection, known)
    line = f"{one.shown:,} of {one.of:,} records"
    line += f", because {'; '.join(reasons)}" if reasons else ", without filters"
    if cause == distribution.ALL:
        return line
    label = headlines.in_sentence(known.cause[cause].label)
    return f"{line}; {one.n:,} of them with {headlines.GROUP_AS[one.selection.basis]} {label}"


def shared(found: Between) -> str:
    """How many records are in both, and what follows from it."""
    if not found.both:
        return "No record is in both A and B."
    verb = "record is" if found.both == 1 else "records are"
    return (
        f"{found.both:,} {verb} in both A and B. Interval and test of a difference hold for "
        "groups that share no record, so there are none. Change the filters until A and B are "
        "apart, as two sites or two periods are."
    )


def notes(found: Between) -> tuple[str, ...]:
    """What the reader must know of the figures."""
    if found.both:
        return (READING,)
    tests = (
        f"p-values are two-sided. q-values are corrected for all {found.tests:,} p-values of the "
        f"table ({found.correction}). There is no p-value where fewer than {FEWEST_ASKED} were "
        "asked in A or in B."
    )
    return (READING, tests)


def cells(line: Line, known: knowledge.Knowledge) -> tuple[str, ...]:
    """A line of the table as the page prints it, in the order of HEADS."""
    of_a, of_b = line.intervals
    return (
        known.finding[line.finding].label,
        comparison_words.part(line.a, of_a),
        comparison_words.part(line.b, of_b),
        _gap(line),
        line.tested.test or line.tested.why_not,
        comparison_words.chance(line.tested.p),
        comparison_words.chance(line.tested.q),
    )


def _gap(line: Line) -> str:
    if line.difference is not None:
        return comparison_words.points(line.difference)
    if line.gap is None:
        return comparison_words.UNDEFINED
    return f"{comparison_words.signed(100 * line.gap)} points"
