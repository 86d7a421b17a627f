"""The account of one imported file: what came in, what was stored, what was refused and why."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from circulation import errors

KEPT = 1000
"""Refusals, duplicates and notes an account keeps of each; all of them are counted."""
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one row was not taken: its line in the file, the column, the reason, the way out."""

    line: int
    column: str
    reason: str
    way_out: str

    def __str__(self) -> str:
        column = f", column '{self.column}'" if self.column else ""
        return f"line {self.line}{column}: {self.reason}. {self.way_out}"


@dataclass(frozen=True, slots=True)
class Tally:
    """One reason for refusal in one column, and how many rows it met."""

    column: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd in a row that was taken."""

    line: int
    record_id: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}, record {self.record_id}: {self.text}"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one file. received = accepted + rejected + duplicate, always.

    ``batch`` is the id of the stored batch, '' when nothing was stored; ``source_sha256`` is the
    hash of the file as it came; ``imported_at`` is UTC, as 2026-01-31T09:30:00+00:00.
    """

    file_name: str
    source_sha256: str
    mapping: str
    knowledge_version: str
    synthetic: bool
    imported_at: str
    imported_by: str
    received: int
    accepted: int
    rejected: int
    duplicate: int
    without_day: int
    batch: str = ""
    refusal_count: int = 0
    refusals: tuple[Refusal, ...] = ()
    tallies: tuple[Tally, ...] = ()
    duplicates: tuple[Refusal, ...] = ()
    note_count: int = 0
    notes: tuple[Note, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.received != self.accepted + self.rejected + self.duplicate:
            raise errors.DashboardError(
                "the account of a file", "does not add up", "Report this as a fault of the product"
            )

    @property
    def stored(self) -> bool:
        """Whether the accepted rows were stored."""
        return bool(self.batch)

    @property
    def clean(self) -> bool:
        """Whether every row of the file can be taken."""
        return self.accepted == self.received

    @property
    def known_already(self) -> bool:
        """Whether every row of the file is in the store already."""
        return self.received == self.duplicate


_PARTS = {"refusals": Refusal, "tallies": Tally, "duplicates": Refusal, "notes": Note}


def to_json(account: Account) -> str:
    """The account as JSON, sealed with the hash of its content."""
    content = asdict(account)
    return json.dumps({**content, "seal": _seal(content)}, ensure_ascii=False, indent=1)


def from_json(text: str | bytes, place: str) -> Account:
    """The account that to_json wrote. Raises DashboardError when it was changed since."""
    try:
        content = json.loads(text)
        seal = content.pop("seal")
        if seal != _seal(content) or set(content) != {part.name for part in fields(Account)}:
            raise ValueError
        return restored(content)
    except (ValueError, TypeError, KeyError, AttributeError):
        way_out = "Restore it from a backup, or delete this file and import the batch anew"
        raise errors.DashboardError(place, "is damaged or was changed", way_out) from None


def restored(content: Mapping[str, Any]) -> Account:
    """The account behind its plain values, as JSON gives them."""
    return Account(**{name: _restored(name, value) for name, value in content.items()})


def _restored(name: str, value: Any) -> Any:
    if name in _PARTS:
        return tuple(_PARTS[name](**item) for item in value)
    return tuple(value) if isinstance(value, list) else value


def _seal(content: Mapping[str, Any]) -> str:
    plain = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def shown_name(name: str) -> str:
    """A file's name fit to be shown: its last part, short, without characters that do not show."""
    last = unicodedata.normalize("NFKC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c if c.isprintable() else "_" for c in last).strip()
    return plain[:LONGEST_NAME] or "file"
