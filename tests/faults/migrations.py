"""Programs killed while they bring a store to a new form: it is the old or the new one, whole."""

import dataclasses
import itertools
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

import older_stores
from circulation.reviewing import review_store, store_forms
from faults import kills

MOST = 100  # statements of one migration, so that the search for the last one ends


@dataclasses.dataclass(frozen=True)
class Outcome:
    """`halves` are the statements before which a kill left a store that is not whole."""

    kills: int
    halves: tuple[int, ...]

    @property
    def harmless(self) -> bool:
        return self.kills > 0 and not self.halves


def kill(older: Callable[[], str], *, every: int = 1) -> Outcome:
    """Kill a program before each (or every n-th) statement of the migration, in a store of its own.

    ``older`` makes a store of an older form and gives its address.
    """
    halves: list[int] = []
    for made, number in enumerate(range(1, MOST, every)):
        url = older()
        program = multiprocessing.get_context("forkserver").Process(
            target=open_until, args=(url, number)
        )
        with kills.no_main_script():
            program.start()
        program.join()
        if program.exitcode == 0:
            return Outcome(made, tuple(halves))
        if not _whole(url):
            halves.append(number)
    raise AssertionError("the migration has more statements than were looked for")


def open_until(url: str, number: int) -> None:
    """Open a store, and die before its n-th statement or the commit after it."""
    seen = itertools.count(1)

    def die(*_: Any) -> None:
        if next(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", die)
    sa.event.listen(sa.Engine, "commit", die)
    quiet()
    review_store.ReviewStore(url).close()


def quiet() -> None:
    """What each of many upgrades says is of no use here."""
    store_forms.LOG.setLevel(logging.ERROR)


def _whole(url: str) -> bool:
    """Opening it again finds the old form, or the new one, with all that was ever said."""
    store = review_store.ReviewStore(url)
    found = store.verify()
    store.close()
    return found.whole and found.anchor.count == older_stores.EVENTS
