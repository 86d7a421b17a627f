"""What a manager sees of some records, counted exactly, and the decoys that could stand for them.

The figures of two releases, this one and the one a month before, since a reader may have kept it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from circulation import access, periods
from circulation.choosing import selection
from circulation.counting import distribution, rounding
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge, settings_model
from circulation.protecting import decoys
from circulation.records import intake, ternary
from circulation.trending import trend_counts, trend_release

LEAVING, ENTERING = -1, 1
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Span:
    """One release, or what came between two: counts of ``rows``, the last column is all records.

    ``present`` and ``absent`` are (findings, groups + 1), ``n`` (groups + 1,).
    """

    rows: ternary.Bits
    present: Whole
    absent: Whole
    n: Whole

    @cached_property
    def parts(self) -> Whole:
        """Present, absent, not asked and asked, (findings, 4, groups + 1)."""
        asked = self.present + self.absent
        return np.stack([self.present, self.absent, self.n - asked, asked], axis=1)


@dataclass(frozen=True, eq=False)
class World:
    """What is shown of some records, and the decoys. Groups: columns, orders, others, everyone."""

    settings: settings_model.Disclosure
    columns: int
    orders: int
    followed: Flags
    closed: Flags
    now: Span
    before: Span
    newest: Span
    made: decoys.Decoys

    @cached_property
    def is_new(self) -> Flags:
        """The sample's records that came since the release before, (records,)."""
        return ternary.holding(self.newest.rows, self.made.rows)

    @cached_property
    def member(self) -> npt.NDArray[np.int8]:
        """The sample's groups and everyone, (records, groups + 1)."""
        everyone = np.ones((len(self.made.rows), 1), dtype=np.int8)
        return np.hstack([self.made.member.astype(np.int8), everyone])

    @cached_property
    def change(self) -> npt.NDArray[np.int8]:
        """Groups entered and left by each decoy, (records, questions, ways, groups)."""
        before = self.made.member[:, None, None, :].astype(np.int8)
        return self.made.becomes.astype(np.int8) - before

    @cached_property
    def allowed(self) -> Flags:
        """The decoys that change no number shown of a group and nothing that is pooled.

        (records, questions, ways)
        """
        old = ~self.is_new[:, None, None, None]
        blocked = np.zeros(self.change.shape, dtype=np.bool_)
        for step in (LEAVING, ENTERING):
            now, before = self._open(self.now, step), self._open(self.before, step)
            blocked |= (self.change == step) & (~now | (old & ~before))
        return np.asarray(~blocked.any(axis=-1) & ~self.made.pooled)

    def _open(self, span: Span, step: int) -> Flags:
        """The groups that nobody sees change by one record more or less, (groups,)."""
        n = span.n[:-1]
        low, high = windows(n, self.settings)
        kept = (n + step >= low) & (n + step <= high)
        kept[: self.columns] &= (self.brief(n) & self.brief(n + step))[: self.columns]
        kept[self.columns + self.orders :] = True
        if span is self.now:
            kept |= self.closed
        return kept & ~self.followed

    def small(self, numbers: Whole) -> Flags:
        """Which numbers are hidden for being small."""
        return (numbers > 0) & (numbers < self.settings.floor)

    def brief(self, numbers: Whole) -> Flags:
        """Which columns are too short for a figure by finding."""
        return (numbers > 0) & (numbers < self.settings.fewest_to_break_down)

    @cached_property
    def shown(self) -> Whole:
        """The groups with figures for each finding: the columns and everyone."""
        return np.array([*range(self.columns), len(self.now.n) - 1])


def world(
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    months: selection.Selection,
) -> World:
    """What a manager sees of the closed months, and the decoys that could stand for it."""
    last = months.last or date.max
    before = replace(months, last=last.replace(day=1) - timedelta(days=1))
    rows = selection.apply(table, assessed, months).in_table(table)
    old = selection.apply(table, assessed, before).in_table(table)
    groups = decoys.groups(table, assessed, known)

    def span(bits: ternary.Bits) -> Span:
        answers = [table.ternaries[one.id] for one in distribution.findings(known)]
        return Span(bits, *distribution.cross(answers, groups.every, bits))

    return World(
        settings=known.disclosure,
        columns=len(groups.columns),
        orders=len(groups.orders),
        closed=np.zeros(len(groups.every), dtype=np.bool_),
        followed=_followed(table, assessed, known, len(groups.every), last + timedelta(days=1)),
        now=span(rows),
        before=span(old),
        newest=span(rows & ~old),
        made=decoys.of(table, assessed, groups, rows, rows & ~old, known),
    )


def _followed(
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    groups: int,
    today: date,
) -> Flags:
    """The groups whose number is shown month by month: causes recorded, and to be seen today."""
    shown = np.zeros(groups, dtype=np.bool_)
    month = periods.Step.MONTH
    asked = {
        place: trend_counts.Question(trend_counts.Measure.CAUSE, month, cause.id)
        for place, cause in enumerate(known.causes)
    }
    asked[groups - 1] = trend_counts.Question(trend_counts.Measure.SAME_DAY, month)
    for place, question in asked.items():
        series = trend_counts.series(table, assessed, question, today=today)
        if series is not None:
            made = trend_release.release(series, question, access.Role.MANAGER, known.disclosure)
            shown[place] = not made.withheld
    return shown


def windows(numbers: Whole, settings: settings_model.Disclosure) -> tuple[Whole, Whole]:
    """The least and the most that reads the same as each number by the rule for small numbers."""
    floor = settings.floor
    least, high = rounding.alike(numbers, settings.base)
    low = np.maximum(floor, least)
    small = (numbers > 0) & (numbers < floor)
    low, high = np.where(small, 1, low), np.where(small, floor - 1, high)
    return np.where(numbers == 0, 0, low), np.where(numbers == 0, 0, high)
