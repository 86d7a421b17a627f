"""Strict reading: what a lenient reader takes in silence is refused here, by line and reason."""

import gzip
import io
import pickle
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import intake_files
import makers
from circulation import errors
from circulation.records import accounts, batches
from circulation.way_in import csv_chunks, csv_guards

HEADER = intake_files.names(makers.knowledge())
GOOD = intake_files.text(intake_files.GOOD)
LINES = GOOD.splitlines(keepends=True)


def zipped(name: str = "xl/workbook.xml") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, b"0" * 10_000_000)
    return held.getvalue()


def parquet() -> bytes:
    held = io.BytesIO()
    pd.DataFrame({"record_id": ["A1"]}).to_parquet(held)
    return held.getvalue()


def refusal(store: Path, content: str | bytes, *, separator: str = ",") -> str:
    """The words with which a whole file is refused."""
    with pytest.raises(errors.DashboardError) as raised:
        intake_files.bring_in(store, content, separator=separator)
    assert batches.names(store) == ()
    assert batches.verify(store) == ()
    return str(raised.value)


WHOLE_FILES = {
    "nothing": (b"", "intake.csv: is empty"),
    "blank lines only": (b"\n \r\n\n", "intake.csv: is empty"),
    "header only": (LINES[0].encode(), "intake.csv: has a header but no records"),
    "no header": (LINES[1].encode(), "line 1: is not a header"),
    "preamble": (f"Leg clinic,March\n{GOOD}".encode(), "line 1: is not a header"),
    "sep= line": (f"sep=,\n{GOOD}".encode(), "line 1: is 'sep='"),
    "UTF-16 with mark": (GOOD.encode("utf-16"), "is text in UTF-16, not a CSV file"),
    "UTF-16 without mark": (GOOD.encode("utf-16-le"), "is not UTF-8 text: it holds NUL bytes"),
    "NUL later": (GOOD.replace("North", "No\0rth").encode(), "is not UTF-8 text: it holds NUL"),
    "tabs": (GOOD.replace(",", "\t").encode(), "line 1: found a tab between columns, expected ','"),
    "bars": (GOOD.replace(",", "|").encode(), "line 1: found '|' between columns, expected ','"),
    "one column": (b"record_id\nA1\n", "line 1: found no ',' between columns"),
    "JSON": (b'[{"record_id": "A1"}]', "is JSON, not a CSV file"),
    "XML": (b'<?xml version="1.0"?><a/>', "is a web page or XML"),
    "xlsx": (zipped(), "is an Excel workbook or another zip file"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "is an old Excel workbook"),
    "gzip": (gzip.compress(GOOD.encode()), "is a file compressed by gzip"),
    "parquet": (parquet(), "is a Parquet file"),
    "pickle": (pickle.dumps({"a": 1}), "is a Python pickle"),
    "pdf": (b"%PDF-1.7\n", "is a PDF document"),
    "duplicate column": (
        GOOD.replace("received_on,", "site,", 1).encode(),
        "line 1: names 'site' more than once",
    ),
    "extra column": (
        "\n".join(f"{line.rstrip()},{'ward' if n == 0 else '7'}" for n, line in enumerate(LINES)),
        "line 1: has columns that are not expected: 'ward'",
    ),
    "separator at the end of each line": (
        GOOD.replace("\n", ",\n"),
        "line 1: has a column without a name, after a separator at the end of the line",
    ),
    "columns without a name": (
        f",,{GOOD}",
        "line 1: has 2 columns without a name. Name the column, or take the separator out",
    ),
    "column of look-alikes": (
        GOOD.replace("sex,", "\u0455ex,", 1),
        "the nearest known is 'sex', and it has letters outside a to z, which may only look alike",
    ),
    "column with hidden characters": (
        "\ufeff\ufeff" + GOOD,
        "the nearest known is 'record_id', and it holds characters that do not show",
    ),
    "column with a blank": (
        GOOD.replace("sex,", "sex ,", 1),
        "the nearest known is 'sex', and it has blanks around it",
    ),
    "misspelt column": (
        GOOD.replace("leg_swelling,", "leg_sweling,", 1),
        "'leg_sweling'; the nearest known is 'leg_swelling'; missing: 'leg_swelling'",
    ),
    "column of names": (
        "\n".join(
            f"{line.rstrip()},{'Surname' if n == 0 else 'x'}" for n, line in enumerate(LINES)
        ),
        "holds a column that could name a person (a person's name): 'Surname'",
    ),
    "a million columns": (
        (",".join(f"c{n}" for n in range(1_000_000)) + "\n").encode(),
        "the first line is longer than 64 KiB",
    ),
    "many columns": (",".join(["a"] * 1500), "has more than 1000 columns"),
    "header with an open quote": (f'"{GOOD}', "line 1: has a quote that is not closed"),
    "header in cp1252": (GOOD.replace("site", "sité", 1).encode("cp1252"), "line 1: is not UTF-8"),
    "open quote": (GOOD.replace("North", '"North'), "line 2: opens a quote that is never closed"),
    "quote within a field": (GOOD.replace("North", 'No"r"th'), "line 2: has a quote inside"),
    "text behind a quote": (GOOD.replace("North", '"No"rth'), "line 2: has a quote inside"),
    "text behind an empty quote": (GOOD.replace("North", '""North'), "line 2: has a quote inside"),
    "a field of 64 MB": (
        GOOD.replace("North", "N" * 64_000_000),
        "line 2: is longer than 16 MiB, or opens a quote",
    ),
    "a quote over 64 MB": (
        GOOD.replace("North", '"' + "North\n" * 11_000_000),
        "or opens a quote that is never closed",
    ),
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_not_ours_is_refused_and_named(name: str, tmp_path: Path) -> None:
    content, message = WHOLE_FILES[name]
    assert message in refusal(tmp_path / "store", content)


ROWS = {  # one field of the first record, and the reason for which its row is refused
    ("record_id", ""): "is empty",
    ("record_id", "A 1"): "must be 1 to 24 letters, digits, hyphens or underscores",
    ("record_id", "A" * 25): "must be 1 to 24 letters",
    ("record_id", "Å1"): "must be 1 to 24 letters",
    ("record_id", "Total"): "looks like a footer and not like a record",
    ("site", "=HYPERLINK(1)"): "must be a short label",
    ("site", "x" * 41): "must be a short label",
    ("site", "No\u200brth"): "has characters that do not show",
    ("site", "No\u202erth"): "has characters that do not show",
    ("received_on", "2026-02-31"): "is a day that does not exist",
    ("received_on", "31-02-2026"): "day and month cannot be told apart",
    ("received_on", "03/04/2026"): "day and month cannot be told apart",
    ("received_on", "2099-01-01"): "lies in the future",
    ("received_on", "2026-03-02"): "lies in the future",
    ("received_on", "1899-12-30"): "lies before 1990-01-01",
    ("received_on", "45355"): "holds Excel's serial number of a day",
    ("received_on", "2026-1-5"): "must be a date, as 2026-01-31",
    ("received_on", "2026-01-05T10:00"): "must be a date, as 2026-01-31",
    (
        "received_on",
        "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0665",
    ): "must be a date, as 2026-01-31",
    ("sex", "=female"): "holds a formula",
    ("sex", "fem\u0430le"): "has letters outside a to z, which may only look alike",
    ("sex", "f"): "must be one of female, male, other, or blank",
    ("sex", "fe\u200bmale"): "has characters that do not show",
    ("ankle_brachial_index_left", "9.99"): "is impossible: must be 0.00 to 3.00",
    ("sex", "#N/A"): "must be one of female, male, other, or blank",
    ("age_band", "17"): "must be one of 18-29, 30-39",
    ("leg_pain", "yes"): "must be one of present, absent, not_asked",
    ("leg_pain", "1"): "must be one of present, absent, not_asked",
    ("leg_pain", "x" * 5000): "is longer than 4096 characters",
    ("bmi", "9.99"): "is impossible: must be 10.00 to 100.00 kg/m²",
    ("bmi", "-25"): "is impossible",
    ("bmi", "999"): "is impossible",
    ("bmi", "25.125"): "has 3 decimals, at most 2 are kept",
    ("bmi", "nan"): "holds a word for 'missing'",
    ("bmi", "NULL"): "holds a word for 'missing'",
    ("bmi", "#N/A"): "holds a word for 'missing'",
    ("bmi", "inf"): "is infinite or written with an exponent",
    ("bmi", "-Infinity"): "is infinite or written with an exponent",
    ("bmi", "1e999"): "is infinite or written with an exponent",
    ("bmi", "2.5E1"): "is infinite or written with an exponent",
    ("bmi", "0x19"): "must be a number",
    ("bmi", "2_5"): "must be a number",
    ("bmi", "\u0662\u0665"): "has digits of another script",
    ("bmi", "\uff12\uff15"): "has digits of another script",
    ("bmi", "=25"): "holds a formula",
    ("bmi", ">30"): "is a limit and not a measured value",
    ("bmi", "25 kg"): "must be a number only: the unit is always kg/m²",
    ("bmi", '"25,5"'): "has a decimal comma",
    ("bmi", "25."): "must be a number",
    ("bmi", "12345678901234567890"[:8]): "is impossible",
}


@pytest.mark.parametrize(("column", "value"), ROWS)
def test_a_value_that_cannot_be_taken_is_refused_with_its_reason(
    column: str, value: str, tmp_path: Path
) -> None:
    content = intake_files.changed(0, **{column: value})
    account = intake_files.bring_in(tmp_path / "store", content)
    assert not account.stored
    assert (account.received, account.accepted, account.rejected) == (3, 2, 1)
    assert [(one.line, one.column) for one in account.refusals] == [(2, column)]
    assert account.refusals[0].reason.startswith(ROWS[column, value]) or (
        ROWS[column, value] in account.refusals[0].reason
    )
    assert account.refusals[0].way_out


def test_a_separator_too_many_is_not_taken_for_a_decimal_comma(tmp_path: Path) -> None:
    lines = [line.replace("\n", ",\n") for line in LINES[1:]]
    account = intake_files.bring_in(tmp_path / "store", LINES[0] + "".join(lines))
    assert (account.accepted, account.rejected) == (0, 3)
    wide = f"has {len(HEADER) + 1} fields, the header has {len(HEADER)}, and ends with a separator"
    assert {one.reason for one in account.refusals} == {wide}


def test_a_cell_that_is_refused_is_not_said_to_be_read_loosely(tmp_path: Path) -> None:
    content = intake_files.changed(0, sex="N/A", leg_pain="TRUE")
    assert intake_files.bring_in(tmp_path / "store", content).remarks == ()


READ_ALL_THE_SAME = {
    "byte order mark": (b"\xef\xbb\xbf" + GOOD.encode(), "It begins with a byte order mark"),
    "CRLF": (GOOD.replace("\n", "\r\n").encode(), ""),
    "CR": (GOOD.replace("\n", "\r").encode(), ""),
    "mixed line ends": ((LINES[0] + LINES[1].replace("\n", "\r\n") + "".join(LINES[2:])), ""),
    "no line end at the end": (GOOD.rstrip("\n"), ""),
    "blank lines": (f"\n\n{LINES[0]}\n{LINES[1]}\n\n{LINES[2]}{LINES[3]}\n\n", "Blank lines above"),
    "quotes around everything": (
        "\n".join(",".join(f'"{f}"' for f in line.rstrip().split(",")) for line in LINES),
        "",
    ),
    "capitals and blanks": (
        GOOD.replace("female", " Female "),
        "Column 'sex': read without regard to capitals or blanks in 1 cell",
    ),
    "trailing zeros": (GOOD.replace("0.85", "0.8500"), ""),
}


@pytest.mark.parametrize("name", READ_ALL_THE_SAME)
def test_what_means_the_same_is_read_the_same(name: str, tmp_path: Path) -> None:
    content, remark = READ_ALL_THE_SAME[name]
    plain = intake_files.bring_in(tmp_path / "plain", GOOD)
    account = intake_files.bring_in(tmp_path / "store", content)
    assert account.stored
    assert account.batch == plain.batch, "the same records are the same batch"
    assert any(remark in said for said in (*account.remarks, remark))
    assert not remark or any(remark in said for said in account.remarks)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    plain = intake_files.bring_in(tmp_path / "plain", GOOD)
    turned = intake_files.bring_in(
        tmp_path / "store", intake_files.text(intake_files.GOOD, reversed(HEADER))
    )
    assert turned.batch == plain.batch


def test_another_separator_is_read_when_it_is_declared(tmp_path: Path) -> None:
    content = GOOD.replace(",", ";")
    account = intake_files.bring_in(tmp_path / "store", content, separator=";")
    assert account.stored
    message = refusal(tmp_path / "other", GOOD, separator=";")
    assert "found ',' between columns, expected ';'" in message


def test_a_long_row_and_a_footer_are_named_with_their_line(tmp_path: Path) -> None:
    content = GOOD.replace("A3,", "A3,,", 1) + "Total,3\n"
    account = intake_files.bring_in(tmp_path / "store", content)
    counted = f"fields, the header has {len(HEADER)}"
    way_out = "Take out the separator too many, at the end of the line or within it"
    assert [str(one) for one in account.refusals] == [
        f"line 4: has {len(HEADER) + 1} {counted}, and ends with a separator. {way_out}",
        f"line 5: looks like a footer and not like a record: has 2 {counted}. Delete it",
    ]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    site = '"No\nrth"'
    content = f"{LINES[0]}\n{LINES[1].replace('North', site)}\n\n{LINES[2]}x\n"
    account = intake_files.bring_in(tmp_path / "store", content)
    assert [(one.line, one.column) for one in account.refusals] == [(3, "site"), (8, "")]
    assert account.refusals[0].reason == "has characters that do not show"


def test_every_row_is_accounted_for_across_many_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_chunks, "BLOCK", 4096)
    records = [{"record_id": f"R{n}", "sex": "male", "site": "North"} for n in range(500)]
    records[7]["sex"] = records[300]["bmi"] = "wrong"
    records[450]["record_id"] = "R3"
    lines = intake_files.text(records).splitlines(keepends=True)
    lines[101] = "R100,North\n"
    content = "".join(lines).replace("North", '"North"')
    account = intake_files.bring_in(tmp_path / "store", content, set_aside=True)
    assert (account.received, account.accepted) == (500, 496)
    assert (account.rejected, account.duplicate) == (3, 1)
    assert [one.line for one in account.refusals] == [9, 102, 302]
    assert [one.line for one in account.duplicates] == [452]
    assert batches.load(tmp_path / "store", makers.knowledge()).count == 496


