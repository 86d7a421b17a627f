"""Mappings: how the columns of a foreign file become ours, read from data/mappings and frozen.

Every column of the foreign file is either used or left out with a reason; a column that the
mapping does not name refuses the file.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from circulation import errors
from circulation.records import columns
from circulation.way_in import cells

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class About:
    """What the foreign file is and how it is written."""

    id: str
    version: str
    title: str
    source: str
    separator: str
    synthetic: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The column whose values, behind the prefix, become the record ids."""

    column: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One of our columns and where it comes from: exactly one of the ways below.

    ``value``            the same for every record
    ``source``           one column, its texts kept, recoded by ``values`` or cut into age bands;
                         only in the rows where each column of ``when`` has one of its texts
    ``any_of``           present when one of the columns is, absent when all are (Kleene's or)
    ``left``/``right``   the side or sides whose column is present
    ``filled``           ``value`` in the rows where one of the columns is not blank
    """

    to: str
    source: str = ""
    any_of: tuple[str, ...] = ()
    left: str = ""
    right: str = ""
    filled: tuple[str, ...] = ()
    value: str = ""
    values: str = ""
    age_bands: bool = False
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """The foreign columns it reads."""
        named = (self.source, *self.any_of, self.left, self.right, *self.filled, *self.when)
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Foreign columns that are not taken, and why."""

    columns: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ForeignMapping:
    """One mapping; ``label`` names it with its version and content."""

    about: About
    label: str
    identity: Identity
    targets: tuple[Target, ...]
    left_out: tuple[LeftOut, ...]
    values: Mapping[str, Mapping[str, str]]

    @property
    def used(self) -> tuple[str, ...]:
        """The foreign columns that are read, each once."""
        named = [self.identity.column, *(s for target in self.targets for s in target.sources)]
        return tuple(dict.fromkeys(named))

    @property
    def expected(self) -> tuple[str, ...]:
        """Every column that the foreign file must have."""
        return (*self.used, *(name for part in self.left_out for name in part.columns))


WRITTEN: Mapping[tuple[object, str], str] = {(Target, "source"): "from"}
"""Parts whose key in the file is another word, because Python keeps that word for itself."""


class _File:
    """One mapping file and the places of its keys."""

    def __init__(self, path: Path) -> None:
        self.place = f"data/mappings/{path.name}"
        content = path.read_bytes()
        self.text = content.decode("utf-8")
        self.hash = hashlib.sha256(content).hexdigest()[:8]
        try:
            self.table = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as fault:
            self.refuse("", f"cannot be read as TOML ({fault})")

    def entry(self, kind: type[Entry], table: Any, name: str) -> Entry:
        """One table as a frozen entry; refuses unknown, missing and mistyped keys."""
        if not isinstance(table, dict):
            self.refuse(name, f"'{name}' must be a table")
        parts = fields(kind)  # type: ignore[arg-type]  # every entry is a dataclass
        known = {WRITTEN.get((kind, part.name), part.name): part for part in parts}
        near = str(table.get("to", name))
        for key in table.keys() - known.keys():
            self.refuse(key, f"unknown key '{key}' in {near}", near)
        values = {}
        for key, part in known.items():
            if key in table:
                values[part.name] = self._value(part.type, table[key], key, near)
            elif part.default is MISSING and part.default_factory is MISSING:
                self.refuse(near, f"key '{key}' is missing in {near}")
        return kind(**values)

    def _value(self, kind: Any, value: Any, key: str, near: str) -> Any:
        if kind in (str, bool) and type(value) is kind:
            return value
        if kind == tuple[str, ...] and _texts(value):
            return tuple(value)
        if kind == Mapping[str, tuple[str, ...]] and _texts_by_name(value):
            return {name: tuple(texts) for name, texts in value.items()}
        return self.refuse(key, f"key '{key}' of {near} has the wrong type", near)

    def refuse(self, key: str, fault: str, near: str = "") -> NoReturn:
        """Raises the refusal at the line of a key, the first one after ``near``."""
        start = max(self.text.find(f'"{near}"'), 0) if near else 0
        begin = self.text.rfind("\n[", 0, start) + 1
        found = re.compile(rf"(?<![\w]){re.escape(key)}(?![\w])").search(self.text, begin)
        line = self.text.count("\n", 0, found.start() if key and found else begin) + 1
        raise errors.DashboardError(f"{self.place} line {line}", fault, "Correct the file")


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(_texts(texts) for texts in value.values())


def names(folder: Path) -> tuple[str, ...]:
    """The mappings that can be named."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(folder: Path, name: str, layout: Iterable[columns.Column]) -> ForeignMapping:
    """A mapping by its name, checked against our columns. Raises DashboardError with the line."""
    if name not in names(folder):
        known = ", ".join(names(folder)) or "none"
        raise errors.DashboardError(f"mapping '{name[:40]}'", "is not known", f"Known: {known}")
    file = _File(folder / f"{name}.toml")
    table = dict(file.table)
    about = file.entry(About, table.pop("mapping", {}), "mapping")
    values = table.pop("values", {})
    found = ForeignMapping(
        about=about,
        label=f"{about.id} {about.version}-{file.hash}",
        identity=file.entry(Identity, table.pop("record_id", {}), "record_id"),
        targets=tuple(file.entry(Target, part, "column") for part in table.pop("column", [])),
        left_out=tuple(file.entry(LeftOut, part, "left_out") for part in table.pop("left_out", [])),
        values=values,
    )
    for key in table:
        file.refuse(key, f"unknown part '{key}'")
    _check(found, file, {column.name: column for column in layout})
    return found


def _check(mapping: ForeignMapping, file: _File, layout: Mapping[str, columns.Column]) -> None:
    taken = [target.to for target in mapping.targets]
    for target in mapping.targets:
        _check_target(target, mapping, file, layout)
        if taken.count(target.to) > 1:
            file.refuse(target.to, f"'{target.to}' is filled more than once")
    for name in mapping.expected:
        if mapping.expected.count(name) > 1:
            file.refuse(name, f"column '{name}' is both used and left out, or left out twice")
    unused = set(mapping.values) - {target.values for target in mapping.targets}
    for name in sorted(unused):
        file.refuse(f"values.{name}", f"[values.{name}] is not used")


def _check_target(
    target: Target, mapping: ForeignMapping, file: _File, layout: Mapping[str, columns.Column]
) -> None:
    ways = [bool(way) for way in (target.source, target.any_of, target.left, target.filled)]
    if sum(ways) != (0 if target.value and not target.filled else 1):
        file.refuse(target.to, f"'{target.to}' must come from one place")
    if bool(target.left) != bool(target.right) or bool(target.filled) > bool(target.value):
        file.refuse(target.to, f"'{target.to}' lacks a part of where it comes from")
    if target.to not in layout or target.to == cells.RECORD_ID:
        file.refuse(target.to, f"'{target.to}' is not a column of the intake record")
    if target.values and target.values not in mapping.values:
        file.refuse(target.to, f"[values.{target.values}] is missing")
    recoded = mapping.values.get(target.values, {}).values()
    if not all(isinstance(text, str) for text in recoded):
        file.refuse(f"values.{target.values}", f"[values.{target.values}] must hold texts")
    allowed = layout[target.to].values
    if target.left or target.any_of:
        allowed = (columns.PRESENT, columns.ABSENT, columns.NOT_ASKED)
    given = [*recoded, *([target.value] if target.value else [])]
    for text in given:
        if allowed and text and text not in allowed:
            file.refuse(target.to, f"'{target.to}' cannot be '{text}'")
