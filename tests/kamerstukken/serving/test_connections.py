"""Connections that are slow, silent, hung up or too many; driven by hand, so that nothing depends on how fast this machine is."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

from kamerstukken.limits import Limits
from kamerstukken.serving.connections import MOST_HEADER_BYTES, Server
from kamerstukken.serving.lanes import Lanes, widths
from tests.kamerstukken.serving.test_lanes import Clock
from tests.web.fakes import site
from web.lanes import CANCELLED, Lane, LaneFinder
from web.refusals import Refusals

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_PAGE = b"GET /zoeken HTTP/1.1\r\nHost: x\r\n\r\n"
_MOST_TURNS = 2_000
_USUAL = Limits()


class Served:
    """A server without threads: the test reads and sends, and works on what has come."""

    def __init__(self, limits: Limits, *, behind_proxy: bool, reply: bytes) -> None:
        self.worked: list[str] = []
        self.hosts: list[str] = []
        self.cancelled = 0
        self.meanwhile: Callable[[], None] = lambda: None
        self.clock = Clock()
        self.lanes = Lanes(widths(limits), self.clock)
        self._reply = reply
        self._visitors: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        app = site().application
        self.server = Server(
            self._answer,
            self._listening,
            self.lanes,
            LaneFinder(app),
            Refusals(app),
            limits,
            behind_proxy=behind_proxy,
            clock=self.clock,
        )

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.worked.append(environ["PATH_INFO"])
        self.hosts.append(environ["HTTP_HOST"])
        self.meanwhile()
        if environ[CANCELLED]():
            self.cancelled += 1
        start_response("200 OK", [("Content-Length", str(len(self._reply)))])
        return [self._reply]

    def connect(self, sent: bytes = b"") -> socket.socket:
        """A new visitor who has sent this."""
        before = set(self.server.open)
        visitor = socket.create_connection(self._listening.getsockname(), 5)
        self._visitors.append(visitor)
        self.until(lambda: not set(self.server.open) <= before)
        if sent:
            visitor.sendall(sent)
        return visitor

    def until(self, holds: Callable[[], bool]) -> None:
        """Read and send until this holds."""
        for _ in range(_MOST_TURNS):
            if holds():
                return
            self.server.look_round(0.01)
        raise AssertionError("it never came to that")

    def work(self) -> None:
        """Work on all that has come."""
        for lane in Lane:
            while (turn := self.lanes.take(lane)) is not None:
                turn.asked.service()
                self.lanes.done(turn)

    def answer_to(self, visitor: socket.socket) -> bytes:
        """All that this visitor is sent, until it is enough or the connection is closed."""
        visitor.setblocking(False)
        got = b""
        for _ in range(_MOST_TURNS):
            self.server.look_round(0.01)
            self.work()
            with contextlib.suppress(BlockingIOError):
                try:
                    piece = visitor.recv(1 << 16)
                except ConnectionResetError:
                    return got
                if not piece:
                    return got
                got += piece
            head, ended, body = got.partition(b"\r\n\r\n")
            length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), None)
            if ended and length is not None and len(body) >= length:
                return got
        raise AssertionError(f"no answer; so far {got!r}")

    def look_at_deadlines(self) -> None:
        """What the server does once a second."""
        self.server.look_at_deadlines(self.clock())
        self.server.look_round(0)

    def close(self) -> None:
        """Let go of all sockets."""
        for visitor in self._visitors:
            visitor.close()
        for channel in self.server.open:
            channel.handle_close()
        self.server.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Makes servers that are ended with the test."""
    with contextlib.ExitStack() as ended:

        def made(limits: Limits = _USUAL, *, behind_proxy: bool = False, reply: bytes = b"answered") -> Served:
            served = Served(limits, behind_proxy=behind_proxy, reply=reply)
            ended.callback(served.close)
            return served

        yield made


