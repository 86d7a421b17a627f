"""Whether a count may be pooled: what stands behind it must give nobody's own numbers away.

The rules are those of tables about firms, with clinicians in the place of firms: a floor, a least
number of different ones, a largest share, and the p percent rule. Together they come down to a cap
on what one clinician may have of a count, which everybody can work out. Rules that are known can
give a number away by themselves, where only one distribution keeps them; so a count is shown only
where each clinician could have any number from 1 to the cap, whatever another one's own is.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping

from circulation.counting import rounding
from circulation.knowledge_base import settings_model

Behind = Mapping[frozenset[str], int]
"""How many records stand behind a count, by the people who took part in each."""


def behind(people: Iterable[frozenset[str]]) -> Behind:
    """What stands behind a count; one set of people for each record."""
    return Counter(people)


def safe(found: Behind, rules: settings_model.Pooling, settings: settings_model.Disclosure) -> bool:
    """Whether the count of these records may be shown, rounded, to everybody.

    Say that it is shown for low to high records, and the reader has at most the cap of them.
    Another one has any number up to the cap: with many, high less twice the cap leaves one record
    or more for each clinician that there must still be; with few, those others at their cap make
    up the low end.
    """
    names, total = frozenset[str]().union(*found), sum(found.values())
    if total < settings.floor or len(names) < rules.clinicians:
        return False
    most = cap(window(total, settings)[0], rules, settings)
    return _open(total, rules, settings) and all(
        sum(count for people, count in found.items() if name in people) <= most for name in names
    )


def least(rules: settings_model.Pooling, settings: settings_model.Disclosure) -> int:
    """The smallest count, as it is shown, that can be safe at all."""
    every = itertools.count(settings.floor)
    found = next(count for count in every if _open(count, rules, settings))
    return sum(window(found, settings)) // 2


def _open(total: int, rules: settings_model.Pooling, settings: settings_model.Disclosure) -> bool:
    """Whether any number up to the cap can be each clinician's, in a count shown as this one."""
    low, high = window(total, settings)
    most, others = cap(low, rules, settings), rules.clinicians - 2
    return most >= 1 and high - 2 * most >= others and others * most >= low


def window(count: int, settings: settings_model.Disclosure) -> tuple[int, int]:
    """The least and the most that is shown as the same number as a count from the floor up."""
    low, high = rounding.alike(count, settings.base)
    return max(settings.floor, low), high


def cap(low: int, rules: settings_model.Pooling, settings: settings_model.Disclosure) -> int:
    """The most that one clinician may have of a count of at least ``low``.

    Without them the floor is still reached, and without any two of them ``remainder`` percent of
    the cap is left; nobody has more than the largest share.
    """
    by_remainder = 100 * low // (200 + rules.remainder)
    return min(low - settings.floor, rules.largest_share * low // 100, by_remainder)
