"""The pooled figures of managers: first views, the tool and the second look, for all clinicians.

Published once for each quarter that is over, and only what is safe by itself: a line with all its
counts, or nothing of it. What was not safe waits and is counted with the next quarter. Lines of
one name follow each other without a gap or an overlap, so their differences are published lines
too. There is no total over lines, so nothing that was withheld can be worked out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from circulation import access, quarters
from circulation.auditing import audits, pooled_cases, second_look
from circulation.auditing.pooled_cases import Judged, Read
from circulation.counting import disclosure, pooling
from circulation.knowledge_base import knowledge, settings_model
from circulation.reviewing import publications, review_store
from circulation.reviewing.publications import Line


class Kind(StrEnum):
    """What a line is about: one cause by both views, first views by how sure, second looks."""

    CAUSE = "cause"
    SURE = "sure"
    LOOK = "look"


class View(StrEnum):
    """Whose view of a cause."""

    FIRST = "first"
    TOOL = "tool"


FIRST_VIEWS = "first views"
"""The one name of the lines by how sure."""
Cells = Mapping[str, Sequence[frozenset[str]]]


def cell(view: View, *, named: bool, confirmed: bool) -> str:
    """The count of records by what a view said of a cause and what came out."""
    return f"{view}_{'named' if named else 'other'}_{'confirmed' if confirmed else 'refuted'}"


def surety(*, sure: bool, confirmed: bool) -> str:
    """The count of causes that were named, by how sure and by what came out."""
    return f"{'sure' if sure else 'less_sure'}_{'confirmed' if confirmed else 'refuted'}"


BOTH = (True, False)
CELLS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CAUSE: tuple(
        cell(view, named=named, confirmed=told) for view in View for named in BOTH for told in BOTH
    ),
    Kind.SURE: tuple(surety(sure=sure, confirmed=told) for sure in BOTH for told in BOTH),
    Kind.LOOK: ("alike", "unlike"),
}
"""The counts of a line: each is asked for its safety, and one that is not withholds the line."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that could be counted: causes with a known outcome, and records read twice."""

    judged: Sequence[Judged]
    read: Sequence[Read]


def material(
    audit: audits.Audit, store: review_store.ReviewStore, asked: settings_model.Pooling
) -> Material:
    """What stands in the store and the records now."""
    stood = store.all_current()
    looked = second_look.looked_at(audit.drawn, stood)
    return Material(
        pooled_cases.judged(audit.cases, audit.first, asked),
        pooled_cases.read_twice(looked, stood, asked),
    )


def publish(
    store: review_store.ReviewStore,
    audit: audits.Audit,
    known: knowledge.Knowledge,
    *,
    role: access.Role,
    now: datetime,
    data_set: str,
) -> tuple[publications.Publication, ...]:
    """All publications, with that of the last quarter that is over: made now if nobody has.

    ``now`` is in UTC, as the ledger's times are: nothing can come into a quarter that is over.
    """
    access.check(role, access.Act.SEE_POOLED_FIGURES)
    quarter = quarters.closed(now.date())
    if not audit.first or any(one.quarter >= quarter for one in audit.published):
        return audit.published
    lines = safe_lines(material(audit, store, known.pooling), audit.published, quarter, known)
    publications.put(
        store,
        quarter,
        lines,
        role=role,
        now=now,
        data_set=data_set,
        knowledge=known.version,
    )
    return publications.of(store)


def safe_lines(
    found: Material,
    published: Iterable[publications.Publication],
    quarter: int,
    known: knowledge.Knowledge,
) -> tuple[Line, ...]:
    """The lines that can be published once a quarter is over, each after the one before it.

    First views are told by how sure only for the causes of this publication, so that their sum is
    known already and says nothing of a cause that is withheld.
    """
    last = {(line.kind, line.name): line.through for one in published for line in one.lines}
    waited = quarter - known.pooling.wait_quarters
    lines: list[Line | None] = []
    told: list[Judged] = []
    for cause in known.cause:
        before = last.get((Kind.CAUSE, cause), 0)
        new = [one for one in found.judged if one.cause == cause and before < one.quarter <= waited]
        line = _line(Kind.CAUSE, cause, waited, _by_cause(new), known)
        lines.append(line)
        if line:
            told += [one for one in new if one.named]
    lines.append(_line(Kind.SURE, FIRST_VIEWS, waited, _by_surety(told), known))
    for why in second_look.Why:
        before = last.get((Kind.LOOK, why), 0)
        read = [one for one in found.read if one.why is why and before < one.quarter <= quarter]
        lines.append(_line(Kind.LOOK, why, quarter, _by_likeness(read), known))
    return tuple(line for line in lines if line)


def _line(
    kind: Kind, name: str, through: int, cells: Cells, known: knowledge.Knowledge
) -> Line | None:
    """The rounded counts of a line; None unless every one of them is safe."""
    behind = {code: pooling.behind(cells.get(code, ())) for code in CELLS[kind]}
    if not all(pooling.safe(one, known.pooling, known.disclosure) for one in behind.values()):
        return None
    shown = {code: _rounded(sum(one.values()), known) for code, one in behind.items()}
    return Line(kind, name, through, shown)


def _rounded(count: int, known: knowledge.Knowledge) -> int:
    shown = disclosure.protected_count(count, known.disclosure).value
    assert shown is not None, "a small count is never safe"
    return shown


def _by_cause(judged: Iterable[Judged]) -> Cells:
    found = _Cells()
    for one in judged:
        found[cell(View.FIRST, named=one.named, confirmed=one.confirmed)].append(one.by)
        found[cell(View.TOOL, named=one.supported, confirmed=one.confirmed)].append(one.by)
    return found


def _by_surety(judged: Iterable[Judged]) -> Cells:
    found = _Cells()
    for one in judged:
        found[surety(sure=one.sure, confirmed=one.confirmed)].append(one.by)
    return found


def _by_likeness(read: Iterable[Read]) -> Cells:
    found = _Cells()
    for one in read:
        found["alike" if one.alike else "unlike"].append(one.by)
    return found


class _Cells(defaultdict[str, list[frozenset[str]]]):
    """The people behind each count, one set for each record."""

    def __init__(self) -> None:
        super().__init__(list)
