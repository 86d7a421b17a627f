"""Cross-check what keeps small numbers safe: from where on a figure is shown, and pooled."""

from collections.abc import Iterator

from circulation.knowledge_base import expressions, knowledge


def faults(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Every fault as (entry, what is wrong).

    Besides a reader and another one, those left must be able to make up a whole count by shares
    that they may have (counting/pooling.py).
    """
    yield from _hiding(loaded)
    yield from _settled_by_findings(loaded)
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
    if asked.never_one_in not in (2, 3):
        yield "pooling", "must never count one record in 2 or 3: more was not shown to be safe"


def _settled_by_findings(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Else another answer to a finding could change an outcome (counting/counted_records.py)."""
    shown = {finding.id for finding in loaded.findings if finding.on_distribution}
    rules = [(cause.id, cause.confirmed_when) for cause in loaded.causes if cause.confirmed_when]
    rules += [(one.id, one.when) for one in loaded.reviewing.settling]
    for entry, when in rules:
        named = {getattr(atom, "name", "") for atom in expressions.atoms(expressions.parse(when))}
        for name in sorted(named & shown):
            yield entry, f"settles a cause by the finding '{name}', which the distribution shows"


def _hiding(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    small = loaded.disclosure
    if small.floor < 2 or small.base < 2:
        yield "disclosure", "must hide counts of 1 and round the others: floor and base from 2 on"
    if small.fewest_to_break_down < small.floor:
        yield "disclosure", "would break down causes whose own number of records is hidden"
