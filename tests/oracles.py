"""Every statistic of the dashboard again, in slow plain Python."""

import datetime
import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from circulation.choosing import selection
from circulation.counting.published import Release
from circulation.knowledge_base import expressions

WORKED_OUT = (
    "bmi",
    *(f"{below}_brachial_index_{leg}" for below in ("ankle", "toe") for leg in ("left", "right")),
)
SILENT = "absent_doppler_signal and absent_doppler_signal_side in ({leg}, both)"


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


def answer(condition: expressions.Condition, record: Mapping[str, str]) -> bool | None:
    """A condition on one record of texts as in the CSV: True, False, or None for unknown."""
    match condition:
        case expressions.Always():
            return True
        case expressions.Asked(name):
            return {"present": True, "absent": False}.get(record.get(name, ""))
        case expressions.Answered(name):
            if name in WORKED_OUT:
                return _measured(name, record) is not None
            return record.get(name, "") not in ("", "not_asked")
        case expressions.OneOf(name, values):
            return record[name] in values if record.get(name) else None
        case expressions.Compare("age", sign, limit):
            return _compare_age(record.get("age_band", ""), sign, limit)
        case expressions.Compare(name, sign, limit):
            number = _number(name, record)
            return None if number is None else _compare(number, sign, limit)
        case expressions.Not(part):
            inner = answer(part, record)
            return None if inner is None else not inner
        case expressions.Unless(part, exception):
            return False if answer(exception, record) is True else answer(part, record)
        case expressions.AtLeast(needed, parts):
            answers = [answer(part, record) for part in parts]
            return at_least(needed, answers)
        case _:
            raise AssertionError(f"not of one record alone: {condition}")


def at_least(needed: int, answers: list[bool | None]) -> bool | None:
    """Whether so many answers hold; None while the unknown ones decide."""
    yes = unknown = 0
    for one in answers:
        if one is True:
            yes += 1
        elif one is None:
            unknown += 1
    if yes >= needed:
        return True
    return None if yes + unknown >= needed else False


def _number(name: str, record: Mapping[str, str]) -> Decimal | None:
    stem, _, end = name.rpartition("_")
    if end not in ("lowest", "highest", "difference"):
        return _measured(name, record)
    sides = [_measured(f"{stem}_{leg}", record) for leg in ("left", "right")]
    numbers = [side for side in sides if side is not None]
    if end == "difference":
        return abs(numbers[0] - numbers[1]) if len(numbers) == 2 else None
    return (min(numbers) if end == "lowest" else max(numbers)) if numbers else None


def _measured(name: str, record: Mapping[str, str]) -> Decimal | None:
    """A number as recorded; an index that was not, as its score works it out."""
    if record.get(name):
        return Decimal(record[name])
    if name == "bmi" and record.get("height") and record.get("weight"):
        index = Fraction(record["weight"]) / (Fraction(record["height"]) / 100) ** 2
        return _within(Decimal(math.floor(index * 100)) / 100, 10, 100)
    arms = [record.get(f"arm_pressure_systolic_{side}") for side in ("left", "right")]
    if name not in WORKED_OUT or name == "bmi" or not all(arms):
        return None
    leg = name.rpartition("_")[2]
    if name.startswith("toe"):
        below = [record.get(f"toe_pressure_{leg}")]
    else:
        below = [record.get(f"ankle_pressure_{artery}_{leg}") for artery in ("dp", "pt")]
        if answer(expressions.parse(SILENT.format(leg=leg)), record):
            below = [one for one in below if one]
    if not below or not all(below):
        return None
    index = max(Fraction(one) for one in below if one) / max(Fraction(one) for one in arms if one)
    return _within(Decimal(math.floor(index * 100 + Fraction(1, 2))) / 100, 0, 3)


def _within(number: Decimal, low: int, high: int) -> Decimal | None:
    return number if low <= number <= high else None


def _compare(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "==": number == limit,
    }[sign]


def _compare_age(band: str, sign: str, limit: Decimal) -> bool | None:
    if not band:
        return None
    first, _, last = band.rstrip("+").partition("-")
    top = 150 if band.endswith("+") else int(last or first)
    answers = {_compare(Decimal(age), sign, limit) for age in range(int(first), top + 1)}
    return answers.pop() if len(answers) == 1 else None


