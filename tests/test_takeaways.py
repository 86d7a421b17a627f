"""What leaves the page as a file is what the page shows, and no text in it can run."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import escape

from circulation.counting import takeaways
from circulation.counting.takeaways import Percent, Takeaway, Value

AT = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)
NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "http://x.example",
    "1",
    "'",
    "",
]
TEXTS = st.sampled_from(NASTY) | st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn", "Co"])
)
VALUES = TEXTS | st.integers(-1000, 10**9) | st.builds(Percent, st.integers(0, 100))


def taken(*values: Value, note: str = "a note") -> Takeaway:
    heads = tuple(f"column {place}" for place in range(len(values)))
    return Takeaway("A title", heads, (values,), (("Filters", note),), AT)


def from_csv(one: Takeaway) -> list[list[str]]:
    text = takeaways.as_csv(one).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def text_of(cell: openpyxl.cell.Cell) -> str:
    """The text as a spreadsheet shows it; the file writes a carriage return as _x000D_."""
    return escape.unescape(cell.value or "")


def book(one: Takeaway) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(takeaways.as_xlsx(one)))


@given(st.lists(VALUES, min_size=1, max_size=6), TEXTS)
@settings(deadline=None, max_examples=40)
def test_an_excel_file_holds_every_value_as_its_own_kind(values: list[Value], note: str) -> None:
    read = book(taken(*values, note=note))
    for cell, value in zip(read["Table"][2], values, strict=True):
        match value:
            case Percent():
                assert (cell.data_type, cell.value, cell.number_format) == (
                    "n",
                    value.whole / 100,
                    "0%",
                )
            case str():
                assert text_of(cell) == value
                assert cell.data_type == "s" or not value
                assert cell.hyperlink is None
            case _:
                assert (cell.data_type, cell.value) == ("n", value)
    assert text_of(read["Notes"]["B1"]) == note
    assert read["Notes"]["B1"].data_type != "f"


@given(st.lists(VALUES, min_size=1, max_size=6), TEXTS)
@settings(deadline=None, max_examples=40)
def test_no_cell_of_a_csv_file_begins_like_a_formula_but_a_number(
    values: list[Value], note: str
) -> None:
    rows = from_csv(taken(*values, note=note))
    for text, value in zip(rows[1], values, strict=True):
        match value:
            case Percent():
                assert text == f"{value.whole}%"
            case str():
                assert not text.startswith(takeaways.FORMULA)
                assert text.removeprefix("'") == value.removeprefix("'")
            case _:
                assert int(text) == value
    assert not rows[-1][1].startswith(takeaways.FORMULA)


@pytest.mark.parametrize("text", NASTY[:7])
def test_a_text_like_a_formula_is_marked_as_text_for_those_who_edit_it(text: str) -> None:
    cell = book(taken(text))["Table"]["A2"]
    assert (cell.data_type, text_of(cell), cell.quotePrefix) == ("s", text, True)


def test_the_heads_stand_first_and_the_notes_behind_an_empty_line() -> None:
    one = Takeaway("A title", ("Finding", "Share"), (("Pain", Percent(7)),), (("Title", "A"),), AT)
    assert takeaways.as_csv(one) == (
        b"\xef\xbb\xbfFinding,Share\r\nPain,7%\r\n\r\nNotes\r\nTitle,A\r\n"
    )


def test_the_same_table_makes_the_same_file() -> None:
    one = taken("text", 1, Percent(2))
    assert takeaways.as_xlsx(one) == takeaways.as_xlsx(one)
