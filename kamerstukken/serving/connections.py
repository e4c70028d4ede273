"""Connections: one thread reads requests and sends replies for all of them, so that who is slow holds no worker.

Waitress does that; what is added here are deadlines. A request has to arrive whole in time, however slowly its bytes come; a
reader has to take what is ready; a connection without a request is closed after a while. Where there are too many, the one that
has waited longest for its request goes first, so that a new visitor always gets in. What is ready and not yet taken lies on disk.
"""

from __future__ import annotations

import contextlib
import re
import select
import socket
import struct
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from waitress import wasyncore  # type: ignore[import-untyped] # waitress ships no types
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from waitress.task import Task, WSGITask  # type: ignore[import-untyped]
from waitress.utilities import BadRequest  # type: ignore[import-untyped]

from kamerstukken.limits import Limits
from kamerstukken.serving.lanes import Lanes, Refusal
from kamerstukken.serving.visitors import Rates, visitor_of
from web.http import MAX_REQUEST_BYTES
from web.lanes import CANCELLED, Lane, LaneFinder
from web.refusals import Refusals

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

MOST_HEADER_BYTES = 32 * 1024
"""Of the first line and all headers of a request together."""
_ON_DISK_FROM, _MOST_READY = 1 << 20, 256 << 20
"""Bytes of a reply from which they lie on disk, and that may be ready and not yet taken; more than the largest export has."""
_READ_AT_ONCE = 128 * 1024
"""Bytes: more than a request may have."""
_LINGERING = 2.0
"""Seconds that the rest of a refused request is read and forgotten: closing before it has come would take the reply along."""
_LEAST_TAKEN = 64 * 1024
"""Bytes that a reader takes at least within the time given for it."""
_MOST_REQUESTS = 200
"""Of one connection; then it is closed, so that connections spread over the workers."""
_BETWEEN_LOOKS = 1.0
"""Seconds between looks at who is late."""
_BETWEEN_PROBES = 0.05
"""Seconds between looks at whether those have gone who send no more."""
_RESET = struct.pack("ii", 1, 0)
"""To linger for no time: the other end is told that the connection failed, not that it ended."""
_EVERY_REPLY = b"HTTP/1."
"""What every reply begins with, whatever the rest of it will be."""
_ENCODING = re.compile(rb"\r\ntransfer-encoding:[ \t]*([^\r\n]*?)[ \t]*(?=\r|\Z)", re.IGNORECASE)


