"""How a window is listed whole, whatever the source does: every paper that it counts was seen, or it is told.

Results have positions, but a source need not keep the order of equals from one answer to the next, so that a paper may slip from
a page that is still to come to one that has been. A window therefore fits one answer, and is cut until it does. Only what cannot
be cut, a day with very many papers, is listed by position, in order of the identifier and again and again, until all that were
counted have been seen. Each time the different papers are compared with what the source counts, and a count is believed when it
is the same asked again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.errors import QueryRefused, SourceError, SourceUnreachable
from indexer.harvest.search_interface import Page, Record, SearchInterface
from indexer.harvest.selection import Window, pieces, question
from indexer.paper.identifier import Identifier

_ROUNDS = 40
"""A window is listed so often at most, and as long as that brings papers not seen before."""
_IN_VAIN = 6
"""So many rounds that bring nothing new end the attempt."""
_PAGES = 200
"""One round asks for so many pages at most."""
_MOST = 50_000
"""A window of more papers than this, which no day has, is not gone through to its end."""
_LEAST = 50
"""A source that gives fewer records at once than this is not asked in windows so small."""
_FAILURES = 8
"""After so many windows in a row that the source does not answer properly it is taken to be out of order."""
_SHORT = 20
"""After so many windows in a row that do not add up it is too."""
_FIRST_FAILURES = 2
"""The same as long as it has answered no search at all."""
_BY_DATE, _BY_NAME = "dt.date", "dt.identifier"


@dataclass(frozen=True, slots=True)
class Found:
    """What a window has."""

    records: tuple[Record, ...]
    problems: tuple[str, ...]
    """Records that cannot be read: which, and why."""
    at: dt.datetime | None
    """When the source gave its first answer, by its own clock."""
    short: str = ""
    """Why these cannot be taken for all papers of the window; empty when they can."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A window that is too large, in smaller ones, newest first; ``results`` is how many there are in all, 0 if unknown."""

    windows: tuple[Window, ...]
    results: int


@dataclass(slots=True)
class _Gathered:
    """What several answers gave together."""

    records: dict[Identifier, Record] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """Of the last round: they have no name by which they could be recognised."""
    counts: set[int] = field(default_factory=set)
    """Every count that the source gave."""

    @property
    def size(self) -> int:
        """How many different papers, and records that cannot be read."""
        return len(self.records) + len(self.problems)

    def add(self, page: Page) -> None:
        """What one answer gave."""
        self.records.update((record.identifier, record) for record in page.records)
        self.problems += page.problems
        self.counts.add(page.total)

    def found(self, at: dt.datetime | None, short: str = "") -> Found:
        return Found(tuple(self.records.values()), self.problems, at, short)

    def shortfall(self) -> str:
        """What does not add up, in words."""
        least, most = f"{min(self.counts):,}", f"{max(self.counts):,}"
        counted = most if least == most else f"sometimes {least} and sometimes {most}"
        return f"the source counts {counted} papers and lists {self.size:,}; they are asked for again in the next run"


class Lister:
    """Lists windows; learns how many records the source gives at once, and whether it is well."""

    def __init__(self, searches: SearchInterface) -> None:
        self._searches = searches
        self._room = searches.page
        self._key = _BY_NAME
        self._failures = 0
        self._short = 0
        self._answered = False

    @property
    def today(self) -> dt.date:
        """Our own day."""
        return self._searches.today()

    def look(self, cql: str, window: Window, since: str = "") -> Found | Cut:
        """All papers of a window; or, when it is too large for one answer, what to look at instead.

        Raises:
            QueryRefused: the source does not understand the query.
            SourceError: it does not answer properly, in whatever windows.
        """
        try:
            seen = self._look(cql, window, since)
        except QueryRefused:
            if window.undated:  # whether there are any, the count of all papers tells
                return Found((), (), None)
            raise
        except SourceUnreachable:
            raise
        except SourceError as error:
            return self._without_answer(window, error)
        self._failures, self._answered = 0, True
        if isinstance(seen, Found):
            self._short = self._short + 1 if seen.short else 0
            if self._short >= _SHORT:
                reason = f"{_SHORT} listings in a row do not add up, the last because {seen.short}"
                raise SourceError(self._searches.address, reason)
        return seen

    def survey(self, cql: str, windows: tuple[Window, ...], since: str = "") -> Iterator[tuple[Window, Found]]:
        """All windows, without recording anything."""
        asked = list(reversed(windows))
        while asked:
            window = asked.pop()
            seen = self.look(cql, window, since)
            if isinstance(seen, Cut):
                asked += reversed(seen.windows)
            else:
                yield window, seen

    def _without_answer(self, window: Window, error: SourceError) -> Found | Cut:
        """One bad record can spoil an answer, so the window is looked at in parts; the part that has it is told."""
        self._failures += 1
        cut = pieces(window, 2 * self._searches.page, self._searches.today(), self._searches.page)
        if self._failures >= (_FAILURES if self._answered else _FIRST_FAILURES) or not (cut or self._answered):
            raise error
        return Cut(cut, 0) if cut else Found((), (), None, error.reason)

    def _look(self, cql: str, window: Window, since: str) -> Found | Cut:
        try:
            page = self._searches.ask(question(cql, window, since))
        except QueryRefused as refused:
            cut = pieces(window, 2 * self._searches.page, self._searches.today(), self._searches.page)
            if refused.too_far and cut:
                return Cut(cut, 0)
            raise
        if page.more and page.given < min(page.total, self._room):
            self._room = max(page.given, min(_LEAST, self._room))
        if page.total > self._room and (cut := pieces(window, page.total, self._today(page), self._room)):
            return Cut(cut, page.total)
        return self._until_it_adds_up(cql, window, since, page)

    def _until_it_adds_up(self, cql: str, window: Window, since: str, first: Page) -> Found:
        gathered = _Gathered()
        in_vain = 0
        page = first
        for _ in range(_ROUNDS):
            before = len(gathered.records)
            total = self._round(cql, window, since, page, gathered)
            if gathered.size == total:
                again = self._searches.count(cql, window, since)
                gathered.counts.add(again)
                if again == total:
                    return gathered.found(first.at)
            in_vain = 0 if len(gathered.records) > before else in_vain + 1
            if in_vain >= _IN_VAIN or len(gathered.records) > _MOST:
                break
            page = self._searches.ask(question(cql, window, since))
        return gathered.found(first.at, gathered.shortfall())

    def _round(self, cql: str, window: Window, since: str, page: Page, gathered: _Gathered) -> int:
        """Go through the window once, page after page if the first does not have it all; gives what the source counts."""
        gathered.problems = ()
        gathered.add(page)
        if page.given >= page.total:
            return page.total
        gathered.problems = ()
        position = 1
        for _ in range(_PAGES):
            try:
                page = self._in_order(cql, window, since, position)
            except QueryRefused as refused:
                if position > 1 and refused.too_far:
                    break
                raise
            gathered.add(page)
            position += page.given
            if not page.given or position > min(page.total, _MOST):
                break
        return page.total

    def _in_order(self, cql: str, window: Window, since: str, position: int) -> Page:
        """The results from a position on, in an order without equals if the source has one."""
        try:
            return self._searches.ask(question(cql, window, since, self._key), position)
        except QueryRefused as refused:
            if refused.too_far or self._key == _BY_DATE:
                raise
            self._key = _BY_DATE
            return self._searches.ask(question(cql, window, since, self._key), position)

    def _today(self, page: Page) -> dt.date:
        """The later of the source's day and ours: a window that ends today is open at its end, and cannot be cut there."""
        return max(page.at.date(), self._searches.today()) if page.at else self._searches.today()