@pytest.fixture
def served(serve: Callable[..., Served]) -> Served:
    return serve()


def test_who_sends_slowly_holds_no_worker(served: Served) -> None:
    slow = [served.connect(b"GET /zoeken HTTP/1.1\r\nHo") for _ in range(30)]

    assert served.answer_to(served.connect(_PAGE)).startswith(b"HTTP/1.1 200")
    assert served.worked == ["/zoeken"]
    assert len(slow) == len(list(served.server.open)) - 1


def test_a_request_has_to_arrive_whole_in_time_however_often_a_byte_comes(served: Served) -> None:
    slow = served.connect(b"G")
    served.until(lambda: any(channel.request for channel in served.server.open))
    for byte in b"ET /":
        served.clock.now += 6
        slow.send(bytes([byte]))
        served.server.look_round(0.01)
        served.look_at_deadlines()

    assert served.answer_to(slow) == b""
    assert list(served.server.open) == []


def test_empty_lines_are_no_request_and_give_no_more_time(served: Served) -> None:
    idle = served.connect()
    for _ in range(4):
        served.clock.now += Limits().idle_seconds / 3
        idle.sendall(b"\r\n\r\n")
        for _ in range(3):
            served.server.look_round(0.01)
        served.look_at_deadlines()
        if not list(served.server.open):
            return
    raise AssertionError("it is still open")


def test_a_silent_connection_is_closed_after_a_while_and_not_before(served: Served) -> None:
    served.connect()
    served.clock.now += Limits().idle_seconds - 1
    served.look_at_deadlines()
    assert len(list(served.server.open)) == 1

    served.clock.now += 2
    served.look_at_deadlines()

    assert list(served.server.open) == []


def test_a_connection_is_kept_open_for_the_next_request(served: Served) -> None:
    visitor = served.connect(_PAGE)
    assert b"Connection: close" not in served.answer_to(visitor)

    visitor.setblocking(True)
    visitor.sendall(_PAGE)

    assert served.answer_to(visitor).endswith(b"answered")


def test_a_connection_is_not_kept_by_a_worker_that_has_more_to_do_than_it_can(serve: Callable[..., Served]) -> None:
    served = serve(Limits(pages=1, pages_each=1))
    first, second = served.connect(_PAGE), served.connect(_PAGE)
    served.until(lambda: len([channel for channel in served.server.open if channel.requests]) == 2)

    assert b"Connection: close" in served.answer_to(first)
    assert b"Connection: close" not in served.answer_to(second)


def test_thirty_who_asked_and_hung_up_cost_nothing(served: Served) -> None:
    for _ in range(30):
        served.connect(_PAGE).close()
    served.until(lambda: served.lanes.counts["dropped"] == 30)

    assert served.answer_to(served.connect(_PAGE)).endswith(b"answered")
    assert served.worked == ["/zoeken"]


def test_work_is_told_when_nobody_waits_for_it_any_more(served: Served) -> None:
    visitor = served.connect(_PAGE)
    served.until(served.lanes.crowded)

    def hangs_up() -> None:
        visitor.close()
        served.until(lambda: not list(served.server.open))

    served.meanwhile = hangs_up
    served.work()

    assert served.worked == ["/zoeken"]
    assert served.cancelled == 1


def test_who_does_not_read_holds_no_worker_and_is_closed_at_last(serve: Callable[..., Served]) -> None:
    served = serve(Limits(), reply=b"x" * (64 << 20))
    served.connect(_PAGE)
    served.until(lambda: bool(served.lanes.crowded()))
    served.work()
    assert served.lanes.idle()
    for _ in range(100):  # what the system keeps on the way is taken without anybody reading
        served.look_at_deadlines()
    assert len(list(served.server.open)) == 1

    served.clock.now += Limits().send_seconds + 1
    served.look_at_deadlines()

    assert list(served.server.open) == []


