"""A foreign file becomes ours as its mapping says; a mapping that says too little is refused."""

from pathlib import Path

import pytest

import intake_files
import makers
from circulation import errors
from circulation.knowledge_base import columns
from circulation.records import accounts, batches, intake, ternary
from circulation.way_in import mappings

HEAD = """\
[mapping]
id = "survey"
version = "1"
title = "A survey"
source = "Made for this test"
separator = ";"
synthetic = false

[record_id]
column = "id"
prefix = "X-"
"""
BODY = """
[[column]]
to = "site"
value = "Survey"

[[column]]
to = "age_band"
from = "age"
age_bands = true

[[column]]
to = "leg_pain"
from = "pain"
values = "answer"

[[column]]
to = "foot_lesion"
any_of = ["lesion_l", "lesion_r"]
values = "answer"

[[column]]
to = "foot_lesion_side"
left = "lesion_l"
right = "lesion_r"
values = "answer"

[[column]]
to = "arm_pressure_systolic_left"
from = "pressure"
when = { arm = ["left"] }

[[column]]
to = "arm_pressure_systolic_right"
from = "pressure"
when = { arm = ["right"] }

[[column]]
to = "test_hba1c"
filled = ["sugar"]
value = "done"

[[column]]
to = "hba1c_percent"
from = "sugar"

[values.answer]
yes = "present"
no = "absent"
"don't know" = "not_asked"

[[left_out]]
columns = ["weight_of_sample"]
reason = "Not ours."
"""
FIELDS = "id;age;pain;lesion_l;lesion_r;pressure;arm;sugar;weight_of_sample"


def mapping(folder: Path, text: str = HEAD + BODY) -> mappings.ForeignMapping:
    (folder / "survey.toml").write_text(text)
    return mappings.load(folder, "survey", columns.of(makers.knowledge()))


def bring_in(
    folder: Path, *rows: str, header: str = FIELDS, set_aside: bool = False
) -> accounts.Account:
    content = "\n".join([header, *rows]) + "\n"
    found = mapping(folder)
    return intake_files.bring_in(folder / "store", content, mapping=found, set_aside=set_aside)


def loaded(folder: Path) -> intake.Intake:
    return batches.load(folder / "store", makers.knowledge())


def row(table: intake.Intake, record_id: str) -> int:
    found = table.row_of(record_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("1;61;yes;no;no;120;left;;", "age_band", "60-64"),
        ("1;85;yes;no;no;120;left;;", "age_band", "85+"),
        ("1;18;yes;no;no;120;left;;", "age_band", "18-29"),
        ("1;;yes;no;no;120;left;;", "age_band", ""),
        ("1;61;yes;;;;;;", "site", "Survey"),
        ("1;61;;;;120;left;;", "arm_pressure_systolic_left", "120"),
        ("1;61;;;;120;left;;", "arm_pressure_systolic_right", ""),
        ("1;61;;;;120;right;;", "arm_pressure_systolic_right", "120"),
        ("1;61;;;;;;6.1;", "hba1c_percent", "6.1"),
        ("1;61;;;;;;6.1;", "test_hba1c", "done"),
        ("1;61;;;;;;;", "test_hba1c", ""),
        ("1;61;;yes;no;;;;", "foot_lesion_side", "left"),
        ("1;61;;no;yes;;;;", "foot_lesion_side", "right"),
        ("1;61;;yes;yes;;;;", "foot_lesion_side", "both"),
        ("1;61;;no;no;;;;", "foot_lesion_side", ""),
        ("1;61;;yes;don't know;;;;", "foot_lesion_side", "left"),
        ("1;61;YES;;;;;;", "leg_pain", "present"),
        ("1;61;no;;;;;;", "leg_pain", "absent"),
        ("1;61;don't know;;;;;;", "leg_pain", ""),
        ("1;61;;;;;;;", "leg_pain", ""),
        ("1;61;;yes;;;;;", "foot_lesion", "present"),
        ("1;61;;yes;no;;;;", "foot_lesion", "present"),
        ("1;61;;no;no;;;;", "foot_lesion", "absent"),
        ("1;61;;no;;;;;", "foot_lesion", ""),
        ("1;61;;no;don't know;;;;", "foot_lesion", ""),
    ],
)
def test_each_way_of_taking_a_column(fields: str, name: str, value: str, tmp_path: Path) -> None:
    account = bring_in(tmp_path, fields)
    assert account.stored
    assert account.mapping.startswith("survey 1-")
    assert account.left_out == ("weight_of_sample: Not ours.",)
    table = loaded(tmp_path)
    place = row(table, "X-1")
    if name in table.ternaries:
        answer = ternary.state(table.ternaries[name], place)
        assert {True: "present", False: "absent", None: ""}[answer] == value
    elif name in table.measures:
        assert table.text(name, place).removesuffix(".0") == value
    else:
        assert table.value(name, place) == value


