"""The only place that speaks to the cluster: where it is, how to get in, and answers that are complete or errors.

An address names nodes and an index: ``https://one:9200,https://two:9200/kst``. User and password stand in the environment or the
settings file, so that they are shown nowhere. A node that does not answer, a time-out and the statuses 408, 429, 500, 502, 503
and 504 are tried again, elsewhere and later each time. An answer of which a shard is missing or that ran out of time is none.
Within a budget this ends while some of it is left, the cluster is told to stop by then, and whoever waited in vain spares the
next the wait (``breaker``). What is asked for is decided elsewhere.
"""

from __future__ import annotations

import copy
import json
import logging
import math
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from indexer.errors import (
    ArchiveError,
    EngineDenied,
    EngineError,
    EngineUnavailable,
    IndexMissing,
    KamerstukkenError,
    QueryTooCostly,
)
from search.budget import Budget, Part
from search.engines.opensearch.breaker import Breaker

if TYPE_CHECKING:
    from opensearchpy import Transport


_INDEX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_EXAMPLE = "an address is like opensearch:https://host:9200/name"


@dataclass(frozen=True, slots=True)
class Address:
    """``nodes`` are asked in turn; ``index`` is the alias of the index in use."""

    nodes: tuple[str, ...]
    index: str

    def __str__(self) -> str:
        return f"{','.join(self.nodes)}/{self.index}"


@dataclass(frozen=True, slots=True)
class Access:
    """How to get in, and how the index is made.

    ``ca`` is a file of certificates to trust instead of the usual ones. ``shards`` and ``replicas`` are used by the next rebuild.
    ``seconds`` is how long one request may take, ``tries`` how often it is made before the engine counts as unavailable.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    verify: bool = True
    shards: int = 3
    replicas: int = 1
    seconds: float = 20.0
    tries: int = 5


def parse_address(text: str) -> Address:
    """The address ``text`` names, without ``opensearch:`` in front.

    Raises:
        ArchiveError: it is none, or has a user or password in it.
    """
    rest, slash, index = text.rstrip("/").rpartition("/")
    if not slash or not _INDEX.fullmatch(index):
        raise ArchiveError(f"{_shown(text)}: no index is named in lower-case letters, digits, - and _; {_EXAMPLE}")
    return Address(tuple(_node(part.strip()) for part in rest.split(",")), index)


def _node(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ArchiveError(f"{_shown(text)}: not the address of a node; {_EXAMPLE}") from None
    if "@" in text:
        raise ArchiveError(
            f"{_shown(text)}: user and password do not belong in the address; "
            "set KAMERSTUKKEN_OPENSEARCH_USER and KAMERSTUKKEN_OPENSEARCH_PASSWORD"
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ArchiveError(f"{text or 'nothing'}: not the address of a node; {_EXAMPLE}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port or 9200}{parts.path.rstrip('/')}"


def _shown(text: str) -> str:
    """The text without what may be a password."""
    return re.sub(r"//[^/]*@", "//…@", text)


Json = dict[str, Any]

INSTALL = "pip install 'kamerstukken[opensearch]'"
_LATER = frozenset({408, 429, 500, 502, 503, 504})
_DENIED = frozenset({401, 403})
_TOO_MANY = 429
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
"""Seconds before the second try, twice as long before each further one."""
_CONNECTING = 3.0
"""Seconds in which a node takes a connection, or is passed over."""
_CONNECTING_SOON, _LOOKED_UP = 0.5, 0.7
"""The same within a budget, and seconds in which it says what it needs not search for: so that there is time for another node."""
_MARGIN = 0.15
"""Seconds of a budget that are kept for telling that there is no answer."""
_LEAST = 0.05
_CANCELLED = "task_cancelled_exception"
_POINT_LOST = ("search_context_missing_exception", "no node found for id")
"""In the answer when a point in time is gone: its node forgot it, or the cluster forgot its node."""


class PointLost(EngineUnavailable):
    """What a search was to look at is gone: with the node that kept it, because it took long, or as another took its place."""


class Busy(EngineUnavailable):
    """The engine did not take a request now: ``status`` 429 when it is too much at once, 0 when there was no answer at all."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status and content of an answer."""

    status: int
    body: Json


