"""Read data/intake/generator.toml: TOML into frozen entries, anything unknown refused."""

import tomllib
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

from circulation import errors
from circulation.demonstration_data import synthetic_check
from circulation.demonstration_data import synthetic_numbers as numbers_of
from circulation.knowledge_base import knowledge

Entry = TypeVar("Entry")


def load(path: Path, known: knowledge.Knowledge) -> numbers_of.Numbers:
    """The numbers of one file. Raises DashboardError for an unknown key, name or basis."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise _refusal(path.name, f"cannot be read as TOML ({fault})") from fault
    numbers = _entry(numbers_of.Numbers, table, path.name)
    for fault_found in synthetic_check.faults(numbers, known):
        raise _refusal(path.name, fault_found)
    return numbers


def _refusal(place: str, fault: str) -> errors.DashboardError:
    return errors.DashboardError(place, fault, "Correct the file and start again")


def _entry(kind: type[Entry], table: Any, place: str) -> Entry:
    """A table as a frozen entry; every key must be known, there, and of the right type."""
    if not isinstance(table, Mapping):
        raise _refusal(place, "must be a table")
    parts = {part.name: part for part in fields(kind)}  # type: ignore[arg-type]  # every entry is a dataclass
    unknown = sorted(table.keys() - parts.keys())
    if unknown:
        raise _refusal(place, f"unknown key '{unknown[0]}'")
    hints = typing.get_type_hints(kind)
    values = {}
    for name, part in parts.items():
        if name in table:
            values[name] = _value(hints[name], table[name], f"{place}, {name}")
        elif part.default is MISSING and part.default_factory is MISSING:
            raise _refusal(place, f"key '{name}' is missing")
    return kind(**values)


def _value(wanted: Any, value: Any, place: str) -> Any:
    origin, inner = typing.get_origin(wanted), typing.get_args(wanted)
    if isinstance(wanted, UnionType):
        return _value(inner[0], value, place)
    if origin is tuple and isinstance(value, list):
        places = [f"{place} {_name(item, number)}" for number, item in enumerate(value, start=1)]
        return tuple(_value(inner[0], *pair) for pair in zip(value, places, strict=True))
    if origin is Mapping and isinstance(value, dict):
        return {key: _value(inner[1], item, f"{place}, {key}") for key, item in value.items()}
    if is_dataclass(wanted):
        return _entry(typing.cast(type[Any], wanted), value, place)
    if wanted is float and type(value) in (int, float):
        return float(value)
    if wanted in (str, int, bool, date) and type(value) is wanted:
        return value
    raise _refusal(place, "has the wrong type")


def _name(item: Any, number: int) -> str:
    """What an entry of a list is called: its own name, or its number."""
    table = item if isinstance(item, dict) else {}
    return str(table.get("id") or table.get("name") or number)
