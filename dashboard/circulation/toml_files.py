"""Strict TOML: tables into frozen dataclasses. What is unknown, missing or of another type is
refused with its file and line.
"""

import re
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar

from circulation import errors

Entry = TypeVar("Entry")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
PAIRS = tuple[tuple[str, str], ...]
"""How a table of names and texts is kept."""
HEADER = re.compile(r"^[ \t]*\[+[\w.]+\]+", re.MULTILINE)
NAMING = ("id", "code", "to", "name", "says", "when")
"""What an entry is called by: its id, else what it says."""


class _TypeFaultError(Exception):
    """A value of another type than wanted."""


class TomlFile:
    """One TOML file and the places of its keys.

    ``place`` is what a refusal calls the file; ``renamed`` gives the word in the file for a field
    of another name. Raises DashboardError for a file that is no TOML.
    """

    def __init__(self, path: Path, place: str, renamed: Mapping[str, str] | None = None) -> None:
        self.name = place
        self.renamed = renamed or {}
        self.text = ""
        try:
            self.text = path.read_text(encoding="utf-8")
            self.table: dict[str, Any] = tomllib.loads(self.text, parse_float=Decimal)
        except OSError as fault:
            raise self.refusal(1, f"cannot be read ({fault.strerror})") from fault
        except UnicodeDecodeError as fault:
            line = fault.object.count(b"\n", 0, fault.start) + 1
            raise self.refusal(line, "is not UTF-8 text") from fault
        except tomllib.TOMLDecodeError as fault:
            why, _, where = str(fault).rpartition(" (at ")
            named = re.match(r"line (\d+)", where)
            line = int(named[1]) if named else len(self.text.splitlines())
            raise self.refusal(line, f"cannot be read as TOML ({why})") from fault

    def take(self, key: str, default: Any = None) -> Any:
        """Take one top-level part out, so that what is left over can be refused."""
        return self.table.pop(key, default)

    def finished(self) -> None:
        """Refuse what nobody has taken."""
        for key in self.table:
            raise self.refusal(self.line(key), f"unknown part '{key}'")

    def whole(self, kind: type[Entry]) -> Entry:
        """All of the file as one entry."""
        table, self.table = self.table, {}
        return self.entry(kind, table, "the file")

    def entries(self, kind: type[Entry], key: str) -> tuple[Entry, ...]:
        """All [[key]] tables as entries."""
        tables = self.take(key, [])
        if not isinstance(tables, list):
            raise self.refusal(self.line(key), f"'{key}' must be a list of tables: [[{key}]]")
        return tuple(self.entry(kind, table, key) for table in tables)

    def entry(self, kind: type[Entry], table: Any, key: str) -> Entry:
        """One table as a frozen entry; refuses unknown, missing and mistyped keys."""
        if not isinstance(table, Mapping):
            raise self.refusal(self.line(key), f"'{key}' must be a table")
        name = next((str(table[own]) for own in NAMING if own in table), key)
        known = {self._written(part.name): part for part in fields(kind)}  # type: ignore[arg-type]  # every entry is a dataclass
        for unknown in table.keys() - known.keys():
            raise self.refusal(self.line(unknown, name), f"unknown key '{unknown}' in {name}")
        hints = typing.get_type_hints(kind)
        values = {}
        for written, part in known.items():
            if written in table:
                values[part.name] = self._read(hints[part.name], table[written], written, name)
            elif part.default is MISSING and part.default_factory is MISSING:
                line = self._number(self._start(name))
                raise self.refusal(line, f"key '{written}' is missing in {name}")
        return kind(**values)

    def _written(self, name: str) -> str:
        """The key of a field in the file: ``for_`` is written ``for``, which Python reserves."""
        return self.renamed.get(name, name.removesuffix("_"))

    def _read(self, wanted: Any, value: Any, key: str, name: str) -> Any:
        try:
            return self._value(wanted, value, key)
        except _TypeFaultError:
            fault = f"key '{key}' of {name} has the wrong type"
            raise self.refusal(self.line(key, name), fault) from None

    def _value(self, wanted: Any, value: Any, key: str) -> Any:
        origin, inner = typing.get_origin(wanted), typing.get_args(wanted)
        if isinstance(wanted, UnionType):
            (one,) = (kind for kind in inner if kind is not NoneType)
            return self._value(one, value, key)
        if wanted == PAIRS and isinstance(value, dict):
            return tuple((name, self._value(str, told, name)) for name, told in value.items())
        if origin is tuple and isinstance(value, list):
            return tuple(self._value(inner[0], item, key) for item in value)
        if origin is Mapping and isinstance(value, dict):
            return {name: self._value(inner[1], item, name) for name, item in value.items()}
        if is_dataclass(wanted) and isinstance(value, dict):
            return self.entry(typing.cast(type[Any], wanted), value, key)
        return _plain(wanted, value)

    def line(self, key: str, entry: str = "") -> int:
        """The line of a key: in the entry named, else after it, else where the entry begins."""
        start = self._start(entry) if entry else 0
        headers = [header.start() for header in HEADER.finditer(self.text)]
        begin = max((place for place in headers if place <= start), default=0)
        end = min((place for place in headers if entry and place > start), default=len(self.text))
        wanted = re.compile(rf"^[ \t]*\[*{re.escape(key)}\b", re.MULTILINE)
        found = wanted.search(self.text, begin, end) or wanted.search(self.text, begin)
        return self._number(found.start() if found else start)

    def _number(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1

    def _start(self, entry: str) -> int:
        name = re.escape(entry)
        for words in (rf'^\s*id = "{name}"', rf"^\[+{name}\]", rf"^{name} =", f'"{name}"', name):
            found = re.compile(words, re.MULTILINE).search(self.text)
            if found:
                return found.end()
        return 0

    def refusal(self, line: int, fault: str) -> errors.DashboardError:
        """The error for one place in this file."""
        return errors.DashboardError(
            f"{self.name} line {line}", fault, "Correct the file and start again"
        )


def _plain(wanted: Any, value: Any) -> Any:
    """A text, number, truth value, day or code as it is wanted."""
    if wanted is Decimal and type(value) in (int, Decimal) and NUMBER.fullmatch(str(value)):
        return Decimal(value)
    if wanted is float and type(value) in (int, Decimal):
        return float(value)
    if (
        isinstance(wanted, type)
        and issubclass(wanted, Enum)
        and value in [one.value for one in wanted]
    ):
        return wanted(value)
    if wanted in (str, int, bool, date) and type(value) is wanted:
        return value
    raise _TypeFaultError
