"""XmR process limits and the four rules for special-cause variation (NHS "plot the dots").

The sums and rules are those of NHSRplotthedots (R/ptd_spc_standard.R, ptd_calculate_point_type.R)
with two of its known faults mended: a constant series keeps its limits, and screening never leaves
limits of no width round a series that varies. Limits from few points are on trial: then nothing is
judged. All sums are exact fractions, so that a point on a limit or on the mean is never judged by
a rounding error.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from circulation import periods
from circulation.knowledge_base import settings_model
from circulation.trending import trends

Values = Sequence[Fraction | None]  # None: a period without a value, which breaks every sequence
NEAR = Fraction(2, 3)  # near a limit: beyond two thirds of the way (NHSRplotthedots: limitclose)


class Rule(enum.Enum):
    """Why a point is special, in the order in which NHSRplotthedots names the reason."""

    OUTSIDE = "outside limits"
    TREND = "trend"
    NEAR = "near limit"
    RUN = "run on one side"


class Side(enum.IntEnum):
    """Above or below the mean; for a trend, rising or falling."""

    HIGH = 1
    LOW = -1


class Better(enum.Enum):
    """Which way is good. Volumes are neutral: neither more nor less is good."""

    NEUTRAL = "neutral"
    HIGHER = "higher"
    LOWER = "lower"


class Variation(enum.Enum):
    """What a point shows."""

    COMMON = "common cause"
    NEUTRAL = "special cause"
    IMPROVEMENT = "special cause, improvement"
    CONCERN = "special cause, concern"


@dataclass(frozen=True)
class Limits:
    """Mean and natural process limits.

    `spread` is the limits' distance from the mean, `screened` the number of moving ranges left out.
    """

    mean: Fraction
    spread: Fraction | None
    screened: int = 0

    @property
    def lower(self) -> Fraction | None:
        """The lower limit, in the unit of the mean; None where there is no spread."""
        return None if self.spread is None else self.mean - self.spread

    @property
    def upper(self) -> Fraction | None:
        """The upper limit, as the lower one."""
        return None if self.spread is None else self.mean + self.spread


@dataclass(frozen=True)
class Signal:
    """One special cause: the rule, the side, and the points (by position) that show it."""

    rule: Rule
    side: Side
    at: tuple[int, ...]


@dataclass(frozen=True)
class Point:
    """One closed period on the chart; without a value it is not judged."""

    observation: trends.Observation
    rules: tuple[Rule, ...]
    side: Side | None
    variation: Variation


@dataclass(frozen=True)
class Chart:
    """A series with its limits. `lower_cut` and `upper_cut`: the limit is held at 0 or 100 %."""

    step: periods.Step
    kind: trends.Kind
    points: tuple[Point, ...]
    incomplete: tuple[trends.Observation, ...]
    undated: int
    later: int
    mean: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    lower_cut: bool
    upper_cut: bool
    screened: int
    trial: bool
    trial_points: int
    signals: tuple[Signal, ...]

    @property
    def flagged(self) -> int:
        """How many points are special."""
        return sum(1 for point in self.points if point.rules)

    @property
    def shown(self) -> int:
        """How many closed periods have a value."""
        return sum(1 for point in self.points if point.observation.value is not None)


def chart(
    series: trends.Series,
    settings: settings_model.Trends,
    *,
    better: Better = Better.NEUTRAL,
) -> Chart:
    """The chart of a series: limits, signals and, for each point, what it shows."""
    values = [observation.value for observation in series.closed]
    known = limits(values, settings)
    trial = sum(1 for value in values if value is not None) < settings.trial_points
    found = () if trial or known is None else signals(values, known, settings)
    lower, upper = (known.lower, known.upper) if known else (None, None)
    lower_cut = lower is not None and lower < 0
    upper_cut = series.kind is trends.Kind.SHARE and upper is not None and upper > 1
    return Chart(
        step=series.step,
        kind=series.kind,
        points=tuple(
            _point(observation, i, found, better) for i, observation in enumerate(series.closed)
        ),
        incomplete=series.incomplete,
        undated=series.undated,
        later=series.later,
        mean=known.mean if known else None,
        lower=Fraction(0) if lower_cut else lower,
        upper=Fraction(1) if upper_cut else upper,
        lower_cut=lower_cut,
        upper_cut=upper_cut,
        screened=known.screened if known else 0,
        trial=trial,
        trial_points=settings.trial_points,
        signals=found,
    )


def limits(values: Values, settings: settings_model.Trends) -> Limits | None:
    """Mean +- factor x mean moving range; None without values.

    Moving ranges of screen_factor times their mean or more are left out and the mean is taken
    again. If that would leave only ranges of 0 although the series moves, none is left out.
    There is no spread without two neighbours, or when the series moves only across its gaps.
    """
    present = [value for value in values if value is not None]
    if not present:
        return None
    mean = _mean(present)
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not any(ranges) and (not ranges or len(set(present)) > 1):
        return Limits(mean, None)
    most = Fraction(settings.screen_factor) * _mean(ranges)
    kept = [size for size in ranges if size < most]
    if not any(kept):
        kept = ranges
    return Limits(mean, Fraction(settings.xmr_factor) * _mean(kept), len(ranges) - len(kept))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def signals(values: Values, known: Limits, settings: settings_model.Trends) -> tuple[Signal, ...]:
    """Every special cause in the series, in the order of `Rule`, then of time."""
    if known.spread is None:
        return ()
    sides = [_sign(None if value is None else value - known.mean) for value in values]
    distance = [None if value is None else abs(value - known.mean) for value in values]
    outside = [gap is not None and gap > known.spread for gap in distance]
    near = [gap is not None and NEAR * known.spread < gap <= known.spread for gap in distance]
    return (
        *_outside(outside, sides),
        *_trends(values, settings.trend),
        *_near(near, sides, settings),
        *_runs(sides, settings.run),
    )


def _sign(difference: Fraction | None) -> int:
    return 0 if difference is None else (difference > 0) - (difference < 0)


def _stretches(marks: Sequence[int]) -> list[tuple[int, range]]:
    """Maximal stretches of one equal mark that is not 0, with their positions."""
    found, start = [], 0
    for mark, group in groupby(marks):
        length = len(list(group))
        if mark:
            found.append((mark, range(start, start + length)))
        start += length
    return found


def _outside(outside: Sequence[bool], sides: Sequence[int]) -> list[Signal]:
    marks = [side if out else 0 for out, side in zip(outside, sides, strict=True)]
    return [Signal(Rule.OUTSIDE, Side(mark), tuple(at)) for mark, at in _stretches(marks)]


def _runs(sides: Sequence[int], length: int) -> list[Signal]:
    """Points on one side of the mean; a point on the mean ends a run."""
    return [
        Signal(Rule.RUN, Side(mark), tuple(at))
        for mark, at in _stretches(sides)
        if len(at) >= length
    ]


def _trends(values: Values, length: int) -> list[Signal]:
    """Points that all rise or all fall; two equal neighbours end a trend."""
    steps = [_sign(None if a is None or b is None else b - a) for a, b in pairwise(values)]
    return [
        Signal(Rule.TREND, Side(mark), (*at, at[-1] + 1))
        for mark, at in _stretches(steps)
        if len(at) + 1 >= length
    ]


def _near(
    near: Sequence[bool], sides: Sequence[int], settings: settings_model.Trends
) -> list[Signal]:
    """Points near one limit, where all points of the window lie on that side of the mean.

    A point outside the limits is not near them: it is a signal of its own.
    """
    found: list[Signal] = []
    for start in range(len(near) - settings.near_of + 1):
        window = range(start, start + settings.near_of)
        members = tuple(i for i in window if near[i])
        one_side = abs(sum(sides[i] for i in window)) == settings.near_of
        if one_side and len(members) >= settings.near_points:
            _join(found, Signal(Rule.NEAR, Side(sides[start]), members))
    return found


def _join(found: list[Signal], signal: Signal) -> None:
    """Add a signal, as one with the last when they share a point."""
    if found and set(found[-1].at) & set(signal.at):
        at = tuple(sorted({*found.pop().at, *signal.at}))
        signal = Signal(signal.rule, signal.side, at)
    found.append(signal)


def _point(
    observation: trends.Observation, position: int, found: Sequence[Signal], better: Better
) -> Point:
    here = [signal for signal in found if position in signal.at]
    rules = tuple(rule for rule in Rule if any(signal.rule is rule for signal in here))
    side = _side(here, rules[0]) if rules else None
    return Point(observation, rules, side, _variation(side, better))


def _side(here: Sequence[Signal], rule: Rule) -> Side:
    """The side of the first reason; where one trend ends and another begins, of the later one."""
    return [signal.side for signal in here if signal.rule is rule][-1]


def _variation(side: Side | None, better: Better) -> Variation:
    if side is None:
        return Variation.COMMON
    if better is Better.NEUTRAL:
        return Variation.NEUTRAL
    good = Side.HIGH if better is Better.HIGHER else Side.LOW
    return Variation.IMPROVEMENT if side is good else Variation.CONCERN
