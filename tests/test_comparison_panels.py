"""One cause against all others on the screen: title, chart and table say the same numbers."""

from collections.abc import Mapping
from pathlib import Path

import pytest

import makers
from circulation import access
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import comparison, comparison_words, distribution
from circulation.counting.comparison import Comparison, Row
from circulation.counting.intervals import Estimate, Interval, Part
from circulation.judgement import assessment
from ui import comparison_charts, comparison_panels

ROOT = Path(__file__).parents[1]
KNOWN = makers.knowledge()
CLOTS = "blood_clots"
Records = list[Mapping[str, str]]


def compared(records: Records, basis: Basis = Basis.RECORDED) -> Comparison:
    table = makers.table(KNOWN, records)
    assessed = assessment.assess(table, KNOWN)
    chosen = selection.apply(table, assessed, Selection(basis=basis))
    counts = distribution.by_cause(table, assessed, chosen, KNOWN)
    return comparison.against_others(counts, access.Role.CLINICIAN)


def people(number: int, suspected: str, **answers: str) -> Records:
    return [{f"suspected_{CLOTS}": suspected, **answers}] * number


SWOLLEN = [
    *people(66, "present", leg_swelling="present", numbness_feet="present"),
    *people(14, "present", leg_swelling="absent", numbness_feet="present"),
    *people(36, "absent", leg_swelling="present", numbness_feet="present"),
    *people(64, "absent", leg_swelling="absent", numbness_feet="absent"),
    *people(1, "present", muscle_cramps="present"),
]


def drawn(records: Records) -> tuple[Row, ...]:
    return compared(records).of_cause(CLOTS)


def test_the_title_states_the_largest_difference() -> None:
    records = SWOLLEN + people(100, "absent", numbness_feet="present")
    found = compared(records)
    said = comparison_words.title(found.of_cause(CLOTS), found, CLOTS, KNOWN)
    label = KNOWN.finding["leg_swelling"].label
    assert said == (f"{label}: 82% with suspected blood clots, 36% of all others")


@pytest.mark.parametrize(
    "records",
    [
        [],
        people(20, "present", leg_swelling="present") + people(50, "", leg_swelling="absent"),
        people(50, "present", leg_swelling="present") + people(50, "", leg_swelling="present"),
        people(50, "present", leg_swelling="absent"),
    ],
    ids=["no records", "a small group", "no difference", "no others"],
)
def test_the_title_claims_nothing_where_there_is_little_to_tell(records: Records) -> None:
    found = compared(records)
    said = comparison_words.title(found.of_cause(CLOTS), found, CLOTS, KNOWN)
    assert said == "Findings with suspected blood clots against all others"


@pytest.mark.parametrize("dark", [False, True])
def test_each_difference_is_drawn_with_its_interval_the_largest_first(*, dark: bool) -> None:
    rows = comparison.by_difference(drawn(SWOLLEN))
    figure = comparison_charts.differences(rows, KNOWN, dark=dark)
    names = ("numbness_feet", "leg_swelling")
    assert list(figure.layout.yaxis.ticktext) == [KNOWN.finding[name].label for name in names]
    clear, negligible, few = figure.data
    assert list(clear.x) == pytest.approx([64, 100 * (66 / 80 - 36 / 100)])
    assert list(negligible.x) == list(few.x) == []
    swelling = next(row for row in rows if row.finding == "leg_swelling")
    assert swelling.difference
    reach = 100 * (swelling.difference.interval.high - swelling.difference.value)
    assert clear.error_x.array[1] == pytest.approx(reach)
    assert "66 of 80 (82%, 73 to 89)" in clear.hovertext[1]
    assert "36 of 100 (36%, 27 to 46)" in clear.hovertext[1]


def test_a_negligible_difference_and_one_between_few_have_other_shapes() -> None:
    records = people(50, "present", leg_swelling="present", numbness_feet="present")
    records += people(50, "present", leg_swelling="absent")
    records += people(52, "", leg_swelling="present") + people(48, "", leg_swelling="absent")
    records += people(9, "", numbness_feet="absent")
    clear, negligible, few = comparison_charts.differences(drawn(records), KNOWN, dark=False).data
    assert [len(marks.x) for marks in (clear, negligible, few)] == [0, 1, 1]
    assert few.name == "Fewer than 10 asked"
    symbols = {marks.marker.symbol for marks in (clear, negligible, few)}
    assert symbols == {"circle", "circle-open", "diamond-open"}


