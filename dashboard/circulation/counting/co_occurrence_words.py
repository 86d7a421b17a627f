"""Says in words which findings come together, and which records could not be counted."""

from collections.abc import Iterable
from itertools import combinations

from circulation.counting import headlines, published
from circulation.counting.co_occurrence import Combination, Combinations, Pairs
from circulation.counting.intervals import Part
from circulation.knowledge_base import knowledge

NONE = "None of these"
READING = (
    "Each figure counts the records with both findings, of those asked about both; on the "
    "diagonal one finding alone. Frequent findings come together often without having anything "
    "to do with each other."
)


def title(pairs: Pairs, known: knowledge.Knowledge) -> str:
    """The two findings that come together most; neutral where too few were asked."""
    found = most_frequent(pairs, known)
    if found is None:
        return "Findings that come together"
    part = pairs.part(*found)
    share = published.percent(part.present / part.asked)
    return f"{joined(found, known)}: both in {share} of {part.asked:,} asked"


def most_frequent(pairs: Pairs, known: knowledge.Knowledge) -> tuple[str, str] | None:
    """The pair that the largest share of those asked about both have; None below the floor.

    A question that follows up the other one was asked of those who have that one only.
    """
    large = [
        pair
        for pair in combinations(pairs.findings, 2)
        if pairs.part(*pair).asked >= headlines.FEWEST_ASKED
        and not any(known.finding[name].only_if in pair for name in pair)
    ]
    best = max(large, key=lambda pair: pairs.part(*pair).share or 0, default=None)
    return best if best and pairs.part(*best).present else None


def joined(findings: Iterable[str], known: knowledge.Knowledge) -> str:
    """The findings of a combination, as `Numbness + Tingling`."""
    return " + ".join(known.finding[name].label for name in findings) or NONE


def of_asked(part: Part, *, both: bool) -> str:
    """As `66 of 80 asked about both (82%)`."""
    about = " about both" if both else ""
    if part.share is None:
        return f"Nobody was asked{about}"
    share = published.percent(part.share)
    return f"{part.present:,} of {part.asked:,} asked{about} ({share})"


def counted(found: Combinations) -> str:
    """How many records the combinations are made of, and why not of all."""
    n = found.asked + found.not_asked
    line = f"{found.asked:,} of {n:,} records were asked about all {len(found.findings)} findings"
    if not found.not_asked:
        return f"{line}."
    return (
        f"{line}. The other {found.not_asked:,} are left out: a question that was not asked has "
        "not been answered with no."
    )


def share(found: Combinations, count: int) -> str:
    """A number of records as a share of those asked about all findings."""
    return published.percent(count / found.asked) if found.asked else "not asked"


def other(found: Combinations) -> str:
    """What is not drawn: `43 other combinations`."""
    noun = "combination" if found.other_kinds == 1 else "combinations"
    return f"{found.other_kinds:,} other {noun}"


def alt(found: Combinations, known: knowledge.Knowledge) -> str:
    """The chart of combinations in words: its size, and the three most frequent ones."""
    leading = "; ".join(_one(found, combination, known) for combination in found.shown[:3])
    rest = f" {other(found)}: {found.other:,} records." if found.other_kinds else ""
    return f"The {len(found.shown)} most frequent combinations. Most frequent: {leading}.{rest}"


def _one(found: Combinations, combination: Combination, known: knowledge.Knowledge) -> str:
    of_all = share(found, combination.count)
    return f"{joined(combination.findings, known)}, {combination.count:,} records ({of_all})"
