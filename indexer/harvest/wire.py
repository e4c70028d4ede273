"""What one answer may cost: connections that keep a deadline and lead only where they may, and bodies of bounded size.

Every read counts for the whole answer (``answer_limit``). A packed body is unpacked in bounded steps, since a few kilobytes can
hold gigabytes.
"""

from __future__ import annotations

import socket
import zlib
from collections.abc import Callable, Iterator, Mapping

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

from indexer.answer_limit import AnswerLimit, TimedSocket
from indexer.harvest.addresses import Directory

_CHUNK = 64 * 1024


class Connections:
    """Connections that keep the deadline, through a proxy if there is one."""

    def __init__(self, limit: AnswerLimit, directory: Directory | None, proxy: str = "") -> None:
        """They lead only to numbers that ``directory`` allows. A proxy looks up names by itself; then there is no directory.

        Raises:
            ValueError: it is no proxy that can be used.
        """
        self._manager = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        self._manager.pool_classes_by_scheme = _pools(self._timed(limit), directory)
        self._sockets: list[TimedSocket] = []

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

    def _timed(self, limit: AnswerLimit) -> Callable[[socket.socket], TimedSocket]:
        def timed(plain: socket.socket) -> TimedSocket:
            self._sockets = [one for one in self._sockets if one.fileno() >= 0]
            self._sockets.append(TimedSocket(plain, limit))
            return self._sockets[-1]

        return timed


def _pools(
    timed: Callable[[socket.socket], TimedSocket], directory: Directory | None
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


def whole_body(response: urllib3.BaseHTTPResponse, most: int, limit: AnswerLimit) -> bytes:
    """The body of an answer, unpacked; urllib3 compares what came with Content-Length.

    Raises:
        ValueError: it is too large, too slow, or packed in a way that was not asked for.
    """
    body = bytearray()  # a list of pieces of a byte each would take many times what they hold
    for part in _unpacked(response):
        body += part
        if len(body) > most:
            raise ValueError(f"the body is larger than {most // 2**20} MiB, which no official file is")
        if limit.left <= 0:
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
