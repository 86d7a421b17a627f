"""Whether a count may be pooled: what stands behind it must give nobody's own numbers away.

The rules are those of tables about firms, with clinicians in the place of firms: a floor, a least
number of different contributors, a largest share, and the p percent rule. They are asked of every
single count, and they hold for a reader who knows the count exactly and is one of those behind it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_base import pooling_model

Behind = Mapping[frozenset[str], int]
"""How many records stand behind a count, by the people who took part in each."""


def behind(people: Iterable[frozenset[str]]) -> Behind:
    """What stands behind a count; one set of people for each record."""
    return Counter(people)


def safe(found: Behind, rules: pooling_model.Pooling, settings: model.DisclosureSettings) -> bool:
    """Whether the count of these records may be shown, rounded, to everybody.

    Whoever takes their own records away must still find a count that reaches the floor, of others
    of whom none can be told apart: what is left without any two is at least ``remainder`` percent
    of what the second of them has there.
    """
    names = frozenset[str]().union(*found)
    if _size(found) < settings.floor or len(names) < rules.clinicians:
        return False
    return all(_safe_from(reader, found, rules, settings) for reader in sorted(names))


def _safe_from(
    reader: str,
    found: Behind,
    rules: pooling_model.Pooling,
    settings: model.DisclosureSettings,
) -> bool:
    """Whether a reader who knows their own records cannot tell anybody else's from the rest."""
    rest = {people: count for people, count in found.items() if reader not in people}
    left, total = _size(rest), _size(found)
    if 100 * (total - left) > rules.largest_share * total or left < settings.floor:
        return False
    others = frozenset[str]().union(*rest)
    if len(others) < rules.clinicians - 1:
        return False
    theirs = (sum(n for people, n in rest.items() if other in people) for other in others)
    return all(100 * (left - own) >= rules.remainder * own for own in theirs)


def _size(found: Behind) -> int:
    return sum(found.values())
