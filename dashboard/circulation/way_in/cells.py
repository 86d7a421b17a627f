"""What one cell's text means in its column, or why it cannot be taken.

Every check looks at the distinct texts of a column once; a fault never repeats the text, because
it comes from a patient's record.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from circulation.knowledge_base import columns
from circulation.records import intake
from circulation.way_in import csv_guards

LONGEST = 4096
LONGEST_SITE = 40
MOST_SITES = 200
EARLIEST = date(1990, 1, 1)
"""Days before it are slips of a computer's clock or of Excel, which counts from 1899."""
SOUND_ID = re.compile(r"^[A-Za-z0-9_-]{1,24}$")
SITE = re.compile(r"[^\W_][\w .,&'()/-]*")
NUMBER = re.compile(r"-?\d{1,9}(?:\.(\d{1,20}))?", re.ASCII)
STAND_INS = (
    *("na", "n/a", "#n/a", "<na>", "nan", "null", "none", "nil"),
    *("missing", "unknown", "not_known", "-", "--", ".", "?"),
    *("#value!", "#ref!", "#div/0!", "#name?", "#num!", "#null!"),
)
FOOTERS = ("total", "totals", "sum", "count", "average", "mean")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be taken and what to do; it never holds the text."""

    reason: str
    way_out: str


class Judge:
    """Judges the texts of one column and remembers each verdict for the rest of the file."""

    def __init__(self, column: columns.Column, today: date) -> None:
        self.column = column
        self.faults: dict[str, Fault] = {}
        self.loose: set[str] = set()
        self.sites: list[str] = []
        self._today = today
        self._known: dict[str, int] = {"": self.blank}

    @property
    def blank(self) -> int:
        """The code of an empty cell."""
        return intake.blank(self.column.kind)

    @property
    def values(self) -> tuple[str, ...]:
        """What the codes of a three-state answer, a category or a site stand for."""
        return tuple(self.sites) if self.column.kind is columns.Kind.SITE else self.column.values

    def codes(self, texts: Sequence[str]) -> intake.Codes:
        """The code of each text; a faulty text counts as blank and stands in ``faults``."""
        known = self._known
        for text in texts:
            if text not in known:
                known[text] = self._judged(text)
        whole = self.column.kind in (columns.Kind.MEASURE, columns.Kind.DAY)
        return np.array([known[text] for text in texts], np.int64 if whole else np.int16)

    def _judged(self, text: str) -> int:
        plain = unicodedata.normalize("NFC", text).strip()
        if plain != text:
            self.loose.add(text)
        if not plain:
            return self.blank
        found = _hidden(plain) or self._meaning(plain, text)
        if isinstance(found, int):
            return found
        self.faults[text] = found
        return self.blank

    def _meaning(self, plain: str, text: str) -> int | Fault:
        match self.column.kind:
            case columns.Kind.MEASURE:
                return number(plain, self.column)
            case columns.Kind.DAY:
                return day(plain, self._today)
            case columns.Kind.SITE:
                return self._site(plain)
            case _:
                code = plain.casefold()
                if code != plain:
                    self.loose.add(text)
                return category(code, self.column)

    def _site(self, plain: str) -> int | Fault:
        if len(plain) > LONGEST_SITE or not SITE.fullmatch(plain):
            reason = f"must be a short label of letters and digits, at most {LONGEST_SITE}"
            return Fault(reason, "Use a short name or number for each site")
        if plain not in self.sites:
            if len(self.sites) == MOST_SITES:
                reason = f"holds more than {MOST_SITES} different sites"
                return Fault(reason, "Put a site here, not something that differs by record")
            self.sites.append(plain)
        return self.sites.index(plain)


def record_id(text: str) -> str | Fault:
    """The record id without blanks around it."""
    plain = text.strip()
    if not plain:
        return Fault("is empty", "Give each record a random code that is used once")
    if plain.casefold() in FOOTERS:
        return Fault("looks like a footer and not like a record", "Delete that row")
    if not SOUND_ID.fullmatch(plain):
        reason = "must be 1 to 24 letters, digits, hyphens or underscores"
        return Fault(reason, "Give each record a random code")
    return plain


def category(code: str, column: columns.Column) -> int | Fault:
    """The place of a value among those of the column; not asked is blank."""
    if code == columns.NOT_ASKED:
        return intake.BLANK
    if code in column.values:
        return column.values.index(code)
    allowed = ", ".join(column.values) if len(column.values) <= 10 else "the column's values"
    if not code.isascii():
        return Fault(
            f"has letters outside a to z, which may only look alike; must be one of {allowed}",
            "Type the value again",
        )
    if code[0] in "=+@":
        return Fault(f"holds a formula; must be one of {allowed}", "Export values, not formulas")
    near = csv_guards.nearest(code, column.values)
    return Fault(f"must be one of {allowed}, or blank{near}", "Use one of these values")


def number(text: str, column: columns.Column) -> int | Fault:
    """A number as whole multiples of 10**-decimals, exact."""
    found = NUMBER.fullmatch(text)
    if not found:
        return _no_number(text, column)
    decimals = len((found[1] or "").rstrip("0"))
    if decimals > column.decimals:
        reason = f"has {decimals} decimals, at most {column.decimals} are kept"
        return Fault(reason, "Round it where it was measured: nothing is rounded here")
    value = Decimal(text)
    if not column.low <= value <= column.high:
        unit = "" if column.unit == "ratio" else f" {column.unit}"
        reason = f"is impossible: must be {column.low} to {column.high}{unit}"
        return Fault(reason, "Correct it, or leave it blank when it was not measured")
    return int(value.scaleb(column.decimals))


def _no_number(text: str, column: columns.Column) -> Fault:
    if text.casefold() in STAND_INS:
        return Fault("holds a word for 'missing'", "Leave the cell blank when not measured")
    if not text.isascii() and any(c.isdigit() for c in text if not c.isascii()):
        return Fault("has digits of another script", "Use the digits 0 to 9")
    if re.fullmatch(r"-?\d+,\d+", text):
        return Fault("has a decimal comma", "Write a decimal point, as 0.85")
    if re.fullmatch(r"[<>]=?\s*[\d.,]+", text):
        return Fault("is a limit and not a measured value", "Leave the cell blank")
    if text[0] in "=+@":
        return Fault("holds a formula", "Export values, not formulas")
    if re.fullmatch(r"[+-]?(?:inf(?:inity)?|[\d.]+e[+-]?\d+)", text, re.IGNORECASE):
        reason = "is infinite or written with an exponent, and not a measured value"
        return Fault(reason, "Write digits and a decimal point, as 0.85")
    if re.fullmatch(r"-?[\d.]+\s*[^\W\d].*", text):
        unit = f": the unit is always {column.unit}" if column.unit else ""
        return Fault(f"must be a number only{unit}", "Write digits and a decimal point, as 0.85")
    return Fault("must be a number", "Write digits and a decimal point, as 0.85")


def day(text: str, today: date) -> int | Fault:
    """A day as days since 1970-01-01."""
    way_out = "Write the day as 2026-01-31"
    if re.fullmatch(r"\d{5}(\.\d+)?", text, re.ASCII):
        reason = "holds Excel's serial number of a day; must be a date, as 2026-01-31"
        return Fault(reason, "Format the column as text or as yyyy-mm-dd before exporting")
    if re.match(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", text):
        reason = "must be a date, as 2026-01-31: here day and month cannot be told apart"
        return Fault(reason, way_out)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return Fault("must be a date, as 2026-01-31", way_out)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return Fault("is a day that does not exist; must be a date, as 2026-01-31", way_out)
    if found > today:
        return Fault("lies in the future", "Correct the day, or leave it blank when not known")
    if found < EARLIEST:
        reason = f"lies before {EARLIEST.isoformat()}"
        return Fault(reason, "Correct the day, or leave it blank when not known")
    return (found - intake.EPOCH).days


def _hidden(text: str) -> Fault | None:
    if len(text) > LONGEST:
        return Fault(f"is longer than {LONGEST} characters", "Check what was exported")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") for c in text):
        return Fault("has characters that do not show", "Type the value again")
    return None
