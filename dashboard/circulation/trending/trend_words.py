"""What a trend chart shows, in words: its title, each signal, and what the reader must know.

A title never calls a volume good or bad, never compares two points, and falls back to a neutral
one when there is too little to judge, or no more flags than chance alone would give and none now.
"""

from collections.abc import Iterator
from fractions import Fraction

from circulation import periods
from circulation.knowledge_base import settings_model
from circulation.trending import process_limits, trends
from circulation.trending.process_limits import Rule, Side

ABOVE = {Side.HIGH: "above", Side.LOW: "below"}
LIMIT = {Side.HIGH: "upper", Side.LOW: "lower"}
NO_RECORDS = "no records"
"""Why a period has no value: it has nothing to be a share of."""


def title(chart: process_limits.Chart, subject: str, by_chance: Fraction | None) -> str:
    """The finding in at most 12 words, for a subject of at most 3 (`Same-day share`).

    `by_chance`: flags expected from chance alone (false_alarms.expected), None when unknown.
    """
    weak = _too_little(chart)
    if weak:
        return f"{subject}: {weak}"
    if not chart.signals:
        return f"{subject} {_steady(chart)}"
    newest = _newest(chart)
    if newest is None and (by_chance is None or chart.flagged <= by_chance):
        return f"{subject}: {_of(chart.flagged, chart)} flagged, not the newest"
    return signal(chart, newest or _longest(chart.signals), subject)


def _too_little(chart: process_limits.Chart) -> str:
    if not chart.points:
        return f"no whole {chart.step.value} yet"
    if not chart.shown:
        return f"no {chart.step.value} has a number to show"
    if chart.trial:
        return f"{_count(chart.shown, chart.step)}, too few to judge"
    return "too many gaps to judge" if chart.upper is None else ""


def _steady(chart: process_limits.Chart) -> str:
    if chart.lower == chart.upper:
        return f"was the same in all {_count(chart.shown, chart.step)}"
    return f"held steady over {_count(chart.shown, chart.step)}"


def _newest(chart: process_limits.Chart) -> process_limits.Signal | None:
    """The longest signal that the last closed period is part of."""
    last = len(chart.points) - 1
    here = tuple(found for found in chart.signals if last in found.at)
    return _longest(here) if here else None


def _longest(found: tuple[process_limits.Signal, ...]) -> process_limits.Signal:
    """The signal of most points; of equals, the latest, and a shift rather than its peaks."""
    return max(found, key=lambda one: (len(one.at), one.at[-1], one.rule is Rule.RUN))


def signal(chart: process_limits.Chart, found: process_limits.Signal, subject: str) -> str:
    """One signal as a sentence with its periods: `Intake rose steadily from .. to ..`."""
    first, last = (chart.points[i].observation.period for i in (found.at[0], found.at[-1]))
    when = f"from {first.label} to {_to(last)}" if first != last else _in(first)
    if found.rule is Rule.OUTSIDE:
        return f"{subject} passed the {LIMIT[found.side]} limit {when}"
    if found.rule is Rule.NEAR:
        return f"{subject} came near the {LIMIT[found.side]} limit {when}"
    if found.rule is Rule.TREND:
        return f"{subject} {'rose' if found.side is Side.HIGH else 'fell'} steadily {when}"
    if found.at[-1] == len(chart.points) - 1:
        return f"{subject} moved {ABOVE[found.side]} the mean from {first.label}"
    return f"{subject} lay {ABOVE[found.side]} the mean {when}"


def _in(period: periods.Period) -> str:
    return f"in {_named(period)}"


def _to(period: periods.Period) -> str:
    return period.label if period.step is periods.Step.MONTH else periods.day(period.last)


def variation(chart: process_limits.Chart, point: process_limits.Point) -> str:
    """What a point shows, in words for the table: `Special cause, high: outside limits`."""
    if point.observation.value is None:
        return f"Not judged: {NO_RECORDS}"
    if chart.trial or chart.upper is None:
        return f"Not judged: too few {chart.step.value}s"
    if point.side is None:
        return "Common cause"
    kind = point.variation.value.capitalize()
    reasons = ", ".join(rule.value for rule in point.rules)
    return f"{kind}, {'high' if point.side is Side.HIGH else 'low'}: {reasons}"