def test_the_one_that_waited_longest_goes_where_one_visitor_has_too_many(serve: Callable[..., Served]) -> None:
    served = serve(Limits(connections_each=3))
    oldest = served.connect(b"GET")
    served.clock.now += 1
    for _ in range(2):
        served.connect(b"GET")
    served.clock.now += 1

    assert served.answer_to(served.connect(_PAGE)).endswith(b"answered")
    assert served.answer_to(oldest) == b""


def test_the_one_that_waited_longest_goes_where_all_have_too_many(serve: Callable[..., Served]) -> None:
    served = serve(Limits(connections=3), behind_proxy=True)
    for _ in range(50):
        served.connect(b"GET")
        served.clock.now += 1

    assert served.answer_to(served.connect(_PAGE)).endswith(b"answered")
    assert len(list(served.server.open)) == 3


def test_a_visitor_who_asks_too_fast_is_told_when_to_come_back(serve: Callable[..., Served]) -> None:
    served = serve(Limits(rate=1, burst=2))
    answers = [served.answer_to(served.connect(_PAGE)) for _ in range(3)]
    api = served.answer_to(served.connect(b"GET /api/v1/search?q=x HTTP/1.1\r\nHost: x\r\n\r\n"))
    well = served.answer_to(served.connect(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))

    assert [answer[9:12] for answer in answers] == [b"200", b"200", b"429"]
    assert b"Retry-After: 2" in answers[2]
    assert b"Dat gaat te snel" in answers[2]
    assert b"429" in api.split(b"\r\n")[0]
    assert b"application/problem+json" in api
    assert well.startswith(b"HTTP/1.1 200")
    assert served.worked == ["/zoeken", "/zoeken", "/healthz"]


def test_behind_a_proxy_each_visitor_has_a_bucket(serve: Callable[..., Served]) -> None:
    served = serve(Limits(rate=1, burst=1), behind_proxy=True)
    asked = "GET /zoeken HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.1, {}\r\n\r\n"
    statuses = [
        served.answer_to(served.connect(asked.format(address).encode()))[9:12]
        for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1")
    ]

    assert statuses == [b"200", b"200", b"429"]


