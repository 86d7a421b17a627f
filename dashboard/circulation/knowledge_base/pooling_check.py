"""Cross-check when figures may be pooled: numbers by which one could ever be shown."""

from collections.abc import Iterator

from circulation.knowledge_base import knowledge


def faults(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Every fault as (entry, what is wrong)."""
    asked = loaded.pooling
    if asked.clinicians < 3:
        yield "pooling", "must ask for at least 3 clinicians: two know each other's part"
    elif (asked.clinicians - 2) * asked.largest_share < 100:
        yield "pooling", "asks for so small a largest share that no figure could ever be shown"
    if asked.largest_share > 50:
        yield "pooling", "must keep the largest share to 50 percent or less"
    if asked.remainder < 10:
        yield "pooling", "must ask for a remainder of at least 10 percent"
    if asked.wait_quarters < 0:
        yield "pooling", "cannot wait a negative number of quarters"
