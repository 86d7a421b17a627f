"""The list being worked: its order stays as it was drawn until the reader takes a newer one.

Next and previous go through the list as it was drawn. What others change meanwhile is announced,
not swapped under the reader; the reader's own saves are no news to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import numpy as np
import numpy.typing as npt
import streamlit as st

from circulation.choosing import addresses, selection
from circulation.judgement import worklist
from circulation.knowledge_base.levels import Urgency
from circulation.records import ternary
from circulation.records.ternary import Bits
from circulation.reviewing import review_clocks
from ui import session, shared_data

EVERY = selection.Selection()
NO_URGENCY: frozenset[Urgency] = frozenset()
CHECK_EVERY = 20
"""Seconds between two looks for news; one look asks for two version numbers."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What the list shows, so that next and previous stay inside it."""

    tab: worklist.Tab = worklist.Tab.WAITING
    chosen: selection.Selection = EVERY
    find: str = ""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A list as it was drawn: the rows of the table of then, in order, and the ids of that table.

    Only the ids hold once other records are loaded. ``of`` is how many records there were then.
    """

    walk: Walk
    at: datetime
    data_version: str
    review_version: int
    rows: Bits
    order: npt.NDArray[np.int32]
    ids: npt.NDArray[np.bytes_]
    of: int

    def record_id(self, place: int) -> str:
        """The id of the record at a place."""
        return bytes(self.ids[self.order[place]]).decode()

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, slots=True)
class News:
    """What is newer than the list: how many of its records others changed, or a new data set."""

    changed: int
    since: datetime
    other_data: bool


def walk() -> Walk:
    """The list being worked."""
    return session.kept("walk", Walk())


def begun() -> bool:
    """Whether this reader works a list already."""
    return session.kept("walk", None) is not None


def start(wanted: Walk) -> None:
    """Work a list; another one than before begins at its top."""
    if wanted != walk():
        session.keep("walk", wanted)
        session.keep("walk_number", number() + 1)
        session.keep("walk_cursor", "")
        session.keep("walk_place", 0)


def number() -> int:
    """How many lists the reader has asked for: each has its own pages."""
    return session.kept("walk_number", 0)


def current() -> Drawn:
    """The list as it was drawn, for a reader on one of its records."""
    kept = _kept()
    return kept if kept and kept.walk == walk() else _draw()


def fresh() -> Drawn:
    """The list for a reader who looks at it: drawn anew unless that would swap it under them."""
    kept = _kept()
    if kept is None or kept.walk != walk() or news() is None:
        return _draw()
    return kept


def take_new() -> None:
    """Let go of the list as it was drawn."""
    session.keep("walk_drawn", None)


def news() -> News | None:
    """What is newer than the list, None for nothing; two version numbers when nothing is."""
    kept = _kept()
    if kept is None:
        return None
    if shared_data.data_version() != kept.data_version:
        return News(0, kept.at, other_data=True)
    if shared_data.reviews().version() == kept.review_version:
        return None
    rows, table = _rows(kept.walk), shared_data.loaded().table
    changed = [row for name in _changed_by_others(kept) if (row := table.row_of(name)) is not None]
    count = sum(ternary.holds(kept.rows, row) or ternary.holds(rows, row) for row in changed)
    return News(count, kept.at, other_data=False) if count else None


def note_own(record_id: str, version: int) -> None:
    """The reader's own save is no news to them."""
    own: Mapping[str, int] = session.kept("walk_own", {})
    session.keep("walk_own", {**own, record_id: version})


def place(drawn: Drawn, record_id: str) -> int | None:
    """Where a record stands in the list; None when it is not in it."""
    last = session.kept("walk_place", 0)
    if last < len(drawn) and drawn.record_id(last) == record_id:
        return last
    found = np.flatnonzero(drawn.ids[drawn.order] == record_id.encode())
    return int(found[0]) if len(found) else None


def cursor(drawn: Drawn) -> int:
    """The place of the reader in the list: on the record they were at, or where it stood."""
    at = place(drawn, session.kept("walk_cursor", ""))
    last = min(session.kept("walk_place", 0), max(len(drawn) - 1, 0))
    session.keep("walk_place", last if at is None else at)
    return session.kept("walk_place", 0)