class Cluster:
    """The cluster at an address. May be used by several threads.

    Raises:
        ArchiveError: the package that speaks to it is not installed, or the file of certificates cannot be read.
    """

    def __init__(
        self,
        address: Address,
        access: Access,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``pause`` waits so many seconds, ``clock`` tells them."""
        self.address = address
        self.access = access
        self._pause = pause
        self._breaker = Breaker(clock)
        self._budget: Budget | None = None
        self._library = _library()
        if access.ca is not None and not access.ca.is_file():
            raise ArchiveError(f"{access.ca}: there is no such file of certificates; see opensearch.ca in the settings")
        self._transport = self._connected()

    def _connected(self) -> Transport:
        # It would warn of each answer that is no success; those are told by our errors.
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        settings: dict[str, Any] = {"timeout": self.access.seconds, "max_retries": 0, "retry_on_status": (), "pool_maxsize": 10}
        settings |= {"verify_certs": self.access.verify, "ssl_show_warn": False, "http_compress": False}
        if self.access.ca is not None:
            settings["ca_certs"] = str(self.access.ca)
        if self.access.user:
            settings["http_auth"] = (self.access.user, self.access.password)
        from search.engines.opensearch.connection import Connection  # noqa: PLC0415 - needs the extra

        settings |= {"connection_class": Connection}
        # A node that did not answer is passed over for a second, and longer each further time.
        settings |= {"dead_timeout": 1, "timeout_cutoff": 4, "randomize_hosts": True}
        transport: Transport = self._library.OpenSearch(list(self.address.nodes), **settings).transport
        return transport

    def within(self, budget: Budget) -> Cluster:
        """The same cluster, for an answer within this budget."""
        limited = copy.copy(self)
        limited._budget = budget if math.isfinite(budget.allowance.seconds) else None
        return limited

    # Requests

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, str] | None = None,
        *,
        allow: tuple[int, ...] = (),
        seconds: float | None = None,
        tries: int | None = None,
        sound: Callable[[Json], str] = lambda body: "",
    ) -> Reply:
        """Make a request, again while that may help; ``body`` is JSON, or bytes as they are.

        ``allow`` are further statuses that are an answer. ``sound`` says what is wrong with an answer, or nothing.

        Raises:
            EngineUnavailable: there was no sound answer, however often it was tried; ``Busy`` where another try may help.
            QueryTooCostly: a cluster that is there did not answer within the budget.
            EngineDenied: user or role are not allowed to, or the certificate is not one that is trusted.
            IndexMissing: there is no such index.
            EngineError: the engine refuses the request.
        """
        once = partial(self._ask_once, method, path, body, params or {}, allow, sound, seconds or self.access.seconds)
        if self._budget and (reason := self._breaker.reason_to_wait()):
            raise EngineUnavailable(reason)
        try:
            reply = self._again(once, tries or self.access.tries)
        except Busy as error:
            if self._budget and error.status != _TOO_MANY:
                self._breaker.failed(str(error))
            raise
        except KamerstukkenError:
            self._breaker.answered()  # the cluster is there, whatever it says
            raise
        self._breaker.answered()
        return reply

    def _again(self, once: Callable[[], Reply], tries: int) -> Reply:
        for attempt in range(tries - 1):
            try:
                return once()
            except Busy:
                pause = pause_before(attempt)
                if self._budget and self._budget.seconds_left - pause < self._budget.allowance.seconds / 2:
                    raise
                self._pause(pause)
        return once()

    def _patience(self, method: str, usual: float) -> object:
        """How long to wait for an answer; a machine that is there lets itself be connected to sooner."""
        from urllib3 import Timeout  # noqa: PLC0415 - comes with opensearchpy

        if self._budget is None:
            return Timeout(connect=min(usual, _CONNECTING), read=usual)
        self._budget.spend(Part.WORDS)
        left = self._left(usual)
        return Timeout(connect=min(left, _CONNECTING_SOON), read=min(left, _LOOKED_UP) if method == "GET" else left)

    def _left(self, usual: float) -> float:
        """Seconds that an answer may take."""
        left = self._budget.seconds_left - _MARGIN if self._budget else usual
        return max(min(usual, left), _LEAST)

    def _ask_once(
        self,
        method: str,
        path: str,
        body: object,
        given: Mapping[str, str],
        allow: tuple[int, ...],
        sound: Callable[[Json], str],
        seconds: float,
    ) -> Reply:
        params: Json = {**given, "request_timeout": self._patience(method, seconds)}
        content = body if body is None or isinstance(body, bytes) else json_bytes(body)
        headers = {"content-type": "application/x-ndjson" if isinstance(body, bytes) else "application/json"}
        try:
            found = self._transport.perform_request(method, path, params=params, body=content, headers=headers)
        except self._library.exceptions.ConnectionError as error:
            if "CERTIFICATE" in str(error):
                raise EngineDenied(f"{self.address}: {_reason(error)}; see KAMERSTUKKEN_OPENSEARCH_CA") from error
            raise Busy(f"{self.address}: the search engine does not answer: {_reason(error)}", 0) from error
        except self._library.TransportError as error:
            status, told_by_it = int(error.status_code), error.info if isinstance(error.info, dict) else {}
            if status not in allow:
                raise self._error(status, told_by_it) from error
            return Reply(status, told_by_it)
        except self._library.SerializationError as error:
            raise Busy(f"{self.address}: what answers is no OpenSearch, or only half of its answer came", 0) from error
        answered = found if isinstance(found, dict) else {}
        try:
            wrong = sound(answered)
        except (ValueError, TypeError, AttributeError):
            wrong = "it has not the form of one"
        if wrong:
            raise Busy(f"{self.address}: the search engine's answer is not complete: {wrong}", 200)
        return Reply(200, answered)

    def _error(self, status: int, body: Json) -> EngineError | IndexMissing | QueryTooCostly:
        kind, reason = _told(body)
        said = f"{status} {reason or kind}".strip()
        if self._budget and kind == _CANCELLED:
            return self._budget.out_of_time(Part.WORDS)
        if any(sign in json.dumps(body) for sign in _POINT_LOST):
            return PointLost(f"{self.address}: the search engine lost the state that was being read")
        if status in _DENIED:
            return EngineDenied(
                f"{self.address}: the search engine does not allow this ({said}); check KAMERSTUKKEN_OPENSEARCH_USER and "
                "KAMERSTUKKEN_OPENSEARCH_PASSWORD, and the role of this user (docs/opensearch.md)"
            )
        if kind == "index_not_found_exception":
            return self.missing()
        if status in _LATER:
            return Busy(f"{self.address}: the search engine cannot do this now ({said})", status)
        return EngineError(f"{self.address}: the search engine refuses the request ({said})", status)

    def missing(self) -> IndexMissing:
        """That there is no index."""
        return IndexMissing(f"{self.address}: there is no index yet; make one with: kamerstukken index PATH…")

    # Searches, whose answers are complete

    def search(self, body: Json, index: str | None = None) -> Json:
        """One search, in ``index``, or in the point in time that ``body`` names.

        Raises:
            PointLost: that point in time or the index is gone; besides those of ``ask``.
        """
        path = f"/{quote(index, safe='')}/_search" if index else "/_search"
        params = {"allow_partial_search_results": "false"}
        if self._budget:
            params["cancel_after_time_interval"] = self._in_time()
        with self._in_use():
            return self.ask("POST", path, self._timed(body), params, sound=self._incomplete).body

    def searches(self, bodies: Sequence[Json], index: str | None = None) -> list[Json]:
        """Several searches in one request, answered in their order.

        Raises:
            PointLost: the point in time or the index is gone; besides those of ``ask``.
        """
        if not bodies:
            return []
        header = {"allow_partial_search_results": False} | ({"index": index} if index else {})
        lines = json_lines(line for body in bodies for line in (header, self._timed(body)))
        with self._in_use():
            answered = self.ask("POST", "/_msearch", lines, sound=lambda body: self._any_incomplete(body, len(bodies))).body
        responses: list[Json] = answered["responses"]
        return responses

    def _any_incomplete(self, body: Json, asked: int) -> str:
        """What is wrong with one of several answers.

        Raises:
            EngineError: one was refused.
        """
        responses = body.get("responses")
        if not isinstance(responses, list) or len(responses) != asked:
            return "not every search was answered"
        for response in responses:
            if "error" in response:
                raise self._error(int(response.get("status", 500)), response)
        return next(filter(None, map(self._incomplete, responses)), "")

    def _in_time(self) -> str:
        """How long the cluster may work on a search, in its words."""
        return f"{max(int(1000 * (self._left(self.access.seconds) - _MARGIN)), 1)}ms"

    def _timed(self, body: Json) -> Json:
        """A search that stops in time; without a budget only the client's own patience ends it."""
        return body | {"timeout": self._in_time()} if self._budget else body

    def _incomplete(self, body: Json) -> str:
        """What is missing from the answer to a search.

        Raises:
            QueryTooCostly: the cluster worked on it as long as it might.
        """
        if self._budget and body.get("timed_out") is True:
            raise self._budget.out_of_time(Part.WORDS)
        return incomplete(body)

    def open_point(self, index: str, keep: str = "1m") -> str:
        """Keep the present state of an index for searches that belong together; gives its name.

        Raises:
            PointLost: another index has just taken the place of this one; besides those of ``ask``.
        """
        params = {"keep_alive": keep, "allow_partial_pit_creation": "false"}
        path = f"/{quote(index, safe='')}/_search/point_in_time"
        with self._in_use():
            return str(self.ask("POST", path, None, params, sound=incomplete_shards).body["pit_id"])

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """An index that was there a moment ago and is not now had its place taken."""
        try:
            yield
        except IndexMissing as error:
            raise PointLost(f"{self.address}: another index took the place of the one that was being read") from error

    def close_points(self, points: Iterable[str]) -> None:
        """Let go of states that were kept, with one try; those that are gone already do not matter."""
        names = list(points)
        if names:
            self.ask("DELETE", "/_search/point_in_time", {"pit_id": names}, allow=(404,), tries=1)


def incomplete(body: Json) -> str:
    """What is missing from the answer to a search; nothing when it is complete."""
    if body.get("timed_out") is not False:
        return "it ran out of time"
    return incomplete_shards(body)


def incomplete_shards(body: Json) -> str:
    """Which shards an answer is without; nothing when it has all."""
    shards = body.get("_shards")
    if not isinstance(shards, dict):
        return "it does not say from which shards it is"
    total, successful, failed = (int(shards.get(name, -1)) for name in ("total", "successful", "failed"))
    if failed or successful != total:
        return f"{successful} of {total} shards took part"
    return ""


def pause_before(attempt: int) -> float:
    """Seconds to wait after so many tries (from 0): twice as long each time, and not all at the same moment."""
    return float(min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE) * random.uniform(0.5, 1.0))  # noqa: S311 - no secret


