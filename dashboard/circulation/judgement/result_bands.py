"""The band that the numbers of a test lie in, by the scores of the knowledge."""

from collections.abc import Iterator, Mapping

from circulation.judgement import scores, standing
from circulation.knowledge_base import knowledge
from circulation.scoring import score_words, worked_columns
from circulation.scoring.score_result import Result


def of(record: standing.Record, known: knowledge.Knowledge) -> Mapping[str, tuple[str, ...]]:
    """What the scores say of each test's numbers, in words, by test; tests without a word left out.

    Told are indices and classes with a band that a number of the test itself goes into, not sums.
    """
    told: dict[str, list[str]] = {}
    for result in scores.for_record(record.table, record.row, known):
        banded = result.band and known.score[result.score].kind != "sum"
        tests = _tests(result, known) if banded else ()
        for test in dict.fromkeys(tests):
            told.setdefault(test, []).append(_words(result, known))
    return {test: tuple(words) for test, words in told.items()}


def _tests(result: Result, known: knowledge.Knowledge) -> Iterator[str]:
    """The tests whose own numbers went into a result."""
    inputs = known.score[result.score].input
    tests = {name: m.test for m in known.measurements for name in m.columns if m.test}
    for used in result.used:
        column = worked_columns.of_leg(inputs[used.name].column, result.leg)
        if column in tests:
            yield tests[column]


def _words(result: Result, known: knowledge.Knowledge) -> str:
    """The result, and how it stands to a number that was recorded."""
    leg = f", {result.leg} leg" if result.leg else ""
    told = f"{result.label}{leg}: {score_words.headline(result, known)}"
    return ". ".join([told, *(note.says for note in result.notes if not note.when)])
