"""An index that nobody recorded counts for the rules where its pressures, or its weight and height,
are recorded: exactly as its score works it out, and the page says so."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import makers
from circulation.judgement import assessment, rules, scores
from circulation.knowledge_base import columns
from circulation.knowledge_base.levels import Level
from circulation.scoring import worked_columns

KNOWN = makers.knowledge()
PAD = "peripheral_artery_disease"


def pressures(dp: str, pt: str, left: str, right: str, **more: str) -> dict[str, str]:
    return {
        "ankle_pressure_dp_left": dp,
        "ankle_pressure_pt_left": pt,
        "arm_pressure_systolic_left": left,
        "arm_pressure_systolic_right": right,
        **more,
    }


def read(record: Mapping[str, str], column: str) -> Decimal | None:
    """What rules read in a column of the only record of a table."""
    table = makers.table(KNOWN, [record])
    row = table.row_of("R00001")
    assert row is not None
    measure = rules.Reader(table.window(), KNOWN).measure(column)
    found = measure.at(row)
    return None if found is None else Decimal(found).scaleb(-measure.decimals)


@pytest.mark.parametrize(
    ("record", "column", "number"),
    [
        (pressures("112", "118", "128", "132"), "ankle_brachial_index_left", "0.89"),
        (pressures("119", "110", "132", "130"), "ankle_brachial_index_left", "0.90"),
        (pressures("126", "130", "131", "130"), "ankle_brachial_index_left", "0.99"),
        (pressures("131", "128", "131", "129"), "ankle_brachial_index_left", "1.00"),
        (pressures("210", "188", "146", "150"), "ankle_brachial_index_left", "1.40"),
        (pressures("181", "0", "200", "200"), "ankle_brachial_index_left", "0.91"),
        (pressures("56", "52", "140", "140"), "ankle_brachial_index_right", None),
        (pressures("56", "", "140", "140"), "ankle_brachial_index_left", None),
        (pressures("56", "52", "140", ""), "ankle_brachial_index_left", None),
        (
            pressures("56", "52", "140", "140", ankle_brachial_index_left="0.95"),
            "ankle_brachial_index_left",
            "0.95",
        ),
        (
            pressures(
                "",
                "52",
                "140",
                "140",
                absent_doppler_signal="present",
                absent_doppler_signal_side="left",
            ),
            "ankle_brachial_index_left",
            "0.37",
        ),
        (
            {
                "toe_pressure_right": "70",
                "arm_pressure_systolic_left": "99",
                "arm_pressure_systolic_right": "100",
            },
            "toe_brachial_index_right",
            "0.70",
        ),
        ({"height": "170", "weight": "86.6"}, "bmi", "29.96"),
        ({"height": "170", "weight": "86.7"}, "bmi", "30"),
        ({"height": "170"}, "bmi", None),
        ({"height": "170", "weight": "86.7", "bmi": "25"}, "bmi", "25"),
        ({"height": "260", "weight": "20"}, "bmi", None),  # 2.9: no column can hold it
    ],
)
def test_rules_read_what_the_recorded_numbers_give_and_never_more(
    record: Mapping[str, str], column: str, number: str | None
) -> None:
    assert read(record, column) == (None if number is None else Decimal(number))


numbers = st.one_of(st.just(""), st.integers(30, 350).map(str))


@given(
    values=st.fixed_dictionaries(
        {
            name: numbers
            for way in worked_columns.of(KNOWN).values()
            for name in (part.column for part in way.parts.values())
            if "pressure" in name
        }
    ),
    height=st.one_of(st.just(""), st.integers(120, 220).map(str)),
    weight=st.one_of(st.just(""), st.integers(500, 2000).map(lambda n: f"{Decimal(n) / 10}")),
    silent=st.sampled_from([{}, {"absent_doppler_signal": "present"}]),
    side=st.sampled_from(["", "left", "right", "both"]),
)
def test_rules_read_the_number_that_its_score_shows(
    values: dict[str, str], height: str, weight: str, silent: dict[str, str], side: str
) -> None:
    record = {**values, "height": height, "weight": weight, **silent}
    if silent:
        record["absent_doppler_signal_side"] = side
    table = makers.table(KNOWN, [record])
    row = table.row_of("R00001")
    assert row is not None
    shown = {(one.score, one.leg): one.points for one in scores.for_record(table, row, KNOWN)}
    for column, way in worked_columns.of(KNOWN).items():
        leg = next((leg for leg in worked_columns.LEGS if column.endswith(leg)), "")
        told = shown[way.score, leg]
        found = read(record, column)
        if way.decimals is None and told is not None:
            told = told.quantize(Decimal("0.01"), "ROUND_FLOOR")
        limits = columns.by_name(KNOWN)[column]
        possible = told is not None and limits.low <= told <= limits.high
        assert found == (told if possible else None), column


def test_the_levels_say_the_same_whether_the_index_or_its_pressures_were_recorded() -> None:
    table = makers.table(
        KNOWN,
        [pressures("50", "48", "140", "138"), {"ankle_brachial_index_left": "0.36"}],
    )
    assessed = assessment.assess(table, KNOWN)
    levels = [
        {name: found.level(row) for name, found in assessed.causes.items()} for row in range(2)
    ]
    assert levels[0] == levels[1]
    assert levels[0][PAD] is Level.STRONG


def test_a_reason_that_rests_on_it_says_that_it_was_worked_out() -> None:
    table = makers.table(KNOWN, [pressures("50", "48", "140", "138")])
    row = table.row_of("R00001")
    assert row is not None
    cause = next(c for c in makers.explained(table, row, KNOWN).causes if c.cause.id == PAD)
    told = {one.name: one.value for grounds in cause.granted for one in grounds.inputs}
    assert told["ankle_brachial_index_left"] == "0.36 (worked out)"
    assert told["ankle_brachial_index_right"] == ""