def test_a_batch_does_not_depend_on_how_the_file_was_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [{"record_id": f"R{n}", "site": f"Site {n % 7}"} for n in range(200)]
    whole = intake_files.bring_in(tmp_path / "whole", intake_files.text(records))
    monkeypatch.setattr(csv_chunks, "BLOCK", 8192)
    cut = intake_files.bring_in(tmp_path / "cut", intake_files.text(records))
    assert cut.batch == whole.batch


def test_of_many_faults_the_first_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    records = [{"record_id": f"R{n}", "bmi": "x", "sex": "x"} for n in range(1500)]
    account = intake_files.bring_in(tmp_path / "store", intake_files.text(records))
    assert (account.rejected, account.refusal_count) == (1500, 3000)
    assert len(account.refusals) == accounts.KEPT
    assert [(one.line, one.column) for one in account.refusals[:3]] == [
        (2, "sex"),
        (2, "bmi"),
        (3, "sex"),
    ]
    assert sorted((tally.column, tally.rows) for tally in account.tallies) == [
        ("bmi", 1500),
        ("sex", 1500),
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_no_text_is_ever_taken_for_what_it_is_not(cells: list[str], tmp_path: Path) -> None:
    known = {"present", "absent", "not_asked", ""}
    fields = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    records = [{"record_id": f"R{n}", "leg_pain": field} for n, field in enumerate(fields)]
    try:
        account = intake_files.bring_in(tmp_path / "store", intake_files.text(records))
    except errors.DashboardError:
        return
    good = sum(1 for cell in cells if cell.strip().casefold() in known)
    assert account.accepted <= good + account.duplicate
    assert account.received == account.accepted + account.rejected + account.duplicate


def test_the_guard_looks_at_the_header_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GOOD)
    opening = csv_guards.opened(path, "a.csv", separator=",", expected=HEADER)
    assert list(opening.columns) == HEADER
    assert opening.start == len(LINES[0])
    assert opening.first_line == 2
