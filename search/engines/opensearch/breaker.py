"""Whether the cluster is worth asking: who has just waited for it in vain spares the next the wait.

After a failure nobody asks for a moment; then one does, and as soon as one is answered, all are let through again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

_REST = 1.0
"""Seconds in which a cluster that did not answer is left alone."""


class Breaker:
    """Remembers the last failure. Used by several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._reason = ""
        self._again = 0.0

    def reason_to_wait(self) -> str:
        """Why the cluster is not to be asked now; nothing when it may be, by this caller."""
        with self._lock:
            if not self._reason:
                return ""
            now = self._clock()
            if now < self._again:
                return self._reason
            self._again = now + _REST  # this caller tries, and others wait for what becomes of it
            return ""

    def failed(self, reason: str) -> None:
        """It was asked in vain."""
        with self._lock:
            self._reason, self._again = reason, self._clock() + _REST

    def answered(self) -> None:
        """It answers."""
        with self._lock:
            self._reason = ""
