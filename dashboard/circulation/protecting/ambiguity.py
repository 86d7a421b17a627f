"""Which findings managers may see: those whose small numbers stay open, whatever is put together.

A small number is open when other records, different in that number, would show the very same
figures: on the distribution by all three bases, in this release and in the one a month before, in
the trends and in the orders of tests. Then nobody can tell the two apart, however much is
computed. Such other records are looked for among decoys: one record, or a few at once, with one
question answered in another way. They are made by the same rules, so no knowledge of the rules
rules them out. Where none is found the cell is hidden, and where that is not enough the finding.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from circulation.choosing import selection
from circulation.counting import distribution
from circulation.counting.clearance import Clearance
from circulation.judgement import assessment
from circulation.knowledge_base import knowledge
from circulation.protecting import decoys, shown_world
from circulation.protecting.decoy_search import Search
from circulation.protecting.decoys import ABSENT, BLANK, PRESENT
from circulation.protecting.shown_world import ENTERING, Flags, Whole, World
from circulation.records import intake

ANYTHING = 2**30  # room of a number that is not shown


def cleared(
    table: intake.Intake,
    assessed: assessment.Assessment,
    known: knowledge.Knowledge,
    months: selection.Selection,
) -> Clearance:
    """What may be shown over these closed months; nothing where records are too few."""
    found = shown_world.world(table, assessed, known, months)
    fewest = known.disclosure.fewest_to_break_down
    if found.now.n[-1] < fewest:
        return Clearance(fewest)
    regrouped, moved = _regrouped(found)
    closed = found.small(found.now.n[:-1]) & ~moved
    closed[found.columns :] = False
    if closed.any():
        found = replace(found, closed=closed)
        regrouped, _ = _regrouped(found)
    names = [finding.id for finding in distribution.findings(known)]
    hidden = {name: _hidden(found, place, regrouped[place]) for place, name in enumerate(names)}
    cells = [(basis, cause.id) for basis in selection.Basis for cause in known.causes]
    cells += [(selection.Basis.RECORDED, distribution.ALL)] * (len(found.now.n) - len(cells))
    return Clearance(
        fewest,
        {
            name: frozenset(cells[group] for group in groups)
            for name, groups in hidden.items()
            if groups is not None
        },
        frozenset(cells[group] for group in np.flatnonzero(closed)),
    )


def _regrouped(found: World) -> tuple[Flags, Flags]:
    """What changes in decoys that enter or leave a group: parts of findings, and the groups."""
    parts = np.zeros((*found.now.parts.shape, 3), dtype=np.bool_)
    moved = np.zeros(len(found.now.n) - 1, dtype=np.bool_)
    for group, record, question, way in _regrouping(found):
        moved[group] = True
        _mark(found, parts, group, record, question, way)
    return parts, moved


def _regrouping(found: World) -> Iterator[tuple[int, int, int, int]]:
    """Decoys that nobody sees and that change a group: group, record, question, way; a few each."""
    records, questions, ways = np.nonzero(found.allowed & (found.change != 0).any(axis=-1))
    invisible = np.ones(len(records), dtype=np.bool_)
    for place in range(found.made.findings):
        here = np.flatnonzero(questions == place)
        if here.size:
            effects = effects_of(found, place, records[here], ways[here])
            invisible[here] = _fits(effects, *room(found, place))
    records, questions, ways = records[invisible], questions[invisible], ways[invisible]
    changed = found.change[records, questions, ways] != 0
    for group in range(changed.shape[1]):
        for one in np.flatnonzero(changed[:, group])[:60]:
            yield group, int(records[one]), int(questions[one]), int(ways[one])


def _mark(found: World, regrouped: Flags, group: int, record: int, question: int, way: int) -> None:
    """Sets what one record changes by entering or leaving a group: its answer to each finding."""
    answers = found.made.answers[record, : found.made.findings].copy()
    if question < found.made.findings and found.change[record, question, way, group] == ENTERING:
        answers[question] = way
    spans = [True, not found.is_new[record], found.is_new[record]]
    findings = np.arange(found.made.findings)
    regrouped[findings, answers, group] |= spans
    asked = findings[answers != BLANK]
    regrouped[asked, 3, group] |= spans


def room(found: World, place: int, withheld: frozenset[int] = frozenset()) -> tuple[Whole, Whole]:
    """How far each number shown of a finding can fall and rise and still read the same."""
    down, up = [], []
    for span in (found.now, found.before):
        asked = span.parts[place, 3, found.shown]
        present = span.present[place, found.shown]
        hidden = found.brief(span.n[found.shown])
        if span is found.now:
            hidden = hidden | np.isin(found.shown, list(withheld))
        for numbers, free in ((present, hidden | found.small(asked)), (asked, hidden)):
            low, high = shown_world.windows(numbers, found.settings)
            down.append(np.where(free, ANYTHING, numbers - low))
            up.append(np.where(free, ANYTHING, high - numbers))
    return np.concatenate(down), np.concatenate(up)


def effects_of(found: World, place: int, records: Whole, ways: Whole) -> Whole:
    """What decoys change of the numbers shown of a finding, in the order of `room`."""
    answers = found.made.answers[records, place]
    member = found.member[records][:, found.shown].astype(np.int64)
    old = member * ~found.is_new[records][:, None]
    present = ((ways == PRESENT).astype(np.int64) - (answers == PRESENT))[:, None]
    asked = ((ways != BLANK).astype(np.int64) - (answers != BLANK))[:, None]
    return np.hstack([member * present, member * asked, old * present, old * asked])


def _fits(effects: Whole, down: Whole, up: Whole) -> Flags:
    return np.asarray(((effects <= up) & (effects >= -down)).all(axis=-1))


def _hidden(found: World, place: int, regrouped: Flags) -> frozenset[int] | None:
    """The groups whose cell must be hidden so that every small number is open; None if all must.

    First nothing is hidden, then the cells that are not open, then those of all records too. Of
    what came since the release before, the cell is hidden where no decoy is found, and no more.
    """
    spans = (found.now, found.before, found.newest)
    small = np.stack([found.small(span.parts[place]) for span in spans], axis=-1)
    small[:, found.columns : found.columns + found.orders] = False
    left = small & ~regrouped
    groups = np.broadcast_to(np.arange(left.shape[1])[:, None], left.shape)[left]
    since = np.broadcast_to(np.arange(len(spans)) == len(spans) - 1, left.shape)[left]
    records, ways = neutral(found, place)
    effects = effects_of(found, place, records, ways).astype(np.int32)
    changes = changes_of(found, place, records, ways)[:, left].astype(np.int16)
    everyone = left.shape[1] - 1
    hidden: frozenset[int] = frozenset()
    for more in (frozenset(), frozenset(), frozenset({everyone})):
        if more and since.all():
            break
        search = Search(records, effects, changes, room(found, place, hidden | more))
        shut = search.shut()
        hidden |= more
        if not shut.any():
            return hidden
        hidden |= {int(group) for group in groups[shut] if group < found.columns}
        changes, groups, since = changes[:, shut], groups[shut], since[shut]
    return hidden if since.all() else None


def neutral(found: World, place: int) -> tuple[Whole, Whole]:
    """Decoys of a finding that change no group: their records and ways."""
    same = found.allowed[:, place] & (found.change[:, place] == 0).all(axis=-1)
    same &= found.made.answers[:, place][:, None] != np.arange(decoys.WAYS)
    records, ways = np.nonzero(same)
    return records, ways


def changes_of(found: World, place: int, records: Whole, ways: Whole) -> npt.NDArray[np.int8]:
    """What decoys change of each part of a finding: (decoys, 4, groups + 1, 3 spans)."""
    answers = found.made.answers[records, place]
    steps = [
        (ways == part).astype(np.int8) - (answers == part) for part in (PRESENT, ABSENT, BLANK)
    ]
    parts = np.stack([*steps, -steps[BLANK]], axis=1).astype(np.int8)
    new = found.is_new[records]
    spans = np.stack([np.ones_like(new), ~new, new], axis=1).astype(np.int8)
    made: npt.NDArray[np.int8] = (
        parts[:, :, None, None] * found.member[records][:, None, :, None] * spans[:, None, None, :]
    )
    return made
