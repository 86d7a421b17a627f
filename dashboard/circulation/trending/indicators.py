"""Read data/indicators: what each trend measures and why, and the measured false alarms."""

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from circulation import errors
from circulation.trending import false_alarms, process_limits

FALSE_ALARMS = "false_alarms.toml"
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Indicator:
    """One trend. Without a denominator it is a number of records, with one a share of them."""

    id: str
    label: str
    why_it_matters: str
    numerator: str
    denominator: str
    better: process_limits.Better
    owner: str
    reviewed_by: str
    review_due: datetime.date
    sources: tuple[str, ...]
    version: str

    def overdue(self, today: datetime.date) -> bool:
        """Whether the review was due before today."""
        return self.review_due < today


@dataclass(frozen=True)
class Indicators:
    """All indicators, in the order of their file names, and the table of false alarms."""

    entries: tuple[Indicator, ...]
    chance: false_alarms.Table

    def of(self, identifier: str) -> Indicator:
        """The indicator with this id."""
        for entry in self.entries:
            if entry.id == identifier:
                return entry
        raise errors.DashboardError(
            "data/indicators", f"there is no indicator '{identifier}'", "Choose one that is listed"
        )


def load(folder: Path) -> Indicators:
    """The indicators of a folder. Raises DashboardError with the file and the key at fault."""
    files = {path.name: _read(path) for path in sorted(folder.glob("*.toml"))}
    if FALSE_ALARMS not in files:
        raise _refusal(FALSE_ALARMS, "the file is missing")
    return Indicators(
        tuple(_indicator(table, name) for name, table in files.items() if name != FALSE_ALARMS),
        _table(files[FALSE_ALARMS]),
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise _refusal(path.name, f"cannot be read as TOML ({fault})") from fault


def _indicator(table: Mapping[str, Any], name: str) -> Indicator:
    entry = _entry(Indicator, table, name)
    if f"{entry.id}.toml" != name:
        raise _refusal(name, f"its id is '{entry.id}'; the file must be called after it")
    if not entry.sources:
        raise _refusal(name, "key 'sources' is empty")
    return entry


def _table(table: Mapping[str, Any]) -> false_alarms.Table:
    if set(table) != {"source", "exact", "protected"}:
        raise _refusal(FALSE_ALARMS, "must hold 'source', [[exact]], [[protected]], nothing else")
    return false_alarms.Table(
        str(table["source"]), _rows(table["exact"]), _rows(table["protected"])
    )


def _rows(tables: Sequence[Mapping[str, Any]]) -> tuple[false_alarms.Row, ...]:
    return tuple(_entry(false_alarms.Row, row, FALSE_ALARMS) for row in tables)


def _entry(kind: type[Entry], table: Mapping[str, Any], name: str) -> Entry:
    """A table as a frozen entry; every key must be known, there, and of the right type."""
    known = [part.name for part in fields(kind)]  # type: ignore[arg-type]  # both are dataclasses
    for key in sorted(set(table) ^ set(known)):
        raise _refusal(name, f"key '{key}' is {'unknown' if key in table else 'missing'}")
    hints = get_type_hints(kind)
    return kind(**{key: _value(hints[key], table[key], f"{name}: key '{key}'") for key in known})


def _value(wanted: Any, value: Any, place: str) -> Any:
    if wanted is process_limits.Better and value in [better.value for better in wanted]:
        return wanted(value)
    if wanted == tuple[str, ...] and isinstance(value, list):
        return tuple(_value(str, item, place) for item in value)
    if wanted is Decimal and type(value) in (int, Decimal):
        return Decimal(value)
    if type(value) is wanted:
        return value
    raise _refusal(place, "has the wrong type or value")


def _refusal(place: str, fault: str) -> errors.DashboardError:
    return errors.DashboardError(
        f"data/indicators/{place}", fault, "Correct the file and start again"
    )
