"""What titles and notes of the views claim, and when they claim nothing."""

from collections.abc import Mapping

import pytest

import makers
from circulation.access import Role
from circulation.choosing import selection
from circulation.choosing.selection import Selection
from circulation.counting import (
    co_occurrence,
    co_occurrence_words,
    completeness,
    completeness_words,
    small_multiples,
    small_multiples_words,
)
from circulation.counting.small_multiples import Multiples, Over
from circulation.judgement import assessment
from circulation.records import intake
from ui import shades

KNOWN = makers.knowledge()
PAIN = KNOWN.finding["leg_pain"].label
SWELLING = KNOWN.finding["leg_swelling"].label
Records = list[Mapping[str, str]]


def chosen(records: Records) -> tuple[intake.Intake, selection.Chosen]:
    table = makers.table(KNOWN, records)
    return table, selection.apply(table, assessment.assess(table, KNOWN), Selection())


def people(number: int, yes: int, **same: str) -> Records:
    """So many records alike, of which the first ``yes`` have pain in the leg."""
    return [{**same, "leg_pain": "present" if place < yes else "absent"} for place in range(number)]


def side_by_side(records: Records, over: Over = Over.SITE) -> Multiples:
    return small_multiples.of(*chosen(records), KNOWN, Role.CLINICIAN, over=over)


@pytest.mark.parametrize(
    ("records", "says"),
    [
        (
            people(200, 150, site="North") + people(200, 60, site="River"),
            "75% at North, 30% at River",
        ),
        (people(29, 29, site="North") + people(200, 0, site="River"), ""),
        (people(30, 18, site="North") + people(30, 9, site="River"), ""),
        (people(2000, 1000, site="North") + people(2000, 700, site="River"), ""),
        (people(200, 150, site="North") + people(200, 60), ""),
    ],
    ids=["clear", "a small group", "may be chance", "not large", "a group without a site"],
)
def test_a_title_names_a_difference_that_is_large_and_no_chance(
    records: Records, says: str
) -> None:
    found = small_multiples_words.title(side_by_side(records), KNOWN)
    assert found == (f"{PAIN}: {says}" if says else "Findings by site")


def test_groups_read_as_in_a_sentence() -> None:
    women, men = people(200, 150, sex="female"), people(200, 60, sex="male")
    found = side_by_side(women + men, Over.SEX)
    assert small_multiples_words.title(found, KNOWN) == f"{PAIN}: 75% in women, 30% in men"
    old, young = people(200, 150, age_band="85+"), people(200, 60, age_band="18-29")
    found = side_by_side(old + young, Over.AGE_BAND)
    assert small_multiples_words.title(found, KNOWN) == f"{PAIN}: 75% aged 85+, 30% aged 18-29"


def test_small_and_empty_groups_are_named() -> None:
    found = side_by_side(people(40, 4, sex="female") + people(3, 1, sex="other"), Over.SEX)
    assert small_multiples_words.small(found) == (
        "Small groups, whose shares say little: Other (3)."
    )
    assert small_multiples_words.empty(found) == "No record shown: Male."
    said = small_multiples_words.alt(found, KNOWN)
    assert "Female n=40; Other n=3" in said
    assert "No two groups were asked often enough to be compared." in said


def test_the_alternative_text_names_the_widest_and_the_closest_finding() -> None:
    north = people(200, 150, site="North", leg_swelling="present")
    river = people(200, 60, site="River", leg_swelling="present")
    said = small_multiples_words.alt(side_by_side(north + river), KNOWN)
    assert f"Furthest apart: {PAIN}, 75% at North, 30% at River." in said
    assert f"Closest: {SWELLING}, 100% at " in said


def test_a_follow_up_question_is_never_the_title_of_what_comes_together() -> None:
    both = {"leg_pain_walking": "present", "calf_pain_walking": "present"}
    records: Records = [{**both, "leg_pain": "present"}] * 40 + [{"leg_pain": "absent"}] * 40
    names = ("leg_pain", "leg_pain_walking", "calf_pain_walking")
    pairs = co_occurrence.pairs(*chosen(records), names, Role.CLINICIAN)
    walking = KNOWN.finding["leg_pain_walking"].label
    assert (
        co_occurrence_words.title(pairs, KNOWN) == f"{PAIN} + {walking}: both in 100% of 40 asked"
    )


def test_too_few_records_have_no_title() -> None:
    few: Records = [{"leg_pain": "present", "leg_swelling": "present"}] * 29
    pairs = co_occurrence.pairs(*chosen(few), ("leg_pain", "leg_swelling"), Role.CLINICIAN)
    assert co_occurrence_words.title(pairs, KNOWN) == "Findings that come together"
    missing = completeness.by_site(*chosen(few), KNOWN, Role.CLINICIAN)
    assert completeness_words.title(missing, KNOWN) == "What was not recorded"


def test_the_finding_missing_most_is_named_unless_some_were_never_asked() -> None:
    names = [finding.id for finding in KNOWN.findings if finding.on_distribution]
    every = dict.fromkeys(names, "absent")
    records: Records = [{**every, "leg_pain": ""}] * 20 + [every] * 20
    missing = completeness.by_site(*chosen(records), KNOWN, Role.CLINICIAN)
    assert completeness_words.title(missing, KNOWN) == f"{PAIN}: not recorded in 50% of 40 records"
    assert completeness_words.by_size(missing)[0] == "leg_pain"
    assert f"Not recorded most: {PAIN}, 20 of 40 records (50%)" in completeness_words.alt(
        missing, KNOWN
    )
    never = completeness.by_site(*chosen([{**every, "leg_pain": ""}] * 40), KNOWN, Role.CLINICIAN)
    assert completeness_words.title(never, KNOWN) == (
        "1 of 29 findings is not recorded in any of 40 records"
    )


@pytest.mark.parametrize("grey", shades.GREYS)
def test_a_number_can_be_read_on_every_grey(grey: str) -> None:
    assert shades.contrast(shades.text_on(grey), grey) >= 4.5
