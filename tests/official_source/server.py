"""The HTTP server: searches at ``/sru``, files at the repository's addresses, faults as told, and a log of every request."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.official_source.cql import INDEXES, Diagnostic, read_query
from tests.official_source.faults import Fault, Faults
from tests.official_source.published import Published, Shelf
from tests.official_source.responses import diagnostic_response, records_response
from tests.official_source.whims import Whims

_APOLOGY = b"<!DOCTYPE html><html><head><title>Onderhoud</title></head><body><p>Wij zijn zo terug.</p></body></html>"
_TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the server saw it, and what it answered; ``fault`` is what befell it."""

    path: str
    query: str
    headers: dict[str, str]
    status: int
    fault: Fault | None
    at: float
    """Seconds on the monotonic clock when it came in."""

    @property
    def is_search(self) -> bool:
        """Whether it asked for records rather than for a file."""
        return self.path == "/sru"

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of a search."""
        return {name: values[-1] for name, values in parse_qs(self.query).items()}


@dataclass(slots=True)
class OfficialSource:
    """The stand-in while it runs. Everything may be changed meanwhile."""

    shelf: Shelf
    faults: Faults = field(default_factory=Faults)
    whims: Whims = field(default_factory=Whims)
    most_records: int = 1_000
    """Records in one response, whatever was asked."""
    unsorted: frozenset[str] = frozenset()
    """Indexes by which results cannot be sorted."""
    repository: str = ""
    """Where its records say that files are; empty: here."""
    ahead: timedelta = timedelta()
    """By how much its clock is ahead."""
    deepest: int = 1_000_000
    """The last position that a search answers; beyond it a diagnostic."""
    pause: float = 0.0
    """Seconds that every answer takes."""
    log: list[Request] = field(default_factory=list)
    address: str = ""
    """Where it listens: ``http://127.0.0.1:port``."""

    @property
    def sru(self) -> str:
        """The address of its search interface."""
        return f"{self.address}/sru"

    def searches(self) -> list[Request]:
        """The searches in the log."""
        return [request for request in list(self.log) if request.is_search]

    def downloads(self) -> list[Request]:
        """The requests for files in the log."""
        return [request for request in list(self.log) if not request.is_search]

    @contextmanager
    def running(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[OfficialSource]:
        """Serve until the end of the block."""
        source = self

        class Handler(_Handler):
            official = source

        server = _Server((host, port), Handler)
        self.address = f"http://{host}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def search(self, parameters: dict[str, str]) -> bytes:
        """Answer a search."""
        try:
            if parameters.get("operation", "searchRetrieve") != "searchRetrieve":
                raise Diagnostic(4, f"Unsupported operation: {parameters['operation']}")
            if parameters.get("version", "2.0") != "2.0":
                raise Diagnostic(5, f"Unsupported version: {parameters['version']}")
            if "query" not in parameters:
                raise Diagnostic(7, "Mandatory parameter not supplied: query")
            return self._records(parameters)
        except Diagnostic as diagnostic:
            return diagnostic_response(diagnostic.number, diagnostic.message)

    def _records(self, parameters: dict[str, str]) -> bytes:
        query = read_query(parameters["query"])
        start, wanted = (_number(parameters, name, default) for name, default in (("startRecord", 1), ("maximumRecords", 10)))
        if start < 1 or start > self.deepest:
            raise Diagnostic(61, f"First record position out of range: {start}")
        if refused := self.unsorted & {index for index, _ in query.order}:
            raise Diagnostic(86, f"Unsupported sort index: {min(refused)}")
        found = [paper for paper in self.shelf.papers() if query.test(paper)]
        self.whims.stir(found)
        for index, descending in reversed(query.order):
            values = INDEXES[index]
            found.sort(key=lambda paper, values=values: min(values(paper), default=""), reverse=descending)  # type: ignore[misc]
        maximum = min(wanted, self.most_records)
        page = self.whims.page(found[start - 1 : start - 1 + maximum])
        repository = self.repository or self.address
        return records_response(
            page,
            self.whims.total(len(found)),
            query=parameters["query"],
            start=start,
            maximum=maximum,
            repository=repository,
        )

    def file(self, path: str) -> tuple[Published, str] | None:
        """The paper and manifestation at an address of the repository."""
        parts = path.strip("/").split("/")
        if len(parts) < 5 or parts[0] != "frbr":
            return None
        paper = self.shelf.get(parts[-4])
        form = parts[-2]
        return (paper, form) if paper and form in paper.files and paper.path(form) == path else None


def _number(parameters: dict[str, str], name: str, default: int) -> int:
    text = parameters.get(name, str(default))
    if not text.isdigit():
        raise Diagnostic(6, f"Unsupported parameter value: {name}={text}")
    return int(text)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Connections that clients cut, or that a fault cut, are no news."""


class _Handler(BaseHTTPRequestHandler):
    official: OfficialSource
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        arrived = time.monotonic()
        fault = self.official.faults.draw()
        parts = urlsplit(self.path)
        status, headers, body = self._answer(parts.path, parts.query)
        if fault is Fault.ERROR:
            status, headers, body = 500, {"Content-Type": "text/html"}, b"<html><body>Internal Server Error</body></html>"
        elif fault is Fault.BUSY:
            status, headers, body = 429, {"Retry-After": self.official.faults.retry_after}, b""
        elif fault is Fault.HTML:
            status, headers, body = 200, {"Content-Type": "text/html"}, _APOLOGY
        request = Request(parts.path, parts.query, dict(self.headers.items()), status, fault, arrived)
        self.official.log.append(request)
        time.sleep(self.official.pause + (self.official.faults.delay if fault is Fault.SLOW else 0))
        if fault is Fault.RESET:
            self._reset()
            return
        self._send(status, headers, body, fault)

    def _answer(self, path: str, query: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/sru":
            parameters = {name: values[-1] for name, values in parse_qs(query).items()}
            return 200, {"Content-Type": "application/xml;charset=UTF-8"}, self.official.search(parameters)
        found = self.official.file(path)
        if not found:
            return 404, {"Content-Type": "text/html"}, b"<html><body>Niet gevonden</body></html>"
        paper, form = found
        if paper.gone:
            return 410, {"Content-Type": "text/html"}, b"<html><body>Ingetrokken</body></html>"
        headers = {"ETag": paper.etag(form), "Last-Modified": paper.last_modified}
        if self._has(paper, form):
            return 304, headers, b""
        return 200, {**headers, "Content-Type": _TYPES.get(form, "application/xml")}, paper.files[form]

    def _has(self, paper: Published, form: str) -> bool:
        """Whether the client says it has this version; an entity tag goes before the date."""
        tag, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        return tag == paper.etag(form) if tag else bool(since) and since == paper.last_modified

    def _send(self, status: int, headers: dict[str, str], body: bytes, fault: Fault | None) -> None:
        length = {Fault.SHORT: len(body) // 2, Fault.LONG: len(body) + 512}.get(fault, len(body)) if fault else len(body)
        sent = body[: len(body) // 2] if fault is Fault.TRUNCATED else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(length))
        cut = fault in (Fault.TRUNCATED, Fault.SHORT, Fault.LONG)
        if cut:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(sent)

    def _reset(self) -> None:
        """Cut the connection so that the client's kernel is told (RST), not as if all were said."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def date_time_string(self, timestamp: float | None = None) -> str:
        """What the header Date says."""
        now = time.time() if timestamp is None else timestamp
        return super().date_time_string(now + self.official.ahead.total_seconds())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Requests are in ``official.log``; stderr stays quiet."""
