"""The searching side of the port: answers each question from the newest commit, through a searcher of Whoosh.

A request becomes a plan (``search.planning``), ``query`` makes a query of Whoosh from the plan, and ``collector`` collects what
the query finds into an answer. This module only connects these.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from whoosh.searching import Searcher

from search.advice import completions
from search.budget import Budget, unlimited
from search.engines.whoosh.collector import PaperCollector
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.query import Ranking, lookup_of, query_of
from search.engines.whoosh.searching.arrays import SegmentArrays
from search.engines.whoosh.searching.known import KnownWords
from search.engines.whoosh.searching.lookup import Lookup
from search.engines.whoosh.searching.metered import MeteredArrays
from search.engines.whoosh.searching.postings import PaperArrays
from search.metered import MeteredWords
from search.plan import Plan, Weights
from search.planning import Plans
from search.ports import FacetValue, SearchRequest, SearchResult, Suggestion, Vocabulary
from search.query.tree import Word


class WhooshSearcher:
    """Answers from the newest commit. Each question checks whether there is a newer one, which takes three system calls."""

    def __init__(self, folder: Path, weights: Weights) -> None:
        self._index = WhooshIndex(folder)
        self._weights = weights
        self._lock = Lock()
        self._open: Searcher | None = None
        self._prepared: SegmentArrays | None = None

    @property
    def generation(self) -> str:
        """The name of the state of the index."""
        return self._index.latest_generation()

    def newest(self) -> Searcher:
        """A searcher on the newest commit. Segments that a small commit did not change stay open.

        The former searcher is dropped, not closed, because another thread may still be answering with it.
        """
        with self._lock:
            if self._open is None:
                self._open = self._index.searcher(Ranking(self._weights))
            self._open = self._open.refresh()
            return self._open

    @property
    def arrays(self) -> SegmentArrays:
        """The newest commit as arrays."""
        arrays: SegmentArrays = self.newest().reader().arrays
        return arrays

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all papers."""
        return self.arrays.vocabulary

    def within(self, budget: Budget) -> BudgetedSearcher:
        """The same searcher for one answer."""
        return BudgetedSearcher(self, self._weights, budget)

    def prepare(self) -> None:
        """Answer a question once from each commit: it opens the columns and the dictionary, for this and all others."""
        arrays = self.arrays
        if arrays is not self._prepared:
            self.search(SearchRequest(Word("de"), passages=True))
            self._prepared = arrays

    def search(self, request: SearchRequest) -> SearchResult:
        """Find the papers that a request asks for."""
        return self.within(unlimited()).search(request)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """The completions of a prefix, the likeliest first."""
        return self.within(unlimited()).suggest(prefix, limit)


@dataclass(frozen=True, slots=True)
class _Known:
    """What one answer has looked up in one commit, which its next questions need not look up again."""

    searcher: Searcher
    words: Vocabulary
    plans: Plans
    lookup: Lookup

    @classmethod
    def of(cls, searcher: Searcher, weights: Weights, budget: Budget) -> _Known:
        words = KnownWords(MeteredWords(searcher.reader().arrays.vocabulary, budget))
        return cls(searcher, words, Plans(words, weights), lookup_of(searcher, searcher.context(), budget))


@dataclass(slots=True)
class BudgetedSearcher:
    """Answers from the newest commit within a budget: the questions of one answer."""

    searcher: WhooshSearcher
    weights: Weights
    budget: Budget
    _last: _Known | None = None

    def within(self, budget: Budget) -> BudgetedSearcher:
        """The same searcher for another answer, unless it is for the same one."""
        return self if budget is self.budget else self.searcher.within(budget)

    def prepare(self) -> None:
        """Open what every answer needs."""
        self.searcher.prepare()

    @property
    def generation(self) -> str:
        """The name of the state of the index."""
        return self.searcher.generation

    @property
    def _known(self) -> _Known:
        """What is known of the newest commit."""
        newest = self.searcher.newest()
        if self._last is None or self._last.searcher is not newest:
            self._last = _Known.of(newest, self.weights, self.budget)
        return self._last

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all papers."""
        return self._known.words

    def search(self, request: SearchRequest) -> SearchResult:
        """Find the papers that a request asks for."""
        known = self._known
        return answer(known.searcher, known.plans.of(request), request, known.lookup, self.budget)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """The completions of a prefix, the likeliest first."""
        return suggest(MeteredArrays(self.searcher.arrays, self.budget), prefix, limit)


def answer(
    searcher: Searcher, plan: Plan, request: SearchRequest, lookup: Lookup | None = None, budget: Budget | None = None
) -> SearchResult:
    """Answer a request with this plan, whatever query it names. Every count is over all matches."""
    collector = PaperCollector(request, lookup, budget)
    searcher.search_with_collector(query_of(plan), collector)
    return collector.answer(plan)


def suggest(arrays: PaperArrays, prefix: str, limit: int) -> list[Suggestion]:
    """The completions of a prefix among the values and words of these papers."""
    return completions(prefix, limit, lambda name: _values(arrays, name), arrays.vocabulary)


def _values(arrays: PaperArrays, name: str) -> list[FacetValue]:
    """The values of a field that papers have."""
    column = arrays.column(name)
    counts = column.counts(np.flatnonzero(arrays.live)).tolist()
    return [
        FacetValue(value, label, count) for value, label, count in zip(column.values, column.labels, counts, strict=True) if count
    ]
