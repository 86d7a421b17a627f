"""A score in full as Markdown: points, numbers, bands, notes, answers, and where it is closed."""

from collections.abc import Iterable, Iterator

from circulation.knowledge_base.score_model import Answer, Band, Kind, Score, ScoreInput
from circulation.scoring import score_sentences
from ui import reference_marks, words


def lines(score: Score) -> list[str]:
    """What a score says, part by part; parts it does not have are left out."""
    parts = [
        ("Points", [words.escape(text) for text in score_sentences.points(score)]),
        ("Worked out", list(_numbers(score))),
        ("Bands, the first that holds counts", [_band(score, band) for band in score.bands]),
        ("Grades", [_band(score, band) for band in score.grades]),
        ("Listed when present", [_band(score, band) for band in score.listed]),
        ("Not valid in", list(_closed(score))),
        ("Beside the result", list(_notes(score))),
        ("Answers", [_input(entry) for entry in score.inputs]),
    ]
    made = reference_marks.told("Works out", score_sentences.makes(score))
    return [made, *(_part(title, told) for title, told in parts if told)]


def _part(title: str, told: Iterable[str]) -> str:
    return "\n".join([f"**{title}**", *(f"- {line}" for line in told)])


def _numbers(score: Score) -> Iterator[str]:
    for number in score.worked_out:
        decimals = number.decimals
        rounded = "" if decimals is None else f", rounded half-up to {decimals} decimals"
        shown = score.kind is Kind.INDEX and number.id == score.value
        result = ", the result" if shown else ""
        when = score_sentences.condition(score, number.when)
        only = "" if number.when == "always" else f", when {when}"
        yield words.escape(f"{number.label}{rounded}{result}{only}")


def _band(score: Score, band: Band) -> str:
    when = f"{score_sentences.condition(score, band.when)}. {band.meaning}"
    return _doubted(f"**{words.escape(band.label)}**: {words.escape(when.strip())}", band.doubt)


def _closed(score: Score) -> Iterator[str]:
    for closing in score.closings:
        when = score_sentences.condition(score, closing.when)
        told = f"{closing.reason} When: {when}. Source {', '.join(closing.sources)}."
        yield f"**{words.escape(closing.not_valid_in)}**: {words.escape(told)}"


def _notes(score: Score) -> Iterator[str]:
    for note in score.notes:
        when = score_sentences.condition(score, note.when)
        told = f"{note.says} When: {when}. Source {', '.join(note.sources)}."
        yield _doubted(words.escape(told), note.doubt)


def _input(entry: ScoreInput) -> str:
    counted = enumerate(entry.meanings) if entry.step == 1 else ()
    details = [
        "a judgement of the clinician" if entry.judgement else "",
        "may be left out" if entry.optional else "",
        f"{entry.low} to {entry.high} {entry.unit}".strip() if entry.kind is Answer.NUMBER else "",
        f"rounded half-up to {entry.decimals} decimals" if entry.decimals is not None else "",
        *(value.label for value in entry.values),
        *(f"{place} {meaning}" for place, meaning in counted),
        *(entry.meanings if entry.step != 1 else ()),
    ]
    told = "; ".join(detail for detail in details if detail)
    return _doubted(words.escape(f"{entry.label}{': ' if told else ''}{told}"), entry.doubt)


def _doubted(told: str, doubt: str) -> str:
    return f"{told} {reference_marks.doubt(doubt)}" if doubt else told
