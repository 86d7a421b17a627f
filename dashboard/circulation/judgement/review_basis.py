"""What a reviewer of one record has in front of them, as the rules of the review ask for it."""

import types
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from circulation.knowledge_base import columns, knowledge
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake
from circulation.reviewing import basis
from circulation.reviewing.reviews import Certainty, TestStatus
from circulation.way_in import note_names


def of(
    table: intake.Intake,
    row: int,
    known: knowledge.Knowledge,
    *,
    urgency: Urgency,
    called_for: Iterable[str],
    red_flags: Iterable[str],
    view: bytes = b"",
) -> basis.Basis:
    """The basis of one record; ``called_for`` are the tests that the intake has not settled."""
    chosen = known.reviewing.settings
    return basis.Basis(
        data_set=table.version,
        knowledge=known.version,
        causes=tuple(known.cause),
        tests=tuple(known.test),
        called_for=tuple(called_for),
        red_flags=tuple(red_flags),
        view=view,
        returned=tuple(_returned(table, row, known)),
        measures=tuple(_measures(known)),
        hand_overs=tuple(known.reviewing.hand_over),
        first_view=chosen.first_view,
        second_reviewer=urgency.code in chosen.second_reviewer_urgencies,
        second_certainties=tuple(Certainty(one) for one in chosen.second_reviewer_certainties),
        labels=_labels(known),
        names=note_names.scanner(known),
    )


@lru_cache(maxsize=4)
def _labels(known: knowledge.Knowledge) -> Mapping[str, str]:
    """The words of tests, red flags and what is entered of a test, as the page has them."""
    entered = {one.column: columns.label(known, one.column) for one in _measures(known)}
    tests = {test.id: test.label for test in known.tests}
    flags = {flag.id: flag.label for flag in known.flags}
    return types.MappingProxyType(tests | flags | entered)


def _returned(table: intake.Intake, row: int, known: knowledge.Knowledge) -> Iterator[str]:
    """The tests whose result came with the intake."""
    for test in known.test:
        done = table.value(f"test_{test}", row) == TestStatus.DONE
        if done and table.value(f"test_{test}_result", row):
            yield test


def _measures(known: knowledge.Knowledge) -> Iterator[basis.Measure]:
    for measure in known.measurements:
        if measure.test:
            limits = (measure.low, measure.high, measure.decimals)
            yield from (basis.Measure(name, measure.test, *limits) for name in measure.columns)
    for choice in known.choices:
        if choice.test:
            words = tuple(value.code for value in choice.values)
            yield basis.Measure(choice.id, choice.test, words=words)
