"""Eight writers on one record: each round one wins, and all others are told what now stands."""

import dataclasses
import threading

import review_makers as makers
from circulation.reviewing import review_store

WRITERS = 8


@dataclasses.dataclass(frozen=True)
class Outcome:
    """`unfair` are the rounds without exactly one winner, or where a loser saw another text."""

    rounds: int
    unfair: tuple[int, ...]

    @property
    def harmless(self) -> bool:
        return not self.unfair


@dataclasses.dataclass(frozen=True)
class _Told:
    number: int
    won: bool
    note: str


def hold(url: str, *, rounds: int) -> Outcome:
    """All writers save on the version they last saw, at the same moment, round after round.

    They share two stores, as two servers would have: only the database is between those.
    """
    stores = [review_store.ReviewStore(url) for _ in range(2)]
    gate = threading.Barrier(WRITERS, timeout=60)
    told: list[_Told] = []

    def write(writer: int) -> None:
        version, name = 0, f"C{writer}"
        store = stores[writer % len(stores)]
        for number in range(rounds):
            gate.wait()
            note = makers.note(f"round {number} by {name}")
            try:
                version = makers.add(store, note, version=version, actor=name).version
                told.append(_Told(number, True, note.new))
            except review_store.Conflict as lost:
                version = lost.current.version
                told.append(_Told(number, False, lost.current.note))

    threads = [threading.Thread(target=write, args=(one,)) for one in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    return Outcome(rounds, tuple(number for number in range(rounds) if not _fair(told, number)))


def _fair(told: list[_Told], number: int) -> bool:
    here = [one for one in told if one.number == number]
    winners = [one for one in here if one.won]
    return len(here) == WRITERS and len(winners) == 1 and len({one.note for one in here}) == 1
