"""Read data/knowledge: TOML into frozen entries, unknown keys refused with file and line."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from circulation import errors, toml_files
from circulation.knowledge_base import (
    gate_model,
    knowledge,
    levels,
    name_model,
    outcome_model,
    review_model,
    score_model,
    settings_model,
)
from circulation.knowledge_base import knowledge_model as model
from circulation.knowledge_loading import knowledge_check

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
RENAMED = {
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
"""Lists that are written by the name of one of their entries."""
WORDING = (
    "banner",
    "synthetic",
    "not_reviewed",
    "review_overdue",
    "secondary_source",
    "score",
    "incomplete",
    "possible_range",
    "possible_bands",
    "possible_many",
    "wait_within",
    "wait_due_soon",
    "wait_overdue",
    "wait_unknown",
    "wait_signed",
    "not_asked",
)
"""The product's own words that a clinic can change; each stands on a page."""
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


class _File(toml_files.TomlFile):
    """One file of data/knowledge, which begins with a note on itself."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder / name, f"data/knowledge/{name}", RENAMED)
        self.note = self.entry(model.FileNote, self.take("file", {}), "file")


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
    stated = max((file.note.version for file in files.values()), key=_numbers)
    return f"{stated}-{content.hexdigest()[:8]}"


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version in their order: 2026.10 comes after 2026.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


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
        wording=tuple(_named(head, "wording", WORDING).items()),
        age_bands=tuple(_age_bands(head)),
        disclosure=head.entry(settings_model.Disclosure, head.take("disclosure", {}), "disclosure"),
        trends=head.entry(settings_model.Trends, head.take("trends", {}), "trends"),
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
        reviewing=_reviewing(of("review.toml")),
        names=of("names.toml").entry(
            name_model.NameWords, files["names.toml"].take("names", {}), "names"
        ),
        pooling=head.entry(settings_model.Pooling, head.take("pooling", {}), "pooling"),
    )


def _scale(head: _File, key: str, codes: Sequence[str]) -> tuple[model.Label, ...]:
    table = _named(head, key, codes)
    return tuple(head.entry(model.Label, table[code], code) for code in codes)


def _named(head: _File, key: str, codes: Sequence[str]) -> dict[str, Any]:
    """A part of the file that has exactly these keys: a missing one fails here, not on a page."""
    table: dict[str, Any] = head.take(key, {})
    if sorted(table) != sorted(codes):
        raise head.refusal(head.line(key), f"'{key}' must name exactly {', '.join(codes)}")
    return table


def _age_bands(head: _File) -> Iterable[model.AgeBand]:
    for code in head.take("age", {}).get("bands", []):
        match = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", code)
        if not match:
            raise head.refusal(head.line("bands"), f"'{code}' is not an age band such as 18-29")
        yield model.AgeBand(code, int(match[1]), int(match[2]) if match[2] else None)


def _cause(file: _File) -> model.Cause:
    parts = ("for", "against", "rule", "cap", "masking")
    return file.entry(model.Cause, _with_parts(file, "cause", parts), "cause")


def _reviewing(file: _File) -> review_model.Reviewing:
    settings = file.take("settings", {})
    return review_model.Reviewing(
        settings=file.entry(review_model.ReviewSettings, settings, "settings"),
        results=file.entry(review_model.ReviewResults, file.take("results", {}), "results"),
        bulk=file.entry(review_model.ReviewBulk, file.take("bulk", {}), "bulk"),
        settling=file.entries(review_model.Settling, "settles"),
        dispositions=file.entries(review_model.ReviewWord, "disposition"),
        hand_overs=file.entries(review_model.ReviewWord, "hand_over"),
        listed_reasons=file.entries(review_model.ReviewReason, "reason"),
    )


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
