"""What another knowledge folder would change in the stored records, before it is used.

Both are run over all records by the same engine; only then are the records that differ listed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from circulation import errors
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.knowledge_base.levels import Level, Urgency
from circulation.knowledge_loading import knowledge_files
from circulation.records import batches, intake, ternary
from circulation.records.ternary import Ternary

Steps = npt.NDArray[np.int8]


class What(StrEnum):
    """What can change in a record."""

    URGENCY = "urgency"
    LEVEL = "level"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Change:
    """One change in one record; ``before`` and ``after`` are codes."""

    record_id: str
    what: What
    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """How many records would go up (a higher level, more urgent, newly called for), and down."""

    what: What
    name: str
    label: str
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The whole difference; effects and changes hold only what differs."""

    before: str
    after: str
    records: int
    changed: int
    effects: tuple[Effect, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """One thing that can change, as a step per row under either knowledge."""

    what: What
    name: str
    label: str
    codes: tuple[str, ...]
    before: Steps
    after: Steps

    def of(self, rows: npt.NDArray[np.int64]) -> "_Scale":
        """The same on these rows alone: a table ends in rows that hold no record."""
        return replace(self, before=self.before[rows], after=self.after[rows])


def of_store(store: Path, known: knowledge.Knowledge, folder: Path) -> Rehearsal:
    """The stored records under the knowledge in use and under that of a folder.

    Raises DashboardError with file and line for a folder that does not load.
    """
    renewed = _loaded(folder)
    return compare(batches.load(store, known), known, batches.load(store, renewed), renewed)


def _loaded(folder: Path) -> knowledge.Knowledge:
    if not (folder / "knowledge.toml").is_file():
        raise errors.DashboardError(str(folder), "holds no knowledge.toml", "Name its folder")
    try:
        return knowledge_files.load(folder)
    except errors.DashboardError as fault:
        place = fault.place.replace("data/knowledge", str(folder), 1)
        raise errors.DashboardError(place, fault.fault, fault.way_out) from fault


def compare(
    table: intake.Intake,
    known: knowledge.Knowledge,
    again: intake.Intake,
    renewed: knowledge.Knowledge,
) -> Rehearsal:
    """The same records, read for either knowledge, assessed by it."""
    old, new = assessment.assess(table, known), assessment.assess(again, renewed)
    rows = ternary.rows(table.real)
    everywhere = (scale.of(rows) for scale in _scales(known, old, renewed, new))
    scales = [scale for scale in everywhere if (scale.before != scale.after).any()]
    places = np.flatnonzero(_any_different(scales, len(rows)))
    return Rehearsal(
        before=known.version,
        after=renewed.version,
        records=table.count,
        changed=len(places),
        effects=tuple(_effect(scale) for scale in scales),
        changes=tuple(
            change
            for place in places
            for change in _changes(table.record_id(int(rows[place])), int(place), scales)
        ),
    )


def _any_different(scales: Iterable[_Scale], rows: int) -> npt.NDArray[np.bool_]:
    different = np.zeros(rows, dtype=np.bool_)
    for scale in scales:
        different |= scale.before != scale.after
    return different


def _effect(scale: _Scale) -> Effect:
    up = int(np.count_nonzero(scale.after > scale.before))
    down = int(np.count_nonzero(scale.after < scale.before))
    return Effect(scale.what, scale.name, scale.label, up, down)


def _changes(record: str, place: int, scales: Iterable[_Scale]) -> Iterator[Change]:
    for scale in scales:
        before, after = (scale.codes[steps[place]] for steps in (scale.before, scale.after))
        if before != after:
            yield Change(record, scale.what, scale.name, scale.label, before, after)


def _scales(
    known: knowledge.Knowledge,
    old: assessment.Assessment,
    renewed: knowledge.Knowledge,
    new: assessment.Assessment,
) -> Iterator[_Scale]:
    urgencies = tuple(urgency.code for urgency in Urgency)
    yield _Scale(What.URGENCY, "", "Urgency", urgencies, _urgency(old), _urgency(new))
    levels = tuple(level.code for level in Level)
    for cause in known.causes:
        before, after = (_level(found.causes[cause.id]) for found in (old, new))
        yield _Scale(What.LEVEL, cause.id, cause.label, levels, before, after)
    labels = {test.id: test.label for test in (*renewed.tests, *known.tests)}
    for name, label in labels.items():
        called = (_called(found.tests, name) for found in (old, new))
        yield _Scale(What.TEST, name, label, ("not_called_for", "called_for"), *called)


def _level(suspicion: assessment.Suspicion) -> Steps:
    """The level of every row, as Suspicion.level reads it off one."""
    reachable = [ternary.unpack(~answer.absent) for answer in suspicion.reached]
    steps = np.where(np.logical_or.reduce(reachable), Level.OPEN, Level.NOT_SUPPORTED)
    for level, bits in zip(assessment.GRANTED, suspicion.point, strict=True):
        steps = np.where(ternary.unpack(bits), level, steps)
    return steps.astype(np.int8)


def _urgency(found: assessment.Assessment) -> Steps:
    steps = np.zeros(0, dtype=np.int8)
    for urgency in sorted(found.sooner):
        raised = ternary.unpack(found.sooner[urgency].present)
        steps = np.where(raised, urgency, steps if len(steps) else Urgency.ROUTINE)
    return steps.astype(np.int8)


def _called(tests: Mapping[str, Ternary], name: str) -> Steps:
    if name in tests:
        return ternary.unpack(tests[name].present).astype(np.int8)
    anyone = next(iter(tests.values())).present
    return np.zeros(len(anyone) * ternary.WORD, dtype=np.int8)


def lines(found: Rehearsal) -> Iterator[str]:
    """The difference in words: how many, what goes up and down, then record by record."""
    yield f"Knowledge {found.before} in use, {found.after} rehearsed: nothing is changed by this."
    yield f"{found.changed:,} of {found.records:,} records would change."
    for effect in found.effects:
        yield f"  {effect.label} ({effect.what}): {effect.up:,} up, {effect.down:,} down"
    for change in found.changes:
        yield f"{change.record_id}  {change.label}: {_told(change.before)} -> {_told(change.after)}"


def _told(code: str) -> str:
    return code.replace("_", " ")
