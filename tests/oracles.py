"""Every statistic of the dashboard again, in slow plain Python."""

import datetime
from fractions import Fraction


def whole_periods(
    first: datetime.date, last: datetime.date, step: str
) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Weeks or months found by walking over the days: the whole ones, and the incomplete ones."""
    seen: list[tuple[int, int]] = []
    broken = set()
    day = first
    while day <= last:
        if period_of(day, step) not in seen:
            seen.append(period_of(day, step))
        day += datetime.timedelta(days=1)
    for outside in (first - datetime.timedelta(days=1), last + datetime.timedelta(days=1)):
        if period_of(outside, step) in seen:
            broken.add(period_of(outside, step))
    return [period for period in seen if period not in broken], broken


def period_of(day: datetime.date, step: str) -> tuple[int, int]:
    """The ISO year and week, or the year and month, of a day."""
    iso = day.isocalendar()
    return (iso[0], iso[1]) if step == "week" else (day.year, day.month)


def process_limits(
    values: list[Fraction | None], factor: Fraction, screen: Fraction
) -> tuple[Fraction, Fraction | None] | None:
    """Mean, and distance of the limits from it."""
    known = []
    for value in values:
        if value is not None:
            known.append(value)
    if not known:
        return None
    mean = sum(known, Fraction(0)) / len(known)
    ranges = []
    for i in range(1, len(values)):
        here, before = values[i], values[i - 1]
        if here is not None and before is not None:
            ranges.append(abs(here - before))
    if not ranges:
        return mean, None
    if max(ranges) == 0:
        return mean, (Fraction(0) if max(known) == min(known) else None)
    average = sum(ranges, Fraction(0)) / len(ranges)
    kept = []
    for size in ranges:
        if size < screen * average:
            kept.append(size)
    if sum(kept) == 0:
        kept = ranges
    return mean, factor * sum(kept, Fraction(0)) / len(kept)


def special_causes(
    values: list[Fraction | None], mean: Fraction, spread: Fraction
) -> list[set[str]]:
    """For each point the rules it breaks, window by window as NHSRplotthedots looks at them."""
    found: list[set[str]] = [set() for _ in values]
    sides, near = [], []
    for i, value in enumerate(values):
        gap = Fraction(0) if value is None else value - mean
        sides.append(1 if gap > 0 else -1 if gap < 0 else 0)
        near.append(abs(gap) <= spread and abs(gap) * 3 > 2 * spread)
        if abs(gap) > spread:
            found[i].add("OUTSIDE")
    for start in range(len(values) - 6):
        window = range(start, start + 7)
        if {sides[i] for i in window} in ({1}, {-1}):
            for i in window:
                found[i].add("RUN")
        seven = [values[i] for i in window]
        if _steps(seven) in ({1}, {-1}):
            for i in window:
                found[i].add("TREND")
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        members = [i for i in window if near[i]]
        if abs(sum(sides[i] for i in window)) == 3 and len(members) >= 2:
            for i in members:
                found[i].add("NEAR")
    return found


def _steps(values: list[Fraction | None]) -> set[int]:
    steps = set()
    for i in range(1, len(values)):
        here, before = values[i], values[i - 1]
        if here is None or before is None or here == before:
            steps.add(0)
        else:
            steps.add(1 if here > before else -1)
    return steps


def records_by_period(
    records: list[tuple[datetime.date | None, bool]], step: str, today: datetime.date
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int], int, int]:
    """Records (day, urgent) per period: all, urgent; and the undated, and those not yet over."""
    whole: dict[tuple[int, int], int] = {}
    urgent: dict[tuple[int, int], int] = {}
    undated = later = 0
    for day, soon in records:
        if day is None:
            undated += 1
        elif day >= today:
            later += 1
        else:
            period = period_of(day, step)
            whole[period] = whole.get(period, 0) + 1
            urgent[period] = urgent.get(period, 0) + soon
    return whole, urgent, undated, later
