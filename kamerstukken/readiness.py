"""In what condition the catalogue, the index and the archive of a data folder are, told at once whatever it takes to find out.

Each of the three is looked at beside the requests, in a thread of its own: nobody waits for a disk or a cluster. A look tells
first what is seen at once, and then, where there is more to read, what is found after all of it was read. What takes long is not
done again until nineteen times as long has gone by, so that it never takes more than a twentieth of one core.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import read_catalogue
from indexer.catalogue.keeping import lacks_some
from indexer.catalogue.overview import ReceivedFile, received_files
from indexer.catalogue.seals import damages
from indexer.data_folder import is_there
from indexer.errors import (
    ArchiveError,
    CatalogueMissing,
    CatalogueOutdated,
    EngineError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    KamerstukkenError,
)
from indexer.reading.official_file import PARSER_VERSION
from search.ports import KeptIndex
from search.sync import behind
from web.ports import Condition, Readiness

_LOG = logging.getLogger(__name__)

Look = Callable[[], Iterator[Condition]]
"""What is seen, one after another; the last one counts."""

_FRESH = 1.0
"""Seconds that what was seen is told again without another look."""
_PATIENCE = 0.8
"""Seconds that who asks waits for what a look sees."""
_REST = 19
"""Of the time that reading everything took, before that is done again."""
_FILES_AT_ONCE = 500
"""So many files of the archive are compared at one look, going round."""


class Inspector:
    """Tells the conditions of a data folder."""

    def __init__(self, catalogue: Look, index: Look, archive: Look) -> None:
        self._watches = (_Watch("catalogue", catalogue), _Watch("index", index), _Watch("archive", archive))

    def __call__(self) -> Readiness:
        """The conditions as they were seen last; never waits long."""
        deadline = time.monotonic() + _PATIENCE
        for watch in self._watches:
            watch.begin()
        return Readiness(*(watch.seen(deadline - time.monotonic()) for watch in self._watches))


class _Watch:
    """One of the three and what was seen of it last; nothing seen yet counts as missing."""

    def __init__(self, name: str, look: Look) -> None:
        self._name, self._look = name, look
        self._lock = threading.Lock()
        self._last = Condition.MISSING
        self._done = threading.Event()
        self._busy = False
        self._old_from = 0.0

    def begin(self) -> None:
        """Begin to look, unless that is under way or was done just now."""
        with self._lock:
            if self._busy or time.monotonic() < self._old_from:
                return
            self._busy = True
            self._done.clear()
        threading.Thread(target=self._see, daemon=True).start()

    def _see(self) -> None:
        before = self._last
        try:
            for seen in self._look():
                self._last = seen
            if self._last is not before and self._last is not Condition.OK:
                _LOG.warning("the %s is %s; kamerstukken status says more", self._name, self._last)
        finally:
            with self._lock:
                self._busy, self._old_from = False, time.monotonic() + _FRESH
            self._done.set()

    def seen(self, wait: float) -> Condition:
        """What is seen after at most so many seconds."""
        self._done.wait(max(wait, 0))
        return self._last


class _Thorough:
    """What takes time to find out, found out again only for another state and when it may take that time again."""

    def __init__(self, find: Callable[[], Condition]) -> None:
        self._find = find
        self._state, self._not_before = "", 0.0
        self._found = Condition.OK

    def of(self, state: str) -> Iterator[Condition]:
        """What was found, and what is now found where there is anything new to find."""
        known = self._state == state
        if known or self._found is not Condition.OK:
            yield self._found
        if time.monotonic() >= self._not_before:
            began = time.monotonic()
            self._found, self._state = self._find(), state
            self._not_before = time.monotonic() + _REST * (time.monotonic() - began)
            yield self._found


def _looking(at_once: Callable[[], tuple[Condition, str]], find: Callable[[], Condition]) -> Look:
    """A look at once, which also names the state of what is seen, and then a reading of all of it, where it can be used."""
    thorough = _Thorough(lambda: _told(find))

    def look() -> Iterator[Condition]:
        state = ""

        def seen_at_once() -> Condition:
            nonlocal state
            condition, state = at_once()
            return condition

        seen = _told(seen_at_once)
        yield seen
        if seen in (Condition.OK, Condition.BEHIND):
            yield from (seen if found is Condition.OK else found for found in thorough.of(state))

    return look


def catalogue_look(path: Path, files: Archive) -> Look:
    """Whether the catalogue is there, has all that came into the archive, can be read, and tells what was written."""

    def at_once() -> tuple[Condition, str]:
        with read_catalogue(path, PARSER_VERSION) as catalogue:
            state = f"{catalogue.state()} {path.stat().st_mtime_ns}"
            left = lacks_some(catalogue, files) or catalogue.count_former()
            return Condition.BEHIND if left else Condition.OK, state

    def find() -> Condition:
        with read_catalogue(path, PARSER_VERSION) as catalogue:
            return Condition.DAMAGED if next(damages(catalogue.connection), None) else Condition.OK

    return _looking(at_once, find)


def index_look(path: Path, index: KeptIndex) -> Look:
    """Whether the index is there, can be read, has all that the catalogue at ``path`` has, and is as it was written."""

    def at_once() -> tuple[Condition, str]:
        made = index.made()
        state = f"{made.moment} {made.committed}"
        try:
            with read_catalogue(path, PARSER_VERSION) as catalogue:
                left = behind(catalogue, made.moment)
        except ArchiveError:  # which is told of the catalogue
            return Condition.OK, state
        if left is None:  # it follows another history
            return Condition.OUTDATED, state
        return Condition.BEHIND if left else Condition.OK, state

    def find() -> Condition:
        index.verify()
        return Condition.OK

    return _looking(at_once, find)


def archive_look(path: Path, files: Archive) -> Look:
    """Whether the archive has the files that the catalogue at ``path`` tells of, as they were received: some at each look."""
    last = ""
    bad: set[str] = set()

    def look() -> Iterator[Condition]:
        nonlocal last
        if not files.exists():
            yield Condition.MISSING if _received(path, "", 1) or not (path.is_file() and is_there(path)) else Condition.OK
            return
        yield Condition.DAMAGED if bad else Condition.OK
        some = _received(path, last, _FILES_AT_ONCE)
        last = some[-1].fingerprint if len(some) == _FILES_AT_ONCE else ""
        for one in some:
            try:
                files.get(one.identifier, one.fingerprint, one.form, one.origin)
                bad.discard(one.fingerprint)
            except ArchiveError:
                bad.add(one.fingerprint)
        yield Condition.DAMAGED if bad else Condition.OK

    return look


def _received(path: Path, after: str, many: int) -> list[ReceivedFile]:
    """Some of the files that the catalogue tells of; none where it cannot be read, which is told of the catalogue."""
    try:
        with read_catalogue(path, PARSER_VERSION) as catalogue:
            return received_files(catalogue.connection, after, many)
    except ArchiveError:
        return []


def _told(look: Callable[[], Condition]) -> Condition:
    """What is seen, or the condition that an error tells of."""
    try:
        return look()
    except (CatalogueMissing, IndexMissing):
        return Condition.MISSING
    except IndexDamaged:
        return Condition.DAMAGED
    except (CatalogueOutdated, IndexOutdated):
        return Condition.OUTDATED
    except EngineError:
        return Condition.MISSING
    except (KamerstukkenError, OSError):
        return Condition.DAMAGED
