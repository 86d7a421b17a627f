"""Everything that comes after sign-off, worked out once for a state of the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from circulation.auditing import outcomes, second_look, seen_text, sign_offs
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.records import intake
from circulation.reviewing import publications, review_store


@dataclass(frozen=True, eq=False)
class Audit:
    """The records drawn for a second look, the tool's levels then, and every signed record.

    ``first`` is the first sign-off of each record; ``published`` are the pooled figures so far.
    """

    first: Mapping[str, sign_offs.SignOff]
    drawn: tuple[second_look.Drawn, ...]
    levels: Mapping[str, outcomes.Levels | None]
    cases: tuple[outcomes.Case, ...]
    published: tuple[publications.Publication, ...]


def of(
    store: review_store.ReviewStore,
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
) -> Audit:
    """The audit of a store; ``levels`` are those shown at each record's first sign-off."""
    kept = partial(_kept_levels, store)
    signed = sign_offs.of(store.said(*sign_offs.FIELDS))
    first = sign_offs.first(signed)
    levels = {name: outcomes.levels_then(one, table, assessed, kept) for name, one in first.items()}
    drawn = second_look.drawn(
        first.values(),
        lambda one: levels[one.record_id],
        seed=second_look.seed(signed),
        one_in=known.reviewing.settings.second_look_one_in,
    )
    last = sign_offs.last(signed)
    by_intake = partial(_kept_by_intake, store)
    cases = outcomes.cases(last, store.all_current(), table, assessed, known, by_intake)
    return Audit(first, drawn, levels, tuple(cases), publications.of(store))


@lru_cache(maxsize=50_000)
def _kept_levels(store: review_store.ReviewStore, seal: str) -> outcomes.Levels:
    """A kept view never changes, and reading one takes some time."""
    return seen_text.levels(store.view(seal))


@lru_cache(maxsize=50_000)
def _kept_by_intake(store: review_store.ReviewStore, seal: str) -> outcomes.Levels:
    """The same by the intake alone."""
    return seen_text.levels_by_intake(store.view(seal))
