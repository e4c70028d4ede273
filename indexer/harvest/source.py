"""The official source over HTTP, politely: few requests, spaced, named, and repeated with patience when they fail.

A body is given only when it is whole and sound, as the caller says what that is; otherwise it is asked for again, and reported
when that does not help. Only addresses of the source are asked, also when it leads to others itself, and no answer may last or
grow without end.
"""

from __future__ import annotations

import email.utils
import logging
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urljoin
from urllib.request import getproxies, proxy_bypass

import urllib3

from indexer.answer_limit import AnswerLimit
from indexer.errors import AddressRefused, NotAtSource, SourceError, SourceUnreachable, shown
from indexer.harvest.addresses import Directory, Resolve, SourceHosts, resolve
from indexer.harvest.wire import Connections, whole_body

Soundness = Callable[[bytes], object]
"""Raises ``ValueError`` with the reason when a body is not sound."""
RATE = 4.0
"""Requests a second, unless told otherwise."""
_MAX_BYTES = 100 * 1024 * 1024
"""No official file comes near this."""
_MOST_BYTES_COMING = 128 * 1024 * 1024
"""The same with its headers and what it is wrapped in."""
_LONG = 30.0
"""A pause of so many seconds is told."""
_HOPS = 5
"""So often the source may lead on to another address."""
_log = logging.getLogger(__name__)
_PASSING = frozenset((408, 425, 429))
"""Refusals that pass with time, as those of 500 and more do."""
_MOVED = frozenset((301, 302, 303, 307, 308))
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,200}")
"""What is kept to recognise a file by; what is longer or has other characters in it is not sent back."""


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
    at: datetime | None = None
    """When the source gave it, by its own clock; None when it does not say."""


class FileSource(Protocol):
    """Gives what is at an address of the source."""

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        """What is at ``address``, whole and sound; ``known`` is what was given with the version that is here already.

        Raises:
            NotAtSource: there is nothing there.
            AddressRefused: it is not an address of the source, or leads away from it.
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
    """How long the source may ask to be left alone, all pauses for one file together; else the harvest stops."""
    connecting: float = 10.0
    silence: float = 60.0
    """How long it may say nothing in the middle of an answer."""
    beginning: float = 60.0
    """How long an answer may take of which next to nothing comes."""
    pace: float = 8_192.0
    """Bytes for which it is given another second."""
    answer: float = 600.0
    """How long a whole answer may take, from the question to its last byte."""
    in_vain: float = 150.0
    """How long answers may take that come to nothing, one after another; then nothing is tried again until one is whole, and
    after twice as long the source is taken to be unreachable."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the client sees it; tests have another."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    """What this machine takes the time to be, which may be wrong."""


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
        hosts: SourceHosts,
        rate: float = RATE,
        patience: Patience = Patience(),
        clock: Clock = Clock(),
        seed: int | None = None,
        look_up: Resolve = resolve,
    ) -> None:
        """``agent`` names the project to the source; ``rate`` is requests a second at most, 0 for no limit."""
        self._headers = {"User-Agent": agent, "Accept-Encoding": "identity"}  # the length of what comes can be checked
        self._hosts = hosts
        self._directory = Directory(hosts, look_up)
        self._interval = 1 / rate if rate > 0 else 0.0
        self._patience = patience
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - spreads pauses, keeps no secrets
        self._next = 0.0
        self._limit = AnswerLimit(clock.now, patience.beginning, patience.pace, patience.answer, _MOST_BYTES_COMING)
        self._in_vain = 0.0
        self._answered = False
        self._opened: dict[str, Connections] = {}
        self.requests = 0
        """How many requests were made."""
        self.received = 0
        """How many bytes of bodies came in."""
        self.ahead = 0.0
        """By how many seconds this machine's clock is ahead of the source's, as of the last answer."""

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        """Ask as often as ``Patience`` allows, and wait longer after each failure."""
        tries, answered, told = 0, False, 0.0
        while True:
            try:
                received = self._once(address, sound, known)
            except _Failed as failure:
                tries += 1
                self._in_vain += self._limit.spent
                answered |= failure.answered
                told += failure.wait
                if told > self._patience.told:
                    raise SourceUnreachable(address, f"{failure.reason}; come back in {_in_words(failure.wait)}") from failure
                enough = self._patience.tries if self._answered else self._introductions
                if tries >= enough or self._in_vain > self._patience.in_vain:
                    error = SourceError if answered and self._in_vain <= 2 * self._patience.in_vain else SourceUnreachable
                    raise error(address, f"{failure.reason} ({tries} {'try' if tries == 1 else 'tries'})") from failure
                pause = failure.wait or self._pause(tries)
                level = logging.WARNING if failure.wait >= _LONG else logging.INFO
                _log.log(level, "%s: %s; again in %.1f s", address, failure.reason, pause)
            else:
                self._in_vain = 0.0
                return received
            self._clock.sleep(pause)  # what failed is let go of first, with its connection

    @property
    def _introductions(self) -> int:
        return min(self._patience.introductions, self._patience.tries)

    def _pause(self, number: int) -> float:
        """Twice as long after each failure, and not in step with others who wait."""
        whole = min(self._patience.longest, self._patience.first * 2 ** (number - 1))
        return float(whole * self._chance.uniform(0.5, 1.0))

    def _once(self, address: str, sound: Soundness, known: Validators) -> Received:
        headers = dict(self._headers)
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.modified:
            headers["If-Modified-Since"] = known.modified
        where = address
        for _ in range(_HOPS + 1):
            self._take_turn()
            answer = self._ask(where, headers, sound, known)
            if isinstance(answer, Received):
                return answer
            where = self._led(address, where, answer)
        raise SourceError(address, f"the source leads on and on, at last to {where[:200]}")

    def _led(self, address: str, where: str, location: str) -> str:
        """The address that the source leads on to from ``where``."""
        try:
            following = urljoin(where, location)
            self._hosts.check(following)
        except ValueError as error:
            raise AddressRefused(address, "the source leads on to what is no address") from error
        except AddressRefused as error:
            raise AddressRefused(address, f"the source leads on to {error}") from error
        return following

    def _ask(self, address: str, headers: dict[str, str], sound: Soundness, known: Validators) -> Received | str:
        """One request: what came, or the place that the source leads on to."""
        parts = self._hosts.check(address)
        connections = self._connections(parts.scheme or "", parts.host or "")
        self.requests += 1
        self._limit.begin()
        response = None
        try:
            response = connections.ask(parts.url, headers, self._timeout)
            self._answered = True
            at = self._told_time(response.headers)
            validators = Validators(_fit(response.headers.get("ETag")), _fit(response.headers.get("Last-Modified")))
            if response.status == 304 and known != UNKNOWN:
                return Received(None, known, at)
            if response.status in _MOVED and response.headers.get("Location"):
                return str(response.headers["Location"])
            if response.status != 200:
                raise _refusal(address, response.status, response.headers, at or self._clock.wall())
            content = whole_body(response, _MAX_BYTES, self._limit)
            self.received += len(content)
            sound(content)
        except urllib3.exceptions.HTTPError as error:
            connections.drop()
            raise _Failed(_said(error), answered=response is not None) from error
        except ValueError as error:
            connections.drop()  # what is left of a body that is longer than it says would be taken for the next answer
            raise _Failed(str(error), answered=True) from error
        except MemoryError as error:
            connections.drop()
            raise SourceError(address, "there is not enough memory to look at what came") from error
        finally:
            if response is not None:
                response.close()  # rather than read what else it has to say
        return Received(content, validators, at)

    @property
    def _timeout(self) -> urllib3.Timeout:
        return urllib3.Timeout(connect=self._patience.connecting, read=self._patience.silence)

    def _take_turn(self) -> None:
        """Wait until the next request may be made."""
        now = self._clock.now()
        if now < self._next:
            self._clock.sleep(self._next - now)
        self._next = max(now, self._next) + self._interval

    def _told_time(self, headers: Mapping[str, str]) -> datetime | None:
        """When the source says it answered."""
        at = _instant(headers.get("Date", ""))
        if at is not None:
            self.ahead = (self._clock.wall() - at).total_seconds()
        return at

    def _connections(self, scheme: str, host: str) -> Connections:
        """The connections for an address, through the proxy of the environment if there is one."""
        proxy = "" if proxy_bypass(host.strip("[]")) else getproxies().get(scheme, "")
        if proxy not in self._opened:
            try:
                self._opened[proxy] = Connections(self._limit, None if proxy else self._directory, proxy)
            except ValueError as error:
                raise SourceUnreachable(
                    proxy, f"not a proxy that can be used ({error}); look at the variable {scheme}_proxy"
                ) from error
        return self._opened[proxy]


