"""Pooled figures as a manager reads them: all that was published so far, added up by name.

Nothing here asks the records again: shares, intervals and kappa are worked out from rounded counts
that were published, each of them safe by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from circulation.auditing import agreement, pooled_figures, second_look
from circulation.auditing.pooled_figures import Kind, View
from circulation.counting import intervals, kappa
from circulation.counting.intervals import Part
from circulation.knowledge_base import knowledge
from circulation.reviewing import publications


@dataclass(frozen=True, slots=True)
class BorneOut:
    """One view of one cause: confirmed of those named, and named of those confirmed."""

    cause: str
    borne_out: Part
    caught: Part


@dataclass(frozen=True, slots=True)
class CauseFigures:
    """One cause: both views of the same records, signed up to the end of a quarter."""

    cause: str
    through: int
    first: BorneOut
    tool: BorneOut


@dataclass(frozen=True, slots=True)
class LookFigures:
    """Two readers of the same records, looked at again up to the end of a quarter."""

    why: second_look.Why
    through: int
    alike: Part
    kappa: intervals.Estimate


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is published; ``quarter`` is the last one that was looked at, None before.

    ``first_steps`` and ``tool_steps``, the less sure first, are empty where nothing was safe.
    """

    quarter: int | None
    causes: tuple[CauseFigures, ...]
    first_steps: tuple[agreement.Step, ...]
    tool_steps: tuple[agreement.Step, ...]
    looks: tuple[LookFigures, ...]

    @property
    def nothing(self) -> bool:
        """Whether no line has been published yet."""
        return not (self.causes or self.looks)


def of(published: Iterable[publications.Publication], known: knowledge.Knowledge) -> Figures:
    """What is published so far, of the causes that are known today."""
    every = tuple(published)
    summed: dict[tuple[str, str], _Summed] = {}
    for one in every:
        for line in one.lines:
            summed[line.kind, line.name] = _added(summed.get((line.kind, line.name)), line)
    found = {
        cause: summed[Kind.CAUSE, cause] for cause in known.cause if (Kind.CAUSE, cause) in summed
    }
    looks = [(why, summed[Kind.LOOK, why]) for why in second_look.Why if (Kind.LOOK, why) in summed]
    return Figures(
        quarter=max((one.quarter for one in every), default=None),
        causes=tuple(_cause(cause, one) for cause, one in found.items()),
        first_steps=_surety(summed.get((Kind.SURE, pooled_figures.FIRST_VIEWS))),
        tool_steps=_support([one.counts for one in found.values()]),
        looks=tuple(_look(why, one, known) for why, one in looks),
    )


@dataclass(frozen=True, slots=True)
class _Summed:
    through: int
    counts: Mapping[str, int]


def _added(before: _Summed | None, line: publications.Line) -> _Summed:
    earlier = before.counts if before else dict.fromkeys(line.counts, 0)
    return _Summed(line.through, {code: n + earlier[code] for code, n in line.counts.items()})


def _cause(cause: str, summed: _Summed) -> CauseFigures:
    def by(view: View) -> BorneOut:
        hit, false, missed = (
            summed.counts[pooled_figures.cell(view, named=named, confirmed=confirmed)]
            for named, confirmed in ((True, True), (True, False), (False, True))
        )
        return BorneOut(cause, Part(hit, hit + false), Part(hit, hit + missed))

    return CauseFigures(cause, summed.through, by(View.FIRST), by(View.TOOL))


def _surety(summed: _Summed | None) -> tuple[agreement.Step, ...]:
    if summed is None:
        return ()

    def step(*, sure: bool) -> agreement.Step:
        yes, no = (
            summed.counts[pooled_figures.surety(sure=sure, confirmed=told)]
            for told in (True, False)
        )
        return agreement.Step("sure" if sure else "less_sure", Part(yes, yes + no))

    return step(sure=False), step(sure=True)


def _support(counts: list[Mapping[str, int]]) -> tuple[agreement.Step, ...]:
    """The tool's levels in two steps, over all causes that are shown."""
    if not counts:
        return ()

    def step(*, named: bool) -> agreement.Step:
        yes, no = (
            sum(one[pooled_figures.cell(View.TOOL, named=named, confirmed=told)] for one in counts)
            for told in (True, False)
        )
        return agreement.Step("supported" if named else "less", Part(yes, yes + no))

    return step(named=False), step(named=True)


def _look(why: second_look.Why, summed: _Summed, known: knowledge.Knowledge) -> LookFigures:
    alike = Part(summed.counts["alike"], summed.counts["alike"] + summed.counts["unlike"])
    words = len(known.cause) + 1  # every cause, and undecided
    beyond = kappa.free_marginal(alike, words)
    assert beyond is not None, "a published line has records"
    return LookFigures(why, summed.through, alike, beyond)
