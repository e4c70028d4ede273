"""A node that answers as a test says, on the loopback address: for what a real cluster does too seldom."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from typing import Any

from search.engines.opensearch.client import Access, Address, Cluster

Reply = tuple[int, object]
"""Status and JSON; a text is sent as it is, and status 0 hangs up. With status 1 something else than an answer drips."""
DRIP = 0.02
"""Seconds between two bytes that drip."""


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]

    @property
    def lines(self) -> list[Any]:
        """The JSON values of the body, one a line."""
        return [json.loads(line) for line in self.body.splitlines()]


@dataclass
class FakeNode:
    """Answers with ``reply``, and remembers what it was asked."""

    reply: Callable[[Asked], Reply]
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    """Seconds that its client would have waited."""

    def client(self, access: Access | None = None) -> Cluster:
        """A client of this node that never waits."""
        return Cluster(Address((self.address,), "kst"), access or Access(seconds=5), self.pauses.append)


@contextmanager
def fake_node(reply: Callable[[Asked], Reply]) -> Iterator[FakeNode]:
    """A node that runs for a test."""
    node, ended = FakeNode(reply), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        """Hands every request to the node."""

        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            asked = Asked(self.command, self.path, body, {name.lower(): value for name, value in self.headers.items()})
            node.asked.append(asked)
            status, content = node.reply(asked)
            if not status:
                self.close_connection = True
                return
            if status == 1:
                self._drip(str(content))
                return
            data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _drip(self, text: str) -> None:
            """Send the text byte by byte, and then letters without end, until nobody listens any more."""
            with suppress(OSError):
                for letter in chain(text.encode(), repeat(ord("a"))):
                    self.wfile.write(bytes([letter]))
                    if ended.wait(DRIP):
                        break
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - names of http.server

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name of http.server
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    node.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield node
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def in_turn(*replies: Reply) -> Callable[[Asked], Reply]:
    """One reply after another; the last one stays."""
    left = list(replies)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]
