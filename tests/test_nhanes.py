"""Real people's records, from the file to the counts: NHANES 1999-2004 through the shipped mapping.

The data lie beside the repository (../shared/data/nhanes) and are never copied into it.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import intake_files
import makers
import manage
from circulation import errors
from circulation.choosing import selection
from circulation.counting import distribution
from circulation.judgement import assessment
from circulation.knowledge_base import columns
from circulation.records import accounts, batches, intake, ternary
from circulation.way_in import importing, mappings

SHARED = Path(__file__).parents[2] / "shared" / "data" / "nhanes"
FILE = SHARED / "nhanes_40plus_1999_2004.csv"
MAPPINGS = Path(__file__).parents[1] / "data" / "mappings"
KNOWN = makers.knowledge()
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="no NHANES file: ../shared is not there")

SYMPTOMS = {
    "leg pain on walking": "leg_pain_walking",
    "calf pain on walking": "calf_pain_walking",
    "numbness in feet": "numbness_feet",
    "painful sensation or tingling in feet": "pain_or_tingling_feet",
    "ulcer or sore over 4 weeks, ever": "ulcer_over_4_weeks_ever",
    "ankle swelling": "ankle_swelling_ever",
    "low back pain spreading below knee": "back_pain_below_knee",
}
CAUSES = {
    "all": "all",
    "told diabetic": "diabetes",
    "BMI >= 30": "obesity",
    "ankle-brachial index <= 0.90": "peripheral_artery_disease",
}
TESTS = {"all persons": [], "persons with an index": ["--test-done", "ankle_brachial_index"]}


@dataclass(frozen=True)
class Expected:
    """One line of the survey's own counts."""

    group: str
    symptom: str
    present: int
    asked: int
    n: int


def expected(population: str) -> list[Expected]:
    """The lines of one population that a cause of ours stands for."""
    with (SHARED / "nhanes_symptom_by_cause_counts.csv").open() as file:
        return [
            Expected(
                CAUSES[line["group"]],
                SYMPTOMS[line["symptom"]],
                int(line["present"]),
                int(line["asked"]),
                int(line["n"]),
            )
            for line in csv.DictReader(file)
            if line["population"] == population and line["group"] in CAUSES
        ]


def bring_in(store: Path) -> accounts.Account:
    request = importing.Request(
        path=FILE,
        name=FILE.name,
        at=intake_files.AT,
        by="data steward",
        today=date(2026, 3, 1),
        mapping=mappings.load(MAPPINGS, "nhanes_1999_2004", columns.of(KNOWN)),
    )
    return importing.import_file(store, request, KNOWN)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nhanes") / "store"


@pytest.fixture(scope="module")
def account(store: Path) -> accounts.Account:
    return bring_in(store)


@pytest.fixture(scope="module")
def table(store: Path, account: accounts.Account) -> intake.Intake:
    assert account.stored
    return batches.load(store, KNOWN)


def test_every_person_is_accepted(account: accounts.Account) -> None:
    assert (account.received, account.accepted, account.rejected, account.duplicate) == (
        9970,
        9970,
        0,
        0,
    )
    assert account.without_day == 9970
    assert not account.synthetic


def test_every_column_of_the_file_is_used_or_left_out_with_a_reason(
    account: accounts.Account,
) -> None:
    found = mappings.load(MAPPINGS, "nhanes_1999_2004", columns.of(KNOWN))
    with FILE.open() as file:
        assert sorted(next(csv.reader(file))) == sorted(found.expected)
    assert len(account.left_out) == len(found.left_out)


def test_the_index_follows_from_the_pressures_in_all_legs_but_one(
    account: accounts.Account,
) -> None:
    about, note, remark = account.remarks
    assert about.startswith("NHANES 1999-2004, persons aged 40 and over. Source: National Center")
    assert note.startswith("Survey data carry sampling weights: counts of records here are not")
    assert remark.endswith("agrees with the recorded one in 14,389 of 14,390 legs")
    assert account.note_count == 1
    assert (account.notes[0].record_id, account.notes[0].text) == (
        "NHANES-7053",
        "the index recorded for the left leg does not follow from its pressures",
    )


