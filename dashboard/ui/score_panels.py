"""The scores of one record: each with its result or what is missing, its version and its basis."""

from collections.abc import Sequence
from itertools import groupby

from circulation.judgement import explanation, scores, standing
from circulation.knowledge_base import knowledge
from circulation.scoring import score_words
from circulation.scoring.score_result import Missing, Result, Used
from ui import frame, markup, reasons, reference_text, session, typed_panels, words
from ui.markup import Html

TERMS = (
    "Worked out by published rules, each pinned to its version. "
    "They support a decision and make none."
)


def show(record_id: str, record: standing.Record, known: knowledge.Knowledge) -> None:
    """The scores that something is recorded for; the others by name, with what they need."""
    results = scores.for_record(record.table, record.row, known)
    listed = [tuple(group) for _, group in groupby(results, lambda result: result.score)]
    begun = [legs for legs in listed if any(result.own for result in legs)]
    told = [markup.heading("Scores and indices"), markup.small(markup.text(TERMS))]
    told += [_score(record_id, legs, record, known) for legs in sorted(begun, key=_open)]
    others = [legs for legs in listed if legs not in begun]
    if not begun:
        told.append(
            markup.block("entry", markup.text("Nothing is recorded that a score could use."))
        )
    if others:
        counted = words.counted(len(others), "score", "scores")
        name = f"scores-{record_id}"
        rest = markup.listed("They would need", [_wanting(legs[0]) for legs in others])
        summary = markup.text(f"{counted} that nothing is recorded for")
        told.append(markup.unfold(name, summary, rest, kind="folded"))
    frame.sheet(record_id, markup.join(told))


def _open(legs: Sequence[Result]) -> bool:
    """Whether a score has no result yet: those stand behind the others."""
    return not any(result.band or result.closed_because for result in legs)


def _score(
    record_id: str, legs: Sequence[Result], record: standing.Record, known: knowledge.Knowledge
) -> Html:
    first = legs[0]
    worst = markup.block("small", markup.text(_worst(first)), tag="span")
    return markup.block(
        "entry",
        markup.join([markup.strong(first.label), worst], " "),
        *(_line(result, known) for result in legs),
        markup.small(*_small(legs, known)),
        _why(record_id, legs, record, known),
        name=f"score-{record_id}-{first.score}",
    )


def _worst(result: Result) -> str:
    """Which leg is the worse one, where each has its own result."""
    told = {"left": "Worse leg: left", "right": "Worse leg: right", "both": "Both legs alike"}
    return told.get(result.worst_leg, "")


def _line(result: Result, known: knowledge.Knowledge) -> Html:
    leg = f"{result.leg.capitalize()} leg: " if result.leg else ""
    said = markup.text(f"{leg}{score_words.headline(result, known)}")
    notes = markup.small(*(markup.text(note.says) for note in result.notes))
    return markup.join([markup.block("", said, tag="p"), notes])


def _small(legs: Sequence[Result], known: knowledge.Knowledge) -> list[Html]:
    """Inputs used, what is missing, version and source in small print."""
    first = legs[0]
    counts = dict.fromkeys(_count(result, named=len(legs) > 1) for result in legs)
    if len({count.partition(":")[2] for count in counts}) == 1:
        counts = {_count(first, named=False): None}
    missing = dict.fromkeys(_named(item) for result in legs for item in result.missing)
    told = [
        f"Inputs used {', '.join(counts)}."
        + (f" Missing: {'; '.join(missing)}." if missing else ""),
        score_words.unchecked(first),
        f"Version: {first.version}. Source: {score_words.sources(first, known)[0]}.",
    ]
    return [markup.text(line) for line in told if line]


def _count(result: Result, *, named: bool) -> str:
    leg = f"{result.leg} leg: " if named else ""
    return f"{leg}{len(result.own)} of {len(result.own) + len(result.missing)}"


def _named(item: Missing) -> str:
    return f"{item.label} (known: {item.known})" if item.known else item.label


def _wanting(result: Result) -> Html:
    """A score nobody has begun, with how much it asks."""
    why = result.closed_because or f"{words.counted(len(result.missing), 'item', 'items')} missing"
    return markup.join([markup.strong(result.label), markup.text(why)], " ")


def _why(
    record_id: str, legs: Sequence[Result], record: standing.Record, known: knowledge.Knowledge
) -> Html:
    """Everything behind a result, and the way to its entry in the reference."""
    first, told = legs[0], []
    for result in legs:
        leg = f"{result.leg.capitalize()} leg. " if result.leg else ""
        told.append(
            markup.block("", markup.text(f"{leg}{score_words.basis(result, known)}"), tag="p")
        )
        used = [_used(item, result, record, known) for item in result.used]
        told.append(markup.listed("Answers used", used))
    doubts = dict.fromkeys(doubt for result in legs for doubt in result.doubts)
    told.append(markup.listed("Doubts", [markup.text(doubt) for doubt in doubts]))
    titles = dict.fromkeys(t for result in legs for t in score_words.sources(result, known))
    told.append(markup.listed("Sources", [markup.text(title) for title in titles]))
    note = dict(known.files)[f"scores/{first.score}.toml"]
    signed = ". ".join(reference_text.reviewed(note, session.today()))
    stamp = markup.text(f"{signed}. Knowledge version {known.version}.")
    told.append(markup.small(markup.join([stamp, reasons.reference(first.score)], " ")))
    name = f"why-score-{record_id}-{first.score}"
    return markup.unfold(name, markup.strong("Why?"), *told, kind="why corner small")


def _used(item: Used, result: Result, record: standing.Record, known: knowledge.Knowledge) -> Html:
    """An answer with its origin, where the record has more than one."""
    read = scores.columns_of(known.score[result.score], item.name, result.leg)
    typed = [record.typed[name].at for name in read if name in record.typed]
    at = max(typed) if typed else explanation.INTAKE
    origin = typed_panels.origin(at) if record.typed else ""
    return markup.text(f"{item.label}: {item.value}{origin}")
