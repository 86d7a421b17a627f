"""The state and the wait clock of every record as arrays over the table's rows.

Kept by the version of the review store: each later board is the one before with only the records
that changed since, so that a page never walks through all reviews.
"""

import datetime
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from circulation.records import intake, ternary
from circulation.records.ternary import Bits
from circulation.reviewing import review_clocks, review_store, reviews
from circulation.reviewing.reviews import State

Days: TypeAlias = npt.NDArray[np.int32]
DayOf: TypeAlias = Callable[[datetime.datetime], datetime.date]
"""The day of a moment where the clinic is: the core does not know its time zone."""


@dataclass(frozen=True, eq=False)
class Board:
    """What the reviews make of the rows of one table, at one version of the store.

    ``states``: the rows in each state of review, together all records. ``since`` and ``signed``
    (rows,): days since 1970-01-01 of the reopening that started the clock anew, and of the sign-off
    that stopped it; NO_DAY where there was none.
    """

    version: int
    states: Mapping[State, Bits]
    since: Days
    signed: Days

    @property
    def unsigned(self) -> Bits:
        """The rows whose clock is running."""
        return self.states[State.WAITING] | self.states[State.IN_PROGRESS]

    def restarted(self, rows: Bits) -> npt.NDArray[np.int64]:
        """Those of the rows whose clock was started anew, ascending."""
        found = np.flatnonzero(self.since != intake.NO_DAY)
        return found[ternary.unpack(rows)[found]]

    def start(self, row: int, table: intake.Intake) -> datetime.date | None:
        """The day that a row's wait is counted from; None when it is not known."""
        return _day(int(self.since[row])) or table.day_of(row)

    def signed_on(self, row: int) -> datetime.date | None:
        """The day a row was signed off, None while it is not."""
        return _day(int(self.signed[row]))

    def signed_rows(self, day: datetime.date) -> Bits:
        """The rows that were signed off on a day and still are."""
        return ternary.pack(self.signed == _number(day))


class Keeper:
    """The board of one table, brought up to date by whoever asks first after a save."""

    def __init__(
        self, table: intake.Intake, store: review_store.ReviewStore, day_of: DayOf
    ) -> None:
        self._table, self._store, self._day_of = table, store, day_of
        self._turn = threading.Lock()
        self._board = empty(table)

    def board(self) -> Board:
        """The board as the store stands now."""
        with self._turn:
            if self._store.version() != self._board.version:
                query = partial(review_clocks.changed, after=self._board.version)
                news = self._store.read(query)
                self._board = advanced(self._board, self._table, news, self._day_of)
            return self._board


def empty(table: intake.Intake) -> Board:
    """The board before the first event: every record waits since it was received."""
    never = np.full(table.words * ternary.WORD, intake.NO_DAY, dtype=np.int32)
    never.flags.writeable = False
    states = {state: ternary.nothing(table.words) for state in State}
    return Board(0, MappingProxyType({**states, State.WAITING: table.real}), never, never)


def advanced(
    board: Board, table: intake.Intake, news: review_clocks.Changed, day_of: DayOf
) -> Board:
    """The board after more was said; records that are not in the table change nothing."""
    rows, clocks = _in_table(table, news.clocks)
    since, signed = board.since.copy(), board.signed.copy()
    since[rows] = [_number_of(clock.since, day_of) for clock in clocks]
    signed[rows] = [_number_of(clock.signed, day_of) for clock in clocks]
    since.flags.writeable = signed.flags.writeable = False
    moved = _bits(table, rows)
    found = np.array([list(State).index(clock.state) for clock in clocks], dtype=np.int8)
    states = {
        state: ternary.frozen(bits & ~moved | _bits(table, rows[found == place]))
        for place, (state, bits) in enumerate(board.states.items())
    }
    return Board(news.version, MappingProxyType(states), since, signed)


def _in_table(
    table: intake.Intake, clocks: Mapping[str, review_clocks.Clock]
) -> tuple[npt.NDArray[np.int64], list[review_clocks.Clock]]:
    """The rows of the records that the table has, and the clock of each."""
    wide = table.record_ids.dtype.itemsize
    known = {name: text for name in clocks if len(text := name.encode()) <= wide}
    names, texts = list(known), np.array(list(known.values()), dtype=table.record_ids.dtype)
    if not names or not table.count:
        return np.zeros(0, np.int64), []
    rows = table.by_id[np.minimum(_places(table, texts), table.count - 1)].astype(np.int64)
    there = np.flatnonzero(table.record_ids[rows] == texts)
    return rows[there], [clocks[names[place]] for place in there.tolist()]


def _places(table: intake.Intake, texts: npt.NDArray[np.bytes_]) -> npt.NDArray[np.int64]:
    """Where each text belongs among the ids in order: halving, for all texts at once."""
    low = np.zeros(len(texts), dtype=np.int64)
    high = np.full(len(texts), table.count, dtype=np.int64)
    for _ in range(table.count.bit_length()):
        middle = np.minimum((low + high) // 2, table.count - 1)
        before = (table.record_ids[table.by_id[middle]] < texts) & (low < high)
        low, high = np.where(before, middle + 1, low), np.where(before, high, middle)
    return low


def _bits(table: intake.Intake, rows: npt.NDArray[np.int64]) -> Bits:
    flags = np.zeros(table.words * ternary.WORD, dtype=np.bool_)
    flags[rows] = True
    return ternary.pack(flags)


def _number_of(at: str, day_of: DayOf) -> int:
    return _number(day_of(reviews.moment(at))) if at else int(intake.NO_DAY)


def _number(day: datetime.date) -> int:
    return (day - intake.EPOCH).days


def _day(number: int) -> datetime.date | None:
    return None if number == intake.NO_DAY else intake.EPOCH + datetime.timedelta(days=number)
