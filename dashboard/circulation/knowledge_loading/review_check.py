"""Cross-check how the clinic reviews: fixed codes are all there, none twice, none unknown."""

from collections import Counter
from collections.abc import Iterator

from circulation.knowledge_base import knowledge, levels
from circulation.knowledge_base.review_model import Certainty, Disposition

URGENCIES = tuple(urgency.code for urgency in levels.Urgency)
LABEL = 60
"""Longest words of a choice, characters."""


def statements(loaded: knowledge.Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every statement's name with its sources."""
    chosen = loaded.reviewing
    yield "review settings", chosen.settings.sources
    yield "review results", chosen.results.sources
    yield "review bulk", chosen.bulk.sources
    for one in chosen.settling:
        yield one.id, one.sources
    for word in chosen.every_word:
        yield word.id, word.sources


def faults(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Every fault as (entry, what is wrong)."""
    chosen = loaded.reviewing
    named = Counter(entry.id for entry in (*chosen.every_word, *chosen.settling))
    yield from ((name, "stands twice") for name, count in named.items() if count > 1)
    for word in chosen.every_word:
        if not word.label or len(word.label) > LABEL:
            yield word.id, f"needs a label of 1 to {LABEL} characters"
    codes = sorted(word.id for word in chosen.dispositions)
    if codes != sorted(Disposition):
        yield "disposition", f"must name exactly {', '.join(Disposition)}"
    settings = chosen.settings
    if settings.second_look_one_in < 1:
        yield "review settings", "needs a second_look_one_in of 1 or more"
    asked = (
        ("urgency", settings.second_reviewer_urgencies, URGENCIES),
        ("certainty", settings.second_reviewer_certainties, tuple(Certainty)),
    )
    for name, given, allowed in asked:
        for strange in (one for one in given if one not in allowed):
            yield "review settings", f"names the {name} '{strange}', which is not one of {allowed}"
    named_urgencies = (
        ("review results", chosen.results.held_urgencies),
        ("review bulk", chosen.bulk.kept_open_urgencies),
    )
    for place, given in named_urgencies:
        for strange in (one for one in given if one not in URGENCIES):
            yield place, f"names the urgency '{strange}', which is not one of {URGENCIES}"
    for one in (one for one in chosen.settling if one.cause not in loaded.cause):
        yield one.id, f"names the cause '{one.cause}', which no file has"
