"""Cross-check what keeps small numbers safe: from where on a figure is shown, and pooled."""

from collections.abc import Iterator

from circulation.knowledge_base import knowledge


def faults(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Every fault as (entry, what is wrong).

    Besides a reader and another one, those left must be able to make up a whole count by shares
    that they may have (counting/pooling.py).
    """
    yield from _hiding(loaded)
    asked = loaded.pooling
    others = asked.clinicians - 2
    if others * asked.largest_share < 100 or others * 100 < 200 + asked.remainder:
        yield "pooling", "asks for so few clinicians that no figure could ever be shown"
    if not 0 < asked.largest_share <= 50:
        yield "pooling", "must keep the largest share between 1 and 50 percent"
    if asked.remainder < 10:
        yield "pooling", "must ask for a remainder of at least 10 percent"
    if asked.wait_quarters < 0:
        yield "pooling", "cannot wait a negative number of quarters"


def _hiding(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    small = loaded.disclosure
    if small.floor < 2 or small.base < 2:
        yield "disclosure", "must hide counts of 1 and round the others: floor and base from 2 on"
    if small.fewest_to_break_down < small.floor:
        yield "disclosure", "would break down causes whose own number of records is hidden"
