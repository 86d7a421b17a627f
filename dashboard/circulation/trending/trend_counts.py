"""The exact series of one measure, counted from the table: what a trend asks of the records."""

import datetime
import enum
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from circulation import periods
from circulation.choosing import selection
from circulation.judgement import assessment
from circulation.knowledge_base.levels import Urgency
from circulation.records import intake, ternary
from circulation.trending import trends


class Measure(enum.StrEnum):
    """What is followed; each has its file in data/indicators."""

    INTAKE = "intake"
    SAME_DAY = "same_day_share"
    CAUSE = "suspected_cause"


CALENDARS = {periods.Step.WEEK: periods.weekly, periods.Step.MONTH: periods.monthly}


@dataclass(frozen=True)
class Question:
    """One trend: a measure (with CAUSE, of one cause) by week or month, of one site or of all."""

    measure: Measure
    step: periods.Step
    cause: str = ""
    site: str = ""


def series(
    table: intake.Intake,
    assessed: assessment.Assessment,
    question: Question,
    *,
    today: datetime.date,
) -> trends.Series | None:
    """The answer in exact counts; None when no record has a day that is over.

    Periods run over the days of the whole table, so that a site without records has a count of 0.
    """
    last_day = min(table.last_day or today, today - datetime.timedelta(days=1))
    if table.first_day is None or last_day < table.first_day:
        return None
    calendar = CALENDARS[question.step](table.first_day, last_day)
    wanted = selection.Selection(sites=frozenset({question.site} - {""}))
    if question.measure is Measure.CAUSE:
        wanted = replace(wanted, causes=frozenset({question.cause}))
    whole = _tally(table, assessed, wanted, calendar)
    if question.measure is Measure.SAME_DAY:
        urgent = replace(wanted, urgencies=frozenset({Urgency.SAME_DAY}))
        return trends.shares(_tally(table, assessed, urgent, calendar), whole)
    return trends.counts(whole)


def _tally(
    table: intake.Intake,
    assessed: assessment.Assessment,
    wanted: selection.Selection,
    calendar: periods.Calendar,
) -> trends.Tally:
    rows = selection.apply(table, assessed, wanted).in_table(table)
    undated = ternary.count(rows[table.dated_words :])
    return trends.tally(by_day(table, rows), calendar, undated=undated)


def by_day(table: intake.Intake, rows: ternary.Bits) -> npt.NDArray[np.int64]:
    """How many of the rows each day holds, (days,), from the table's first day to its last."""
    counts = np.bitwise_count(rows[: table.dated_words])
    before = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    per_day: npt.NDArray[np.int64] = np.diff(before[table.day_words])
    return per_day
