"""A score in full as Markdown: its inputs, points, numbers, bands, notes and where it is closed.

Its conditions stand as they are written in its file, in the names of its own inputs.
"""

from collections.abc import Iterable, Iterator

from circulation.score_model import Answer, Band, Item, Kind, Score, ScoreInput
from ui import words


def lines(score: Score) -> list[str]:
    """What a score says, part by part; parts it does not have are left out."""
    parts = [
        ("Version", [words.escape(score.version)]),
        ("Inputs", [_input(entry) for entry in score.inputs]),
        ("Points", [_item(item, score) for item in score.items]),
        ("Worked out", [*_facts(score), *_numbers(score)]),
        ("Bands, the first that holds counts", [_band(band) for band in score.bands]),
        ("Grades", [_band(band) for band in score.grades]),
        ("Listed when present", [_band(band) for band in score.listed]),
        (
            "Beside the result",
            [
                f"{words.escape(f'{note.says} {note.doubt}'.strip())} {_when(note.when)}"
                for note in score.notes
            ],
        ),
        (
            "Not valid",
            [f"{words.escape(entry.reason)} {_when(entry.when)}" for entry in score.closings],
        ),
    ]
    return [_part(title, told) for title, told in parts if told]


def _part(title: str, told: Iterable[str]) -> str:
    first, *more = told
    if not more:
        return f"**{title}** {first}"
    return "\n".join([f"**{title}**", *(f"- {line}" for line in (first, *more))])


def _when(condition: str) -> str:
    return f"(when `{' '.join(condition.split())}`)"


def _input(entry: ScoreInput) -> str:
    details = [
        "a judgement of the clinician" if entry.judgement else "",
        "may be left out" if entry.optional else "",
        f"{entry.low} to {entry.high} {entry.unit}".strip() if entry.kind is Answer.NUMBER else "",
        f"rounded half-up to {entry.decimals} decimals" if entry.decimals is not None else "",
        ", ".join(value.label for value in entry.values),
        ", ".join(f"{place} {meaning}" for place, meaning in enumerate(entry.meanings))
        if entry.step == 1
        else ", ".join(entry.meanings),
    ]
    told = "; ".join(detail for detail in details if detail)
    more = f" ({words.escape(told)})" if told else ""
    doubt = f" {words.escape(entry.doubt)}" if entry.doubt else ""
    return f"`{entry.id}` {words.escape(entry.label)}{more}{doubt}"


def _item(item: Item, score: Score) -> str:
    if item.adds:
        return f"the number of `{item.adds}`: {words.escape(score.input[item.adds].label)}"
    return f"{words.escape(f'{item.points:+}')} {_when(item.when)}"


def _facts(score: Score) -> Iterator[str]:
    yield from (f"`{fact.id}` {_when(fact.when)}" for fact in score.facts)


def _numbers(score: Score) -> Iterator[str]:
    for entry in score.worked_out:
        shown = score.kind is Kind.INDEX and entry.id == score.value
        decimals = "" if entry.decimals is None else f", half-up to {entry.decimals} decimals"
        when = "" if entry.when == "always" else f" {_when(entry.when)}"
        result = ", the result" if shown else ""
        yield f"{words.escape(entry.label)}: `{entry.formula}`{decimals}{result}{when}"


def _band(band: Band) -> str:
    more = " ".join(part for part in (band.meaning, band.doubt) if part)
    told = f"**{words.escape(band.label)}** {_when(band.when)}"
    return f"{told} {words.escape(more)}" if more else told