def is_selected(record: Mapping[str, str], wanted: selection.Selection) -> bool:
    """Whether a record of text fits a selection by what is recorded in it (no rules)."""
    received = record.get("received_on", "")
    if (wanted.first or wanted.last) and not received:
        return False
    if wanted.first and received < wanted.first.isoformat():
        return False
    if wanted.last and received > wanted.last.isoformat():
        return False
    for name, values in (
        ("site", wanted.sites),
        ("age_band", wanted.age_bands),
        ("sex", wanted.sexes),
    ):
        if values and record.get(name, "") not in values:
            return False
    for names, states in (
        (wanted.findings, ("present",)),
        (wanted.absent, ("absent",)),
        (wanted.not_recorded, ("", "not_asked")),
        ({f"suspected_{cause}" for cause in wanted.causes}, ("present",)),
    ):
        if any(record.get(name, "") not in states for name in names):
            return False
    return all(record.get(f"test_{test}") == "done" for test in wanted.tests_done)


def answers(records: Iterable[Mapping[str, str]], finding: str) -> tuple[int, int]:
    """How many records answer a question with present, and how many with absent."""
    present = absent = 0
    for record in records:
        if record.get(finding) == "present":
            present += 1
        if record.get(finding) == "absent":
            absent += 1
    return present, absent


def published(raw: int) -> int | None:
    """A count by the NHS rule: 1 to 7 hidden, all others to the nearest multiple of 5."""
    if 1 <= raw <= 7:
        return None
    nearest = 0
    for multiple in range(0, raw + 5, 5):
        if abs(multiple - raw) < abs(nearest - raw):
            nearest = multiple
    return nearest


def largest_difference(release: Release, fewest: int, least: float) -> tuple[str, str] | None:
    """The finding and cause furthest above all others, by walking over the published numbers."""
    best, found = least, None
    for row in release.rows:
        everyone = row[-1]
        for cell in row[:-1]:
            present, asked = cell.present.value, cell.asked.value
            all_present, all_asked = everyone.present.value, everyone.asked.value
            if present is None or asked is None or all_present is None or all_asked is None:
                continue
            if cell.cause == "other":
                continue
            if asked < fewest or all_asked - asked < fewest:
                continue
            gap = round(100 * (present / asked - (all_present - present) / (all_asked - asked)))
            if gap > best or (gap == best and found is None):
                best, found = gap, (cell.finding, cell.cause)
    return found


def score_interval(present: int, asked: int) -> tuple[float, float]:
    """The shares that a two-sided score test at 95 % does not reject, found by halving."""
    share = present / asked

    def rejected(candidate: float) -> bool:
        error = math.sqrt(candidate * (1 - candidate) / asked)
        return abs(share - candidate) > NormalDist().inv_cdf(0.975) * error

    ends = []
    for edge in (0.0, 1.0):
        inside, outside = share, edge
        if share == edge:
            ends.append(edge)
            continue
        for _ in range(200):
            middle = (inside + outside) / 2
            if rejected(middle):
                outside = middle
            else:
                inside = middle
        ends.append(inside)
    return ends[0], ends[1]


def newcombe(present: int, asked: int, others: int, others_asked: int) -> tuple[float, float]:
    """The interval of a difference from those of both shares."""
    low, high = score_interval(present, asked)
    others_low, others_high = score_interval(others, others_asked)
    share, others_share = present / asked, others / others_asked
    below = math.sqrt((share - low) ** 2 + (others_high - others_share) ** 2)
    above = math.sqrt((high - share) ** 2 + (others_share - others_low) ** 2)
    return share - others_share - below, share - others_share + above


def ratio(present: int, asked: int, others: int, others_asked: int) -> Fraction:
    """How many times the others' share."""
    return Fraction(present, asked) / Fraction(others, others_asked)


def standardised(present: int, asked: int, others: int, others_asked: int) -> float | None:
    """A difference in mean standard deviations, each from the records themselves."""
    deviations = []
    for have, of in ((present, asked), (others, others_asked)):
        total = Fraction(0)
        for record in [1] * have + [0] * (of - have):
            total += (record - Fraction(have, of)) ** 2
        deviations.append(total / of)
    difference = Fraction(present, asked) - Fraction(others, others_asked)
    if difference == 0:
        return 0.0
    if sum(deviations) == 0:
        return None
    return float(difference) / math.sqrt(sum(deviations) / 2)