def _refusal(address: str, status: int, headers: Mapping[str, str], at: datetime) -> SourceError | _Failed:
    """What a status other than 200 means."""
    if status in (404, 410):
        return NotAtSource(address, f"the source has no such file ({status})", gone=status == 410)
    reason = f"the source answers {status}"
    if status in _PASSING or status >= 500 or status < 400:
        return _Failed(reason, answered=True, wait=_retry_after(headers.get("Retry-After", ""), at))
    return SourceError(address, f"{reason}; it does not want to give this")


def _retry_after(text: str, at: datetime) -> float:
    """Seconds, from a number of them or from a date, which is compared with the date of the answer; 0 when it says nothing."""
    given = text.strip()
    if given.isascii() and given.isdigit():
        return float(given)
    until = _instant(given)
    return max(0.0, (until - at).total_seconds()) if until else 0.0


def _instant(text: str) -> datetime | None:
    """An instant as HTTP writes it; None when it is none."""
    try:
        given = email.utils.parsedate_to_datetime(text) if text else None
        return None if given is None else given.replace(tzinfo=given.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _in_words(seconds: float) -> str:
    """How long to stay away; nobody waits longer than a year."""
    return f"{seconds / 60:,.0f} minutes" if seconds < 366 * 86_400 else "more than a year"


def _fit(text: str | None) -> str:
    return text if text and _VALIDATOR.fullmatch(text) else ""


def _said(error: urllib3.exceptions.HTTPError) -> str:
    """What went wrong on the way, without the objects that urllib3 names in its messages."""
    reason = getattr(error, "reason", None)
    cause = reason if isinstance(reason, Exception) else error
    broken = isinstance(cause, urllib3.exceptions.ProtocolError)
    text = str(cause.args[0] if len(cause.args) < 2 else cause.args[1]) if broken and cause.args else str(cause)
    if ": " in text and text.startswith(("<", "HTTP")):
        text = text.split(": ", 1)[1]
    return f"the connection failed: {shown(text) or type(cause).__name__}"
