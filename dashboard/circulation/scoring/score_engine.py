"""The one engine of every score: the answers given go in, a result with its basis comes out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from circulation.knowledge_base import expressions, score_model
from circulation.knowledge_base.score_model import Band, Kind, Note, Score, ScoreInput, WorkedOut
from circulation.scoring import score_entries, score_logic
from circulation.scoring.score_arithmetic import NoNumber, Span
from circulation.scoring.score_entries import Entered
from circulation.scoring.score_logic import Case
from circulation.scoring.score_result import Missing, Result, Used


def calculate(score: Score, values: Mapping[str, str], *, leg: str = "") -> Result:
    """The result of entered answers as {input: text}; blank or left out is not known.

    Raises DashboardError for an input the score does not have or an answer that cannot be.
    """
    case = score_logic.Case(score, score_entries.read(score, values))
    empty = _empty(case, values, leg)
    closed = [closing for closing in score.closings if case.read(closing.when)]
    if not closed:
        return _opened(case, empty)
    because = " ".join(closing.reason for closing in closed)
    sources = dict.fromkeys(source for closing in closed for source in closing.sources)
    return replace(empty, closed_because=because, sources=tuple(sources))


def _empty(case: Case, values: Mapping[str, str], leg: str) -> Result:
    score = case.score
    return Result(
        score=score.id,
        label=score.label,
        version=score.version,
        leg=leg,
        worst_leg="",
        value_label=score.value_label,
        unit=score.unit,
        points=None,
        low=None,
        high=None,
        band=None,
        possible=(),
        grade=None,
        listed=(),
        used=tuple(_used(case, values)),
        missing=(),
        closed_because="",
        not_valid_in=tuple(closing.not_valid_in for closing in score.closings),
        unchecked=(),
        notes=(),
        sources=score.sources,
        doubts=(),
    )


def _opened(case: Case, empty: Result) -> Result:
    """The result of a score that nothing closes."""
    score = case.score
    number = case.number(score.result) if score.result else None
    span = _shown(number, score) if isinstance(number, Span) else None
    possible = _possible(score.bands, case) if _begun(case) else score.bands
    band, grade = _certain(possible, case), _certain(_possible(score.grades, case), case)
    listed = tuple(entry for entry in score.listed if case.read(entry.when))
    notes = (*_beside_recorded(case), *(note for note in score.notes if case.read(note.when)))
    missing = tuple(_missing(case, empty.used))
    return replace(
        empty,
        points=span.low if span and span.exact and not missing else None,
        low=span.low if span else None,
        high=span.high if span else None,
        band=band,
        possible=possible,
        grade=grade,
        listed=listed,
        missing=missing,
        unchecked=tuple(c.not_valid_in for c in score.closings if case.read(c.when) is None),
        notes=notes,
        doubts=tuple(_doubts(case, (band, grade, *listed), notes)),
    )


def _shown(span: Span, score: Score) -> Span:
    """Cut off for display, never rounded up: a number shown never looks like a higher band."""
    if score.kind is Kind.SUM:
        return Span(*(_without_zeros(end) for end in (span.low, span.high)))
    step = Decimal(1).scaleb(-score.shown_decimals)
    return Span(*(_cut_off(end, step) for end in (span.low, span.high)))


def _cut_off(number: Decimal, step: Decimal) -> Decimal:
    cut = number.quantize(step, ROUND_FLOOR)
    return number if number == cut else cut


def _without_zeros(points: Decimal) -> Decimal:
    whole = points.to_integral_value()
    return whole if whole == points else points


def _begun(case: Case) -> bool:
    """Whether the one answer is there without which there is nothing to judge."""
    return not case.score.one_of or any(name in case.given for name in case.score.one_of)


def _possible(bands: Sequence[Band], case: Case) -> tuple[Band, ...]:
    """The bands the result can be in: each down to the first that holds for certain."""
    found = []
    for band in bands:
        held = case.read(band.when)
        if held is not False:
            found.append(band)
        if held:
            break
    return tuple(found)


def _certain(possible: Sequence[Band], case: Case) -> Band | None:
    only = possible[0] if len(possible) == 1 else None
    return only if only and case.read(only.when) else None


def _beside_recorded(case: Case) -> Iterator[Note]:
    """How each number worked out stands to the one that was recorded."""
    for entry in case.score.worked_out:
        says = _stands_to_recorded(entry, case)
        if says:
            yield Note("", says, case.score.sources)


def _stands_to_recorded(entry: WorkedOut, case: Case) -> str:
    recorded, worked = case.recorded(entry), case.worked(entry)
    if worked is None:
        return ""
    if recorded is None:
        return entry.alone
    if case.differs(entry):
        return entry.differs
    same = _shown(worked, case.score) == recorded
    return "" if same else entry.agrees.replace("{recorded}", str(recorded.low))


def _doubts(case: Case, bands: Sequence[Band | None], notes: Sequence[Note]) -> Iterator[str]:
    asked = (case.score.input[name] for name in case.given)
    for told in (case.score, *bands, *notes, *asked):
        if told and told.doubt:
            yield told.doubt


def _used(case: Case, values: Mapping[str, str]) -> Iterator[Used]:
    score = case.score
    instead = {*score.one_of, *(worked.recorded for worked in score.worked_out)}
    for entry in score.inputs:
        if entry.id in case.given:
            told = _told(entry, case.given[entry.id], values[entry.id].strip())
            own = not entry.optional or entry.id in instead
            yield Used(entry.id, entry.label, told, own)


def _told(entry: ScoreInput, given: Entered, text: str) -> str:
    """An answer as it was given, and how it was rounded where it was."""
    match given:
        case bool():
            return "yes" if given else "no"
        case NoNumber(word):
            return next((known.label for known in entry.words if known.id == word), "not done")
        case Span(low, high):
            kept = f" (counted as {low})" if low == high and f"{low}" != text else ""
            return f"{text} {entry.unit}".strip() + kept
    return next(choice.label for choice in entry.values if choice.code == given)


def _missing(case: Case, used: Sequence[Used]) -> Iterator[Missing]:
    """What is still needed, an exact number among it where its limits leave something open."""
    score = case.score
    texts = {item.name: item.value for item in used}
    begun = _begun(case)
    for entry in score.inputs:
        given = case.given.get(entry.id)
        if entry.id in score.one_of:
            needed = not begun
        elif isinstance(given, Span) and not given.exact:
            needed = _leaves_open(case, entry.id)
        else:
            known = entry.id in case.replaced or case.known(entry.id)
            needed = not (known or entry.optional) and case.needed(entry)
        if needed:
            yield Missing(entry.id, entry.label, texts.get(entry.id, ""))


def _leaves_open(case: Case, name: str) -> bool:
    """Whether a comparison that rests on the number cannot be settled within its limits."""
    score = case.score
    resting = {w.id for w in score.worked_out if name in score_logic.behind(score, w)} | {name}
    for _, text in score_model.deciding(score):
        for atom in expressions.atoms(expressions.parse(text)):
            match atom:
                case expressions.Compare(compared, _, _) if compared in resting:
                    if case.truth(atom) is None:
                        return True
    return False
