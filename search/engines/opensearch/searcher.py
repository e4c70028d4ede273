"""The searching side of the port on a cluster: notices new generations and answers from the newest, at one point in time.

The cluster keeps that moment for every searcher that looks at it; the one before is let go of as soon as there are two newer, so
that another thread may finish. A moment that the cluster lost, with the node that kept it, is opened anew.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from indexer.errors import EngineError
from search.analysis.chain import tokenize
from search.engines.occurrences import term
from search.engines.opensearch.client import Cluster, PointLost
from search.engines.opensearch.finding import Finding
from search.engines.opensearch.store import OpenSearchIndex
from search.engines.opensearch.view import View
from search.engines.opensearch.words import Words, suggest
from search.plan import Weights
from search.planning import planner
from search.ports import SearchRequest, SearchResult, Suggestion
from search.query.tree import Node, Word, leaves
from search.vocabulary import Vocabulary

_T = TypeVar("_T")

_TRIES = 3
"""Times that a lost moment is opened anew for one question."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A view and its words."""

    view: View
    words: Words


class OpenSearchSearcher:
    """Answers from the current generation; looks at every question whether there is a newer one (one short request)."""

    def __init__(self, cluster: Cluster, weights: Weights) -> None:
        self._cluster = cluster
        self._index = OpenSearchIndex(cluster)
        self._weights = weights
        self._lock = Lock()
        self._views: list[_Open] = []
        weakref.finalize(self, _let_go, cluster, self._views)

    @property
    def generation(self) -> str:
        """See ``ports.Searcher``."""
        return self._index.current().name

    def _newest(self) -> _Open:
        current = self._index.current()
        with self._lock:
            if not self._views or self._views[-1].view.generation != current.name:
                point = self._cluster.open_point(current.index, View.keep_alive)
                view = View(self._cluster, current.index, current.name, point)
                self._views.append(_Open(view, Words(view)))
                _let_go(self._cluster, self._views[:-2])
                del self._views[:-2]
            elif self._views[-1].words.many:
                self._views[-1] = _Open(self._views[-1].view, Words(self._views[-1].view))
            return self._views[-1]

    def _asked(self, ask: Callable[[_Open], _T]) -> _T:
        """What ``ask`` gives of the newest generation."""
        for _ in range(_TRIES - 1):
            with suppress(PointLost):
                return self._once(ask)
        return self._once(ask)

    def _once(self, ask: Callable[[_Open], _T]) -> _T:
        newest = self._newest()
        try:
            return ask(newest)
        except PointLost:
            with self._lock:
                self._views[:] = [one for one in self._views if one is not newest]
            raise

    @property
    def vocabulary(self) -> Vocabulary:
        """See ``ports.Searcher``."""
        return self._newest().words

    def search(self, request: SearchRequest) -> SearchResult:
        """See ``ports.Searcher``."""
        return self._asked(lambda newest: self._answer(newest, request))

    def _answer(self, newest: _Open, request: SearchRequest) -> SearchResult:
        plan = newest.words.settled(
            lambda words: planner(words, self._weights, verbatim=request.verbatim).plan(request.query),
            _first_words(request.query),
        )
        return Finding(newest.view, self._weights, plan, request).answer()

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """See ``ports.Searcher``."""
        return self._asked(lambda newest: suggest(newest.view, newest.words, prefix, limit))


def _let_go(cluster: Cluster, views: list[_Open]) -> None:
    """Close what is open and not wanted any more; what cannot be closed now closes by itself, after minutes."""
    with suppress(EngineError):
        cluster.close_points(one.view.point for one in views)


def _first_words(query: Node) -> list[str]:
    """The terms that a plan asks for first: whether there are the words of the query."""
    tokens = [token for leaf in leaves(query) if isinstance(leaf, Word) for token in tokenize(leaf.text)]
    return [name for token in tokens for name in (term(token.text, stem=False), term(token.stem, stem=True))]
