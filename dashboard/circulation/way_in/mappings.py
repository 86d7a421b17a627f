"""Mappings: how the columns of a foreign file become ours, read from data/mappings and frozen.

Every column of the foreign file is either used or left out with a reason; a column that the
mapping does not name refuses the file.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from circulation import errors, toml_files
from circulation.knowledge_base import columns


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

    @property
    def named(self) -> str:
        """What it is and where it comes from, for whoever uses its records."""
        return f"{self.title}. Source: {self.source}"


@dataclass(frozen=True, slots=True)
class Identity:
    """The column whose values, behind the prefix, become the record ids."""

    column: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One of our columns and where it comes from: exactly one of the ways below.

    ``value``            the same for every record
    ``from_``            one column, its texts kept, recoded by ``values`` or cut into age bands;
                         only in the rows where each column of ``when`` has one of its texts
    ``any_of``           present when one of the columns is, absent when all are (Kleene's or),
                         by ``values``
    ``left``/``right``   the side or sides whose column is present, by ``values`` as well
    ``filled``           ``value`` in the rows where one of the columns is not blank
    """

    to: str
    from_: str = ""
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
        named = (self.from_, *self.any_of, self.left, self.right, *self.filled, *self.when)
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


def names(folder: Path) -> tuple[str, ...]:
    """The mappings that can be named."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(folder: Path, name: str, layout: Iterable[columns.Column]) -> ForeignMapping:
    """A mapping by its name, checked against our columns. Raises DashboardError with the line."""
    if name not in names(folder):
        known = ", ".join(names(folder)) or "none"
        raise errors.DashboardError(f"mapping '{name[:40]}'", "is not known", f"Known: {known}")
    path = folder / f"{name}.toml"
    file = toml_files.TomlFile(path, f"data/mappings/{path.name}")
    about = file.entry(About, file.take("mapping", {}), "mapping")
    found = ForeignMapping(
        about=about,
        label=f"{about.id} {about.version}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}",
        identity=file.entry(Identity, file.take("record_id", {}), "record_id"),
        targets=file.entries(Target, "column"),
        left_out=file.entries(LeftOut, "left_out"),
        values=file.take("values", {}),
    )
    file.finished()
    _check(found, file, {column.name: column for column in layout})
    return found


def _check(
    mapping: ForeignMapping, file: toml_files.TomlFile, layout: Mapping[str, columns.Column]
) -> None:
    taken = [target.to for target in mapping.targets]
    for target in mapping.targets:
        _check_target(target, mapping, file, layout)
        if taken.count(target.to) > 1:
            raise file.refusal(
                file.line("to", target.to), f"'{target.to}' is filled more than once"
            )
    for name in mapping.expected:
        if mapping.expected.count(name) > 1:
            raise file.refusal(
                file.line(name, name),
                f"column '{name}' is both used and left out, or left out twice",
            )
    unused = set(mapping.values) - {target.values for target in mapping.targets}
    for name in sorted(unused):
        raise file.refusal(file.line(f"values.{name}"), f"[values.{name}] is not used")


def _check_target(
    target: Target,
    mapping: ForeignMapping,
    file: toml_files.TomlFile,
    layout: Mapping[str, columns.Column],
) -> None:
    ways = [bool(way) for way in (target.from_, target.any_of, target.left, target.filled)]
    if sum(ways) != (0 if target.value and not target.filled else 1):
        raise file.refusal(file.line("to", target.to), f"'{target.to}' must come from one place")
    if bool(target.left) != bool(target.right) or bool(target.filled) > bool(target.value):
        raise file.refusal(
            file.line("to", target.to), f"'{target.to}' lacks a part of where it comes from"
        )
    if target.to not in layout or target.to == columns.RECORD_ID:
        raise file.refusal(
            file.line("to", target.to), f"'{target.to}' is not a column of the intake record"
        )
    if (target.any_of or target.left) and not target.values:
        raise file.refusal(
            file.line("to", target.to), f"'{target.to}' lacks the words for present and absent"
        )
    if target.values and target.values not in mapping.values:
        raise file.refusal(file.line("to", target.to), f"[values.{target.values}] is missing")
    recoded = mapping.values.get(target.values, {}).values()
    if not all(isinstance(text, str) for text in recoded):
        raise file.refusal(
            file.line(f"values.{target.values}"), f"[values.{target.values}] must hold texts"
        )
    allowed = layout[target.to].values
    if target.left or target.any_of:
        allowed = (columns.PRESENT, columns.ABSENT, columns.NOT_ASKED)
    given = [*recoded, *([target.value] if target.value else [])]
    for text in given:
        if allowed and text and text not in allowed:
            raise file.refusal(file.line("to", target.to), f"'{target.to}' cannot be '{text}'")
