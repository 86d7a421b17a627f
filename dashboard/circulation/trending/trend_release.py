"""What a reader may see of a trend: exact, or by the rule for small numbers.

Protected figures are made of whole closed months of all sites: weeks, sites and days that are
still running would overlap with them and give hidden numbers back. Weeks would mislead as well:
rounding counts of 20 to the nearest 5 makes three times as many false alarms
(data/indicators/false_alarms.toml). Limits and signals are worked out from what is released.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from circulation import access, errors
from circulation.counting import disclosure
from circulation.knowledge_base import knowledge_model as model
from circulation.trending import trend_counts, trends


@dataclass(frozen=True)
class Release:
    """A series as it may be shown, and what the reader must know of it."""

    series: trends.Series
    exact: bool
    note: str


def steps(role: access.Role) -> tuple[trends.Step, ...]:
    """The periods that this role may ask for."""
    exact = access.allowed(role, access.Act.SEE_EXACT_COUNTS)
    return tuple(trends.Step) if exact else (trends.Step.MONTH,)


def release(
    series: trends.Series,
    question: trend_counts.Question,
    role: access.Role,
    settings: model.DisclosureSettings,
) -> Release:
    """What this role may see of the series that answers the question."""
    if access.allowed(role, access.Act.SEE_EXACT_COUNTS):
        return Release(series, exact=True, note="")
    if question.step is not trends.Step.MONTH or question.site:
        raise errors.DashboardError(
            "small numbers",
            "rounded trends are made of whole months of all sites",
            "Choose months and all sites, or ask a role that may see exact counts.",
        )
    return Release(_protected(series, settings), exact=False, note=_note(series, settings))


def _protected(series: trends.Series, settings: model.DisclosureSettings) -> trends.Series:
    periods = [seen.period for seen in series.closed]
    parts = _published([seen.count for seen in series.closed], settings)
    if series.kind is trends.Kind.COUNT:
        return trends.Series(series.step, series.kind, trends.counted(periods, parts))
    totals = _published([seen.of for seen in series.closed], settings)
    return trends.Series(series.step, series.kind, trends.shared(periods, parts, totals))


def _published(
    counts: Sequence[int | None], settings: model.DisclosureSettings
) -> list[int | None]:
    return [
        None if count is None else disclosure.protected_count(count, settings).value
        for count in counts
    ]


def _note(series: trends.Series, settings: model.DisclosureSettings) -> str:
    undated = disclosure.protected_count(series.undated, settings).words
    return (
        f"Small numbers are protected: 1-{settings.floor - 1} is hidden, all other counts are "
        f"rounded to the nearest {settings.base}, shares and limits come from the rounded counts. "
        f"Only whole months are shown. Records without a received date: {undated}."
    )
