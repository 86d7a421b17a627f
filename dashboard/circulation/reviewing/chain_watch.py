"""Proves the chain of reviews in the background: for the first page, after saves, now and then.

A reader never waits for it. Each check holds the chain against the end that the one before it saw,
so that events cut off the end go unseen only across a restart. Checks rest ten times as long as
they took: on a large store they take at most a tenth of one core.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from circulation import errors
from circulation.reviewing import ledger, review_store

AT_LEAST_EVERY = timedelta(minutes=10)
"""An alteration from outside changes no version."""
REST = 10


class ChainWatch:
    """What the latest check of one store found."""

    def __init__(self, store: review_store.ReviewStore, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._turn = threading.Lock()
        self._running: threading.Thread | None = None
        self._found: ledger.Verification | None = None
        self._next = self._latest = clock()
        self._version = -1

    def found(self) -> ledger.Verification | None:
        """What the latest check found, None before the first has ended; starts one when due."""
        with self._turn:
            idle = self._running is None or not self._running.is_alive()
            if idle and self._due():
                self._running = threading.Thread(target=self._check, daemon=True)
                self._running.start()
            return self._found

    def wait(self) -> None:
        """Until a check that runs has ended."""
        if self._running:
            self._running.join()

    def _due(self) -> bool:
        now = self._clock()
        if now >= self._latest:
            return True
        return now >= self._next and self._version_now() != self._version

    def _version_now(self) -> int:
        try:
            return self._store.version()
        except errors.DashboardError:
            return -2  # no version that was ever checked: the check will say what is wrong

    def _check(self) -> None:
        began, version = self._clock(), self._version_now()
        noted = self._found.anchor if self._found and self._found.whole else None
        try:
            found = self._store.verify(noted)
        except errors.DashboardError as fault:
            found = ledger.Verification(ledger.Anchor(0, ""), (str(fault),))
        ended = self._clock()
        with self._turn:
            self._found, self._version = found, version
            self._next, self._latest = ended + REST * (ended - began), ended + AT_LEAST_EVERY
