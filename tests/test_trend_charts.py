"""How a trend is drawn: by shape as well as colour, from 0, fixed, and nothing invented."""

import dataclasses
import datetime
from typing import Any

import numpy as np
import pytest

import test_theme
import trend_makers
from circulation import periods
from circulation.trending import process_limits, trends
from ui import charts, trend_charts, trend_colours

STEADY = [20, 22, 19, 21, 20, 18, 21, 20, 22, 19, 21, 20, 19, 21]
BACKGROUND = {"LIGHT": "#FFFFFF", "DARK": "#10181F"}


def drawn(chart: process_limits.Chart, *, dark: bool = False) -> dict[str, Any]:
    figure = trend_charts.xmr(chart, unit="Records a week", dark=dark)
    return dict(figure.to_plotly_json())


def traces(chart: process_limits.Chart) -> dict[str, dict[str, Any]]:
    return {trace.get("name", "line"): trace for trace in drawn(chart)["data"]}


def test_special_causes_point_up_or_down_and_have_an_outline() -> None:
    found = traces(trend_makers.chart([*STEADY, 60, *STEADY, 0, *STEADY]))
    shapes = {
        name: (trace["marker"]["symbol"], trace["marker"]["color"], list(trace["y"]))
        for name, trace in found.items()
        if name.startswith("Special")
    }
    assert shapes == {
        "Special cause, high": ("triangle-up", "#490092", [60]),
        "Special cause, low": ("triangle-down", "#490092", [0]),
    }
    assert found["Special cause, high"]["marker"]["line"]["color"] == "#000000"
    assert found["Common cause"]["marker"]["symbol"] == "circle"


def test_points_are_joined_by_straight_lines_in_the_order_of_time() -> None:
    line = traces(trend_makers.chart([3, 9, 4]))["line"]
    assert list(line["x"]) == ["2026-01-05", "2026-01-12", "2026-01-19"]
    assert list(line["y"]) == [3, 9, 4]
    assert "shape" not in line["line"]


def test_a_week_without_records_to_share_is_a_hatched_column_and_breaks_the_line() -> None:
    found = traces(trend_makers.chart([10, 0, 11], totals=[20, 0, 22]))
    empty = found["No records"]
    assert (empty["type"], list(empty["x"])) == ("bar", ["2026-01-12"])
    assert empty["marker"]["pattern"]["shape"] == "."
    assert list(found["line"]["y"]) == [0.5, None, 0.5]
    assert found["line"]["connectgaps"] is False


def test_an_incomplete_week_is_hollow_and_not_on_the_line() -> None:
    calendar = periods.weekly(datetime.date(2026, 1, 5), datetime.date(2026, 1, 20))
    series = trends.counts(trends.tally(np.ones(16, np.int64), calendar))
    found = traces(process_limits.chart(series, trend_makers.settings()))
    apart = found["Incomplete, not judged"]
    assert (apart["marker"]["symbol"], list(apart["y"])) == ("circle-open", [2])
    assert list(found["line"]["y"]) == [7, 7]


def test_points_of_trial_limits_are_not_called_common_cause() -> None:
    assert set(traces(trend_makers.chart([20, 22, 19]))) == {"line", "Not judged"}


def test_mean_and_limits_are_named_at_their_lines() -> None:
    layout = drawn(trend_makers.chart([20, 26] * 8))["layout"]
    lines = [(shape["y0"], shape["line"]["dash"]) for shape in layout["shapes"]]
    assert lines == [(23, "solid"), (pytest.approx(38.96), "dash"), (pytest.approx(7.04), "dash")]
    assert [note["text"] for note in layout["annotations"]] == [
        "Records a week",
        "Mean<br>23",
        "Upper limit<br>39.0",
        "Lower limit<br>7.0",
    ]


def test_limits_of_no_width_share_one_label() -> None:
    layout = drawn(trend_makers.chart([20] * 14))["layout"]
    assert [note["text"] for note in layout["annotations"]][1:] == ["Mean, limits<br>20"]


def test_labels_of_close_lines_are_moved_apart() -> None:
    layout = drawn(trend_makers.chart([1000, 1001] * 8))["layout"]
    shifts = [note["yshift"] for note in layout["annotations"][1:]]
    assert shifts[0] == 0
    assert shifts[1] > 15
    assert shifts[2] < -15


@pytest.mark.parametrize(
    ("counts", "totals"), [(STEADY, None), ([9] * 14, [20] * 14), ([0] * 14, None), ([], None)]
)
def test_the_value_axis_begins_at_0_and_nothing_can_be_zoomed(
    counts: list[int], totals: list[int] | None
) -> None:
    layout = drawn(trend_makers.chart(counts, totals=totals))["layout"]
    assert layout["yaxis"]["range"][0] == 0
    assert layout["yaxis"]["range"][1] > 0
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]
    assert layout["dragmode"] is False
    assert charts.CONFIG["displayModeBar"] is False
    assert charts.CONFIG["showSendToCloud"] is False


def test_a_share_is_read_as_percent_of_its_records() -> None:
    found = drawn(trend_makers.chart([3] * 14, totals=[20] * 14))
    (dots,) = (trace for trace in found["data"] if trace.get("name") == "Common cause")
    assert list(dots["customdata"][0]) == ["Week of 05-Jan-2026: 15% (3 of 20)", "Common cause"]
    assert found["layout"]["yaxis"]["tickformat"] == ".0%"


@pytest.mark.parametrize("theme", ["LIGHT", "DARK"])
def test_words_and_marks_can_be_seen_in_both_themes(theme: str) -> None:
    colours = getattr(trend_colours, theme)
    seen = {name: test_theme.ratio(colour, BACKGROUND[theme]) for name, colour in pairs(colours)}
    assert seen["text"] >= test_theme.TEXT
    assert min(seen["line"], seen["outline"], seen["neutral"]) >= test_theme.SEEN


def pairs(colours: trend_colours.Colours) -> list[tuple[str, str]]:
    return list(dataclasses.asdict(colours).items())


@pytest.mark.parametrize(
    ("weeks", "step"), [(26, "M1"), (39, "M2"), (60, "M2"), (104, "M3"), (300, "M12")]
)
def test_month_names_below_the_axis_never_crowd(weeks: int, step: str) -> None:
    assert drawn(trend_makers.chart([20] * weeks))["layout"]["xaxis"]["dtick"] == step


def test_the_newest_period_is_at_the_right_edge_with_the_incomplete_one() -> None:
    calendar = periods.weekly(datetime.date(2026, 1, 5), datetime.date(2026, 1, 20))
    series = trends.counts(trends.tally(np.ones(16, np.int64), calendar))
    chart = process_limits.chart(series, trend_makers.settings())
    assert drawn(chart)["layout"]["xaxis"]["range"] == ["2026-01-01", "2026-01-23"]