@pytest.mark.parametrize("population", TESTS)
def test_the_command_line_gives_the_surveys_own_counts(
    population: str, store: Path, account: accounts.Account, capsys: pytest.CaptureFixture[str]
) -> None:
    assert account.stored
    options = ["--basis", "confirmed", "--store", str(store), "--json", *TESTS[population]]
    assert manage.main(["export", "distribution", *options]) == 0
    found = json.loads(capsys.readouterr().out)
    ours = {
        (cell["cause"], cell["symptom"]): (cell["present"], cell["asked"], cell["n"])
        for cell in found
    }
    lines = expected(population)
    assert len(lines) == 4 * 7
    for line in lines:
        assert ours[line.group, line.symptom] == (line.present, line.asked, line.n), line


def test_both_readings_of_a_low_index_can_be_told_apart(table: intake.Intake) -> None:
    window = table.window()
    legs = [window.measure(f"ankle_brachial_index_{side}") for side in ("left", "right")]
    lowest = [
        min((int(leg.values[row]) for leg in legs if leg.values[row] != leg.missing), default=None)
        for row in ternary.rows(table.real)
    ]
    measured = [value for value in lowest if value is not None]
    assert len(measured) == 7571
    assert sum(value < 90 for value in measured) == 596
    assert sum(value <= 90 for value in measured) == 647


def test_not_asked_follows_the_surveys_skips(table: intake.Intake) -> None:
    leg, calf = table.ternaries["leg_pain_walking"], table.ternaries["calf_pain_walking"]
    assert ternary.count(calf.asked & ~leg.present) == 0, "asked only of those with leg pain"
    assert ternary.count(calf.asked) == 2766
    swelling = table.ternaries["ankle_swelling_ever"]
    assert ternary.count(swelling.asked) == 3178, "asked in one cycle of three"
    assert ternary.count(swelling.present) == 1070


def test_persons_without_a_date_stay_out_of_periods(table: intake.Intake) -> None:
    assert table.first_day is None
    assert table.dated_words == 0
    assessed = assessment.assess(table, KNOWN)
    dated = selection.Selection(first=date(1999, 1, 1))
    chosen = selection.apply(table, assessed, dated)
    assert (chosen.count, chosen.without_day) == (0, 9970)


def test_the_counts_agree_with_plain_loops_over_the_file(table: intake.Intake) -> None:
    with FILE.open() as file:
        people = list(csv.DictReader(file))
    assessed = assessment.assess(table, KNOWN)
    everyone = selection.apply(table, assessed, selection.Selection())
    counts = distribution.by_cause(table, assessed, everyone, KNOWN)
    row = counts.findings.index("leg_pain_walking")
    yes = no = 0
    for person in people:
        yes += person["leg_pain_walking"] == "yes"
        no += person["leg_pain_walking"] == "no"
    assert (counts.present[row, -1], counts.absent[row, -1]) == (yes, no)


def test_the_same_file_again_stores_nothing(store: Path, account: accounts.Account) -> None:
    again = bring_in(store)
    assert again.known_already
    assert again.duplicate == 9970
    assert batches.names(store) == (account.batch,)


def test_a_new_column_refuses_the_file(tmp_path: Path) -> None:
    lines = FILE.read_text().splitlines()[:3]
    content = "\n".join(f"{line},{'x' if n else 'shoe_size'}" for n, line in enumerate(lines))
    found = mappings.load(MAPPINGS, "nhanes_1999_2004", columns.of(KNOWN))
    with pytest.raises(errors.DashboardError, match="are not expected: 'shoe_size'"):
        intake_files.bring_in(tmp_path / "store", content, mapping=found)
