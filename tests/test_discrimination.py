"""Sensitivity, specificity and likelihood ratios are what plain loops and the textbook give."""

import math
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
import oracles
from circulation import access, errors
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import discrimination, intervals
from circulation.counting import discrimination_release as releases
from circulation.counting import discrimination_words as wording
from circulation.counting.discrimination import Fourfold
from circulation.counting.intervals import Part
from circulation.judgement import assessment
from faulty_knowledge import refusal

KNOWN = makers.knowledge()
CAUSES = ("diabetes", "vein_disease")  # confirmed only as recorded, so that a loop can tell
FINDINGS = ("leg_pain_walking", "calf_pain_walking", "numbness_feet", "pain_or_tingling_feet")
STATES = ("present", "absent", "not_asked", "")
RECORDS = st.lists(
    st.fixed_dictionaries(
        {name: st.sampled_from(STATES) for name in FINDINGS}
        | {f"confirmed_{cause}": st.sampled_from(STATES) for cause in CAUSES}
    ),
    min_size=1,
    max_size=90,
)
CELL = st.integers(0, 400)


def counted(
    records: list[dict[str, str]], cause: str, wanted: Selection | None = None
) -> discrimination.Counts:
    table = makers.table(KNOWN, records)
    assessed = assessment.assess(table, KNOWN)
    chosen = selection.apply(table, assessed, wanted or Selection(basis=Basis.CONFIRMED))
    return discrimination.of_cause(table, assessed, chosen, cause, KNOWN)


def row_of(counts: discrimination.Counts, finding: str) -> Fourfold:
    return next(row for row in counts.rows if row.finding == finding)


def group(size: int, **said: str) -> list[dict[str, str]]:
    return [dict(said) for _ in range(size)]


@settings(max_examples=40, deadline=None)
@given(records=RECORDS, cause=st.sampled_from(CAUSES))
def test_every_count_is_what_plain_loops_count(
    records: list[Mapping[str, str]], cause: str
) -> None:
    counts = counted([dict(record) for record in records], cause)
    for finding in FINDINGS:
        row = row_of(counts, finding)
        found = (row.cases.present, row.cases.absent, row.others.present, row.others.absent)
        first = "leg_pain_walking" if finding == "calf_pain_walking" else ""
        assert found == oracles.fourfold(records, finding, first, cause)
        assert row.n == sum(found)
    truths = [record[f"confirmed_{cause}"] for record in records]
    assert counts.cases == truths.count("present")
    assert counts.others == truths.count("absent")
    assert counts.unknown == len(records) - counts.cases - counts.others


@settings(max_examples=40, deadline=None)
@given(records=RECORDS)
def test_cases_without_any_usual_symptom_are_what_plain_loops_count(
    records: list[Mapping[str, str]],
) -> None:
    counts = counted([dict(record) for record in records], "diabetes")
    symptoms = KNOWN.cause["diabetes"].usual_symptoms
    none, asked = oracles.without_any(records, symptoms, "diabetes")
    silent = counts.silent
    if asked:
        assert silent is not None
        assert (silent.none, silent.asked) == (none, asked)
        assert silent.not_asked == counts.cases - asked
    else:
        assert silent is None


@settings(max_examples=200, deadline=None)
@given(tp=CELL, fn=CELL, fp=CELL, tn=CELL)
def test_the_ratios_are_those_of_the_textbook(tp: int, fn: int, fp: int, tn: int) -> None:
    row = Fourfold("numbness", Part(tp, tp + fn), Part(fp, fp + tn))
    if tp + fn:
        assert row.sensitivity == tp / (tp + fn)
        assert row.sensitivity_interval == intervals.share(Part(tp, tp + fn))
    if fp + tn:
        assert row.specificity == tn / (fp + tn)
        assert row.specificity_interval == intervals.share(Part(tn, fp + tn))
    for found, own, others in (
        (row.when_present, (tp, fn), (fp, tn)),
        (row.when_absent, (fn, tp), (tn, fp)),
    ):
        if not all((tp, fn, fp, tn)):
            continue
        assert found is not None
        assert found.value is not None
        value = (own[0] / sum(own)) / (others[0] / sum(others))
        error = math.sqrt(1 / own[0] - 1 / sum(own) + 1 / others[0] - 1 / sum(others))
        assert found.value == pytest.approx(value)
        assert found.interval.low == pytest.approx(value * math.exp(-1.959964 * error), rel=1e-5)
        assert found.interval.high == pytest.approx(value * math.exp(1.959964 * error), rel=1e-5)


