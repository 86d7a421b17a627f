"""A reader gets one trend whole: title, notes and signals from what the role may see."""

from collections.abc import Sequence
from pathlib import Path

import makers
import trend_makers
from circulation.access import Role
from circulation.periods import Step
from circulation.trending import indicators, trend_report, trends
from circulation.trending.trend_counts import Measure, Question
from circulation.trending.trends import Kind, Series

MEASURED = indicators.load(Path(__file__).parents[1] / "data" / "indicators")
STEP_UP = [40, 44, 38] * 4 + [62, 66, 64] * 4


def report(series: Series, measure: Measure, role: Role, *, cause: str = "") -> trend_report.Report:
    question = Question(measure, Step.MONTH, cause)
    return trend_report.report(series, question, role, makers.knowledge(), MEASURED)


def months(counts: Sequence[int]) -> Series:
    closed = trend_makers.months(len(counts))
    return Series(Step.MONTH, Kind.COUNT, trends.counted(closed, counts))


def test_a_clinician_reads_the_finding_and_every_signal_latest_first() -> None:
    found = report(months(STEP_UP), Measure.INTAKE, Role.CLINICIAN)
    assert found.title == "Intake moved above the mean from Jan-2027"
    assert found.signals[:2] == (
        "Intake passed the upper limit from Jan-2027 to Dec-2027",
        "Intake moved above the mean from Jan-2027",
    )
    assert "Intake lay below the mean from Jan-2026 to Dec-2026" in found.signals
    assert found.notes[0].startswith("Chance alone would flag about 1 of 24 months; 24 are flagged")
    assert found.alternative.startswith(f"{found.title}. Chart: 24 months, Jan-2026 to Dec-2027")
    assert found.unit == "Records a month"


def test_a_manager_reads_a_finding_made_of_released_figures_only() -> None:
    found = report(months(STEP_UP), Measure.INTAKE, Role.MANAGER)
    values = {point.observation.count for point in found.chart.points}
    assert values == {40, 45, 60, 65}
    assert found.chart.mean == sum([40, 45, 40] * 4 + [60, 65, 65] * 4) / 24
    assert found.notes[0].startswith("Small numbers are protected")
    assert found.by_chance != report(months(STEP_UP), Measure.INTAKE, Role.CLINICIAN).by_chance


def test_a_series_with_one_small_month_is_withheld_and_says_so() -> None:
    found = report(months([12, 14] * 8 + [3]), Measure.INTAKE, Role.MANAGER)
    assert found.chart.points == ()
    assert found.title == "Intake: not shown, a month is too small"
    assert found.withheld.startswith("A month holds 1-7 records of this kind.")
    assert "The way out" in found.withheld


def test_a_cause_is_named_as_suspected() -> None:
    found = report(months([20, 24] * 8), Measure.CAUSE, Role.CLINICIAN, cause="blood_clots")
    assert found.title == "Suspected blood clots held steady over 16 months"


def test_no_subject_is_longer_than_three_words() -> None:
    for cause in makers.knowledge().causes:
        found = report(months([20, 24] * 8), Measure.CAUSE, Role.CLINICIAN, cause=cause.id)
        assert found.subject.startswith("Suspected ")
        assert len(found.subject.split()) <= 3, found.subject


def test_a_share_says_what_it_is_a_share_of() -> None:
    shares = trends.shared(trend_makers.months(14), [3, 5] * 7, [40] * 14)
    found = report(Series(Step.MONTH, Kind.SHARE, shares), Measure.SAME_DAY, Role.CLINICIAN)
    assert found.title == "Same-day share held steady over 14 months"
    assert found.unit == "Share of the records of a month"
