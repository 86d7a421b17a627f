"""A table that leaves the page as a file: CSV or Excel, with notes that say what it is.

A text that a spreadsheet would read as a formula stays text; numbers are numbers. What is hidden on
the page is hidden here in the same words.
"""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet runs (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in whole percent, as the page prints it."""

    whole: int


Value = str | int | float | Percent


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One table with its heads, and notes as pairs of a name and a text; taken at a moment."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[tuple[str, str], ...]
    taken_at: datetime


def as_csv(taken: Takeaway) -> bytes:
    """UTF-8 with a mark that spreadsheets know; heads first, the notes after an empty line."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(taken.heads)
    writer.writerows([_csv(value) for value in row] for row in taken.rows)
    writer.writerow(())
    writer.writerow(("Notes",))
    writer.writerows([inert(name), inert(text)] for name, text in taken.notes)
    return lines.getvalue().encode("utf-8-sig")


def as_xlsx(taken: Takeaway) -> bytes:
    """A workbook with the table and a sheet of notes; no text in it is a formula or a link."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0%"})
        quoted = book.add_format({"quote_prefix": True})  # stays text also when it is edited
        book.set_properties({"title": taken.title, "created": taken.taken_at.astimezone(UTC)})
        table, notes = book.add_worksheet("Table"), book.add_worksheet("Notes")
        for column, head in enumerate(taken.heads):
            table.write_string(0, column, head, bold)
        for line, row in enumerate(taken.rows, start=1):
            for column, value in enumerate(row):
                _put(table, line, column, value, percent, quoted)
        table.freeze_panes(1, 1)
        table.autofit()
        for line, (name, text) in enumerate(taken.notes):
            notes.write_string(line, 0, name, bold)
            _put(notes, line, 1, text, percent, quoted)
        notes.autofit()
    return file.getvalue()


def inert(text: str) -> str:
    """A text that no spreadsheet runs: one that begins like a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(value: Value) -> str | int | float:
    match value:
        case Percent():
            return f"{value.whole}%"
        case str():
            return inert(value)
    return value


def _put(
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    column: int,
    value: Value,
    percent: xlsxwriter.format.Format,
    quoted: xlsxwriter.format.Format,
) -> None:
    match value:
        case Percent():
            sheet.write_number(line, column, value.whole / 100, percent)
        case str():
            form = quoted if value.startswith(FORMULA) else None
            sheet.write_string(line, column, value, form)
        case _:
            sheet.write_number(line, column, value)
