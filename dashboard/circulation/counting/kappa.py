"""How far two readers agree beyond chance: kappa with its interval, by Cohen and free-marginal."""

import math
from collections import Counter
from collections.abc import Sequence

from circulation.counting import intervals


def cohens(
    pairs: Sequence[tuple[str, str]], *, confidence: float = intervals.CONFIDENCE
) -> intervals.Estimate | None:
    """Kappa of two readers who each gave one of the same words; 0 is chance, 1 full agreement.

    None where it is not defined: no pairs, or both gave one and the same word throughout.
    Cohen J, Educ Psychol Meas 1960;20:37-46; the interval by the large-sample error of Fleiss JL,
    Cohen J, Everitt BS, Psychol Bull 1969;72:323-327, cut off at -1 and 1.
    """
    n = len(pairs)
    cells = Counter(pairs)
    first = Counter(one for one, _ in pairs)
    second = Counter(other for _, other in pairs)
    by_chance = sum(first[word] * second[word] for word in first) / (n * n) if n else 1.0
    if by_chance == 1:
        return None
    agreed = sum(count for (one, other), count in cells.items() if one == other) / n
    kappa = (agreed - by_chance) / (1 - by_chance)
    spread = 0.0
    for (one, other), count in cells.items():
        if one == other:
            margins = (first[one] + second[one]) / n
            spread += count / n * (1 - margins * (1 - kappa)) ** 2
        else:
            margins = (second[one] + first[other]) / n
            spread += count / n * (margins * (1 - kappa)) ** 2
    spread -= (kappa - by_chance * (1 - kappa)) ** 2
    error = math.sqrt(max(spread, 0.0) / n) / (1 - by_chance)
    half = intervals.z(confidence) * error
    ends = intervals.Interval(max(kappa - half, -1.0), min(kappa + half, 1.0))
    return intervals.Estimate(kappa, ends)


def free_marginal(
    alike: intervals.Part, words: int, *, confidence: float = intervals.CONFIDENCE
) -> intervals.Estimate | None:
    """Kappa from nothing but how often two readers gave the same one of so many words.

    Chance is one in ``words``, whatever the readers gave: right where nobody is bound to give each
    word so many times, and it says no more than the share of pairs alike. None without pairs.
    Brennan RL, Prediger DJ, Educ Psychol Meas 1981;41:687-699; the interval is Wilson's of the
    share, carried over.
    """
    ends = intervals.share(alike, confidence=confidence)
    if alike.share is None or ends is None:
        return None

    def beyond(share: float) -> float:
        return (share * words - 1) / (words - 1)

    interval = intervals.Interval(beyond(ends.low), beyond(ends.high))
    return intervals.Estimate(beyond(alike.share), interval)
