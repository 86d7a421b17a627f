"""One trend worked out for one reader: what is released of it, its chart, and its words."""

from dataclasses import dataclass
from fractions import Fraction

from circulation import access
from circulation.counting import headlines
from circulation.knowledge_base import knowledge
from circulation.trending import (
    false_alarms,
    indicators,
    process_limits,
    trend_counts,
    trend_release,
    trend_words,
    trends,
)
from circulation.trending.trend_counts import Measure


@dataclass(frozen=True)
class Report:
    """A released trend. `by_chance`: flags that a steady process of this size would show."""

    question: trend_counts.Question
    indicator: indicators.Indicator
    chart: process_limits.Chart
    by_chance: Fraction | None
    subject: str
    release_note: str
    withheld: str = ""

    @property
    def title(self) -> str:
        """The finding."""
        if self.withheld:
            return f"{self.subject}: not shown, a month is too small"
        return trend_words.title(self.chart, self.subject, self.by_chance)

    @property
    def alternative(self) -> str:
        """The chart in words."""
        return trend_words.alternative(self.chart, self.title)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must know of the chart, the rule for small numbers first."""
        notes = trend_words.notes(self.chart, self.by_chance)
        return (self.release_note, *notes) if self.release_note else notes

    @property
    def signals(self) -> tuple[str, ...]:
        """Every special cause as a sentence, the latest first."""
        latest = sorted(self.chart.signals, key=lambda found: found.at[-1], reverse=True)
        return tuple(trend_words.signal(self.chart, found, self.subject) for found in latest)

    @property
    def unit(self) -> str:
        """What the value axis counts."""
        if self.chart.kind is trends.Kind.SHARE:
            return f"Share of the records of a {self.chart.step.value}"
        return f"Records a {self.chart.step.value}"


def report(
    series: trends.Series,
    question: trend_counts.Question,
    role: access.Role,
    known: knowledge.Knowledge,
    measured: indicators.Indicators,
) -> Report:
    """What this role may see of a series, judged from what is released."""
    released = trend_release.release(series, question, role, known.disclosure)
    indicator = measured.of(question.measure)
    chart = process_limits.chart(released.series, known.trends, better=indicator.better)
    rows = measured.chance.exact if released.exact else measured.chance.protected
    return Report(
        question=question,
        indicator=indicator,
        chart=chart,
        by_chance=false_alarms.expected(chart, rows),
        subject=_subject(question, indicator, known),
        release_note=released.note,
        withheld=released.withheld,
    )


def _subject(
    question: trend_counts.Question, indicator: indicators.Indicator, known: knowledge.Knowledge
) -> str:
    """At most three words, so that a title has at most twelve."""
    if question.measure is not Measure.CAUSE:
        return indicator.label
    cause = known.cause[question.cause]
    name = cause.label if len(cause.label.split()) <= 2 else cause.short
    return f"Suspected {headlines.in_sentence(name)}"
