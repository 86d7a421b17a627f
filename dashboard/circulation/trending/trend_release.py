"""What a reader may see of a trend: exact, or by the rule for small numbers.

Protected figures are made of whole closed months of all sites: weeks, sites and days that are
still running would overlap with them and give hidden numbers back. Weeks would mislead as well:
rounding counts of 20 to the nearest 5 makes three times as many false alarms
(data/indicators/false_alarms.toml). Limits and signals are worked out from what is released.
A series with one small number is withheld whole: the months beside it and their total would say
which number it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from circulation import access, errors, periods
from circulation.counting import disclosure
from circulation.knowledge_base import settings_model
from circulation.trending import trend_counts, trends


@dataclass(frozen=True)
class Release:
    """A series as it may be shown, and what the reader must know of it.

    ``withheld`` says why there is no series and the way out, '' where there is one.
    """

    series: trends.Series
    exact: bool
    note: str
    withheld: str = ""


def steps(role: access.Role) -> tuple[periods.Step, ...]:
    """The periods that this role may ask for."""
    exact = access.allowed(role, access.Act.SEE_EXACT_COUNTS)
    return tuple(periods.Step) if exact else (periods.Step.MONTH,)


def release(
    series: trends.Series,
    question: trend_counts.Question,
    role: access.Role,
    settings: settings_model.Disclosure,
) -> Release:
    """What this role may see of the series that answers the question."""
    if access.allowed(role, access.Act.SEE_EXACT_COUNTS):
        return Release(series, exact=True, note="")
    if question.step is not periods.Step.MONTH or question.site:
        raise errors.DashboardError(
            "small numbers",
            "rounded trends are made of whole months of all sites",
            "Choose months and all sites, or ask a role that may see exact counts.",
        )
    return _protected(series, settings)


def _protected(series: trends.Series, settings: settings_model.Disclosure) -> Release:
    """Every closed month by the rule for small numbers, or none of them."""
    periods = [seen.period for seen in series.closed]
    parts = _published([seen.count for seen in series.closed], settings)
    totals = parts
    if series.kind is trends.Kind.SHARE:
        totals = _published([seen.of for seen in series.closed], settings)
    if parts is None or totals is None:
        nothing = trends.Series(series.step, series.kind, ())
        return Release(nothing, exact=False, note="", withheld=_withheld(settings))
    shown = (
        trends.counted(periods, parts)
        if series.kind is trends.Kind.COUNT
        else trends.shared(periods, parts, totals)
    )
    made = trends.Series(series.step, series.kind, shown)
    return Release(made, exact=False, note=_note(settings))


def _published(
    counts: Sequence[int | None], settings: settings_model.Disclosure
) -> list[int] | None:
    """The rounded counts; None as soon as one of them is small."""
    shown = [disclosure.protected_count(count or 0, settings).value for count in counts]
    return None if None in shown else [count or 0 for count in shown]


def _note(settings: settings_model.Disclosure) -> str:
    return (
        f"Small numbers are protected: all counts are rounded to the nearest {settings.base}, "
        "shares and limits come from the rounded counts. Only whole months are shown."
    )


def _withheld(settings: settings_model.Disclosure) -> str:
    return (
        f"A month holds 1-{settings.floor - 1} "
        "records of this kind. Beside the other months that small number could be worked out, so "
        "no month is shown. The way out: a measure that counts more records, such as Intake, or a "
        "role that may see exact counts."
    )
