"""Who answers queries: this project as its readers are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from search.plan import MatchKind
from search.service import MAX_LIMIT, MAX_OFFSET, SearchService


class Finder(Protocol):
    """Finds papers for a query as typed."""

    def first(self, query: str, count: int) -> Sequence[str]:
        """The identifiers of the first hits, the best first."""
        ...

    def with_all_words(self, query: str) -> frozenset[str]:
        """The papers that have all words of the query, in any form the finder knows."""
        ...


class Ours:
    """This project: what a reader gets who types a query and looks at the first pages."""

    def __init__(self, service: SearchService) -> None:
        self.service = service

    def first(self, query: str, count: int) -> Sequence[str]:
        found: list[str] = []
        while len(found) < count:
            answer = self.service.answer(query, offset=len(found), limit=min(count - len(found), MAX_LIMIT), facet_limit=0)
            found += [hit.document.identifier for hit in answer.hits]
            if not answer.hits or len(found) >= answer.total:
                break
        return found

    def with_all_words(self, query: str) -> frozenset[str]:
        found: set[str] = set()
        for offset in range(0, MAX_OFFSET, MAX_LIMIT):  # hits with all words stand before those with some
            hits = self.service.answer(query, offset=offset, limit=MAX_LIMIT, facet_limit=0).hits
            whole = [hit.document.identifier for hit in hits if hit.match is not MatchKind.PARTIAL]
            found.update(whole)
            if len(whole) < MAX_LIMIT:
                break
        return frozenset(found)