def test_the_chart_says_in_words_what_it_shows() -> None:
    found = compared(SWOLLEN)
    said = comparison_charts.alt(found.of_cause(CLOTS), found, CLOTS, KNOWN)
    numb, swelling = (KNOWN.finding[name].label for name in ("numbness_feet", "leg_swelling"))
    assert said == (
        f"{numb}: 100% with suspected blood clots, 36% of all others. "
        f"From {numb} +64 points (+53 to +73) down to {swelling} +46 points (+33 to +58). "
        "2 of 2 differences have a 95% interval without 0."
    )
    empty = compared([])
    assert comparison_charts.alt(empty.of_cause(CLOTS), empty, CLOTS, KNOWN) == (
        "Findings with suspected blood clots against all others. "
        "No finding was asked in both groups."
    )


def test_a_finding_not_asked_in_both_groups_is_named() -> None:
    said = comparison_charts.not_drawn(drawn(SWOLLEN), KNOWN)
    assert KNOWN.finding["muscle_cramps"].label in said
    assert KNOWN.finding["leg_swelling"].label not in said


def test_a_line_of_the_table_holds_every_figure_or_says_why_not() -> None:
    rows = {row.finding: comparison_panels.listed(row, KNOWN) for row in drawn(SWOLLEN)}
    line = rows["leg_swelling"]
    assert line == {
        "Finding": KNOWN.finding["leg_swelling"].label,
        "With this cause": "66 of 80 (82%, 73 to 89)",
        "All others": "36 of 100 (36%, 27 to 46)",
        "Difference": pytest.approx(46.5),
        "Its interval": "+32.7 to +57.6",
        "Not asked": 1,
        "Others not asked": 0,
        "Ratio": pytest.approx(2.2917, abs=1e-4),
        "Interval of the ratio": "1.73 to 3.03",
        "Standardised": pytest.approx(1.0742, abs=1e-4),
        "Interval, standardised": "0.76 to 1.39",
        "Size": "",
        "Test": "Chi-squared test, two-sided",
        "p": "<0.001",
        "q": "<0.001",
    }
    assert rows["muscle_cramps"] | {"Finding": ""} == {
        "Finding": "",
        "With this cause": "1 of 1 (100%, 21 to 100)",
        "All others": "nobody asked",
        "Difference": None,
        "Its interval": "not defined",
        "Not asked": 80,
        "Others not asked": 100,
        "Ratio": None,
        "Interval of the ratio": "not defined",
        "Standardised": None,
        "Interval, standardised": "not defined",
        "Size": "",
        "Test": "No p-value: fewer than 10 asked in both groups",
        "p": "none",
        "q": "none",
    }


@pytest.mark.parametrize(
    ("own", "others", "says"),
    [
        (Part(0, 20), Part(5, 20), "0.00 to 1.54, a half added to each count"),
        (Part(5, 20), Part(0, 20), "from 0.65, a half added to each count"),
        (Part(0, 20), Part(0, 20), "not defined"),
    ],
)
def test_the_interval_of_a_ratio_says_when_a_half_was_added(
    own: Part, others: Part, says: str
) -> None:
    everyone = Part(own.present + others.present, own.asked + others.asked)
    row = comparison.row("leg_swelling", CLOTS, own, everyone, n=(20, 40))
    assert comparison_words.ratio_between(row.ratio) == says


@pytest.mark.parametrize(
    ("value", "says"), [(None, "none"), (0.0004, "<0.001"), (0.0449, "0.045"), (1.0, "1.000")]
)
def test_a_chance_reads_as_journals_print_it(value: float | None, says: str) -> None:
    assert comparison_words.chance(value) == says


def test_a_difference_of_nothing_has_no_sign() -> None:
    found = Estimate(0.001, Interval(-0.03, 0.02))
    assert comparison_words.points(found) == "0 points (-3 to +2)"


def test_the_notes_name_the_correction_and_warn_where_the_rules_read_the_findings() -> None:
    recorded, supported = compared(SWOLLEN), compared(SWOLLEN, Basis.SUPPORTED)
    said = " ".join(comparison_words.notes(recorded))
    assert f"all {recorded.tests} p-values" in said
    assert "Benjamini-Hochberg" in said
    assert "fewer than 10 were asked" in said
    assert comparison_words.CIRCULAR not in said
    assert comparison_words.CIRCULAR in comparison_words.notes(supported)
