"""The chart of likelihood ratios draws what the release says, and names what it cannot draw."""

import math
from dataclasses import replace

import pytest

import makers
from circulation import access
from circulation.choosing import selection
from circulation.counting import discrimination
from circulation.counting import discrimination_release as releases
from circulation.counting.discrimination import Fourfold
from circulation.counting.intervals import Part
from circulation.judgement import assessment
from ui import symptom_charts

KNOWN = makers.knowledge()


def release(*rows: Fourfold) -> releases.Release:
    """A release of these lines about diabetes."""
    table = makers.table(KNOWN, [{"confirmed_diabetes": "present"}])
    assessed = assessment.assess(table, KNOWN)
    chosen = selection.apply(table, assessed, selection.Selection())
    counts = discrimination.of_cause(table, assessed, chosen, "diabetes", KNOWN)
    made = releases.release(counts, access.Role.CLINICIAN, KNOWN.disclosure)
    return replace(made, rows=rows)


NUMB = Fourfold("numbness_feet", Part(40, 100), Part(10, 100))
CRAMPS = Fourfold("muscle_cramps", Part(50, 100), Part(50, 100))
NEVER = Fourfold("tingling", Part(0, 100), Part(50, 100))


@pytest.mark.parametrize("dark", [False, True])
def test_both_ratios_of_each_finding_are_drawn_with_their_intervals(*, dark: bool) -> None:
    figure = symptom_charts.ratios(release(CRAMPS, NUMB), KNOWN, dark=dark)
    assert list(figure.layout.yaxis.ticktext) == ["Numbness of the feet", "Muscle cramps"]
    present, absent = figure.data
    assert (present.name, absent.name) == ("When present", "When absent")
    assert list(present.x) == pytest.approx([4, 1])
    assert list(absent.x) == pytest.approx([60 / 90, 1])
    interval = NUMB.when_present
    assert interval is not None
    assert present.error_x.array[0] == pytest.approx(interval.interval.high - 4)
    assert present.error_x.arrayminus[0] == pytest.approx(4 - interval.interval.low)
    low, high = figure.layout.xaxis.range
    assert low < math.log10(interval.interval.low) < math.log10(interval.interval.high) < high


def test_one_is_marked() -> None:
    (line,) = symptom_charts.ratios(release(NUMB), KNOWN, dark=False).layout.shapes
    assert (line.x0, line.x1) == (1, 1)


def test_a_ratio_of_nothing_is_named_instead_of_drawn() -> None:
    shown = release(NUMB, NEVER)
    present, absent = symptom_charts.ratios(shown, KNOWN, dark=False).data
    assert (len(present.x), len(absent.x)) == (1, 2)
    said = symptom_charts.not_drawn(shown, KNOWN)
    assert said == "Not all in the chart, see the table: Tingling."
    assert symptom_charts.not_drawn(release(NUMB), KNOWN) == ""


def test_the_chart_is_told_in_words() -> None:
    assert symptom_charts.alt(release(CRAMPS, NUMB), KNOWN) == (
        "Numbness of the feet: 40% of confirmed cases report it, 10% of the others. "
        "Likelihood ratios when present lie between 1.00 (Muscle cramps) "
        "and 4.00 (Numbness of the feet)."
    )