def fisher(present: int, asked: int, others: int, others_asked: int) -> Fraction:
    """The chance of all tables that are no more likely than this one, in whole numbers."""
    both = present + others

    def ways(hits: int) -> int:
        return math.comb(asked, hits) * math.comb(others_asked, both - hits)

    as_extreme = 0
    for hits in range(min(asked, both) + 1):
        if ways(hits) <= ways(present):
            as_extreme += ways(hits)
    return Fraction(as_extreme, math.comb(asked + others_asked, both))


def chi_squared(present: int, asked: int, others: int, others_asked: int) -> float:
    """The p-value from observed and expected counts of the four cells."""
    both, everyone = present + others, asked + others_asked
    statistic = Fraction(0)
    for have, of in ((present, asked), (others, others_asked)):
        for observed, margin in ((have, both), (of - have, everyone - both)):
            expected = Fraction(of * margin, everyone)
            statistic += (observed - expected) ** 2 / expected
    return 2 * NormalDist().cdf(-math.sqrt(statistic))


def q_values(p_values: list[float]) -> list[float]:
    """For each p-value the lowest rate of false discoveries at which it still counts."""
    found = []
    for p in p_values:
        rates = []
        for limit in p_values:
            if limit >= p:
                counted = sum(other <= limit for other in p_values)
                rates.append(limit * len(p_values) / counted)
        found.append(min(rates))
    return found


def against_others(
    records: Iterable[Mapping[str, str]],
    finding: str,
    belongs: Callable[[Mapping[str, str]], bool],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Present and asked in a group, and among all who are not of it."""
    group, others = [], []
    for record in records:
        if belongs(record):
            group.append(record)
        else:
            others.append(record)
    (yes, no), (others_yes, others_no) = answers(group, finding), answers(others, finding)
    return (yes, yes + no), (others_yes, others_yes + others_no)


def not_asked(records: Iterable[Mapping[str, str]], finding: str) -> int:
    """Records without an answer."""
    found = 0
    for record in records:
        if record.get(finding) not in ("present", "absent"):
            found += 1
    return found


def pair(records: Iterable[Mapping[str, str]], one: str, other: str) -> tuple[int, int]:
    """Records with both findings, and records asked about both."""
    both = asked = 0
    for record in records:
        if record.get(one) in ("present", "absent") and record.get(other) in ("present", "absent"):
            asked += 1
            both += record[one] == record[other] == "present"
    return both, asked


def combinations(
    records: Iterable[Mapping[str, str]], findings: list[str]
) -> tuple[dict[tuple[str, ...], int], int]:
    """How many records have exactly which findings; and how many were not asked about them all."""
    kinds: dict[tuple[str, ...], int] = {}
    incomplete = 0
    for record in records:
        if any(record.get(finding) not in ("present", "absent") for finding in findings):
            incomplete += 1
            continue
        present = tuple(finding for finding in findings if record[finding] == "present")
        kinds[present] = kinds.get(present, 0) + 1
    return kinds, incomplete


def fourfold(
    records: Iterable[Mapping[str, str]], finding: str, first: str, cause: str
) -> tuple[int, int, int, int]:
    """Cases with and without a finding, then the others; ``first`` is asked before, '' for none.

    Only records that say whether they have the cause, and that answered, count.
    """
    cells = {("present", True): 0, ("present", False): 0, ("absent", True): 0, ("absent", False): 0}
    for record in records:
        said = record.get(finding, "")
        if first and said not in ("present", "absent") and record.get(first) == "absent":
            said = "absent"
        truth = record.get(f"confirmed_{cause}")
        if (said, truth == "present") in cells and truth in ("present", "absent"):
            cells[said, truth == "present"] += 1
    return (
        cells["present", True],
        cells["absent", True],
        cells["present", False],
        cells["absent", False],
    )


def without_any(
    records: Iterable[Mapping[str, str]], symptoms: Iterable[str], cause: str
) -> tuple[int, int]:
    """Cases that say no to all of some symptoms, of those that answered all of them."""
    names = list(symptoms)
    none = answered = 0
    for record in records:
        if record.get(f"confirmed_{cause}") == "present":
            said = [record.get(name) for name in names]
            answered += all(one in ("present", "absent") for one in said)
            none += all(one == "absent" for one in said)
    return none, answered
