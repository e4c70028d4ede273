"""How long an answer from elsewhere may take as a whole, and how much it may be; whom is asked, and how, is decided elsewhere.

A socket's own time limit is for each read, so that a byte now and then keeps it waiting for ever. Here every read is given no
more than what is left of the time for the whole answer, the headers included; time is earned by what comes, and all that comes
is counted, whether it is of the body or of its wrapping.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Any


@dataclass(slots=True)
class AnswerLimit:
    """What the answer that is being read may take. An answer that drips is soon over its time, and a large one is not."""

    now: Callable[[], float]
    seconds: float
    """For an answer of which nothing comes."""
    pace: float
    """So many bytes earn another second."""
    longest: float
    """Seconds, whatever comes."""
    most: int
    """Bytes, with the headers and whatever the body is wrapped in."""
    _begun: float = field(init=False, default=0.0)
    _come: int = field(init=False, default=0)

    def begin(self) -> None:
        """A question is asked: what comes now is the answer to it."""
        self._begun, self._come = self.now(), 0

    @property
    def spent(self) -> float:
        """Seconds since the question."""
        return self.now() - self._begun

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return min(self.longest, self.seconds + self._come / self.pace) - self.spent

    def take(self, number: int) -> None:
        """So many bytes have come.

        Raises:
            OSError: they are more than an answer may have.
        """
        self._come += number
        if self._come > self.most:
            raise OSError(f"the answer goes on after {self.most // 2**20} MiB")


class TimedSocket:
    """A socket of which no read lasts longer than the answer may; it is otherwise the socket it stands for."""

    def __init__(self, plain: Any, limit: AnswerLimit) -> None:
        self._plain = plain
        self._limit = limit
        self._silence: float | None = plain.gettimeout()

    def settimeout(self, seconds: float | None) -> None:
        self._silence = seconds
        self._plain.settimeout(seconds)

    def recv_into(self, buffer: Any, *given: Any) -> int:
        left = self._limit.left
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._plain.settimeout(left if self._silence is None else min(left, self._silence))
        come = int(self._plain.recv_into(buffer, *given))
        self._limit.take(come)
        return come

    def makefile(self, *_: Any, **__: Any) -> BufferedReader:
        """What answers are read from; it reads through ``recv_into``."""
        self._plain._io_refs += 1
        return BufferedReader(socket.SocketIO(self, "r"))  # type: ignore[arg-type] # it stands for one

    def end(self) -> None:
        """Close it, whoever still reads from it."""
        self._plain._io_refs = 0
        self._plain.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)