class Parser(HTTPRequestParser):  # type: ignore[misc] # waitress is untyped
    """Reads a request; what cannot be read is an error of the request, never of the server."""

    def received(self, data: bytes) -> int:
        """Take these bytes in; how many of them belong to this request."""
        try:
            taken: int = super().received(data)
        except ValueError as error:  # such as a length of five thousand digits
            self.error = BadRequest(str(error))
            self.completed = True
            return len(data)
        if self.completed:
            self.expect_continue = False  # all has come, so there is nothing to go on with
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers. A whole address counts for more than ``Host``, and ``close`` among other words too.

        Raises:
            ParsingError: they say in two ways where the request ends, and a proxy in front may have taken the other one.
        """
        super().parse_header(header_plus)
        encodings = [found.lower() for found in _ENCODING.findall(header_plus)]
        if encodings and (encodings != [b"chunked"] or self.version != "1.1" or "CONTENT_LENGTH" in self.headers):
            raise ParsingError("It is not clear where the request ends")
        if self.proxy_netloc:
            self.headers["HOST"] = self.proxy_netloc
        if "close" in (word.strip() for word in self.headers.get("CONNECTION", "").lower().split(",")):
            self.headers["CONNECTION"] = "close"
            self.connection_close = True


class RefusalTask(Task):  # type: ignore[misc] # waitress is untyped
    """Tells that a request is refused, by a reply that was made before."""

    complete = True

    def execute(self) -> None:
        """Send the reply and close the connection."""
        channel: Channel = self.channel
        channel.has_rest = self.request.error is not None
        refusal = channel.refusal or Refusal(self.request.error.code if self.request.error else 400, 0)
        reply = channel.server.refusals.reply(refusal.status, getattr(self.request, "path", "/"))
        self.status = reply.status
        self.response_headers.extend((name, value) for name, value in reply.headers if name != "Content-Length")
        if refusal.retry_after:
            self.response_headers.append(("Retry-After", str(refusal.retry_after)))
        self.set_close_on_finish()
        self.content_length = len(reply.body)
        self.write(b"" if getattr(self.request, "command", "") == "HEAD" else reply.body)


class PageTask(WSGITask):  # type: ignore[misc] # waitress is untyped
    """Asks the application for its reply, and lets it ask whether anybody still waits for it."""

    def get_environment(self) -> dict[str, Any]:
        """The request as the application sees it."""
        environ: dict[str, Any] = super().get_environment()
        environ[CANCELLED] = self.channel.is_cancelled
        return environ

    def execute(self) -> None:
        """Send the reply. One that breaks off does not end like a whole one, also where only the connection tells its end."""
        try:
            super().execute()
        except Exception:
            self.channel.broke_off = self.wrote_header and not self.chunked_response
            raise

    def write(self, data: bytes) -> None:
        """Send a piece of the reply; where each costs something to make, others go first before the next."""
        super().write(data)
        if self.channel.lane is Lane.COSTLY:
            self.channel.server.lanes.after_you(self.channel)


class Channel(HTTPChannel):  # type: ignore[misc] # waitress is untyped
    """A connection with its deadlines."""

    parser_class = Parser
    error_task_class = RefusalTask
    server: Server
    close_when_flushed: bool

    def __init__(self, server: Server, sock: socket.socket, addr: tuple[Any, ...], adj: Adjustments, map: dict[int, Any]) -> None:  # noqa: A002 - waitress calls it so
        self.refusal: Refusal | None = None
        self.peer = self.visitor = visitor_of(str(addr[0]))
        self.lane = Lane.PAGES
        self.has_rest = False
        """Whether more of the request may come than was read."""
        self._lingers = False
        self.broke_off = False
        """Whether the reply ended before it was whole, and nothing in it says so."""
        self.sends_no_more = False
        """Whether the other end has closed its sending side: it has hung up, or waits for the replies to what it sent."""
        self._has_begun = False
        """Whether the reply that is worked on has begun to be sent."""
        self._ahead = 0
        """Bytes of that reply that were sent before it was known."""
        self._since: float = server.clock()
        self._sending_since: float | None = None
        self._ready = 0
        self._answered = 0
        super().__init__(server, sock, addr, adj, map=map)

    def refuse(self, refusal: Refusal) -> None:
        """Tell this instead of working on the request."""
        self.refusal = refusal

    def is_cancelled(self) -> bool:
        """Whether nobody waits any more for the request that is worked on; whoever works on it asks now and then.

        Who asks has worked for a while, and lets others go first.
        """
        self.server.lanes.after_you(self)
        return not self.connected

    def task_class(self, channel: Channel, request: HTTPRequestParser) -> Task:
        """What works on the request; named like a class because waitress expects one."""
        self._answered += 1
        if self._answered >= _MOST_REQUESTS or self.server.has_to_close():
            request.headers["CONNECTION"] = "close"
        return RefusalTask(channel, request) if self.refusal else PageTask(channel, request)

    def service(self) -> None:
        """Work on the first request."""
        super().service()
        self._since = self.server.clock()

    def received(self, data: bytes) -> bool:
        """Take these bytes in; the time for a request begins with its first. Empty lines are no part of one."""
        was_waiting = self.request is None and not self.requests
        taken = bool(super().received(data))
        if was_waiting and (self.request is not None or self.requests):
            self._since = self.server.clock()
        return taken

    def handle_write(self) -> None:
        """Send what is ready; what came of the rest of a refused request by then must not take the reply along."""
        if self.has_rest and self.close_when_flushed and not self.total_outbufs_len:
            self.has_rest, self.close_when_flushed, self._lingers = False, False, True
            self._since = self.server.clock()
            with contextlib.suppress(OSError):  # whoever asked has gone
                self.socket.shutdown(socket.SHUT_WR)
            return
        super().handle_write()

    def readable(self) -> bool:
        """Whether to read on."""
        return self._lingers or (not self.sends_no_more and bool(super().readable()))

    def handle_read(self) -> None:
        """Read on, or read and forget."""
        if self._lingers:
            with contextlib.suppress(OSError):
                self.recv(_READ_AT_ONCE)
        elif self.requests and self._is_at_end():
            self.sends_no_more = True
            self._begin_reply()
        else:
            super().handle_read()

    def _is_at_end(self) -> bool:
        """Whether nothing more will come."""
        try:
            return not self.socket.recv(1, socket.MSG_PEEK)
        except OSError:  # which is met again where it is read
            return False

    def _begin_reply(self) -> None:
        """Send what every reply begins with. Who has hung up answers that by a reset; who waits for the rest does not."""
        with self.outbuf_lock:
            if self._has_begun:
                return
            self._ahead = len(_EVERY_REPLY)
            self.outbufs[-1].append(_EVERY_REPLY)
            self.current_outbuf_count += self._ahead
            self.total_outbufs_len += self._ahead
            self._flush_exception(self._flush_some)

    def write_soon(self, data: Any) -> int:
        """Send this, without what was sent of it before."""
        with self.outbuf_lock:
            if not self._has_begun:
                self._has_begun = True
                data, self._ahead = data[self._ahead :], 0
        return int(super().write_soon(data))

    def begins(self) -> None:
        """The first request that has come is to be worked on."""
        self.refusal = None
        self._has_begun = False

    def is_gone(self) -> bool:
        """Whether who sends no more has hung up, or has been answered; asked by the thread that reads and sends."""
        look = select.poll()
        look.register(self.socket, 0)  # resets are always told
        return bool(look.poll(0)) or self.waits_since() is not None

    def handle_close(self) -> None:
        """The connection is closed; what it asked and was not begun is dropped."""
        if self.broke_off:
            with contextlib.suppress(OSError):
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        super().handle_close()
        self.server.lanes.forget(self)

    def waits_since(self) -> float | None:
        """Since when it waits for a request, or for the rest of one; None while one is worked on or its reply is sent."""
        return None if self.requests or self.total_outbufs_len else self._since

    def is_late(self, now: float) -> bool:
        """Whether who is at the other end has let a deadline pass; asked once a second."""
        limits = self.server.limits
        if self._lingers:
            return now - self._since > _LINGERING
        since = self.waits_since()
        if since is not None:
            self._sending_since = None
            return now - since > (limits.idle_seconds if self.request is None else limits.receive_seconds)
        if not self.total_outbufs_len:
            self._sending_since = None
        elif (
            self._sending_since is None
            or self.total_outbufs_len > self._ready
            or self._ready - self.total_outbufs_len >= _LEAST_TAKEN
        ):
            self._sending_since, self._ready = now, self.total_outbufs_len
        return self._sending_since is not None and now - self._sending_since > limits.send_seconds


class Server(TcpWSGIServer):  # type: ignore[misc] # waitress is untyped
    """The connections of one worker, over a socket that all workers listen on."""

    channel_class = Channel

    def __init__(
        self,
        application: WSGIApplication,
        listening: socket.socket,
        lanes: Lanes,
        finder: LaneFinder,
        refusals: Refusals,
        limits: Limits,
        *,
        behind_proxy: bool,
        clock: Any = time.monotonic,
    ) -> None:
        self.lanes = lanes
        self.refusals = refusals
        self.limits = limits
        self.behind_proxy = behind_proxy
        self.clock = clock
        self.stopping = False
        self._next_look = clock() + _BETWEEN_LOOKS
        self._finder = finder
        self._rates = Rates(limits.rate, limits.burst)
        host = listening.getsockname()[0]
        adjustments = Adjustments(
            sockets=[listening],
            ident=None,
            server_name=host if host not in ("0.0.0.0", "::") else "localhost",  # noqa: S104 - a comparison
            clear_untrusted_proxy_headers=not behind_proxy,
            connection_limit=limits.connections + 100,  # never reached: one is closed before
            recv_bytes=_READ_AT_ONCE,
            max_request_header_size=MOST_HEADER_BYTES,
            max_request_body_size=MAX_REQUEST_BYTES,
            outbuf_overflow=_ON_DISK_FROM,
            outbuf_high_watermark=_MOST_READY,
            channel_request_lookahead=1,  # reads on while it works, and so sees who hangs up
            log_socket_errors=False,
        )
        where = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(application, {}, True, listening, dispatcher=lanes, adj=adjustments, sockinfo=where, bind_socket=False)

    @property
    def open(self) -> Iterable[Channel]:
        """The open connections."""
        return list(self.active_channels.values())

    def has_to_close(self) -> bool:
        """Whether connections are closed after their reply: when this worker stops, or has more to do than it can."""
        return self.stopping or self.lanes.crowded()

    def add_task(self, channel: Channel) -> None:
        """A request has arrived whole: it waits in its lane, unless its visitor asks too much."""
        channel.begins()
        request = channel.requests[0]
        if request.error:
            self.lanes.add(Lane.AT_ONCE, channel)
            return
        if self.behind_proxy:
            channel.visitor = visitor_of(str(channel.addr[0]), request.headers.get("X_FORWARDED_FOR", ""))
        channel.lane = self._finder.lane_of(request.path, request.command)
        wait = 0.0 if channel.lane is Lane.AT_ONCE else self._rates.wait(channel.visitor, self.clock())
        if wait:
            self.lanes.refuse(channel, Refusal(429, int(wait) + 1))
        else:
            self.lanes.add(channel.lane, channel)

    def handle_accept(self) -> None:
        """A new connection; where there are too many, one that waits goes."""
        super().handle_accept()
        now_open = list(self.open)
        own = [one for one in now_open if one.peer == now_open[-1].peer] if now_open else []
        if len(now_open) > self.limits.connections:
            _close_longest_waiting(now_open)
        elif not self.behind_proxy and len(own) > self.limits.connections_each:
            _close_longest_waiting(own)

    def maintenance(self, now: float) -> None:
        """What waitress would do instead of ``look_at_deadlines``; it leaves those open who do not read."""

    def look_round(self, longest: float) -> None:
        """Read and send what can be read and sent now, or wait so many seconds for something; then see who is late."""
        ending = [channel for channel in self.open if channel.sends_no_more]
        wasyncore.loop(min(longest, _BETWEEN_PROBES) if ending else longest, use_poll=True, map=self._map, count=1)
        for channel in ending:
            if channel.connected and channel.is_gone():
                channel.handle_close()
        now = self.clock()
        if now >= self._next_look:
            self._next_look = now + _BETWEEN_LOOKS
            self.look_at_deadlines(now)

    def look_at_deadlines(self, now: float) -> None:
        """Close those who are late, and refuse what has waited too long."""
        for channel in self.open:
            if channel.is_late(now) or (self.stopping and channel.waits_since() is not None):
                channel.handle_close()
        self.lanes.expire()

    def stop(self) -> None:
        """Take no more connections; those that wait for nothing are closed."""
        self.stopping = True
        self.accepting = False
        self._next_look = self.clock()

    def is_done(self) -> bool:
        """Whether everybody has been answered."""
        return self.lanes.idle() and not any(channel.total_outbufs_len for channel in self.open)


def _close_longest_waiting(channels: list[Channel]) -> None:
    """Close the one that has waited longest for its request; the newest where all are being answered."""
    waiting = [(since, channel) for channel in channels[:-1] if (since := channel.waits_since()) is not None]
    (min(waiting, key=lambda one: one[0])[1] if waiting else channels[-1]).handle_close()
