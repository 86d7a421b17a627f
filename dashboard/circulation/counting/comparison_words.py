"""Says in words what a comparison with all others found, and why a figure is missing."""

from collections.abc import Iterable

from circulation.choosing.selection import Basis
from circulation.counting import comparison, discrimination_words, headlines, published
from circulation.counting.comparison import Comparison, Row
from circulation.counting.intervals import Estimate, Interval, Part, Ratio
from circulation.counting.significance import FEWEST_ASKED
from circulation.knowledge_base import knowledge

UNDEFINED = discrimination_words.UNDEFINED
OTHERS = (
    "All others are the other records shown, also those where nobody said whether they belong. "
    "Only records asked about the finding count."
)
READING = (
    "Intervals are 95%: Wilson for a share, Newcombe for a difference, Katz for a ratio. "
    "Differences describe the records shown: groups also differ in age, site and why they came, "
    "and a difference says nothing about one person."
)
CIRCULAR = (
    "The rules read these findings: some groups differ by definition, and their p-values mean "
    "nothing."
)


def title(rows: Iterable[Row], found: Comparison, cause: str, known: knowledge.Knowledge) -> str:
    """The finding that differs most, among groups that are large enough; else a neutral title.

    A colon and no verb, as some findings are named in the plural.
    """
    large = [row for row in rows if min(row.own.asked, row.others.asked) >= headlines.FEWEST_ASKED]
    most = max(large, key=lambda row: row.size, default=None)
    name = group(found, cause, known)
    if most is None or most.trivial or most.own.share is None or most.others.share is None:
        return f"Findings with {name} against all others"
    label = known.finding[most.finding].label
    own, others = published.percent(most.own.share), published.percent(most.others.share)
    return f"{label}: {own} with {name}, {others} of all others"


def group(found: Comparison, cause: str, known: knowledge.Knowledge) -> str:
    """The group in words: suspected, supported or confirmed, never just so."""
    label = headlines.in_sentence(known.cause[cause].label)
    return f"{headlines.GROUP_AS[found.selection.basis]} {label}"


def apart(rows: Iterable[Row]) -> str:
    """How many differences are too large to be nothing, as `9 of 27 differences ...`."""
    sure = [row.difference.interval for row in rows if row.difference]
    clear = sum(interval.low > 0 or interval.high < 0 for interval in sure)
    return f"{clear} of {len(sure)} differences have a 95% interval without 0."


def notes(found: Comparison) -> tuple[str, ...]:
    """What the reader must know of the figures."""
    tests = (
        f"p-values are two-sided. q-values are corrected for all {found.tests:,} p-values of the "
        f"table, all causes together ({found.correction}). There is no p-value where fewer than "
        f"{FEWEST_ASKED} were asked in a group."
    )
    negligible = (
        f"Negligible: the standardised difference lies between -{comparison.TRIVIAL} and "
        f"{comparison.TRIVIAL}."
    )
    titled = (
        f"The title names the largest difference with {headlines.FEWEST_ASKED} or more asked in "
        "both groups."
    )
    circular = (CIRCULAR,) if found.selection.basis is Basis.SUPPORTED else ()
    return (*circular, f"{OTHERS} {titled}", f"{tests} {negligible}", READING)


def figures(row: Row) -> tuple[str, ...]:
    """One line in words: difference, ratio and standardised difference with intervals, the test."""
    ratio = UNDEFINED if row.ratio is None or row.ratio.value is None else f"{row.ratio.value:.2f}"
    size = UNDEFINED if row.standardised is None else f"{row.standardised.value:.2f}"
    trivial = ", negligible" if row.trivial else ""
    found = f": p {chance(row.tested.p)}, q {chance(row.tested.q)}" if row.tested.test else ""
    return (
        f"Difference: {points(row.difference)}",
        f"Ratio: {ratio} ({ratio_between(row.ratio)})",
        f"Standardised difference: {size} ({between(row.standardised, 1)}){trivial}",
        f"{tested(row)}{found}",
    )


def part(counted: Part, interval: Interval | None) -> str:
    """As `66 of 80 (82%, 73 to 89)`."""
    if counted.share is None or interval is None:
        return "nobody asked"
    share = published.percent(counted.share)
    ends = f"{100 * interval.low:.0f} to {100 * interval.high:.0f}"
    return f"{counted.present:,} of {counted.asked:,} ({share}, {ends})"


def points(difference: Estimate | None) -> str:
    """As `+47 points (38 to 55)`."""
    if difference is None:
        return UNDEFINED
    low, high = 100 * difference.interval.low, 100 * difference.interval.high
    return f"{signed(100 * difference.value)} points ({signed(low)} to {signed(high)})"


def between(found: Estimate | None, times: int) -> str:
    """The interval of a value in points (times 100) or as it is, as `+38.0 to +55.1`."""
    if found is None:
        return UNDEFINED
    low, high = times * found.interval.low, times * found.interval.high
    return f"{low:+.1f} to {high:+.1f}" if times > 1 else f"{low:.2f} to {high:.2f}"


def ratio_between(found: Ratio | None) -> str:
    """As `1.50 to 3.38`; says where a half had to be added to each count."""
    if found is None:
        return UNDEFINED
    added = ", a half added to each count" if found.half_added else ""
    if found.value is None:
        return f"from {found.interval.low:.2f}{added}"
    return f"{found.interval.low:.2f} to {found.interval.high:.2f}{added}"


def chance(value: float | None) -> str:
    """A p-value or q-value as a page prints it."""
    if value is None:
        return "none"
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def tested(row: Row) -> str:
    """The test that ran, or why none did."""
    return row.tested.test or row.tested.why_not


def signed(number: float) -> str:
    """A whole number with its sign; none for 0."""
    whole = round(number)
    return f"{whole:+d}" if whole else "0"