def _library() -> ModuleType:
    try:
        import opensearchpy  # noqa: PLC0415 - an extra that most installations do without
    except ImportError as error:
        raise ArchiveError(f"the package that speaks to OpenSearch is not installed; install it with: {INSTALL}") from error
    return opensearchpy


def _told(body: Json) -> tuple[str, str]:
    """Kind and reason of an error."""
    error = body.get("error")
    if isinstance(error, dict):
        causes = error.get("root_cause") or [error]
        cause = causes[0] if isinstance(causes, list) and isinstance(causes[0], dict) else error
        return str(cause.get("type") or error.get("type") or ""), str(cause.get("reason") or error.get("reason") or "")
    return "", str(error or "")


def _reason(error: Exception) -> str:
    """What a connection failed of, without the object that it failed in."""
    text = str(error.args[1] if len(error.args) > 1 else error)
    return (
        "no answer in time" if "timed out" in text else re.sub(r"^.*?(?:Connection|Pool)(?:\(.*?\)| object at \w+>): ", "", text)
    )


def json_bytes(value: object) -> bytes:
    """As JSON. Half characters, which are in no text that was read properly, become question marks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def json_lines(values: Iterable[object]) -> bytes:
    """One JSON value a line, as bulk requests and searches of several want them."""
    return b"".join(json_bytes(value) + b"\n" for value in values)
