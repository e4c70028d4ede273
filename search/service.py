"""What the front end and the command line ask: answers to queries as typed, completions, exports, and what is known of a term.

Each answer is made within a budget of work and time. Knows the port, not the engines.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from indexer.errors import IndexChanged
from search.advice import complete, read
from search.answering import Answering
from search.budget import UNLIMITED, Allowance, Budget
from search.document import Place
from search.meaning.channel import Meaning, MeaningChannel
from search.ports import Searcher, SearchRequest, Sort, Suggestion
from search.query.tree import MAX_LENGTH, Not, Nothing, Parsed
from search.related.alike import open_words
from search.snippets import Answer, AnsweredHit, Highlighter, Span
from search.term import Concordance, Concordances, Filters, LineOrder, TermAnswer, term
from search.wording import Language

MAX_LIMIT = 100
MAX_OFFSET = 10_000
"""The last hit that can be paged to; beyond it narrowing the query serves better."""

BATCH = 100
"""Hits read at once for an export, within a budget of their own: reading them takes longer than the query does."""

_ARRIVALS = (100, 1_000, 9_000)
"""How many of the last arrivals are looked at at once: of most queries some are soon found."""


@dataclass(frozen=True, slots=True)
class SearchService:
    """Answers queries from one engine, for readers of one language.

    Every method raises ``QueryTooCostly`` where its answer would cost more than the ``allowance``, and ``NobodyWaits`` where
    nobody waits for it any more.
    """

    searcher: Searcher
    language: Language = Language.DUTCH
    clock: Callable[[], date] = date.today
    """Which day it is, for who asks for "vorig jaar"."""
    channel: MeaningChannel | None = None
    """Finds papers by meaning; None where the program has nothing to do so with."""
    allowance: Allowance = UNLIMITED
    timer: Callable[[], float] = time.thread_time
    """Seconds, for what an answer may take: those of the processor, unless another machine makes it, so that no answer is refused
    because others are at work."""
    budget: Budget | None = None
    """What is left for the request that these answers are for; None where each has a budget of its own."""
    _concordances: Concordances = field(default_factory=Concordances, compare=False)

    def for_request(self, cancelled: Callable[[], bool]) -> SearchService:
        """The same answers for one request: all that it asks together has one budget, and ends when it is ``cancelled``."""
        budget = self._new_budget(cancelled)
        return replace(self, searcher=self.searcher.within(budget), budget=budget)

    def prepare(self) -> None:
        """Open all that answers need, for who answers many; else each thing is opened when it is first needed.

        Raises:
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
        """
        self.searcher.prepare()
        open_words()

    def _new_budget(self, cancelled: Callable[[], bool] = lambda: False) -> Budget:
        self.searcher.prepare()
        return Budget(self.allowance, self.timer, cancelled)

    @property
    def generation(self) -> str:
        """Names the state that answers are of: the index, the vectors, and the day, from which times are told."""
        vectors = self.channel.generation if self.channel else ""
        return f"{self.searcher.generation}{vectors} {self.clock().isoformat()}"

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of what is being typed, as whole queries."""
        return complete(prefix[:MAX_LENGTH], self._answering().searcher.suggest, min(limit, MAX_LIMIT))

    def answer(
        self,
        query: str,
        *,
        filters: Mapping[str, tuple[str, ...]] | None = None,
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 10,
        facet_limit: int = 100,
        meaning: Meaning = Meaning.OFF,
    ) -> Answer:
        """Answer a query as typed; no query is an error.

        Raises:
            MeaningMissing: papers are to be found by meaning, and cannot be.
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
        """
        answering = self._answering()
        parsed = self._read(query, answering)
        limit = min(max(limit, 0), MAX_LIMIT)
        request = _request(parsed, filters, sort, offset=offset, limit=limit, facet_limit=facet_limit)
        return answering.answer(query, parsed, request, meaning)

    def _answering(self) -> Answering:
        """What makes the next answer."""
        return self._within(self.budget or self._new_budget())

    def _within(self, budget: Budget) -> Answering:
        return Answering(self.searcher.within(budget), budget, self.language, self.clock(), self.channel)

    def _read(self, query: str, answering: Answering) -> Parsed:
        return read(query, answering.searcher, answering.today)

    def every_hit(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]] | None = None, sort: Sort = Sort.RELEVANCE, bound: int
    ) -> Iterator[tuple[AnsweredHit, ...]]:
        """The hits of what was asked, up to ``bound``, in batches: for exports, all from one state of the index.

        Each batch after the first has a budget of its own.

        Raises:
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
            IndexChanged: there is a newer index than the one the first batch came from.
        """
        generation = self.searcher.generation
        answering = self._answering()
        parsed = self._read(query, answering)
        request = _request(parsed, filters, sort, limit=min(BATCH, bound), facet_limit=0)
        while True:
            result = answering.searcher.search(request)
            hits = answering.hits(result.hits, result.plan)
            if self.searcher.generation != generation:
                raise IndexChanged("the index was renewed while the hits were read; ask again")
            yield hits
            following = request.offset + request.limit
            if following >= min(bound, result.total):
                return
            request = replace(request, offset=following, limit=min(BATCH, bound - following))
            answering.budget.renew()  # what the first batch has looked up serves the others too

    def latest(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]] | None = None, arrivals: Iterable[str], limit: int
    ) -> tuple[AnsweredHit, ...]:
        """The hits of what was asked that came last, ``limit`` at most.

        ``arrivals`` are papers in the order in which they came, the last first. Behind those of the last ten thousand or so that
        are hits stand the others by their dates.

        Raises:
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
        """
        answering = self._answering()
        request = replace(_request(self._read(query, answering), filters, Sort.NEWEST, limit=0, facet_limit=0), facets=())
        names: list[str] = []
        coming = iter(arrivals)
        for size in _ARRIVALS:
            batch = list(islice(coming, size)) if len(names) < limit else []
            asked = replace(request, among=frozenset(batch), limit=len(batch), passages=False)
            found = {hit.document.identifier for hit in answering.searcher.search(asked).hits} if batch else frozenset()
            names += [name for name in batch if name in found]
        if len(names) < limit:
            by_date = answering.searcher.search(replace(request, limit=limit, passages=False)).hits
            names = list(dict.fromkeys([*names, *(hit.document.identifier for hit in by_date)]))
        names = names[:limit]
        result = answering.searcher.search(replace(request, among=frozenset(names), limit=len(names)))
        hits = {hit.document.identifier: hit for hit in answering.hits(result.hits, result.plan)}
        return tuple(hits[name] for name in names if name in hits)

    def term(self, query: str, *, filters: Filters | None = None) -> TermAnswer:
        """Who says this when."""
        answering = self._answering()
        return term(answering.searcher, answering.budget, query, filters or {}, answering.today, self.language)

    def concordance(self, query: str, *, filters: Filters | None = None, order: LineOrder = LineOrder.NEWEST) -> Concordance:
        """Every place where papers say this."""
        answering = self._answering()
        return self._concordances.read(answering.searcher, answering.budget, query, filters or {}, order, answering.today)

    def highlighter(self, query: str) -> Callable[[str], tuple[Span, ...]]:
        """What marks the words of a query in any text, to show them on the page of a paper."""
        answering = self._answering()
        request = SearchRequest(self._read(query, answering).node, limit=0, facet_limit=0)
        marks = Highlighter(answering.searcher.search(request).plan, answering.budget).marks
        return lambda text: marks(text, Place.BODY)[0]


def _request(
    parsed: Parsed, filters: Mapping[str, tuple[str, ...]] | None, sort: Sort, *, limit: int, facet_limit: int, offset: int = 0
) -> SearchRequest:
    """What the engine is asked. Who chooses a filter and types nothing asks for all papers that it lets through."""
    chosen = {name: values for name, values in (filters or {}).items() if values}
    node = Not(Nothing()) if chosen and isinstance(parsed.node, Nothing) else parsed.node
    return SearchRequest(node, chosen, sort, min(max(offset, 0), MAX_OFFSET), limit, max(facet_limit, 0), passages=True)
