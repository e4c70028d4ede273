"""The searching side of the port: answers each question from the newest commit, through a searcher of Whoosh.

A question becomes a plan, the plan a query (``query``), and the query is collected into an answer (``collector``). Completions of
what is being typed are found here too: dossiers by number or title, persons, and terms of the collection.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np
from whoosh.searching import Searcher

from search.engines.whoosh.collector import PaperCollector
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.query import Ranking, query_of
from search.engines.whoosh.searching.collection import WhooshCollection
from search.engines.whoosh.searching.postings import Collection
from search.plan import Plan, Weights
from search.planning import planner
from search.ports import SearchRequest, SearchResult, Suggestion
from search.values import folded
from search.vocabulary import Vocabulary


class WhooshSearcher:
    """Answers from the newest commit; looks at every question whether there is a newer one (three system calls)."""

    def __init__(self, folder: Path, weights: Weights) -> None:
        self._index = WhooshIndex(folder)
        self._weights = weights
        self._lock = Lock()
        self._open: Searcher | None = None

    @property
    def generation(self) -> str:
        """Names the state of the index."""
        return self._index.latest_generation()

    def _newest(self) -> Searcher:
        """A searcher on the newest commit; what a small commit leaves as it was stays open.

        The former searcher is let go of, not closed, since another thread may still be answering with it.
        """
        with self._lock:
            if self._open is None:
                self._open = self._index.searcher(Ranking(self._weights))
            self._open = self._open.refresh()
            return self._open

    @property
    def collection(self) -> WhooshCollection:
        """The newest commit as arrays."""
        collection: WhooshCollection = self._newest().reader().collection
        return collection

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection."""
        return self.collection.vocabulary

    def search(self, request: SearchRequest) -> SearchResult:
        """Find papers."""
        searcher = self._newest()
        vocabulary = searcher.reader().collection.vocabulary
        return answer(searcher, planner(vocabulary, self._weights, verbatim=request.verbatim).plan(request.query), request)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of a prefix, likeliest first."""
        return suggest(self.collection, prefix, limit)


def answer(searcher: Searcher, plan: Plan, request: SearchRequest) -> SearchResult:
    """Answer a request with this plan, whatever its query; every count is over all matches."""
    collector = PaperCollector(request)
    searcher.search_with_collector(query_of(plan), collector)
    return collector.answer(plan)


_MIN_PREFIX = 2


def suggest(collection: Collection, prefix: str, limit: int) -> list[Suggestion]:
    """Completions of a prefix of two letters or more: dossiers, persons and terms, likeliest first."""
    start = folded(prefix)
    if len(start) < _MIN_PREFIX or limit <= 0:
        return []
    found = _dossiers(collection, start) + _persons(collection, start)
    found.sort(key=lambda s: (-s.count, s.text))
    return (found[: max(limit // 2, 1)] + _terms(collection, start, limit))[:limit]


def _dossiers(collection: Collection, start: str) -> list[Suggestion]:
    column = collection.column("dossier")
    counts = column.counts(np.flatnonzero(collection.live))
    digits = start.replace(" ", "")
    return [
        Suggestion("dossier", f"dossier:{value}", value if label == value else f"{value} {label}", int(count))
        for value, label, count in zip(column.values, column.labels, counts.tolist(), strict=True)
        if count and (folded(value).startswith(digits) or folded(label).startswith(start))
    ]


def _persons(collection: Collection, start: str) -> list[Suggestion]:
    column = collection.column("minister")
    counts = column.counts(np.flatnonzero(collection.live))
    return [
        Suggestion("person", f'minister:"{value}"', value, int(count))
        for value, count in zip(column.values, counts.tolist(), strict=True)
        if count and any(part.startswith(start) for part in _starts(folded(value)))
    ]


def _starts(name: str) -> list[str]:
    """A name from each of its words on: "van Rij" is found by "van" and by "rij"."""
    words = name.split()
    return [" ".join(words[i:]) for i in range(len(words))]


def _terms(collection: Collection, start: str, limit: int) -> list[Suggestion]:
    words = collection.vocabulary.beginning(start)
    counts = np.array([collection.vocabulary.count(word) for word in words])
    order = np.argsort(-counts, kind="stable")[:limit].tolist() if words else []
    return [Suggestion("term", words[i], words[i], int(counts[i])) for i in order]
