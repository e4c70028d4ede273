"""The official source over HTTP, politely: few requests, spaced, named, and repeated with patience when they fail.

A body is given only when it is whole and of the kind that was asked for, since networks cut and servers apologise with status
200; otherwise it is asked for again, and reported when that does not help. ``forms_of`` says which files of a paper are
fetched. What a file means is for ``indexer.reading`` to say.
"""

from __future__ import annotations

import email.utils
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from indexer.errors import NotAtSource, SourceError, SourceUnreachable
from indexer.reading.pdf import is_pdf
from indexer.reading.trees import decode, local_name, root_name, xml_tree
from indexer.reading.xml import ROOT_NAMES

Soundness = Callable[[bytes], object]
"""Raises ``ValueError`` with the reason when a body is not sound."""
_PDF_END = 2_048
"""The end mark of a PDF stands within so many last bytes."""
_END = 400
"""The end of a page stands within so many last bytes; comments and white space may follow it."""
RATE = 4.0
"""Requests a second, unless told otherwise."""
_MAX_BYTES = 100 * 1024 * 1024
"""No official file comes near this."""
_CHUNK = 64 * 1024
_log = logging.getLogger(__name__)
_PASSING = frozenset((408, 425, 429))
"""Refusals that pass with time, as those of 500 and more do."""
_REDIRECTS = urllib3.Retry(
    total=None, connect=0, read=0, redirect=5, status=0, other=0, respect_retry_after_header=False, raise_on_status=False
)
"""Redirects are followed; tries are counted by us, since a body that is not sound is a failure too."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a file by; both empty when it gave nothing."""

    etag: str = ""
    modified: str = ""


UNKNOWN = Validators()
"""Of a file that is not here yet."""


@dataclass(frozen=True, slots=True)
class Received:
    """An answer: the bytes, or None when they are those that are known already."""

    content: bytes | None
    validators: Validators


