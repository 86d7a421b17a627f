"""The data dictionary: every column of our own format in words, as data/README.md holds it."""

from collections.abc import Iterable

from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.way_in import cells, csv_guards

INTRODUCTION = f"""\
# The intake record

What a file of our own format holds, column by column. This page is written by
`dashboard/manage.py dictionary` from `data/knowledge/` and kept equal to it by a test;
`dashboard/manage.py template` writes an empty file with the exact header.

A file is CSV: UTF-8 text, a comma between columns, one header line with all the columns below in
any order, one line for each record. A blank cell means not asked, not measured or not recorded;
nothing is ever filled in. Words are read without regard to capitals and blanks around them, and
the account of the file says so. Numbers have a decimal point and at most the decimals named, never
more: nothing is rounded. A value outside its limits is refused as impossible. A header has at most
{csv_guards.MOST_COLUMNS:,} columns and 64 KiB, a cell {cells.LONGEST:,} characters.

A file that could name a person (a name, date of birth, address, phone, e-mail or record number in
a header or a cell) is refused as a whole. Ids beginning with `S-` mark synthetic records; they are
never mixed with real ones.
"""
KINDS = {
    columns.Kind.ID: "1 to 24 letters, digits, hyphens or underscores; never blank",
    columns.Kind.SITE: f"a short label, at most {cells.LONGEST_SITE} characters",
    columns.Kind.DAY: f"a day from {cells.EARLIEST.isoformat()} to today",
}
HEAD = "| column | kind | values | unit | limits | meaning |\n|---|---|---|---|---|---|\n"


def markdown(known: knowledge_base.Knowledge) -> str:
    """The whole page."""
    layout = columns.of(known)
    basics = [column for column in layout if column.name in BASICS]
    measured = [column for column in layout if column.kind is columns.Kind.MEASURE]
    judged = [c for c in layout if c.name.startswith(("suspected_", "confirmed_"))]
    tests = [column for column in layout if column.name.startswith("test_")]
    rest = [c for c in layout if c not in {*basics, *measured, *judged, *tests}]
    parts = (
        ("Who and when", basics),
        ("Findings, risks, history and medicines", rest),
        ("Measurements", measured),
        ("Suspected and confirmed causes", judged),
        ("Tests", tests),
    )
    tables = [f"\n## {title}\n\n{_table(part)}" for title, part in parts]
    return f"{INTRODUCTION}\n{len(layout)} columns in all.\n{''.join(tables)}"


BASICS = (columns.RECORD_ID, "site", "received_on", "age_band", "sex")


def template(known: knowledge_base.Knowledge) -> str:
    """An empty file with the exact header."""
    return ",".join(column.name for column in columns.of(known)) + "\n"


def _table(part: Iterable[columns.Column]) -> str:
    return HEAD + "".join(f"{_row(column)}\n" for column in part)


def _row(column: columns.Column) -> str:
    values = KINDS.get(column.kind, ", ".join(column.values))
    limits = ""
    if column.kind is columns.Kind.MEASURE:
        values = f"at most {column.decimals} decimals" if column.decimals else "a whole number"
        limits = f"{column.low} to {column.high}"
    cells_of_row = (f"`{column.name}`", column.kind, values, column.unit, limits, column.meaning)
    return f"| {' | '.join(cells_of_row)} |"
