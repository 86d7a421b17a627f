"""How well each finding tells confirmed cases of a cause from the others: exact counts.

Sensitivity is the share of confirmed cases that report the finding, specificity the share of the
others that do not; a likelihood ratio is how many times as often an answer is given by confirmed
cases as by the others. Records for which nobody knows whether they have the cause are left out.
"""

from dataclasses import dataclass
from functools import reduce

from circulation.choosing import selection
from circulation.counting import distribution, intervals
from circulation.counting.intervals import Interval, Part, Ratio
from circulation.judgement import assessment, rules
from circulation.knowledge_base import knowledge
from circulation.knowledge_base import knowledge_model as model
from circulation.records import intake, ternary
from circulation.records.ternary import Ternary


@dataclass(frozen=True, slots=True)
class Fourfold:
    """One finding: those with it among ``cases`` asked and among ``others`` asked."""

    finding: str
    cases: Part
    others: Part

    @property
    def n(self) -> int:
        """Records with both answers known."""
        return self.cases.asked + self.others.asked

    @property
    def sensitivity(self) -> float | None:
        """The share of cases that report it; None when none was asked."""
        return self.cases.share

    @property
    def sensitivity_interval(self) -> Interval | None:
        """Wilson's interval of the sensitivity."""
        return intervals.share(self.cases)

    @property
    def specificity(self) -> float | None:
        """The share of the others that do not report it; None when none was asked."""
        return _without(self.others).share

    @property
    def specificity_interval(self) -> Interval | None:
        """Wilson's interval of the specificity."""
        return intervals.share(_without(self.others))

    @property
    def when_present(self) -> Ratio | None:
        """The positive likelihood ratio, sensitivity over 1 - specificity, with its log interval.

        Simel DL, Samsa GP, Matchar DB, J Clin Epidemiol 1991;44:763-770: the interval of a ratio
        of two independent shares.
        """
        return intervals.ratio(self.cases, self.others)

    @property
    def when_absent(self) -> Ratio | None:
        """The negative likelihood ratio, 1 - sensitivity over specificity, likewise."""
        return intervals.ratio(_without(self.cases), _without(self.others))


@dataclass(frozen=True, slots=True)
class Silent:
    """Confirmed cases asked about all ``symptoms``: how many report none; the rest not asked."""

    symptoms: tuple[str, ...]
    none: int
    asked: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cases there are at the limit used here, and at another one in use elsewhere.

    ``known`` records have what it takes to tell; cases only by record are in neither.
    """

    here: str
    elsewhere: str
    cases_here: int
    cases_elsewhere: int
    known: int


@dataclass(frozen=True, eq=False)
class Counts:
    """All findings of the page against one confirmed cause, among the chosen records of sites."""

    chosen: selection.Chosen
    sites: tuple[str, ...]
    cause: str
    cases: int
    others: int
    unknown: int
    rows: tuple[Fourfold, ...]
    silent: Silent | None
    limits: Limits | None


def causes(
    assessed: assessment.Assessment, chosen: selection.Chosen, known: knowledge.Knowledge
) -> tuple[str, ...]:
    """The causes with both confirmed cases and records recorded or measured as without it."""
    return tuple(
        cause.id for cause in known.causes if _both_sides(assessed.confirmed[cause.id], chosen)
    )


def of_cause(
    table: intake.Intake,
    assessed: assessment.Assessment,
    chosen: selection.Chosen,
    cause: str,
    known: knowledge.Knowledge,
) -> Counts:
    """Every finding of the distribution page against one confirmed cause."""
    confirmed = _within(assessed.confirmed[cause], chosen.span)
    cases = ternary.count(chosen.rows & confirmed.present)
    others = ternary.count(chosen.rows & confirmed.absent)
    return Counts(
        chosen=chosen,
        sites=_sites(table, chosen),
        cause=cause,
        cases=cases,
        others=others,
        unknown=chosen.count - cases - others,
        rows=against(table, chosen, confirmed, known),
        silent=_silent(table, chosen, confirmed, known.cause[cause]),
        limits=_limits(table, chosen, known.cause[cause], known),
    )


def against(
    table: intake.Intake,
    chosen: selection.Chosen,
    reference: Ternary,
    known: knowledge.Knowledge,
) -> tuple[Fourfold, ...]:
    """Every finding of the page against a three-valued truth over the chosen span."""
    names = [finding.id for finding in distribution.findings(known)]
    answers = [_within(answer(table, known.finding[name]), chosen.span) for name in names]
    sides = [reference.present, reference.absent]
    present, absent, _ = distribution.cross(answers, sides, chosen.rows)
    rows = zip(names, present.tolist(), (present + absent).tolist(), strict=True)
    return tuple(
        Fourfold(name, Part(has[0], asked[0]), Part(has[1], asked[1])) for name, has, asked in rows
    )


def answer(table: intake.Intake, finding: model.Finding) -> Ternary:
    """The finding's answers; a follow-up question is also absent where the first one is.

    A follow-up that was answered keeps its answer.
    """
    own = table.ternaries[finding.id]
    if not finding.only_if:
        return own
    first = table.ternaries[finding.only_if]
    return Ternary(own.present, own.absent | (first.absent & ~own.present))


def _sites(table: intake.Intake, chosen: selection.Chosen) -> tuple[str, ...]:
    found = table.categories["site"]
    return tuple(sorted(name for name in found if (found[name][chosen.span] & chosen.rows).any()))


def _both_sides(confirmed: Ternary, chosen: selection.Chosen) -> bool:
    seen = _within(confirmed, chosen.span)
    return bool((seen.present & chosen.rows).any() and (seen.absent & chosen.rows).any())


def _silent(
    table: intake.Intake, chosen: selection.Chosen, confirmed: Ternary, cause: model.Cause
) -> Silent | None:
    """None where the knowledge names no usual symptoms, or no case was asked about all."""
    if not cause.usual_symptoms:
        return None
    answers = [_within(table.ternaries[name], chosen.span) for name in cause.usual_symptoms]
    cases = chosen.rows & confirmed.present
    everything = reduce(lambda seen, one: seen & one.asked, answers, cases)
    asked = ternary.count(everything)
    none = ternary.count(reduce(ternary.either, answers).absent & cases)
    left = ternary.count(cases) - asked
    return Silent(cause.usual_symptoms, none, asked, left) if asked else None


def _limits(
    table: intake.Intake,
    chosen: selection.Chosen,
    cause: model.Cause,
    known: knowledge.Knowledge,
) -> Limits | None:
    """None where only one limit is in use, or where no chosen record was measured."""
    if not cause.confirmed_elsewhere:
        return None
    reader = rules.Reader(table.window(), known)
    here, elsewhere = (
        _within(reader.read(when), chosen.span)
        for when in (cause.confirmed_when, cause.confirmed_elsewhere)
    )
    measured = ternary.count(here.asked & chosen.rows)
    return (
        Limits(
            here=cause.confirmed_when,
            elsewhere=cause.confirmed_elsewhere,
            cases_here=ternary.count(here.present & chosen.rows),
            cases_elsewhere=ternary.count(elsewhere.present & chosen.rows),
            known=measured,
        )
        if measured
        else None
    )


def _within(one: Ternary, span: slice) -> Ternary:
    return Ternary(one.present[span], one.absent[span])


def _without(part: Part) -> Part:
    return Part(part.absent, part.asked)
