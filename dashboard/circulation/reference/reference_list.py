"""Every entry of the knowledge in one list, kind by kind in the order of the files."""

from collections.abc import Iterator
from functools import lru_cache

from circulation.knowledge_base import (
    knowledge,
    levels,
    review_model,
    score_model,
)
from circulation.knowledge_base import knowledge_model as model
from circulation.reference.reference_entries import Entry, Kind


@lru_cache(maxsize=4)
def every(known: knowledge.Knowledge) -> tuple[Entry, ...]:
    """All entries, kind by kind in the order of the files."""
    return tuple(_all(known))


def _all(known: knowledge.Knowledge) -> Iterator[Entry]:
    for cause in known.causes:
        yield from _cause(cause)
    for flag in known.flags:
        yield Entry(flag.id, Kind.FLAG, flag, "red_flags.toml")
    yield from _answers(known)
    for score in known.scores:
        yield from _score(score)
    for advice in known.advice:
        name = "treatments" if advice.kind == "treatment" else "lifestyle"
        yield Entry(advice.id, Kind.ADVICE, advice, f"measures/{name}.toml")
    for gate in known.gates:
        yield Entry(gate.id, Kind.GATE, gate, "advice_gates.toml", gate.advice[0])
    for guard in known.guards:
        yield Entry(guard.id, Kind.GUARD, guard, "test_order.toml", guard.tests[0])
    for escalation in known.escalations:
        yield Entry(escalation.id, Kind.ESCALATION, escalation, "escalations.toml")
    for difference in known.differences:
        yield Entry(difference.id, Kind.DIFFERENCE, difference, "differences.toml")
    yield from _whole_product(known)
    for source in known.sources:
        yield Entry(source.id, Kind.SOURCE, source, "sources.toml")


def _answers(known: knowledge.Knowledge) -> Iterator[Entry]:
    """What a record can hold: tests with the reasons that call for them, findings, numbers."""
    for test in known.tests:
        yield Entry(test.id, Kind.TEST, test, "diagnostic_tests.toml", test.parent)
        for called in test.called_for:
            yield Entry(called.id, Kind.CALLED_FOR, called, "diagnostic_tests.toml", test.id)
    for outcome in known.outcomes:
        yield Entry(outcome.id, Kind.OUTCOME, outcome, "test_outcomes.toml", outcome.test)
    for finding in known.findings:
        yield Entry(finding.id, Kind.FINDING, finding, "findings.toml")
    for choice in known.choices:
        yield Entry(choice.id, Kind.CHOICE, choice, "findings.toml")
    for measure in known.measurements:
        yield Entry(measure.id, Kind.MEASUREMENT, measure, "measurements.toml", measure.test)


def _whole_product(known: knowledge.Knowledge) -> Iterator[Entry]:
    """The words and numbers that hold everywhere."""
    file = "knowledge.toml"
    for level in levels.Level:
        yield Entry(level.code, Kind.LEVEL, known.level(level), file)
    for urgency in levels.Urgency:
        yield Entry(urgency.code, Kind.URGENCY, known.urgency(urgency), file)
    yield Entry("disclosure", Kind.SETTING, known.disclosure, file)
    yield Entry("trends", Kind.SETTING, known.trends, file)
    yield Entry("pooling", Kind.SETTING, known.pooling, file)
    yield Entry("names in notes", Kind.SETTING, known.names, "names.toml")
    yield from _reviewing(known.reviewing)


def _reviewing(chosen: review_model.Reviewing) -> Iterator[Entry]:
    """How the clinic reviews, and what it chooses from."""
    yield Entry("review settings", Kind.SETTING, chosen.settings, "review.toml")
    yield Entry("review results", Kind.SETTING, chosen.results, "review.toml")
    yield Entry("review bulk", Kind.SETTING, chosen.bulk, "review.toml")
    for word in chosen.every_word:
        yield Entry(word.id, Kind.REVIEW_WORD, word, "review.toml")
    for settling in chosen.settling:
        yield Entry(settling.id, Kind.SETTLING, settling, "review.toml", settling.cause)


def _score(score: score_model.Score) -> Iterator[Entry]:
    file = f"scores/{score.id}.toml"
    yield Entry(score.id, Kind.SCORE, score, file, score.cause)
    for place, note in enumerate(score.notes, start=1):
        yield Entry(f"{score.id}-note-{place}", Kind.SCORE_NOTE, note, file, score.id)
    for place, closing in enumerate(score.closings, start=1):
        yield Entry(f"{score.id}-closed-{place}", Kind.SCORE_CLOSED, closing, file, score.id)


def _cause(cause: model.Cause) -> Iterator[Entry]:
    file = f"causes/{cause.id}.toml"
    yield Entry(cause.id, Kind.CAUSE, cause, file)
    for place, reason in enumerate(cause.for_, start=1):
        yield Entry(f"{cause.id}-for-{place}", Kind.FOR, reason, file, cause.id)
    for place, reason in enumerate(cause.against, start=1):
        yield Entry(f"{cause.id}-against-{place}", Kind.AGAINST, reason, file, cause.id)
    for rule in cause.rules:
        yield Entry(rule.id, Kind.RULE, rule, file, cause.id)
    for cap in cause.caps:
        yield Entry(cap.id, Kind.CAP, cap, file, cause.id)
    for mask in cause.masking:
        yield Entry(mask.id, Kind.MASKING, mask, file, cause.id)
