"""Asks the search interface, window by window and page by page; every page is recorded before the next is asked.

Windows that turn out too large are cut. Fetches no papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from indexer.catalogue.catalogue import Catalogue
from indexer.errors import NotAtSource, QueryRefused, SourceError, SourceUnreachable
from indexer.harvest.progress import Harvest, HarvestState, Listed
from indexer.harvest.selection import MOST, Window, one_of, pieces, question
from indexer.harvest.source import FileSource, forms_of
from indexer.harvest.sru import PAGE, Page, read_page, search_address
from indexer.paper.identifier import Identifier

_AT_ONCE = 20
"""Identifiers in one query."""


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Cut:
    """A window that is too large, in smaller ones, newest first; ``results`` is how many there are in all, 0 if unknown."""

    windows: tuple[Window, ...]
    results: int


@dataclass(frozen=True, slots=True)
class SearchInterface:
    """The search interface at an address; ``most`` is how many results a window may have."""

    source: FileSource
    address: str
    most: int = MOST
    page: int = PAGE
    today: Callable[[], date] = _today

    def ask(self, query: str, start: int = 1, maximum: int | None = None) -> Page:
        """One page of results.

        Raises:
            QueryRefused: the source does not understand the query.
            SourceError: it does not answer.
        """
        address = search_address(self.address, query, start, self.page if maximum is None else maximum)
        where = f"{self.address}, asked for {query}"
        try:
            content = self.source.get(address, lambda content: read_page(content, where)).content or b""
        except SourceUnreachable as error:
            raise SourceUnreachable(self.address, error.reason) from error
        except NotAtSource as error:
            raise SourceError(self.address, f"{error.reason}; is it the address of a search interface (SRU)?") from error
        return read_page(content, where)

    def look(self, cql: str, window: Window, since: str = "", start: int = 1) -> Page | Cut:
        """The page of a window that begins at ``start``; or, when the window is too large, what to ask instead."""
        try:
            page = self.ask(question(cql, window, since), start)
        except QueryRefused as refused:
            cut = pieces(window, 2 * self.most, self.today(), self.most) if refused.too_far else ()
            if not cut:
                raise
            return Cut(cut, 0)
        cut = pieces(window, page.total, self.today(), self.most) if start == 1 and page.total > self.most else ()
        return Cut(cut, page.total) if cut else page

    def survey(self, cql: str, windows: tuple[Window, ...], since: str = "") -> Iterator[Page]:
        """Every page of the windows, without recording anything."""
        asked = [(window, 1) for window in reversed(windows)]
        while asked:
            window, start = asked.pop()
            seen = self.look(cql, window, since, start)
            if isinstance(seen, Page):
                if following := after(seen, start):
                    asked.append((window, following))
                yield seen
            else:
                asked += [(piece, 1) for piece in reversed(seen.windows)]

    def count(self, cql: str, window: Window) -> int:
        """How many results there are, as the source estimates it."""
        return self.ask(question(cql, window), maximum=1).total

    def still_listed(self, identifiers: list[Identifier]) -> set[Identifier]:
        """Those of the papers that the source still has, whatever else it says of them."""
        found: set[Identifier] = set()
        for i in range(0, len(identifiers), _AT_ONCE):
            page = self.ask(one_of(tuple(identifiers[i : i + _AT_ONCE])))
            found.update(record.identifier for record in page.records)
        return found


def after(page: Page, start: int) -> int | None:
    """Where the next page begins; a source that does not move on is not followed in circles."""
    return page.next if page.next is not None and page.next > start else None


def list_window(
    searches: SearchInterface, catalogue: Catalogue, state: HarvestState, harvest: Harvest, wish: frozenset[str]
) -> Iterator[Listed]:
    """List the next window of the harvest, from where it was left; one value for every page that was recorded.

    Raises:
        SourceError: the source does not answer; what was listed before is kept.
    """
    asked = state.next_window(harvest)
    while asked is not None:
        window, start = asked
        seen = searches.look(harvest.scope.cql, window, harvest.since, start)
        with catalogue.transaction():
            if isinstance(seen, Cut):
                state.asked(harvest, window)
                for piece in seen.windows:
                    state.ask(harvest, piece, expected=seen.results // len(seen.windows))
                return
            to_fetch = sum(state.note(harvest, record, forms_of(dict(record.addresses), wish)) for record in seen.records)
            following = after(seen, start)
            if following is None:
                state.asked(harvest, window)
            else:
                state.ask(harvest, window, following, expected=max(0, seen.total - following + 1))
            more = state.expected(harvest)
        yield Listed(window, len(seen.records), to_fetch, seen.problems, more)
        asked = (window, following) if following is not None else None