def test_without_a_proxy_nobody_says_who_else_asks(serve: Callable[..., Served]) -> None:
    served = serve(Limits(rate=1, burst=1))
    asked = "GET /zoeken HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {}\r\n\r\n"
    statuses = [served.answer_to(served.connect(asked.format(address).encode()))[9:12] for address in ("192.0.2.1", "192.0.2.2")]

    assert statuses == [b"200", b"429"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * MOST_HEADER_BYTES + b"\r\n\r\n", b"431"),
        (b"GET /" + b"a" * 3 * MOST_HEADER_BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nContent-Length: 4\r\ntransfer-encoding:\tChunked \r\nHost: x\r\n\r\n0\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + 2 * b"Transfer-Encoding: chunked\r\n" + b"\r\n0\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", b"400"),
        (b"GET / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request_is_told_so_and_nothing_is_worked(served: Served, sent: bytes, status: bytes) -> None:
    answer = served.answer_to(served.connect(sent))

    assert answer.split(b" ")[1] == status
    assert b"Connection: close" in answer
    assert b"<html" in answer
    assert served.worked == []


@pytest.mark.parametrize("said", [b"Transfer-Encoding: chunked", b"transfer-encoding:\tCHUNKED \t"])
def test_a_body_in_chunks_is_one_as_it_was(served: Served, said: bytes) -> None:
    sent = b"GET /zoeken HTTP/1.1\r\nHost: x\r\n" + said + b"\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    assert b" 200 " in served.answer_to(served.connect(sent))[:20]


def test_what_is_too_large_is_told_so_although_more_of_it_comes(served: Served) -> None:
    body = b"x" * 300_000
    sender = served.connect(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    assert served.answer_to(sender).startswith(b"HTTP/1.1 413")
    for _ in range(10):
        served.server.look_round(0.01)
    served.clock.now += 3
    served.look_at_deadlines()
    assert list(served.server.open) == []


def test_a_server_that_stops_answers_what_has_come_and_closes_the_rest(served: Served) -> None:
    served.connect()
    asked = served.connect(_PAGE)
    served.until(served.lanes.crowded)

    served.server.stop()
    assert not served.server.is_done()

    assert b"Connection: close" in served.answer_to(asked)
    served.until(lambda: not list(served.server.open))
    assert served.server.is_done()


@pytest.mark.parametrize("path", [b"/zoeken", b"/healthz", b"/zoeken.csv"])
@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_who_says_that_nothing_more_will_come_is_answered_whole(served: Served, path: bytes, version: bytes) -> None:
    visitor = served.connect(b"GET " + path + b" HTTP/" + version + b"\r\nHost: x\r\n\r\n")
    visitor.shutdown(socket.SHUT_WR)
    served.until(lambda: any(channel.sends_no_more for channel in served.server.open))

    answer = served.answer_to(visitor)

    assert answer.startswith(b"HTTP/" + version + b" 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\nanswered")
    served.until(lambda: not list(served.server.open))


@pytest.mark.parametrize("many", [1, 2])
def test_who_says_so_while_an_answer_is_made_is_answered_too(served: Served, many: int) -> None:
    visitor = served.connect(_PAGE * many)
    served.until(served.lanes.crowded)

    def says_so() -> None:
        with contextlib.suppress(OSError):  # it was said before
            visitor.shutdown(socket.SHUT_WR)
        if len(served.worked) == many:
            served.until(lambda: any(channel.sends_no_more for channel in served.server.open))

    served.meanwhile = says_so
    served.work()
    served.until(lambda: not list(served.server.open))

    visitor.setblocking(True)
    answers = b"".join(iter(lambda: visitor.recv(1 << 16), b""))
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == answers.count(b"HTTP/") == answers.count(b"answered") == many
    assert served.cancelled == 0


def test_a_request_that_ends_half_way_is_no_request(served: Served) -> None:
    visitor = served.connect(b"GET /zoeken HTTP/1.1\r\nHo")
    visitor.shutdown(socket.SHUT_WR)

    assert served.answer_to(visitor) == b""
    assert list(served.server.open) == []


def test_who_asks_whether_to_go_on_with_nothing_is_answered(served: Served) -> None:
    asked = _PAGE.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")

    assert served.answer_to(served.connect(asked)).startswith(b"HTTP/1.1 200")


def test_a_connection_is_closed_for_whoever_asks_that_among_other_things(served: Served) -> None:
    asked = _PAGE.replace(b"\r\n\r\n", b"\r\nConnection: TE, Close\r\n\r\n")

    assert b"Connection: close" in served.answer_to(served.connect(asked))
    served.until(lambda: not list(served.server.open))


def test_the_host_of_a_whole_address_counts_for_more_than_that_of_the_headers(served: Served) -> None:
    served.answer_to(served.connect(_PAGE.replace(b"/zoeken", b"http://a..b/zoeken")))

    assert (served.worked, served.hosts) == (["/zoeken"], ["a..b"])


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_a_reply_that_breaks_off_does_not_look_whole(served: Served, version: bytes) -> None:
    def breaks_off(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b"the first part"
        raise RuntimeError("there is no second part")

    served.server.application = breaks_off
    visitor = served.connect(_PAGE.replace(b"1.1", version))
    served.until(served.lanes.crowded)
    served.work()
    served.until(lambda: not list(served.server.open))

    visitor.setblocking(True)
    if version == b"1.0":
        with pytest.raises(ConnectionResetError):
            list(iter(lambda: visitor.recv(1 << 16), b""))
    else:
        assert not b"".join(iter(lambda: visitor.recv(1 << 16), b"")).endswith(b"0\r\n\r\n")
