"""Refuse, before anything is parsed, what is not a plain CSV file with the columns expected."""

import csv
import difflib
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from circulation import errors
from circulation.way_in import identifiers

LONGEST_HEADER = 64 * 1024
MOST_COLUMNS = 1000
LARGEST_FILE = 8 * 1024**3
SEPARATORS = {",": "','", ";": "';'", "\t": "a tab", "|": "'|'"}
UTF8_MARK = b"\xef\xbb\xbf"
AS_UTF8 = "Save it as 'CSV UTF-8 (comma delimited)' and add that file"
STARTS = (  # the first bytes of files that are not text, and what to call them
    (b"PK\x03\x04", "an Excel workbook or another zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a file compressed by gzip"),
    (b"BZh", "a file compressed by bzip2"),
    (b"\xfd7zXZ", "a file compressed by xz"),
    (b"(\xb5/\xfd", "a file compressed by zstd"),
    (b"7z\xbc\xaf", "a 7-Zip file"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "a database file"),
    (b"%PDF", "a PDF document"),
    *((b"\x80" + bytes([protocol]), "a Python pickle") for protocol in range(6)),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
TEXTS = ((b"<", "a web page or XML"), (b"{", "JSON"), (b"[", "JSON"))


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first line of a file says: its columns, where the records begin, what was odd."""

    columns: tuple[str, ...]
    separator: str
    start: int
    first_line: int
    remarks: tuple[str, ...]


def opened(path: Path, name: str, *, separator: str, expected: Collection[str]) -> Opening:
    """The opening of a file whose first line must name columns out of those expected.

    Raises DashboardError with the line and the way out.
    """
    size = path.stat().st_size
    if size > LARGEST_FILE:
        refuse(name, f"is larger than {LARGEST_FILE // 1024**3} GiB", "Add it in parts")
    with path.open("rb") as file:
        head = file.read(LONGEST_HEADER + len(UTF8_MARK) + 1)
    marked = head.startswith(UTF8_MARK)
    content = head.removeprefix(UTF8_MARK)
    _refuse_foreign(content, name)
    remarks = ["It begins with a byte order mark, which was skipped"] if marked else []
    skipped = len(content) - len(content.lstrip(b"\r\n"))
    if skipped:
        remarks.append("Blank lines above the header were skipped")
    line, end = _first_line(content[skipped:], name)
    first_line = content[:skipped].replace(b"\r\n", b"\n").count(b"\n") + 1
    columns = _columns(line, name, separator, expected)
    start = (len(UTF8_MARK) if marked else 0) + skipped + end
    return Opening(columns, separator, start, first_line + 1, tuple(remarks))


def refuse(place: str, fault: str, way_out: str) -> NoReturn:
    """Raises the refusal of a whole file."""
    raise errors.DashboardError(place, fault, way_out)


def nearest(name: str, known: Collection[str]) -> str:
    """'; the nearest known is ...', or nothing when none is near."""
    found = difflib.get_close_matches(name.strip().casefold(), list(known), n=1, cutoff=0.6)
    return f"; the nearest known is '{found[0]}'" if found else ""


def shown(names: Sequence[str], most: int = 5) -> str:
    """Some column names, quoted, cut short and without characters that do not show."""
    parts = ["".join(c for c in name[:40] if c.isprintable()) for name in names[:most]]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"'{part}'" for part in parts) + more


def _refuse_foreign(content: bytes, name: str) -> None:
    if not content.strip():
        refuse(name, "is empty", "Choose a file with a header and at least one record")
    for start, what in STARTS:
        if content.startswith(start):
            refuse(name, f"is {what}, not a CSV file", AS_UTF8)
    begin = content.lstrip()
    for start, what in TEXTS:
        if begin.startswith(start):
            way_out = "Export the records again; a page may have been saved in place of the file"
            refuse(name, f"is {what}, not a CSV file", way_out)
    if b"\0" in content:
        refuse(name, "is not UTF-8 text: it holds NUL bytes, as UTF-16 does", AS_UTF8)
    if begin[:4].lower() == b"sep=":
        fault = "is 'sep=', an instruction to Excel, and not the header"
        refuse(f"{name} line 1", fault, "Delete that line")


def _first_line(content: bytes, name: str) -> tuple[str, int]:
    """The header's text and where the next line begins."""
    ends = [place for place in (content.find(b"\n"), content.find(b"\r")) if place >= 0]
    end = min(ends, default=len(content))
    if end > LONGEST_HEADER:
        fault = f"the first line is longer than {LONGEST_HEADER // 1024} KiB"
        refuse(name, fault, "A header names each column once; check what was exported")
    after = end + (2 if content[end : end + 2] == b"\r\n" else 1)
    try:
        return content[:end].decode("utf-8"), min(after, len(content))
    except UnicodeDecodeError:
        refuse(f"{name} line 1", "is not UTF-8 text", AS_UTF8)


def _columns(line: str, name: str, separator: str, expected: Collection[str]) -> tuple[str, ...]:
    if separator not in line:
        _refuse_separator(line, name, separator)
    try:
        found = next(csv.reader(io.StringIO(line), delimiter=separator, strict=True))
    except csv.Error:
        refuse(f"{name} line 1", "has a quote that is not closed", "Close it on the same line")
    if len(found) > MOST_COLUMNS:
        refuse(name, f"has more than {MOST_COLUMNS} columns", "Check what was exported")
    if not set(found) & set(expected):
        fault = "is not a header: none of its fields is the name of a column"
        refuse(f"{name} line 1", fault, "Begin the file with the header; 'template' writes it")
    if "" in found:
        place, many = f"{name} line 1", found.count("")
        what = "a column" if many == 1 else f"{many} columns"
        fault = f"has {what} without a name"
        if not any(found[-many:]):
            fault += ", after a separator at the end of the line"
        refuse(place, fault, "Name the column, or take the separator out of every line")
    repeated = sorted({column for column in found if found.count(column) > 1})
    if repeated:
        fault = f"names {shown(repeated)} more than once"
        refuse(f"{name} line 1", fault, "Keep one column of each name")
    _refuse_unknown(found, name, expected)
    return tuple(found)


def _refuse_separator(line: str, name: str, separator: str) -> None:
    others = {other: line.count(other) for other in SEPARATORS if other != separator}
    likely = max(others, key=lambda other: others[other])
    expected = SEPARATORS.get(separator, repr(separator))
    if others[likely]:
        fault = f"found {SEPARATORS[likely]} between columns, expected {expected}"
    else:
        fault = f"found no {expected} between columns"
    refuse(f"{name} line 1", fault, f"Export the file with {expected} between columns")


def _refuse_unknown(found: Sequence[str], name: str, expected: Collection[str]) -> None:
    missing = [column for column in expected if column not in found]
    unknown = [column for column in found if column not in expected]
    for column in unknown:
        kind = identifiers.header(column)
        if kind:
            fault = f"holds a column that could name a person ({kind.value}): {shown([column])}"
            refuse(name, fault, "Take that column out of the file before it comes here")
    if unknown:
        near = nearest(unknown[0], missing or expected) + _odd_letters(unknown[0])
        more = f"; missing: {shown(missing)}" if missing else ""
        fault = f"has columns that are not expected: {shown(unknown)}{near}{more}"
        refuse(f"{name} line 1", fault, "Rename or remove them; 'template' writes the header")
    if missing:
        what = "columns" if len(missing) > 1 else "column"
        fault = f"lacks {len(missing)} {what}: {shown(missing)}"
        refuse(f"{name} line 1", fault, "Add them, blank where unknown, as 'template' writes them")


def _odd_letters(column: str) -> str:
    """Why a name that looks right is not."""
    if not column.isprintable():
        return ", and it holds characters that do not show"
    if not column.isascii():
        return ", and it has letters outside a to z, which may only look alike"
    return ", and it has blanks around it" if column != column.strip() else ""
