"""Connections to a node, on which the answer to a request has the request's time as a whole, and a bounded size.

The library's own limit is for each read, so that a node, or whatever stands before it, that sends a byte now and then would keep
whoever asks for ever. What is asked, and what becomes of it, is decided in ``client``.
"""

from __future__ import annotations

import math
import time
from typing import Any

from opensearchpy import Urllib3HttpConnection
from urllib3.connection import HTTPConnection, HTTPSConnection

from indexer.answer_limit import AnswerLimit, TimedSocket

_MOST = 1 << 28
"""Bytes of an answer; the largest ones hold the texts of some hundred papers."""


class _Timed(HTTPConnection):
    """A connection of which each answer has its time from when it is asked for."""

    def connect(self) -> None:
        super().connect()
        self._limit = AnswerLimit(time.monotonic, math.inf, math.inf, math.inf, _MOST)
        self.sock = TimedSocket(self.sock, self._limit)

    def getresponse(self) -> Any:
        seconds = self.timeout if isinstance(self.timeout, int | float) else math.inf
        self._limit.seconds = self._limit.longest = seconds
        self._limit.begin()
        return super().getresponse()


class _TimedSecure(_Timed, HTTPSConnection):
    """The same over TLS."""


class Connection(Urllib3HttpConnection):
    """The library's connections to one node, made of these."""

    def _create_urllib3_pool(self) -> None:
        super()._create_urllib3_pool()
        self.pool.ConnectionCls = _TimedSecure if self.use_ssl else _Timed