class FileSource(Protocol):
    """Gives what is at an address of the source."""

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        """What is at ``address``, whole and sound; ``known`` is what was given with the version that is here already.

        Raises:
            NotAtSource: there is nothing there.
            SourceUnreachable: the source cannot be reached, or does not want to be asked for long.
            SourceError: it does not give a sound body.
        """
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How often is asked, and how long is waited; all times in seconds."""

    tries: int = 8
    introductions: int = 3
    """Tries as long as the source has never answered: then something is wrong that patience does not mend."""
    first: float = 0.5
    """The longest pause after the first failure; it doubles with each."""
    longest: float = 60.0
    """The longest pause of our own."""
    told: float = 900.0
    """The longest pause that the source may ask for; when it asks for more, the harvest stops."""
    connecting: float = 10.0
    silence: float = 60.0
    """How long it may say nothing in the middle of an answer."""
    answer: float = 600.0
    """How long a whole answer may take."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the client sees it; tests have another."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class _Failed(Exception):
    """One try failed; another may succeed. ``wait`` is how long the source wants to be left alone."""

    def __init__(self, reason: str, *, answered: bool, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.answered = answered
        self.wait = wait


class HttpSource:
    """The source over HTTP; one thread at a time."""

    def __init__(
        self,
        agent: str,
        rate: float = RATE,
        patience: Patience = Patience(),
        clock: Clock = Clock(),
        seed: int | None = None,
    ) -> None:
        """``agent`` names the project to the source; ``rate`` is requests a second at most, 0 for no limit."""
        self._headers = {"User-Agent": agent, "Accept-Encoding": "identity"}  # the length of what comes can be checked
        self._interval = 1 / rate if rate > 0 else 0.0
        self._patience = patience
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - spreads pauses, keeps no secrets
        self._next = 0.0
        self._answered = False
        self._pools: dict[str, urllib3.PoolManager] = {}
        self.requests = 0
        """How many requests were made."""
        self.received = 0
        """How many bytes of bodies came in."""

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        """Ask as often as ``Patience`` allows, and wait longer after each failure."""
        failures: list[_Failed] = []
        while True:
            try:
                return self._once(address, sound, known)
            except _Failed as failure:
                failures.append(failure)
                if failure.wait > self._patience.told:
                    raise SourceUnreachable(
                        address, f"{failure.reason}; come back in {failure.wait / 60:,.0f} minutes"
                    ) from failure
                if len(failures) >= (self._patience.tries if self._answered else self._introductions):
                    break
                pause = failure.wait or self._pause(len(failures))
                _log.info("%s: %s; again in %.1f s", address, failure.reason, pause)
                self._clock.sleep(pause)
        reason = f"{failures[-1].reason} ({len(failures)} tries)"
        if not any(failure.answered for failure in failures):
            raise SourceUnreachable(address, reason)
        raise SourceError(address, reason)

    @property
    def _introductions(self) -> int:
        return min(self._patience.introductions, self._patience.tries)

    def _pause(self, number: int) -> float:
        """Twice as long after each failure, and not in step with others who wait."""
        whole = min(self._patience.longest, self._patience.first * 2 ** (number - 1))
        return float(whole * self._chance.uniform(0.5, 1.0))

    def _once(self, address: str, sound: Soundness, known: Validators) -> Received:
        self._take_turn()
        self.requests += 1
        headers = dict(self._headers)
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.modified:
            headers["If-Modified-Since"] = known.modified
        pool = self._pool(address)
        response = None
        try:
            response = pool.request(
                "GET", address, headers=headers, preload_content=False, retries=_REDIRECTS, timeout=self._timeout
            )
            self._answered = True
            validators = Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
            if response.status == 304 and known != UNKNOWN:
                response.drain_conn()
                return Received(None, known)
            if response.status != 200:
                response.close()  # rather than read what it has to say
                raise _refusal(address, response.status, response.headers)
            content = self._body(response)
            self.received += len(content)
            sound(content)
        except urllib3.exceptions.HTTPError as error:
            pool.clear()
            raise _Failed(_said(error), answered=response is not None) from error
        except ValueError as error:
            pool.clear()  # what is left of a body that is longer than it says would be taken for the next answer
            raise _Failed(str(error), answered=True) from error
        finally:
            if response is not None:
                response.close()
        return Received(content, validators)

    @property
    def _timeout(self) -> urllib3.Timeout:
        return urllib3.Timeout(connect=self._patience.connecting, read=self._patience.silence)

    def _take_turn(self) -> None:
        """Wait until the next request may be made."""
        now = self._clock.now()
        if now < self._next:
            self._clock.sleep(self._next - now)
        self._next = max(now, self._next) + self._interval

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        """The whole body; urllib3 checks it against Content-Length."""
        until = self._clock.now() + self._patience.answer
        parts, size = [], 0
        for part in response.stream(_CHUNK, decode_content=True):
            size += len(part)
            parts.append(part)
            if size > _MAX_BYTES:
                raise ValueError(f"the body is larger than {_MAX_BYTES // 2**20} MiB, which no official file is")
            if self._clock.now() > until:
                raise ValueError(f"the body did not come within {self._patience.answer:,.0f} seconds")
        return b"".join(parts)

    def _pool(self, address: str) -> urllib3.PoolManager:
        """The connections for an address, through the proxy of the environment if there is one."""
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise SourceError(address, f"not an address of the web: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SourceError(address, "not an address of the web; give one that begins with https://")
        proxy = "" if proxy_bypass(parts.hostname) else getproxies().get(parts.scheme, "")
        if proxy not in self._pools:
            self._pools[proxy] = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return self._pools[proxy]


def _refusal(address: str, status: int, headers: Mapping[str, str]) -> SourceError | _Failed:
    """What a status other than 200 means."""
    if status in (404, 410):
        return NotAtSource(address, f"the source has no such file ({status})", gone=status == 410)
    reason = f"the source answers {status}"
    if status in _PASSING or status >= 500 or status < 400:
        return _Failed(reason, answered=True, wait=_retry_after(headers.get("Retry-After", "")))
    return SourceError(address, f"{reason}; it does not want to give this")


def _retry_after(text: str) -> float:
    """Seconds, from a number of them or from a date; 0 when it says nothing."""
    if text.strip().isdigit():
        return float(text)
    given = email.utils.parsedate_tz(text) if text else None
    return max(0.0, email.utils.mktime_tz(given) - time.time()) if given else 0.0


def _said(error: urllib3.exceptions.HTTPError) -> str:
    """What went wrong on the way, without the objects that urllib3 names in its messages."""
    reason = getattr(error, "reason", None)
    cause = reason if isinstance(reason, Exception) else error
    broken = isinstance(cause, urllib3.exceptions.ProtocolError)
    text = str(cause.args[0] if len(cause.args) < 2 else cause.args[1]) if broken and cause.args else str(cause)
    if ": " in text and text.startswith(("<", "HTTP")):
        text = text.split(": ", 1)[1]
    return f"the connection failed: {text or type(cause).__name__}"


def sound_page(content: bytes) -> None:
    """Raise unless it is the page of a paper, with the paper's text in it and its end tag."""
    if b"broodtekst" not in content:
        raise ValueError("not the page of a paper: there is no #broodtekst in it")
    if b"</html>" not in content[-_END:].lower():
        raise ValueError("the page ends before its end tag; it was cut off")


def sound_pdf(content: bytes) -> None:
    """Raise unless it is a PDF, with its end."""
    if not is_pdf(content):
        raise ValueError("not a PDF")
    if b"%%EOF" not in content[-_PDF_END:]:
        raise ValueError("the PDF ends before its end mark; it was cut off")


def sound_paper(content: bytes) -> None:
    """Raise unless it is the XML of a paper."""
    _sound_xml(content, frozenset(ROOT_NAMES))


def sound_metadata(content: bytes) -> None:
    """Raise unless it is a metadata record."""
    _sound_xml(content, frozenset(("metadata_gegevens", "owms-metadata")))


def _sound_xml(content: bytes, roots: frozenset[str]) -> None:
    text = decode(content)
    if root_name(text) not in roots:
        expected = " or ".join(f"<{name}>" for name in sorted(roots))
        raise ValueError(f"the body begins with <{root_name(text) or text[:20].strip()}>, expected {expected}")
    if local_name(xml_tree(text)) not in roots:
        raise ValueError("not the XML that was asked for")


SOUND: dict[str, Soundness] = {"metadata": sound_metadata, "pdf": sound_pdf, "xml": sound_paper, "html": sound_page}
"""The forms that are fetched, in this order: the last one that there is, is the one that is read."""


def forms_of(addresses: Mapping[str, str], wish: frozenset[str]) -> tuple[str, ...]:
    """Which files of a paper to fetch, the one that is read last; none when the source has none that can be read.

    ``wish`` are forms to have beside the page. Without a page it is the XML, and without that the PDF if ``wish`` has it; both
    with the metadata that they often lack.
    """
    readable = ("html", "xml", "pdf") if "pdf" in wish else ("html", "xml")
    read = next((form for form in readable if form in addresses), "")
    if not read:
        return ()
    wanted = (wish - {"pdf"}) | {read} | ({"metadata"} if read != "html" else set())
    return tuple(form for form in SOUND if form in wanted and form in addresses)