def number(value: Fraction | None, kind: trends.Kind) -> str:
    """A value as read: `21`, `21.4`, `18.3%`; to one decimal when it is not whole."""
    if value is None:
        return ""
    scaled = value * 100 if kind is trends.Kind.SHARE else value
    text = str(scaled.numerator) if scaled.denominator == 1 else f"{float(scaled):.1f}"
    return f"{text}%" if kind is trends.Kind.SHARE else text


def alternative(chart: process_limits.Chart, finding: str) -> str:
    """The chart for those who do not see it: its finding, its span, its lines."""
    if not chart.points:
        return finding
    first, last = (chart.points[i].observation.period for i in (0, -1))
    lines = [f"{_count(len(chart.points), chart.step)}, {first.label} to {last.label}"]
    levels = (("mean", chart.mean), ("lower limit", chart.lower), ("upper limit", chart.upper))
    lines += [f"{name} {number(value, chart.kind)}" for name, value in levels if value is not None]
    return f"{finding}. Chart: {', '.join(lines)}, {chart.flagged} flagged."


def reading(settings: settings_model.Trends) -> str:
    """How the chart is to be read, with the constants in force."""
    return (
        f"The limits lie {settings.xmr_factor} mean moving ranges from the mean: where chance ups "
        "and downs are expected to stay. A point is a special cause, worth asking why, when it is "
        f"outside the limits, one of {settings.run} or more in a row on one side of the mean, one "
        f"of {settings.trend} or more that only rise or only fall, or one of {settings.near_points}"
        f" in {settings.near_of} in the outer third next to one limit. "
        f"Fewer than {settings.trial_points} points are not judged."
    )


def notes(chart: process_limits.Chart, by_chance: Fraction | None) -> tuple[str, ...]:
    """What a reader must know of the chart: how far it can be trusted and what is not in it."""
    return (*_trust(chart, by_chance), *_kept_apart(chart))


def _trust(chart: process_limits.Chart, by_chance: Fraction | None) -> Iterator[str]:
    step = chart.step.value
    if chart.trial and chart.points:
        yield (
            f"Trial limits: {_count(chart.shown, chart.step)} of the {chart.trial_points} needed. "
            f"No {step} is judged yet."
        )
    elif by_chance is not None:
        yield (
            f"Chance alone would flag {_about(by_chance)} of {_count(chart.shown, chart.step)}; "
            f"{chart.flagged} {'is' if chart.flagged == 1 else 'are'} flagged here."
        )
    elif chart.shown:
        yield f"The numbers are too small for a {step}: flags say little here."
    if chart.lower_cut:
        yield "The lower limit is held at 0: there is nothing below it."
    if chart.upper_cut:
        yield "The upper limit is held at 100%: there is nothing above it."
    if chart.screened:
        changes = "change" if chart.screened == 1 else "changes"
        yield (
            f"{chart.screened} unusually large {changes} from one {step} to the next "
            f"{'does' if chart.screened == 1 else 'do'} not widen the limits."
        )


def _kept_apart(chart: process_limits.Chart) -> Iterator[str]:
    gaps = len(chart.points) - chart.shown
    if gaps:
        yield (
            f"{_count(gaps, chart.step)} without a value ({NO_RECORDS}): left out of mean, "
            "limits and rules."
        )
    if chart.incomplete:
        apart = " and ".join(_named(seen.period) for seen in chart.incomplete)
        yield f"Incomplete, so shown apart and not judged: {apart}."
    if chart.undated:
        yield f"{_records(chart.undated)} without a received date cannot be placed in time."
    if chart.later:
        yield f"{_records(chart.later)} of days that are not over: counted later."


def _records(number_of: int) -> str:
    return f"{number_of:,} record{'' if number_of == 1 else 's'}"


def _named(period: periods.Period) -> str:
    return f"{'the week of ' if period.step is periods.Step.WEEK else ''}{period.label}"


def _about(flags: Fraction) -> str:
    return "fewer than 1" if flags < Fraction(1, 2) else f"about {int(flags + Fraction(1, 2))}"


def _of(flagged: int, chart: process_limits.Chart) -> str:
    return f"{flagged} of {_count(chart.shown, chart.step)}"


def _count(number_of: int, step: periods.Step) -> str:
    return f"{number_of} {step.value}{'' if number_of == 1 else 's'}"
