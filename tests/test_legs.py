"""Left and right are kept apart, and exchanging them mirrors a record and changes nothing else."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

import facts
import makers
import plain_html
import random_records
from circulation.judgement import assessment, legs
from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge_model as model
from circulation.records import ternary
from ui import leg_panels

KNOWN = makers.knowledge()
OTHER = {"left": "right", "right": "left"}
PAIRED = {
    column: (measure.id, column.rpartition("_")[2])
    for measure in KNOWN.measurements
    if measure.sides is not model.Sides.NONE
    for column in measure.columns
}


def of(text: str) -> legs.Legs:
    table = makers.table(KNOWN, [facts.record(text)])
    return legs.of(table, makers.row(table), KNOWN)


def mirrored(record: Mapping[str, str]) -> dict[str, str]:
    """The same record with left and right exchanged in every column that has a side."""
    made = {}
    for name, text in record.items():
        if name in PAIRED:
            stem, side = PAIRED[name]
            made[f"{stem}_{OTHER[side]}"] = text
        else:
            made[name] = OTHER.get(text, text) if name.endswith("_side") else text
    return made


def test_each_finding_stands_with_its_own_leg() -> None:
    found = of(
        "leg_pain, leg_pain_side=left, cold_leg, cold_leg_side=right, "
        "numbness, numbness_side=both, leg_swelling, no tingling"
    )
    assert [finding.id for finding in found.on(legs.Where.LEFT)] == ["leg_pain", "numbness"]
    assert [finding.id for finding in found.on(legs.Where.RIGHT)] == ["numbness", "cold_leg"]
    assert [finding.id for finding in found.no_side] == ["leg_swelling"]


@pytest.mark.parametrize(
    ("left", "right", "difference"),
    [("37.9", "35.0", None), ("38.0", "35.0", "3.0"), ("35.0", "38.1", "3.1"), ("38.0", "", None)],
)
def test_a_calf_counts_as_larger_from_three_centimetres(
    left: str, right: str, difference: str | None
) -> None:
    found = of(f"calf_circumference_left={left}, calf_circumference_right={right}")
    told = [str(one.apart.difference) for one in found.asymmetries]
    assert told == ([difference] if difference else [])


def test_the_difference_is_exact_and_never_a_float() -> None:
    (apart,) = of("calf_circumference_left=40.1, calf_circumference_right=37.0").measures
    assert apart.difference == Decimal("3.1")
    assert apart.larger is legs.Where.LEFT


def test_the_limit_is_the_one_the_rules_use() -> None:
    assert legs.limits(KNOWN)["calf_circumference"] == Decimal("3.0")


def test_the_page_names_both_numbers_and_the_larger_side() -> None:
    (found,) = of("calf_circumference_left=38.0, calf_circumference_right=35.0").asymmetries
    assert leg_panels.asymmetry(found).replace("\\", "") == (
        "Calf circumference: left 38.0 cm, right 35.0 cm. "
        "3.0 cm larger on the left side; counts from 3.0 cm."
    )


def test_a_finding_without_a_side_stands_in_neither_column() -> None:
    drawn = plain_html.read(leg_panels.of(of("leg_pain, cold_leg, cold_leg_side=left")))
    said = (
        "Left Right Leg or foot cold to the touch none recorded Side not recorded Pain in the leg"
    )
    assert " ".join(drawn.split()) == said


@pytest.mark.parametrize("blank", [0.8, 0.4])
def test_exchanging_left_and_right_changes_nothing_but_the_sides(blank: float) -> None:
    records = random_records.records(KNOWN, 150, seed=21, blank=blank)
    one = makers.table(KNOWN, records)
    other = makers.table(KNOWN, [mirrored(record) for record in records])
    straight, turned = assessment.assess(one, KNOWN), assessment.assess(other, KNOWN)
    for row in map(int, ternary.rows(one.real)):
        assert one.record_id(row) == other.record_id(row)
        assert judged(straight, row) == judged(turned, row)
        assert faces(legs.of(other, row, KNOWN)) == turned_round(faces(legs.of(one, row, KNOWN)))


def judged(result: assessment.Assessment, row: int) -> tuple[object, ...]:
    """All that the engine says of one row."""
    causes = [(s.level(row), s.lowest(row), s.highest(row)) for s in result.causes.values()]
    answers = (*result.flags.values(), *result.tests.values(), *result.confirmed.values())
    return (result.urgency(row), causes, [ternary.state(answer, row) for answer in answers])


def faces(both: legs.Legs) -> tuple[object, ...]:
    sides = [both.on(legs.Where.LEFT), both.on(legs.Where.RIGHT)]
    numbers = [[one.left for one in both.measures], [one.right for one in both.measures]]
    apart = [(one.apart.measure.id, one.apart.difference) for one in both.asymmetries]
    return (sides, numbers, both.no_side, apart)


def turned_round(shown: tuple[object, ...]) -> tuple[object, ...]:
    sides, numbers, no_side, apart = shown
    assert isinstance(sides, list)
    assert isinstance(numbers, list)
    return (sides[::-1], numbers[::-1], no_side, apart)


def test_every_column_that_has_a_side_is_exchanged() -> None:
    sided = {c.name for c in columns.of(KNOWN) if c.values == columns.SIDES}
    assert sided == {f"{finding.id}_side" for finding in KNOWN.findings if finding.sided}
