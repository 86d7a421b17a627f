"""Says in words how well findings tell a confirmed cause apart, from what the reader may see."""

import math
from collections.abc import Iterator

from circulation.choosing import selection
from circulation.counting import headlines, published
from circulation.counting.discrimination import Fourfold
from circulation.counting.discrimination_release import Release
from circulation.counting.intervals import Interval, Ratio
from circulation.knowledge_base import knowledge, rule_words

HEADING = "How well do the symptoms tell the causes apart?"
MEANING = (
    "A likelihood ratio says how many times as often confirmed cases give an answer as the others "
    "do: at 1 the answer says nothing. Intervals are 95%."
)
CAUTION = (
    "These ratios hold for the records loaded here. Published ratios come from other people and "
    "differ; answers depend on each other, so ratios are not to be multiplied. "
    "A single answer never decides."
)
MOST_SITES = 3  # named in one line; more are counted
UNDEFINED = "not defined"


def title(release: Release, known: knowledge.Knowledge) -> str:
    """The finding whose shares lie furthest apart, among groups that are large enough."""
    found = furthest(release)
    cause = known.cause[release.cause]
    if found is None or found.cases.share is None or found.others.share is None:
        return f"Findings with and without confirmed {headlines.in_sentence(cause.label)}"
    finding = known.finding[found.finding]
    verb = "show" if finding.kind == "sign" else "report"
    own, others = published.percent(found.cases.share), published.percent(found.others.share)
    return f"{finding.label}: {own} of confirmed cases {verb} it, {others} of the others"


def furthest(release: Release) -> Fourfold | None:
    """The finding with the largest difference of shares; None when no group is large enough."""
    large = [
        row
        for row in release.rows
        if min(row.cases.asked, row.others.asked) >= headlines.FEWEST_ASKED
    ]
    return max(large, key=_apart, default=None)


def by_ratio(release: Release) -> tuple[Fourfold, ...]:
    """The highest ratio of a present finding first; those without a value last."""
    return tuple(sorted(release.rows, key=_size, reverse=True))


def population(release: Release, known: knowledge.Knowledge) -> str:
    """Which records, how many have the cause confirmed, and who is left out."""
    reasons = selection.why(release.selection, known)
    line = f"All {release.of.words} records."
    if reasons:
        line = f"{release.shown.words} of {release.of.words} records, because "
        line += f"{'; '.join(reasons)}."
    return (
        f"{line}{_sites(release)} {release.cases.words} confirmed cases, "
        f"{release.others.words} others recorded or measured as without it; "
        f"left out because it is not known: {release.unknown.words}."
    )


def _sites(release: Release) -> str:
    if not release.sites:
        return ""
    named = ", ".join(release.sites)
    return f" From {named if len(release.sites) <= MOST_SITES else f'{len(release.sites)} sites'}."


def confirmed(release: Release, known: knowledge.Knowledge) -> str:
    """What confirms the cause."""
    meaning = known.cause[release.cause].confirmed_meaning
    return f"How it is confirmed: {meaning}" if meaning else ""


def silent(release: Release, known: knowledge.Knowledge) -> str:
    """How many confirmed cases report none of the usual symptoms, '' where that is not known."""
    found = release.silent
    if found is None:
        return ""
    share = published.percent(found.none / found.asked)
    named = [headlines.in_sentence(known.finding[name].label) for name in found.symptoms]
    symptoms = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else named[0]
    line = f"{found.none:,} of {found.asked:,} confirmed cases ({share}) report none of: {symptoms}"
    left = f" Left out for not being asked all: {found.not_asked:,}." if found.not_asked else ""
    return f"{line}.{left}"


def limits(release: Release, known: knowledge.Knowledge) -> str:
    """The two limits in use with the cases of each, '' where there is only one."""
    found = release.limits
    if found is None:
        return ""
    here = headlines.in_sentence(rule_words.sentence(known, found.here))
    elsewhere = headlines.in_sentence(rule_words.sentence(known, found.elsewhere))
    return (
        f"Where the limit lies is in doubt. Of {found.known:,} records measured, "
        f"{found.cases_here:,} are cases as counted here ({here}) and "
        f"{found.cases_elsewhere:,} as counted in surveys ({elsewhere})."
    )


def follow_ups(release: Release, known: knowledge.Knowledge) -> Iterator[str]:
    """How each follow-up question among the lines is counted."""
    for row in release.rows:
        finding = known.finding[row.finding]
        if finding.only_if:
            first = known.finding[finding.only_if].label
            yield (
                f"“{finding.label}” is asked only after “{first}”: "
                "those without the second count here as without the first."
            )


def left_out(release: Release, known: knowledge.Knowledge) -> Iterator[str]:
    """The findings without a line, and why."""
    if release.unasked:
        named = "; ".join(known.finding[name].label for name in release.unasked)
        yield f"Not asked in one of the two groups: {named}."


def share(value: float | None, interval: Interval | None) -> str:
    """As `39% (35 to 43)`."""
    if value is None or interval is None:
        return UNDEFINED
    return f"{published.percent(value)} ({100 * interval.low:.0f} to {100 * interval.high:.0f})"


def ratio(found: Ratio | None) -> str:
    """As `1.49 (1.34 to 1.66)`; a ratio to a share of 0 has a lower end only."""
    if found is None:
        return UNDEFINED
    if found.value is None:
        return f"{UNDEFINED} (from {found.interval.low:.2f})"
    return f"{found.value:.2f} ({found.interval.low:.2f} to {found.interval.high:.2f})"


def _apart(row: Fourfold) -> float:
    return abs((row.cases.share or 0.0) - (row.others.share or 0.0))


def _size(row: Fourfold) -> float:
    found = row.when_present
    return -math.inf if found is None or found.value is None else found.value