def move_to(record_id: str) -> None:
    """The reader is at this record now."""
    session.keep("walk_cursor", record_id)
    if kept := _kept():
        at = place(kept, record_id)
        session.keep("walk_place", session.kept("walk_place", 0) if at is None else at)


def visit(record_id: str) -> None:
    """The reader opens this record."""
    session.keep("walk_visits", visits() + 1)
    move_to(record_id)


def leave_list() -> None:
    """The reader is on a record, not on the list."""
    session.keep("walk_left", True)


def returned() -> bool:
    """Whether the reader comes to the list from a record; said once."""
    found = session.kept("walk_left", False)
    session.keep("walk_left", False)
    return found


def visits() -> int:
    """How many records this reader has opened."""
    return session.kept("walk_visits", 0)


def turn_to(first: int) -> None:
    """The reader turned to the page that begins at this place."""
    if kept := _kept():
        session.keep("walk_place", first)
        session.keep("walk_cursor", kept.record_id(first))


def neighbour(record_id: str, step: int) -> str:
    """The next (+1) or previous (-1) record that is still loaded; '' at the end of the list."""
    drawn, table = current(), shared_data.loaded().table
    at = place(drawn, record_id)
    last = session.kept("walk_place", 0)
    wanted = (last if step > 0 else last - 1) if at is None else at + step
    while 0 <= wanted < len(drawn):
        if table.row_of(drawn.record_id(wanted)) is not None:
            return drawn.record_id(wanted)
        wanted += step
    return ""


def show_list(wanted: Walk) -> None:
    """To the worklist, showing this list: its filters go into the address, the search does not."""
    st.switch_page("views/review.py", query_params=address(wanted))


def address(wanted: Walk) -> dict[str, list[str]]:
    """A list as parts of an address: codes only, and no record id."""
    tab = [] if wanted.tab is worklist.Tab.WAITING else [wanted.tab.value]
    return {**addresses.of(wanted.chosen), **({"tab": tab} if tab else {})}


def _kept() -> Drawn | None:
    found: Drawn | None = session.kept("walk_drawn", None)
    return found


def _draw() -> Drawn:
    loaded, board, kept, wanted = shared_data.loaded(), shared_data.board(), _kept(), walk()
    moment, versions = session.local_now(), (loaded.table.version, board.version)
    if kept and kept.walk == wanted and (kept.data_version, kept.review_version) == versions:
        drawn = replace(kept, at=moment) if kept.at.date() == moment.date() else _new(wanted)
    else:
        drawn = _new(wanted)
    session.keep("walk_drawn", drawn)
    session.keep("walk_own", {})
    return drawn


def _new(wanted: Walk) -> Drawn:
    loaded, board, rows = shared_data.loaded(), shared_data.board(), _rows(wanted)
    return Drawn(
        walk=wanted,
        at=session.local_now(),
        data_version=loaded.table.version,
        review_version=board.version,
        rows=rows,
        order=worklist.ordered(loaded.table, shared_data.standing(), board, rows),
        ids=loaded.table.record_ids,
        of=loaded.table.count,
    )


def _rows(wanted: Walk) -> Bits:
    loaded = shared_data.loaded()
    chosen = shared_data.chosen(replace(wanted.chosen, urgencies=NO_URGENCY))
    parts = worklist.tabs(loaded.table, shared_data.board(), today=session.today())
    rows = parts[wanted.tab] & chosen.in_table(loaded.table)
    rows = worklist.of_urgency(shared_data.standing(), rows, wanted.chosen.urgencies)
    return rows & worklist.matching(loaded.table, wanted.find) if wanted.find else rows


def _changed_by_others(kept: Drawn) -> list[str]:
    after = partial(review_clocks.versions_after, version=kept.review_version)
    own: Mapping[str, int] = session.kept("walk_own", {})
    found = shared_data.reviews().read(after)
    return [name for name, version in found.items() if own.get(name) != version]