@pytest.mark.parametrize(
    ("fields", "column", "reason"),
    [
        ("1;17;;;;;;;", "age", "is under 18 years: only adults are recorded here"),
        ("1;6o;;;;;;;", "age", "must be an age in whole years"),
        ("1;61;maybe;;;;;;", "pain", "has a value that the mapping does not know"),
        ("1;61;present;;;;;;", "pain", "has a value that the mapping does not know"),
        ("1;61;yess;;;;;;", "pain", "the mapping does not know; the nearest known is 'yes'"),
        ("1;61;;si;;;;;", "lesion_l", "has a value that the mapping does not know"),
        ("1;61;;;;;;6.12;", "sugar", "has 2 decimals, at most 1 are kept"),
        (";61;;;;;;;", "record_id", "is empty"),
    ],
)
def test_what_the_mapping_does_not_know_is_refused_by_the_files_own_column(
    fields: str, column: str, reason: str, tmp_path: Path
) -> None:
    account = bring_in(tmp_path, "7;61;yes;no;no;120;left;6.1;1", fields)
    assert (account.received, account.accepted, account.rejected) == (2, 1, 1)
    first = account.refusals[0]
    assert (first.line, first.column) == (3, column)
    assert reason in first.reason


def test_a_value_that_no_condition_takes_is_noted(tmp_path: Path) -> None:
    account = bring_in(tmp_path, "1;61;;;;120;unknown;;", "2;61;;;;120;left;;")
    assert account.stored
    assert [str(note) for note in account.notes] == [
        "line 2, record X-1: 'pressure' was not taken: no condition of the mapping holds"
    ]


def test_a_new_or_missing_column_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(errors.DashboardError, match="are not expected: 'shoe_size'"):
        bring_in(tmp_path, "1;61;;;;;;;;42", header=FIELDS + ";shoe_size")
    with pytest.raises(errors.DashboardError, match="lacks 1 column: 'sugar'"):
        bring_in(tmp_path, "1;61;;;;;;", header=FIELDS.replace(";sugar", ""))


def test_a_person_named_in_a_used_column_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(errors.DashboardError, match=r"line 2, column 'pain': holds .* an e-mail"):
        bring_in(tmp_path, "1;61;a@example.org;;;;;;")


FAULTS = {
    "unknown key": ("version =", "verison ="),
    "unknown part": ("[[left_out]]", "[[leftout]]"),
    "missing key": ('title = "A survey"\n', ""),
    "wrong type": ("synthetic = false", 'synthetic = "no"'),
    "unknown column": ('to = "leg_pain"', 'to = "leg_ache"'),
    "filled twice": ('to = "foot_lesion_side"', 'to = "foot_lesion"'),
    "missing values": ("[values.answer]", "[values.answers]"),
    "unknown value": ('yes = "present"', 'yes = "often"'),
    "both used and left out": ('columns = ["weight_of_sample"]', 'columns = ["sugar"]'),
    "two ways at once": ('from = "pain"', 'from = "pain"\nvalue = "present"'),
    "no way": ('from = "pain"\nvalues = "answer"', ""),
    "half a side": ('right = "lesion_r"\n', ""),
    "not TOML": ("[record_id]", "[record_id"),
    "record id as a column": ('to = "site"\nvalue = "Survey"', 'to = "record_id"\nfrom = "arm"'),
    "several columns without words": ('"lesion_r"]\nvalues = "answer"', '"lesion_r"]'),
    "two sides without words": ('right = "lesion_r"\nvalues = "answer"', 'right = "lesion_r"'),
    "value a category lacks": ('value = "done"', 'value = "finished"'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_mapping_is_refused_with_its_line(fault: str, tmp_path: Path) -> None:
    before, after = FAULTS[fault]
    text = HEAD + BODY
    assert before in text
    with pytest.raises(errors.DashboardError) as refused:
        mapping(tmp_path, text.replace(before, after, 1))
    assert refused.value.place.startswith("data/mappings/survey.toml line ")


def test_the_line_of_a_fault_is_the_right_one(tmp_path: Path) -> None:
    text = HEAD + BODY.replace('to = "leg_pain"', 'too = "leg_pain"')
    line = text[: text.index("too =")].count("\n") + 1
    with pytest.raises(errors.DashboardError) as refused:
        mapping(tmp_path, text)
    assert refused.value.place == f"data/mappings/survey.toml line {line}"


def test_only_mappings_that_are_there_can_be_named(tmp_path: Path) -> None:
    layout = columns.of(makers.knowledge())
    mapping(tmp_path)
    for name in ("other", "../survey", "survey.toml", ""):
        with pytest.raises(errors.DashboardError, match=r"is not known\. Known: survey"):
            mappings.load(tmp_path, name, layout)


def test_every_shipped_mapping_loads() -> None:
    folder = Path(__file__).parents[1] / "data" / "mappings"
    for name in mappings.names(folder):
        found = mappings.load(folder, name, columns.of(makers.knowledge()))
        assert found.about.id == name
        assert all(part.reason for part in found.left_out)
