"""Every score of a record, and one score of entered answers.

Both take the same way: what a record says is handed over as the texts that are otherwise typed in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from circulation.judgement import rules
from circulation.knowledge_base import columns, expressions, knowledge
from circulation.knowledge_base.score_model import Answer, Legs, Score, ScoreInput
from circulation.records import intake, ternary
from circulation.scoring import score_engine
from circulation.scoring import score_result as outcome
from circulation.scoring.score_result import Missing, Result
from circulation.scoring.worked_columns import LEGS, of_leg

ANSWERS = {True: "yes", False: "no", None: ""}


def for_record(table: intake.Intake, row: int, known: knowledge.Knowledge) -> tuple[Result, ...]:
    """Every score the clinic shows, of one record; two results where each leg has its own."""
    record = _Record(table, row, known)
    return tuple(
        result for score in known.scores if score.shown for result in record.results(score)
    )


def from_values(score: Score, values: Mapping[str, str], *, leg: str = "") -> Result:
    """One score of entered answers as {input: text}; blank or left out is not known.

    Raises DashboardError for an input the score does not have or an answer that cannot be.
    """
    return score_engine.calculate(score, values, leg=leg)


def columns_of(score: Score, name: str, leg: str) -> Iterator[str]:
    """The columns of a record that one input of a score is read from."""
    entry = score.input[name]
    if entry.column:
        yield of_leg(entry.column, leg)
    if entry.reads:
        for atom in expressions.atoms(expressions.parse(of_leg(entry.reads, leg))):
            if isinstance(atom, expressions.Compare):
                yield from columns.measured(atom.name)
            elif isinstance(atom, expressions.Asked | expressions.OneOf):
                yield atom.name


class _Record:
    """One record and the scores worked out from it so far."""

    def __init__(self, table: intake.Intake, row: int, known: knowledge.Knowledge) -> None:
        word = row // ternary.WORD
        self.table, self.row, self.known = table, row, known
        self.reader = rules.Reader(table.window(word, word + 1), known)
        self._results: dict[str, tuple[Result, ...]] = {}

    def results(self, score: Score) -> tuple[Result, ...]:
        if score.id not in self._results:
            self._results[score.id] = self._worked_out(score)
        return self._results[score.id]

    def _worked_out(self, score: Score) -> tuple[Result, ...]:
        if score.legs is Legs.NONE:
            return (self._result(score, ""),)
        left, right = (self._result(score, leg) for leg in LEGS)
        worst = _worst(score, left, right)
        if score.legs is Legs.WORSE:
            return (replace(_graver(score, left, right), worst_leg=worst),)
        return (replace(left, worst_leg=worst), replace(right, worst_leg=worst))

    def _result(self, score: Score, leg: str) -> Result:
        texts = {entry.id: self._text(entry, leg) for entry in score.inputs}
        found = from_values(score, texts, leg=leg)
        missing = (self._with_columns(item, score.input[item.name], leg) for item in found.missing)
        return replace(found, missing=tuple(missing))

    def _text(self, entry: ScoreInput, leg: str) -> str:
        """What the record says of an input, '' where it says nothing."""
        if entry.takes_band_of:
            return self._band_of(entry.takes_band_of, leg)
        if entry.kind is Answer.YES_NO:
            return ANSWERS[self._holds(entry.reads, leg)] if entry.reads else ""
        column = of_leg(entry.column, leg)
        if column in self.table.categories:
            return self.table.value(column, self.row)
        told = self.table.text(column, self.row) if column else ""
        words = (word.id for word in entry.words if word.reads and self._holds(word.reads, leg))
        return told or next(words, "")

    def _holds(self, condition: str, leg: str) -> bool | None:
        answer = self.reader.read(of_leg(condition, leg))
        return ternary.state(answer, self.row % ternary.WORD)

    def _band_of(self, name: str, leg: str) -> str:
        """Another score's band for this leg, or the gravest it has for any; '' for none."""
        score = self.known.score[name]
        found = [result for result in self.results(score) if result.leg == leg or not leg]
        ranked = sorted(found or self.results(score), key=lambda one: outcome.rank(score, one))
        return ranked[0].band.id if ranked[0].band else ""

    def _with_columns(self, item: Missing, entry: ScoreInput, leg: str) -> Missing:
        blank = dict.fromkeys(self._blank(entry, leg))
        owned = [name for name in blank if name.removesuffix("_side") not in blank.keys() - {name}]
        return replace(item, columns=tuple(owned))

    def _blank(self, entry: ScoreInput, leg: str) -> Iterator[str]:
        """The columns behind an input that the record leaves blank."""
        if entry.column:
            yield of_leg(entry.column, leg)
        if entry.reads:
            for atom in expressions.atoms(expressions.parse(of_leg(entry.reads, leg))):
                yield from self._blank_in(atom)

    def _blank_in(self, atom: expressions.Atom) -> Iterator[str]:
        match atom:
            case expressions.Asked(name):
                if ternary.state(self.table.ternaries[name], self.row) is None:
                    yield name
            case expressions.OneOf(name, _):
                if not self.table.value(name, self.row):
                    yield name
            case expressions.Compare("age", _, _):
                if not self.table.value("age_band", self.row):
                    yield "age_band"
            case expressions.Compare(name, _, _):
                measures = columns.measured(name)
                yield from (c for c in measures if not self.table.text(c, self.row))


def _worst(score: Score, left: Result, right: Result) -> str:
    """The worse leg by band, then by number; '' while either has no band."""
    if not (left.band and right.band):
        return ""
    ranks = [outcome.rank(score, result) for result in (left, right)]
    if ranks[0] != ranks[1]:
        return LEGS[ranks.index(min(ranks))]
    if left.points is None or right.points is None:
        return "" if score.result else "both"
    worst = min if score.lower_is_worse else max
    legs = [leg.leg for leg in (left, right) if leg.points == worst(left.points, right.points)]
    return legs[0] if len(legs) == 1 else "both"


def _graver(score: Score, left: Result, right: Result) -> Result:
    """The leg that is the worse one, or could be it while answers are missing."""

    def gravity(result: Result) -> tuple[bool, Decimal, Decimal]:
        gravest = outcome.rank(score, result) == 0
        return gravest, result.high or Decimal(0), result.low or Decimal(0)

    return max((left, right), key=gravity)
