"""Real people: each symptom against a low index as the survey's own figures say, at both limits.

The data lie beside the repository (../shared/data/nhanes) and are never copied into it.
"""

import csv
from functools import reduce

import pytest

import test_nhanes
from circulation import access
from circulation.choosing import selection
from circulation.choosing.selection import Basis, Selection
from circulation.counting import discrimination
from circulation.counting import discrimination_release as releases
from circulation.counting import discrimination_words as wording
from circulation.counting.discrimination import Fourfold
from circulation.judgement import assessment, rules
from circulation.records import intake, ternary
from test_nhanes import account, store, table

__all__ = ["account", "store", "table"]
PAD = "peripheral_artery_disease"
KNOWN = test_nhanes.KNOWN
FIGURES = test_nhanes.SHARED / "nhanes_symptom_vs_pad.csv"
pytestmark = pytest.mark.skipif(
    not FIGURES.exists(), reason="no NHANES figures: ../shared is not there"
)


def expected(limit: str) -> list[dict[str, str]]:
    """The survey's own lines at '<= 0.90' or '< 0.90'."""
    with FIGURES.open() as file:
        return [line for line in csv.DictReader(file) if line["index"] == limit]


def chosen(table: intake.Intake, assessed: assessment.Assessment) -> selection.Chosen:
    return selection.apply(table, assessed, Selection(basis=Basis.CONFIRMED))


def counted(table: intake.Intake, cause: str) -> discrimination.Counts:
    assessed = assessment.assess(table, KNOWN)
    everyone = chosen(table, assessed)
    return discrimination.of_cause(table, assessed, everyone, cause, KNOWN)


def assert_same(rows: tuple[Fourfold, ...], lines: list[dict[str, str]]) -> None:
    assert len(lines) == 7
    for line in lines:
        row = next(r for r in rows if r.finding == test_nhanes.SYMPTOMS[line["symptom"]])
        cells = (row.cases.present, row.others.present, row.cases.absent, row.others.absent)
        assert row.n == int(line["n"])
        assert cells == tuple(int(line[name]) for name in ("tp", "fp", "fn", "tn")), line
        ratio = row.when_present
        assert ratio is not None
        for value, name in (
            (row.sensitivity, "sensitivity"),
            (row.specificity, "specificity"),
            (ratio.value, "lr_positive"),
        ):
            digits = len(line[name].partition(".")[2])
            assert value == pytest.approx(float(line[name]), abs=0.51 * 10**-digits), line


def test_each_symptom_tells_a_low_index_as_the_survey_says(table: intake.Intake) -> None:
    assert_same(counted(table, PAD).rows, expected("<= 0.90"))


def test_and_also_at_the_limit_that_surveys_use(table: intake.Intake) -> None:
    reader = rules.Reader(table.window(), KNOWN)
    low = reader.read(KNOWN.cause[PAD].confirmed_elsewhere)
    everyone = chosen(table, assessment.assess(table, KNOWN))
    assert_same(discrimination.against(table, everyone, low, KNOWN), expected("< 0.90"))
    cases = [table.ternaries[name] for name in KNOWN.cause[PAD].usual_symptoms]
    assert ternary.count(low.present) == 596
    assert ternary.count(reduce(ternary.either, cases).absent & low.present) == 304


def test_half_of_those_with_a_low_index_report_none_of_the_symptoms(table: intake.Intake) -> None:
    counts = counted(table, PAD)
    assert (counts.cases, counts.others, counts.unknown) == (647, 6924, 2399)
    assert counts.silent is not None
    assert (counts.silent.none, counts.silent.asked, counts.silent.not_asked) == (337, 647, 0)
    assert counts.limits is not None
    limits = (counts.limits.cases_here, counts.limits.cases_elsewhere, counts.limits.known)
    assert limits == (647, 596, 7571)


def test_the_page_says_it_in_words(table: intake.Intake) -> None:
    release = releases.release(counted(table, PAD), access.Role.CLINICIAN, KNOWN.disclosure)
    assert wording.title(release, KNOWN) == (
        "Calf pain when walking: 27% of confirmed cases report it, 14% of the others"
    )
    assert wording.silent(release, KNOWN) == (
        "337 of 647 confirmed cases (52%) report none of: pain in the leg when walking, "
        "numbness of the feet or painful sensation or tingling in the feet."
    )
    assert wording.population(release, KNOWN) == (
        "All 9,970 records. From NHANES 1999-2004. 647 confirmed cases, 6,924 others recorded "
        "or measured as without it; left out because it is not known: 2,399."
    )


def test_told_diabetic_and_a_body_mass_index_of_30_are_held_against_the_same_symptoms(
    table: intake.Intake,
) -> None:
    assessed = assessment.assess(table, KNOWN)
    found = discrimination.causes(assessed, chosen(table, assessed), KNOWN)
    assert found == (PAD, "diabetes", "obesity")
    told, heavy = counted(table, "diabetes"), counted(table, "obesity")
    assert (told.cases, heavy.cases) == (1449, 2946)
