"""Read data/knowledge: TOML into frozen entries, unknown keys refused with file and line."""

import hashlib
import re
import tomllib
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

from circulation import errors
from circulation.knowledge_base import gate_model, knowledge, knowledge_check, levels, outcome_model
from circulation.knowledge_base import knowledge_model as model
from circulation.scoring import score_model

Entry = TypeVar("Entry")
CAUSES = (
    "peripheral_artery_disease",
    "blood_clots",
    "vein_disease",
    "diabetes",
    "obesity",
    "raynauds",
    "heart_conditions",
    "other",
)
"""The causes in the order and with the colours they keep on every page."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
PAIRS = tuple[tuple[str, str], ...]
"""How a table of columns and their values is kept."""
HEADER = re.compile(r"^[ \t]*\[+[\w.]+\]+", re.MULTILINE)
NAMING = ("id", "code", "says", "when")
"""What an entry is called by: its id, else what it says."""
RENAMED = {
    "for_": "for",
    "rules": "rule",
    "caps": "cap",
    "inputs": "input",
    "items": "item",
    "facts": "fact",
    "bands": "band",
    "grades": "grade",
    "notes": "note",
    "closings": "closed",
}
"""Fields that are written by another name: a list by the name of one of its entries."""
SCORE_PARTS = (
    "input",
    "item",
    "worked_out",
    "fact",
    "band",
    "grade",
    "listed",
    "note",
    "closed",
)


class _File:
    """One TOML file and the places of its keys."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = f"data/knowledge/{name}"
        self.text = (folder / name).read_text(encoding="utf-8")
        try:
            self.table: dict[str, Any] = tomllib.loads(self.text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as fault:
            raise self.refusal(1, f"cannot be read as TOML ({fault})") from fault
        self.note = self.entry(model.FileNote, self.take("file", {}), "file")

    def take(self, key: str, default: Any = None) -> Any:
        """Take one top-level part out, so that what is left over can be refused."""
        return self.table.pop(key, default)

    def finished(self) -> None:
        """Refuse what nobody has taken."""
        for key in self.table:
            raise self.refusal(self.line(key), f"unknown part '{key}'")

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
        known = {RENAMED.get(part.name, part.name): part for part in fields(kind)}  # type: ignore[arg-type]  # every entry is a dataclass
        for unknown in table.keys() - known.keys():
            raise self.refusal(self.line(unknown, name), f"unknown key '{unknown}' in {name}")
        hints = typing.get_type_hints(kind)
        values = {}
        for written, part in known.items():
            if written in table:
                values[part.name] = self._value(hints[part.name], table[written], written, name)
            elif part.default is MISSING and part.default_factory is MISSING:
                raise self.refusal(
                    self.line(written, name), f"key '{written}' is missing in {name}"
                )
        return kind(**values)

    def _value(self, wanted: Any, value: Any, key: str, name: str) -> Any:
        if typing.get_origin(wanted) is tuple:
            inner = typing.get_args(wanted)[0]
            if isinstance(value, dict) and wanted == PAIRS:
                return tuple((n, self._value(str, told, n, name)) for n, told in value.items())
            if isinstance(value, list):
                return tuple(self._value(inner, item, key, name) for item in value)
        elif is_dataclass(wanted) and isinstance(value, dict):
            return self.entry(typing.cast(type[Any], wanted), value, key)
        elif isinstance(wanted, UnionType) and isinstance(value, wanted):
            return value
        elif wanted is Decimal and NUMBER.fullmatch(str(value)):
            return Decimal(value)
        elif isinstance(wanted, type) and issubclass(wanted, StrEnum) and value in list(wanted):
            return wanted(value)
        elif type(value) is wanted:
            return value
        raise self.refusal(self.line(key, name), f"key '{key}' of {name} has the wrong type")

    def line(self, key: str, entry: str = "") -> int:
        """The line of a key; within its entry where one is named, else where the entry begins."""
        start = self._start(entry) if entry else 0
        headers = [header.start() for header in HEADER.finditer(self.text)]
        begin = max((place for place in headers if place <= start), default=0)
        end = min((place for place in headers if entry and place > start), default=len(self.text))
        wanted = re.compile(rf"^[ \t]*\[*{re.escape(key)}\b", re.MULTILINE)
        found = wanted.search(self.text, begin, end)
        return self.text.count("\n", 0, found.start() if found else start) + 1

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


def load(folder: Path) -> knowledge.Knowledge:
    """The knowledge of a folder, cross-checked. Raises DashboardError with file and line."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.toml"))
    files = {name: _File(folder, name) for name in names}
    loaded = _assemble(files, _version(folder, names, files))
    for file in files.values():
        file.finished()
    knowledge_check.check(loaded)
    return loaded


def _version(folder: Path, names: Iterable[str], files: Mapping[str, _File]) -> str:
    content = hashlib.sha256()
    for name in names:
        content.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    stated = max(file.note.version for file in files.values())
    return f"{stated}-{content.hexdigest()[:8]}"


def _assemble(files: Mapping[str, _File], version: str) -> knowledge.Knowledge:
    def of(name: str) -> _File:
        if name not in files:
            raise errors.DashboardError("data/knowledge", f"the file {name} is missing")
        return files[name]

    head = of("knowledge.toml")
    advice = (of("measures/lifestyle.toml"), of("measures/treatments.toml"))
    return knowledge.Knowledge(
        version=version,
        files=tuple((name, file.note) for name, file in files.items()),
        levels=_scale(head, "levels", [level.code for level in levels.Level]),
        urgencies=_scale(head, "urgencies", [urgency.code for urgency in levels.Urgency]),
        wording=tuple(head.take("wording", {}).items()),
        age_bands=tuple(_age_bands(head)),
        disclosure=head.entry(model.DisclosureSettings, head.take("disclosure", {}), "disclosure"),
        trends=head.entry(model.TrendSettings, head.take("trends", {}), "trends"),
        sources=of("sources.toml").entries(model.Source, "source"),
        findings=of("findings.toml").entries(model.Finding, "finding"),
        choices=of("findings.toml").entries(model.Choice, "choice"),
        measurements=of("measurements.toml").entries(model.Measurement, "measurement"),
        tests=of("diagnostic_tests.toml").entries(model.DiagnosticTest, "test"),
        causes=tuple(_cause(of(f"causes/{cause}.toml")) for cause in CAUSES),
        flags=of("red_flags.toml").entries(model.RedFlag, "flag"),
        advice=tuple(entry for file in advice for entry in file.entries(model.Advice, "advice")),
        escalations=of("escalations.toml").entries(model.Escalation, "escalation"),
        differences=of("differences.toml").entries(model.Difference, "difference"),
        scores=_scores(files),
        gates=of("advice_gates.toml").entries(gate_model.Gate, "gate"),
        guards=of("test_order.toml").entries(gate_model.Guard, "guard"),
        outcomes=of("test_outcomes.toml").entries(outcome_model.Outcome, "outcome"),
    )


def _scale(head: _File, key: str, codes: list[str]) -> tuple[model.Label, ...]:
    table = head.take(key, {})
    if sorted(table) != sorted(codes):
        raise head.refusal(head.line(key), f"'{key}' must name exactly {', '.join(codes)}")
    return tuple(head.entry(model.Label, table[code], code) for code in codes)


def _age_bands(head: _File) -> Iterable[model.AgeBand]:
    for code in head.take("age", {}).get("bands", []):
        match = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", code)
        if not match:
            raise head.refusal(head.line("bands"), f"'{code}' is not an age band such as 18-29")
        yield model.AgeBand(code, int(match[1]), int(match[2]) if match[2] else None)


def _cause(file: _File) -> model.Cause:
    parts = ("for", "against", "rule", "cap", "masking")
    return file.entry(model.Cause, _with_parts(file, "cause", parts), "cause")


def _scores(files: Mapping[str, _File]) -> tuple[score_model.Score, ...]:
    """The scores in the order of the causes they belong to, then by name."""
    found = [_score(file) for name, file in files.items() if name.startswith("scores/")]
    return tuple(sorted(found, key=lambda score: (CAUSES.index(score.cause), score.id)))


def _score(file: _File) -> score_model.Score:
    score = file.entry(score_model.Score, _with_parts(file, "score", SCORE_PARTS), "score")
    if score.cause not in CAUSES:
        raise file.refusal(file.line("cause"), f"'{score.cause}' is not one of the causes")
    return score


def _with_parts(file: _File, key: str, parts: Iterable[str]) -> dict[str, Any]:
    """The file's one table together with its lists of tables."""
    return {**file.take(key, {}), **{part: file.take(part, []) for part in parts}}
