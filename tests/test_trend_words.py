"""What a trend chart says: the finding, how far to trust it, and what is not in it."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trend_makers
from circulation import periods
from circulation.trending import process_limits, trend_words, trends
from circulation.trending.process_limits import Rule, Side, Signal

STEADY = [20, 22, 19, 21, 20, 18, 21, 20, 22, 19, 21, 20, 19, 21]
CHANCE = Fraction(2)


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ([], "Intake: no whole week yet"),
        ([None] * 20, "Intake: no week has a number to show"),
        ([20], "Intake: 1 week, too few to judge"),
        ([20] * 6 + [90] * 5, "Intake: 11 weeks, too few to judge"),
        ([20, None] * 12, "Intake: too many gaps to judge"),
        ([20] * 14, "Intake was the same in all 14 weeks"),
        (STEADY, "Intake held steady over 14 weeks"),
        ([*STEADY, 60], "Intake passed the upper limit in the week of 13-Apr-2026"),
        ([*STEADY, 1], "Intake passed the lower limit in the week of 13-Apr-2026"),
        ([*STEADY, 60, *STEADY], "Intake: 1 of 29 weeks flagged, not the newest"),
        ([20, 22] * 10 + [30, 32] * 12, "Intake moved above the mean from 25-May-2026"),
        ([20, 22] * 7 + [70, 72] * 7, "Intake moved above the mean from 13-Apr-2026"),
        ([30, 32] * 10 + [20, 22] * 12, "Intake moved below the mean from 25-May-2026"),
        (
            [25, 20, 25, 20, *range(18, 28)],
            "Intake rose steadily from 02-Feb-2026 to 12-Apr-2026",
        ),
    ],
)
def test_the_title_states_the_finding(counts: list[int | None], title: str) -> None:
    assert trend_words.title(trend_makers.chart(counts), "Intake", CHANCE) == title


def test_a_shift_that_has_ended_is_named_with_both_its_ends() -> None:
    counts = [30, 32] * 4 + [31] + [20, 22] * 4 + [30, 22] * 4
    assert trend_words.title(trend_makers.chart(counts), "Intake", CHANCE) == (
        "Intake lay above the mean from 05-Jan-2026 to 08-Mar-2026"
    )


def test_the_newest_signal_is_the_title_however_few_flags_there_are() -> None:
    title = trend_words.title(trend_makers.chart([*STEADY, 60]), "Intake", Fraction(9))
    assert title == "Intake passed the upper limit in the week of 13-Apr-2026"


def test_as_many_flags_as_chance_gives_make_a_neutral_title() -> None:
    chart = trend_makers.chart([*STEADY, 60, *STEADY])
    assert trend_words.title(chart, "Intake", Fraction(1)) == (
        "Intake: 1 of 29 weeks flagged, not the newest"
    )
    assert trend_words.title(chart, "Intake", Fraction(99, 100)) == (
        "Intake passed the upper limit in the week of 13-Apr-2026"
    )


def test_months_are_named_as_months() -> None:
    closed = trends.counted(trend_makers.months(15), [*STEADY, 60])
    chart = process_limits.chart(
        trends.Series(periods.Step.MONTH, trends.Kind.COUNT, closed), trend_makers.settings()
    )
    found = Signal(Rule.NEAR, Side.LOW, (2, 4))
    assert trend_words.title(chart, "Intake", CHANCE) == "Intake passed the upper limit in Mar-2027"
    assert trend_words.signal(chart, found, "Intake") == (
        "Intake came near the lower limit from Mar-2026 to May-2026"
    )


@given(
    counts=st.lists(st.one_of(st.integers(0, 60), st.none()), max_size=40),
    chance=st.one_of(st.none(), st.fractions(0, 9)),
)
def test_no_title_is_longer_than_twelve_words(
    counts: list[int | None], chance: Fraction | None
) -> None:
    title = trend_words.title(trend_makers.chart(counts), "Suspected artery disease", chance)
    assert len(title.split()) <= 12


def notes(counts: Sequence[int | None], chance: Fraction | None = CHANCE) -> tuple[str, ...]:
    return trend_words.notes(trend_makers.chart(counts), chance)


def test_the_notes_set_the_flags_beside_what_chance_would_give() -> None:
    assert notes([*STEADY, 60, *STEADY]) == (
        "Chance alone would flag about 2 of 29 weeks; 1 is flagged here.",
        "2 unusually large changes from one week to the next do not widen the limits.",
    )
    assert notes(STEADY, Fraction(1, 5)) == (
        "Chance alone would flag fewer than 1 of 14 weeks; 0 are flagged here.",
    )


def test_the_notes_say_when_the_numbers_are_too_small() -> None:
    assert notes([0, 1] * 10, None)[0] == (
        "The numbers are too small for a week: flags say little here."
    )


def test_the_notes_say_that_limits_are_on_trial() -> None:
    assert notes([20, 22, 20], None) == (
        "Trial limits: 3 weeks of the 12 needed. No week is judged yet.",
    )


def test_the_notes_say_where_a_limit_is_held() -> None:
    assert "The lower limit is held at 0: there is nothing below it." in notes([0, 9] * 8)
    chart = trend_makers.chart([20, 18] * 8, totals=[20] * 16)
    assert "The upper limit is held at 100%: there is nothing above it." in trend_words.notes(
        chart, CHANCE
    )


def test_the_notes_count_what_is_not_in_the_chart() -> None:
    calendar = periods.weekly(datetime.date(2026, 1, 7), datetime.date(2026, 5, 5))
    series = trends.counts(trends.tally(np.full(120, 3), calendar, undated=1204))
    empty = trends.Observation(calendar.closed[0], None, 0, 0)
    chart = process_limits.chart(
        replace(series, closed=(empty, *series.closed[1:])), trend_makers.settings()
    )
    assert trend_words.notes(chart, CHANCE)[1:] == (
        "1 week without a value (no records): left out of mean, limits and rules.",
        (
            "Incomplete, so shown apart and not judged: the week of 05-Jan-2026 and the week of "
            "04-May-2026."
        ),
        "1,204 records without a received date cannot be placed in time.",
        "3 records of days that are not over: counted later.",
    )


@pytest.mark.parametrize(
    ("counts", "at", "words"),
    [
        (STEADY, 0, "Common cause"),
        ([*STEADY, 60], 14, "Special cause, high: outside limits"),
        ([None, *STEADY], 0, "Not judged: no records"),
        ([20, 22], 0, "Not judged: too few weeks"),
        (
            [*([20, 22] * 10), *([70, 72] * 3), 70],
            25,
            "Special cause, high: outside limits, run on one side",
        ),
    ],
)
def test_each_point_says_what_it_shows(counts: list[int | None], at: int, words: str) -> None:
    chart = trend_makers.chart(counts)
    assert trend_words.variation(chart, chart.points[at]) == words


def test_the_alternative_text_states_the_finding_and_the_lines() -> None:
    assert trend_words.alternative(trend_makers.chart([20] * 14), "Intake was the same") == (
        "Intake was the same. Chart: 14 weeks, 05-Jan-2026 to 06-Apr-2026, mean 20, "
        "lower limit 20, upper limit 20, 0 flagged."
    )
    assert trend_words.alternative(trend_makers.chart([]), "No week") == "No week"


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (Fraction(21), trends.Kind.COUNT, "21"),
        (Fraction(64, 3), trends.Kind.COUNT, "21.3"),
        (Fraction(1), trends.Kind.SHARE, "100%"),
        (Fraction(11, 60), trends.Kind.SHARE, "18.3%"),
        (None, trends.Kind.COUNT, ""),
    ],
)
def test_a_number_is_written_to_one_decimal_at_most(
    value: Fraction | None, kind: trends.Kind, words: str
) -> None:
    assert trend_words.number(value, kind) == words


def test_the_way_to_read_the_chart_names_the_constants_in_force() -> None:
    assert trend_words.reading(trend_makers.settings()) == (
        "The limits lie 2.66 mean moving ranges from the mean: where chance ups and downs are "
        "expected to stay. A point is a special cause, worth asking why, when it is outside the "
        "limits, one of 7 or more in a row on one side of the mean, one of 7 or more that only "
        "rise or only fall, or one of 2 in 3 in the outer third next to one limit. Fewer than 12 "
        "points are not judged."
    )
