"""Cross-check the score files: every name exists, every condition can be read, nothing is twice."""

from collections import Counter
from collections.abc import Collection, Iterator

from circulation import errors
from circulation.knowledge_base import columns, expressions, knowledge, score_model
from circulation.knowledge_base.score_model import (
    POINTS,
    Answer,
    Kind,
    Legs,
    Score,
    ScoreInput,
    WorkedOut,
)
from circulation.scoring import score_arithmetic, score_engine, score_entries

CARD = 140
"""Longest statement, note or reason on a card, characters (CDS Hooks 2.0, card summary)."""
AGE = "age_band"
FAULTS = (expressions.ExpressionError, score_arithmetic.FormulaError, errors.DashboardError)


def faults(loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    """Every fault as (entry, what is wrong)."""
    yield from _repeated("score", [score.id for score in loaded.scores])
    for group in {score.choose_one for score in loaded.scores} - {""}:
        shown = [s.id for s in loaded.scores if s.choose_one == group and s.shown]
        if len(shown) != 1:
            yield f"the scores of '{group}'", "must have exactly one that is shown"
    for score in loaded.scores:
        for place, fault in _score(score, loaded):
            yield f"score {score.id}, {place}", fault


def record_conditions(score: Score) -> Iterator[tuple[str, str]]:
    """Every condition on an intake record as (input, condition), for a left leg where legs count.

    The right leg's has the same names but for the side.
    """
    for entry in score.inputs:
        reads = [entry.reads, *(word.reads for word in entry.words)]
        for condition in filter(None, reads):
            sided = condition.replace("{leg}", "left").replace("{other}", "right")
            yield f"score {score.id}, {entry.id}", sided


def record_columns(score: Score) -> Iterator[str]:
    """The findings, choices and measurements whose columns it reads as they stand, by id."""
    for entry in score.inputs:
        if entry.column:
            stem, _, side = entry.column.rpartition("_")
            yield stem if side in ("{leg}", "{other}", "left", "right") else entry.column


def statements(score: Score) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every statement's name with its sources."""
    yield f"score {score.id}", score.sources
    yield from ((f"score {score.id} '{note.says}'", note.sources) for note in score.notes)
    yield from ((f"score {score.id} '{c.reason}'", c.sources) for c in score.closings)


def _score(score: Score, loaded: knowledge.Knowledge) -> Iterator[tuple[str, str]]:
    unreadable = list(_names(score))
    yield from unreadable
    if unreadable:
        return
    yield from _from_below(score)
    yield from _long(score)
    for entry in score.inputs:
        yield from ((entry.id, fault) for fault in _input(entry, score, loaded))
    try:
        score_engine.calculate(score, {})
    except FAULTS as fault:
        yield "with nothing entered", f"cannot be worked out ({fault})"


def _names(score: Score) -> Iterator[tuple[str, str]]:
    """Names that lead nowhere, and conditions or formulas that cannot be read."""
    own = [*(entry.id for entry in score.inputs), *(fact.id for fact in score.facts)]
    yield from _repeated("input", [*own, *score.numbers])
    for bands in (score.bands, score.grades, score.listed):
        yield from _repeated("band", [band.id for band in bands])
    for place, text in score_model.conditions(score):
        yield from ((place, fault) for fault in _condition(text, score))
    for worked in score.worked_out:
        faults = list(_formula(worked.formula, score))
        if worked.recorded and not _is_number(worked.recorded, score):
            faults.append(f"'{worked.recorded}' is not a number of this score")
        elif worked.recorded and not faults:
            faults.extend(_fills_a_column(worked, score))
        yield from ((worked.id, fault) for fault in faults)
    yield from (
        (name, "is not a number of this score")
        for name in (*(item.adds for item in score.items if item.adds), score.value)
        if name and not _is_number(name, score)
    )
    yield from ((name, "is not an input") for name in score.one_of if name not in score.input)
    if (score.kind is Kind.INDEX) != bool(score.value) or (score.kind is Kind.SUM) != bool(
        score.items
    ):
        yield "its kind", "a sum has items, an index names its value, a class has neither"


def _fills_a_column(worked: WorkedOut, score: Score) -> Iterator[str]:
    """Rules read it where its column is blank, by nothing but columns (worked_columns.py)."""
    if worked.when != "always":
        yield "may be recorded, so it must always be worked out alike"
    inputs = (score.input.get(name) for name in score_arithmetic.names(worked.formula))
    if not all(entry and entry.column for entry in inputs):
        yield "may be recorded, so its formula must be of inputs that are columns"


def _from_below(score: Score) -> Iterator[tuple[str, str]]:
    """Facts and numbers that rest on themselves or on what stands below them."""
    for place, fact in enumerate(score.facts):
        below = {other.id for other in score.facts[place:]}
        for atom in expressions.atoms(expressions.parse(fact.when)):
            if isinstance(atom, expressions.Asked) and atom.name in below:
                yield fact.id, f"rests on the fact '{atom.name}', which does not stand above it"
    for place, worked in enumerate(score.worked_out):
        below = {other.id for other in score.worked_out[place:]}
        for name in below.intersection(score_arithmetic.names(worked.formula)):
            yield worked.id, f"rests on the number '{name}', which does not stand above it"


def _condition(text: str, score: Score) -> Iterator[str]:
    try:
        tree = expressions.parse(text)
    except expressions.ExpressionError as fault:
        yield f"has a condition that cannot be read: {fault}"
        return
    for atom in expressions.atoms(tree):
        match atom:
            case expressions.Asked(name):
                if name not in score.fact and not _is(name, Answer.YES_NO, score):
                    yield f"'{name}' is neither a yes/no input nor a fact"
            case expressions.OneOf(name, values):
                strange = set(values) - set(_codes(score.input.get(name)))
                yield from (f"'{value}' is not an answer to '{name}'" for value in sorted(strange))
            case expressions.Compare(name, _, _):
                if not _is_number(name, score):
                    yield f"'{name}' is not a number of this score"
            case expressions.Answered(name):
                yield f"'asked {name}': what is missing leaves a score open, it is no condition"
            case expressions.LevelReached() | expressions.Flagged():
                yield "levels and red flags have no place in a score"


def _formula(formula: str, score: Score) -> Iterator[str]:
    try:
        names = score_arithmetic.names(formula)
    except score_arithmetic.FormulaError as fault:
        yield f"has a formula that cannot be read: {fault}"
        return
    yield from (
        f"'{name}' is not a number of this score" for name in names if not _is_number(name, score)
    )


def _is_number(name: str, score: Score) -> bool:
    is_sum = name == POINTS and score.kind is Kind.SUM
    return is_sum or name in score.numbers or _is(name, Answer.NUMBER, score)


def _is(name: str, kind: Answer, score: Score) -> bool:
    return name in score.input and score.input[name].kind is kind


def _codes(entry: ScoreInput | None) -> Collection[str]:
    """What a category's condition may name: the codes of a choice, the words beside a number."""
    if entry is None:
        return ()
    return [*(value.code for value in entry.values), *(word.id for word in entry.words)]


def _input(entry: ScoreInput, score: Score, loaded: knowledge.Knowledge) -> Iterator[str]:
    if entry.judgement and entry.reads and not entry.reads.isidentifier():
        yield "a judgement is entered as it stands, never derived"
    if entry.takes_band_of:
        taken = loaded.score.get(entry.takes_band_of)
        codes = {*_codes(entry)} - {score_entries.NOT_DONE}
        if taken is None or {band.id for band in taken.bands} != codes:
            yield f"takes the band of '{entry.takes_band_of}', whose bands are others"
    if entry.column:
        yield from _column(entry, score, loaded)


def _column(entry: ScoreInput, score: Score, loaded: knowledge.Knowledge) -> Iterator[str]:
    """A column that does not fit its input."""
    sided = entry.column.replace("{leg}", "left").replace("{other}", "right")
    column = columns.by_name(loaded).get(sided)
    if column is None or (sided != entry.column) > (score.legs is not Legs.NONE):
        yield f"reads the column '{entry.column}', which the record does not have"
    elif entry.kind is Answer.NUMBER and column.kind is columns.Kind.MEASURE:
        if not entry.low <= column.low <= column.high <= entry.high:
            yield f"has limits narrower than the column '{sided}'"
        fills = [worked for worked in score.worked_out if worked.recorded == entry.id]
        if any((worked.decimals or 0) > column.decimals for worked in fills):
            yield f"is worked out to more decimals than the column '{sided}' has"
    elif entry.kind is Answer.CHOICE and column.kind is columns.Kind.CATEGORY:
        if set(column.values) != set(_codes(entry)):
            yield f"has other answers than the column '{sided}'"
    elif not (entry.ranged and sided == AGE):
        yield f"cannot read the column '{sided}'"


def _long(score: Score) -> Iterator[tuple[str, str]]:
    texts = [*(note.says for note in score.notes), *(c.reason for c in score.closings)]
    yield from ((text, f"says more than {CARD} characters") for text in texts if len(text) > CARD)


def _repeated(what: str, names: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((f"{what} {name}", "stands twice") for name, n in Counter(names).items() if n > 1)