def test_a_group_that_nobody_asked_leaves_the_ratios_undefined() -> None:
    row = Fourfold("numbness", Part(0, 0), Part(3, 9))
    assert row.sensitivity is None
    assert row.when_present is None
    assert wording.share(row.sensitivity, row.sensitivity_interval) == "not defined"
    assert wording.ratio(row.when_present) == "not defined"


def test_a_finding_that_no_other_has_gives_a_ratio_without_a_value() -> None:
    found = Fourfold("numbness", Part(5, 10), Part(0, 10)).when_present
    assert wording.ratio(found).startswith("not defined (from ")


def test_a_follow_up_question_that_was_answered_keeps_its_answer() -> None:
    said = {"leg_pain_walking": "absent", "calf_pain_walking": "present"}
    counts = counted([{**said, "confirmed_diabetes": "present"}], "diabetes")
    assert row_of(counts, "calf_pain_walking").cases == Part(1, 1)


def test_only_causes_with_both_sides_can_be_picked() -> None:
    both = {"confirmed_diabetes": "present", "bmi": "31"}
    records = [both, {"confirmed_diabetes": "absent", "confirmed_vein_disease": "present"}]
    table = makers.table(KNOWN, records)
    assessed = assessment.assess(table, KNOWN)
    everyone = selection.apply(table, assessed, Selection())
    assert discrimination.causes(assessed, everyone, KNOWN) == ("diabetes",)


@pytest.mark.parametrize(
    ("index", "here", "elsewhere"), [("0.89", 1, 1), ("0.90", 1, 0), ("0.91", 0, 0)]
)
def test_both_limits_of_the_index_are_counted(index: str, here: int, elsewhere: int) -> None:
    records = [{"ankle_brachial_index_left": index}, {"numbness": "present"}]
    limits = counted(records, "peripheral_artery_disease").limits
    assert limits is not None
    assert (limits.cases_here, limits.cases_elsewhere, limits.known) == (here, elsewhere, 1)


def test_without_a_measurement_there_is_no_word_of_limits() -> None:
    records = [{"confirmed_peripheral_artery_disease": "present"}]
    assert counted(records, "peripheral_artery_disease").limits is None


@pytest.mark.parametrize("role", [access.Role.MANAGER, access.Role.DATA_STEWARD])
def test_there_is_no_release_for_roles_without_exact_counts(role: access.Role) -> None:
    with pytest.raises(errors.DashboardError, match="see exact counts"):
        releases.release(counted(group(3), "diabetes"), role, KNOWN.disclosure)


def test_the_title_names_the_finding_whose_shares_lie_furthest_apart() -> None:
    records = [
        *group(30, confirmed_diabetes="present", numbness_feet="present", leg_pain="absent"),
        *group(10, confirmed_diabetes="present", numbness_feet="absent", leg_pain="present"),
        *group(40, confirmed_diabetes="absent", numbness_feet="absent", leg_pain="absent"),
    ]
    release = releases.release(
        counted(records, "diabetes"), access.Role.CLINICIAN, KNOWN.disclosure
    )
    said = "Numbness of the feet: 75% of confirmed cases report it, 0% of the others"
    assert wording.title(release, KNOWN) == said


def test_a_small_group_makes_no_headline() -> None:
    records = [
        {"confirmed_diabetes": "present", "numbness_feet": "present"},
        {"confirmed_diabetes": "absent", "numbness_feet": "absent"},
    ]
    release = releases.release(
        counted(records, "diabetes"), access.Role.CLINICIAN, KNOWN.disclosure
    )
    assert wording.title(release, KNOWN) == "Findings with and without confirmed diabetes"


@pytest.mark.parametrize("first", ["no_such_finding", "calf_pain_walking"])
def test_a_follow_up_question_must_follow_one_that_is_asked_of_all(
    tmp_path: Path, first: str
) -> None:
    old, new = 'only_if = "leg_pain_walking"', f'only_if = "{first}"'
    said = str(refusal(tmp_path, "findings.toml", old, new))
    assert f"calf_pain_walking: follows up '{first}', which is no finding asked of all" in said


def test_a_usual_symptom_that_no_file_describes_is_refused(
    tmp_path: Path,
) -> None:
    old, new = '["numbness_feet", "pain', '["no_such_finding", "pain'
    said = str(refusal(tmp_path, "causes/diabetes.toml", old, new))
    assert "diabetes: names the finding 'no_such_finding', which no file describes" in said
