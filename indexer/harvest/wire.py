"""What one answer may cost: connections that keep a deadline and lead only where they may, and bodies of bounded size.

A socket's own time limit is for each read, so that a byte now and then keeps it waiting for ever. Here every read is given no
more than what is left of the time for the whole answer, the headers included; time is earned by what comes, and all that comes
is counted, whether it is of the body or of its wrapping. A packed body is unpacked in bounded steps, since a few kilobytes can
hold gigabytes.
"""

from __future__ import annotations

import socket
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

from indexer.harvest.addresses import Directory

_CHUNK = 64 * 1024


@dataclass(slots=True)
class Allowance:
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


class _TimedSocket:
    """A socket of which no read lasts longer than the answer may; it is otherwise the socket it stands for."""

    def __init__(self, plain: Any, allowance: Allowance) -> None:
        self._plain = plain
        self._allowance = allowance
        self._silence: float | None = plain.gettimeout()

    def settimeout(self, seconds: float | None) -> None:
        self._silence = seconds
        self._plain.settimeout(seconds)

    def recv_into(self, buffer: Any, *given: Any) -> int:
        left = self._allowance.left
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._plain.settimeout(left if self._silence is None else min(left, self._silence))
        come = int(self._plain.recv_into(buffer, *given))
        self._allowance.take(come)
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


class Connections:
    """Connections that keep the deadline, through a proxy if there is one."""

    def __init__(self, allowance: Allowance, directory: Directory | None, proxy: str = "") -> None:
        """They lead only to numbers that ``directory`` allows. A proxy looks up names by itself; then there is no directory.

        Raises:
            ValueError: it is no proxy that can be used.
        """
        self._manager = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        self._manager.pool_classes_by_scheme = _pools(self._timed(allowance), directory)
        self._sockets: list[_TimedSocket] = []

    def ask(self, address: str, headers: Mapping[str, str], timeout: urllib3.Timeout) -> urllib3.BaseHTTPResponse:
        """Ask once for what is at an address; the body is still to be read, and no redirect is followed."""
        return self._manager.urlopen(
            "GET", address, headers=headers, preload_content=False, retries=False, redirect=False, timeout=timeout
        )

    def drop(self) -> None:
        """End all connections, also one whose answer was thrown away half-read."""
        self._manager.clear()
        for one in self._sockets:
            one.end()
        self._sockets.clear()

    def _timed(self, allowance: Allowance) -> Callable[[socket.socket], _TimedSocket]:
        def timed(plain: socket.socket) -> _TimedSocket:
            self._sockets = [one for one in self._sockets if one.fileno() >= 0]
            self._sockets.append(_TimedSocket(plain, allowance))
            return self._sockets[-1]

        return timed


def _pools(
    timed: Callable[[socket.socket], _TimedSocket], directory: Directory | None
) -> dict[str, type[urllib3.HTTPConnectionPool]]:
    """The kinds of connections for each scheme, as urllib3 wants them."""

    def connected(connection: HTTPConnection) -> socket.socket:
        return HTTPConnection._new_conn(connection) if directory is None else _connect(connection, directory)

    class Connection(HTTPConnection):
        _new_conn = connected  # what urllib3's own variants of a connection replace

        def connect(self) -> None:
            super().connect()
            self.sock = timed(self.sock)

    class SecureConnection(HTTPSConnection):
        _new_conn = connected

        def connect(self) -> None:
            super().connect()
            self.sock = timed(self.sock)

    class Pool(urllib3.HTTPConnectionPool):
        ConnectionCls = Connection

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return {"http": Pool, "https": SecurePool}


def _connect(connection: HTTPConnection, directory: Directory) -> socket.socket:
    """A connection to a number of the host that was looked at, and to no other."""
    try:
        numbers = directory.numbers(connection.host, connection.port)
    except UnicodeError as error:
        raise urllib3.exceptions.NameResolutionError(connection.host, connection, socket.gaierror(str(error))) from error
    except socket.gaierror as error:
        raise urllib3.exceptions.NameResolutionError(connection.host, connection, error) from error
    failure: OSError | None = None
    for number in numbers:
        try:
            return create_connection((number, connection.port), connection.timeout, socket_options=connection.socket_options)
        except OSError as error:
            failure = error
    raise urllib3.exceptions.NewConnectionError(connection, str(failure)) from failure


def whole_body(response: urllib3.BaseHTTPResponse, most: int, allowance: Allowance) -> bytes:
    """The body of an answer, unpacked; urllib3 compares what came with Content-Length.

    Raises:
        ValueError: it is too large, too slow, or packed in a way that was not asked for.
    """
    body = bytearray()  # a list of pieces of a byte each would take many times what they hold
    for part in _unpacked(response):
        body += part
        if len(body) > most:
            raise ValueError(f"the body is larger than {most // 2**20} MiB, which no official file is")
        if allowance.left <= 0:
            raise ValueError("the answer took too long")
    return bytes(body)


def _unpacked(response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """Nothing packed is asked for; gzip is understood nevertheless, since what stands between may pack unasked."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing in ("", "identity"):
        yield from response.stream(_CHUNK, decode_content=False)
        return
    if packing not in ("gzip", "x-gzip"):
        raise ValueError(f"the body is packed as {packing[:40]!r}, which was not asked for")
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    has_more = False
    try:
        for part in response.stream(_CHUNK, decode_content=False):
            packed = part
            while packed and not unpacking.eof:
                yield unpacking.decompress(packed, _CHUNK)
                packed = unpacking.unconsumed_tail
            has_more |= bool(unpacking.unused_data or (unpacking.eof and packed))
        yield unpacking.flush(_CHUNK)
    except zlib.error as error:
        raise ValueError(f"the body is packed as gzip, but cannot be unpacked: {error}") from error
    if not unpacking.eof:
        raise ValueError("the packed body ends too early; it was cut off")
    if has_more:
        raise ValueError("something follows the packed body, which would be left out")
