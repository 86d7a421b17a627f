"""Small intake files for tests: good ones, the ten bad ones, and a way to import them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import makers
from circulation.knowledge_base import columns
from circulation.knowledge_base import knowledge as knowledge_base
from circulation.records import accounts
from circulation.way_in import importing, mappings

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 1)
GOOD = (
    {
        "record_id": "A1",
        "site": "North",
        "received_on": "2026-01-05",
        "age_band": "60-64",
        "sex": "female",
        "leg_pain_walking": "present",
        "leg_pain_walking_side": "left",
        "ankle_brachial_index_left": "0.85",
        "test_ankle_brachial_index": "done",
        "test_ankle_brachial_index_result": "abnormal",
    },
    {
        "record_id": "A2",
        "site": "South",
        "received_on": "2026-01-06",
        "age_band": "85+",
        "sex": "male",
        "leg_pain_walking": "absent",
        "numbness": "not_asked",
        "bmi": "31.25",
        "suspected_obesity": "present",
    },
    {"record_id": "A3", "suspected_diabetes": "absent"},
)


def names(known: knowledge_base.Knowledge) -> list[str]:
    """The header of our own format."""
    return [column.name for column in columns.of(known)]


def text(records: Iterable[Mapping[str, str]], header: Iterable[str] = ()) -> str:
    """Records as a file of our own format; what is left out is blank."""
    fields = list(header) or names(makers.knowledge())
    lines = [",".join(fields)]
    lines += [",".join(record.get(name, "") for name in fields) for record in records]
    return "\n".join(lines) + "\n"


def changed(row: int, **fields: str) -> str:
    """The good file with some fields of one record changed, counted from 0."""
    records = [dict(record) for record in GOOD]
    records[row].update(fields)
    return text(records)


def bring_in(
    store: Path,
    content: str | bytes,
    *,
    name: str = "intake.csv",
    set_aside: bool = False,
    separator: str = ",",
    mapping: mappings.ForeignMapping | None = None,
    today: date = TODAY,
    at: datetime = AT,
) -> accounts.Account:
    """Imports a file with this content. Raises DashboardError as the product does."""
    path = store.parent / "incoming.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    request = importing.Request(
        path=path,
        name=name,
        at=at,
        by="data steward",
        today=today,
        mapping=mapping,
        separator=separator,
        set_aside=set_aside,
    )
    return importing.import_file(store, request, makers.knowledge())


@dataclass(frozen=True)
class BadFile:
    """A file that must be refused, and the words with which it is."""

    what: str
    name: str
    content: bytes
    message: str


def bad_files() -> tuple[BadFile, ...]:
    """The ten bad files that everybody has; each with the message it gets."""
    header = names(makers.knowledge())
    good = text(GOOD)
    lines = good.splitlines(keepends=True)
    width = len(header)
    short = f"{lines[0]}{lines[1]}A2,South,2026-01-06\n{lines[3]}"
    return (
        BadFile(
            "wrong separator",
            "semicolons.csv",
            good.replace(",", ";").encode(),
            "semicolons.csv line 1: found ';' between columns, expected ','. "
            "Export the file with ',' between columns",
        ),
        BadFile(
            "cp1252",
            "windows.csv",
            changed(1, site="Zürich").encode("cp1252"),
            "windows.csv line 3: is not UTF-8 text. "
            "Save it as 'CSV UTF-8 (comma delimited)' and add that file",
        ),
        BadFile(
            "missing column",
            "missing.csv",
            text(GOOD, [name for name in header if name != "sex"]).encode(),
            "missing.csv line 1: lacks 1 column: 'sex'. "
            "Add them, blank where unknown, as 'template' writes them",
        ),
        BadFile(
            "duplicate id",
            "twice.csv",
            changed(2, record_id="A1").encode(),
            "line 4, column 'record_id': repeats a record id that stands in an earlier row. "
            "Keep one row for each record id",
        ),
        BadFile(
            "short row",
            "short.csv",
            short.encode(),
            f"line 3: has 3 fields, the header has {width}. Check the separators of this row",
        ),
        BadFile(
            "unknown code",
            "code.csv",
            changed(0, leg_pain_walking="presant").encode(),
            "line 2, column 'leg_pain_walking': must be one of present, absent, not_asked, "
            "or blank; the nearest known is 'present'. Use one of these values",
        ),
        BadFile(
            "impossible date",
            "date.csv",
            changed(1, received_on="2026-02-31").encode(),
            "line 3, column 'received_on': is a day that does not exist; must be a date, as "
            "2026-01-31. Write the day as 2026-01-31",
        ),
        BadFile(
            "decimal comma",
            "comma.csv",
            good.replace("0.85", "0,85").encode(),
            f"line 2: has {width + 1} fields, the header has {width}: a decimal comma may split a "
            "number in two. Write a decimal point, as 0.85",
        ),
        BadFile(
            "e-mail address in a cell",
            "mail.csv",
            changed(1, smoking="jane.doe@example.org").encode(),
            "mail.csv line 3, column 'smoking': holds what looks like an e-mail address. "
            "Take out what could name a person; nothing of the file was stored",
        ),
        BadFile(
            "HTML page named .csv",
            "page.csv",
            b"<!DOCTYPE html>\n<html><body>Please sign in</body></html>\n",
            "page.csv: is a web page or XML, not a CSV file. "
            "Export the records again; a page may have been saved in place of the file",
        ),
    )
