"""Says in words how findings differ between groups, and which groups are small."""

import math
from collections.abc import Mapping

from circulation.counting import headlines, intervals, published, small_multiples
from circulation.counting.intervals import Part
from circulation.counting.significance import FEWEST_ASKED
from circulation.counting.small_multiples import Multiples, Over, Spread
from circulation.knowledge_base import knowledge

BY = {Over.SITE: "site", Over.AGE_BAND: "age band", Over.SEX: "sex"}
MISSING = {
    Over.SITE: "Site not recorded",
    Over.AGE_BAND: "Age not recorded",
    Over.SEX: "Sex not recorded",
}
IN = {Over.SITE: "at {}", Over.AGE_BAND: "aged {}"}
SEXES = {"female": "in women", "male": "in men", "other": "in people of another sex"}
READING = (
    "Every share is of those asked, on one scale from 0 to 100%, with its 95% interval (Wilson). "
    "Groups also differ in other ways, such as why they came; a difference explains nothing."
)


def title(found: Multiples, known: knowledge.Knowledge) -> str:
    """The finding whose shares lie furthest apart; neutral where no difference is clear."""
    widest = max(
        (
            one
            for name in found.findings
            if (one := clear_spread(found, name)) and _sure(found, one)
        ),
        key=lambda one: one.size,
        default=None,
    )
    if widest is None:
        return f"Findings by {BY[found.over]}"
    return f"{known.finding[widest.finding].label}: {ends(found, widest)}"


def _sure(found: Multiples, widest: Spread) -> bool:
    """Whether a difference is large, and its interval leaves out 0 for all that were looked at.

    Of many differences the largest is large by chance; Bonferroni's correction for every pair of
    groups and every finding allows for that.
    """
    looked_at = len(found.findings) * math.comb(len(found.filled), 2)
    ends = (found.part(widest.finding, value) for value in (widest.highest, widest.lowest))
    between = intervals.difference(*ends, confidence=1 - (1 - intervals.CONFIDENCE) / looked_at)
    large = round(100 * widest.size) >= headlines.CLEAR_DIFFERENCE
    return large and between is not None and between.interval.low > 0


def clear_spread(found: Multiples, finding: str) -> Spread | None:
    """How far the groups lie apart that are large enough to be held up as different."""
    return small_multiples.spread(found, finding, fewest=headlines.FEWEST_ASKED)


def sizes(found: Multiples) -> Mapping[str, float | None]:
    """How far apart the shares of each finding lie; None where no two groups are large enough."""
    spreads = {name: clear_spread(found, name) for name in found.findings}
    return {name: one.size if one else None for name, one in spreads.items()}


def ends(found: Multiples, widest: Spread) -> str:
    """As `31% at River, 14% at North`."""
    pairs = ((widest.high, widest.highest), (widest.low, widest.lowest))
    return ", ".join(f"{published.percent(share)} {inside(found, value)}" for share, value in pairs)


def label(found: Multiples, value: str) -> str:
    """The head of one group."""
    if value == small_multiples.NOT_RECORDED:
        return MISSING[found.over]
    return value.capitalize() if found.over is Over.SEX else value


def inside(found: Multiples, value: str) -> str:
    """One group inside a sentence: `at River`."""
    if value == small_multiples.NOT_RECORDED:
        return f"with {headlines.in_sentence(MISSING[found.over])}"
    if found.over is Over.SEX:
        return SEXES[value]
    return IN[found.over].format(value)


def of_asked(part: Part) -> str:
    """As `66 of 80 asked (82%)`."""
    if part.share is None:
        return "Nobody was asked"
    return f"{part.present:,} of {part.asked:,} asked ({published.percent(part.share)})"


def small(found: Multiples) -> str:
    """The groups so small that one record moves a share by more than 3 points, else ''."""
    few = [
        f"{label(found, value)} ({found.records(value):,})"
        for value in found.filled
        if found.records(value) < headlines.FEWEST_ASKED
    ]
    return f"Small groups, whose shares say little: {'; '.join(few)}." if few else ""


def empty(found: Multiples) -> str:
    """The groups that no record shown is in, else ''; that none lacks the value is no news."""
    none = [
        label(found, value)
        for value in found.values
        if value != small_multiples.NOT_RECORDED and not found.records(value)
    ]
    return f"No record shown: {'; '.join(none)}." if none else ""


def hollow() -> str:
    """What a hollow mark means."""
    return f"Fewer than {FEWEST_ASKED} asked"


def alt(found: Multiples, known: knowledge.Knowledge) -> str:
    """The chart in words: its title, its panels, and the finding that differs most and least."""
    panels = "; ".join(
        f"{label(found, value)} n={found.records(value):,}" for value in found.filled
    )
    spreads = [one for name in found.findings if (one := clear_spread(found, name))]
    said = f"{title(found, known)}. One panel for each {BY[found.over]}: {panels}."
    if not spreads:
        return f"{said} No two groups were asked often enough to be compared."
    most, least = (pick(spreads, key=lambda one: one.size) for pick in (max, min))
    return (
        f"{said} Furthest apart: {known.finding[most.finding].label}, {ends(found, most)}. "
        f"Closest: {known.finding[least.finding].label}, {ends(found, least)}."
    )
