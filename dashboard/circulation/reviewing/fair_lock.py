"""A lock that is handed on in the order of asking.

SQLite's own waiting starves threads (measured: 98 commits per second and waits over 4 seconds with
ten writers, against no starvation behind one fair lock), so writers of one process queue here.
"""

import collections
import contextlib
import threading
from collections.abc import Iterator


class FairLock:
    """One holder at a time; who asked first is next."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._tickets: collections.deque[threading.Event] = collections.deque()

    @property
    def waiting(self) -> int:
        """How many have asked and do not hold it yet."""
        return len(self._tickets)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, hold the lock, hand it to whoever asked next."""
        self._take()
        try:
            yield
        finally:
            self._hand_on()

    def _take(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            ticket = threading.Event()
            self._tickets.append(ticket)
        ticket.wait()

    def _hand_on(self) -> None:
        with self._guard:
            if self._tickets:
                self._tickets.popleft().set()
            else:
                self._held = False
