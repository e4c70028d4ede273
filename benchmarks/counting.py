"""A searcher that counts what its answers cost: words looked up, postings read, values compared. The same on every machine."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from whoosh.searching import Searcher

from indexer.paper.model import Kamerstuk
from search.analysis.chain import stem
from search.document import Place, SearchDocument
from search.engines.memory import WordList
from search.engines.whoosh.query import Ranking
from search.engines.whoosh.reader import PaperReader
from search.engines.whoosh.schema import schema
from search.engines.whoosh.searcher import answer, suggest
from search.engines.whoosh.searching.arrays import SegmentArrays
from search.engines.whoosh.searching.postings import Docs, Floats, Occurrences, PaperArrays, Postings, Spots, ValueColumn
from search.engines.whoosh.storage.narrow import Mask
from search.engines.whoosh.storage.store import Store, read_contents
from search.engines.whoosh.writer import WhooshWriter
from search.plan import Both, Concept, Either, Plan, Wanted, Weights, Without
from search.planning import planner
from search.ports import SearchRequest, SearchResult, Suggestion, Vocabulary


@dataclass(slots=True)
class Tally:
    """What answering cost.

    ``searches``: questions put to the engine (a query that finds nothing is asked again in other ways). ``expansions``: forms and
    sequences that the words of the query were taken to stand for. ``lookups``: terms of which postings were asked for.
    ``postings``: occurrences in them, as often as they were asked for or laid out as keys, or spots where only these were read.
    ``values``: values of papers that were held against a condition. ``documents``: stored papers read.
    """

    searches: int = 0
    expansions: int = 0
    lookups: int = 0
    postings: int = 0
    values: int = 0
    documents: int = 0

    def clear(self) -> None:
        """Begin anew."""
        for one in fields(self):
            setattr(self, one.name, 0)


@dataclass(frozen=True, slots=True)
class _CountedPostings(Postings):
    """Postings that count how often they are laid out as keys: once for every word of a phrase, repeated words too."""

    tally: Tally

    def keys(self) -> NDArray[np.int64]:
        self.tally.postings += self.occurrences
        return Postings.keys(self)

    def keys_after(self, codes: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        self.tally.postings += self.occurrences
        return Postings.keys_after(self, codes)

    def some(self, some: NDArray[np.int64]) -> Postings:
        return _CountedPostings.counting(Postings.some(self, some), self.tally)

    @classmethod
    def counting(cls, postings: Postings, tally: Tally) -> Postings:
        """Postings that count."""
        return cls(postings.spots, postings.counts, postings.positions, postings.leads, tally)


@dataclass(frozen=True, slots=True)
class _CountedOccurrences:
    """Occurrences that count what is read of them; of some papers all are counted, since they are gone through."""

    inner: Occurrences
    tally: Tally

    @property
    def size(self) -> int:
        return self.inner.size

    @property
    def identity(self) -> Hashable:
        return self.inner.identity

    def postings(self, docs: Docs | None = None) -> Postings:
        found = self.inner.postings(docs)
        self.tally.postings += found.occurrences if docs is None else self.inner.size
        return _CountedPostings.counting(found, self.tally)

    def frequencies(self, gains: Floats) -> Floats:
        self.tally.postings += self.inner.size
        return self.inner.frequencies(gains)


@dataclass(frozen=True, slots=True)
class CountedArrays:
    """A collection that counts what is asked of it."""

    inner: PaperArrays
    tally: Tally

    @property
    def size(self) -> int:
        return self.inner.size

    @property
    def live(self) -> Mask:
        return self.inner.live

    @property
    def dates(self) -> NDArray[np.int64]:
        return self.inner.dates

    @property
    def papers(self) -> int:
        return self.inner.papers

    @property
    def identifiers(self) -> NDArray[np.bytes_]:
        return self.inner.identifiers

    def named(self, identifier: str) -> Docs:
        return self.inner.named(identifier)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.inner.vocabulary

    @property
    def families(self) -> Mapping[int, tuple[int, ...]]:
        return self.inner.families

    def occurrences(self, terms: Sequence[tuple[str, bool]], places: Sequence[Place]) -> _CountedOccurrences:
        self.tally.lookups += len(terms)
        return _CountedOccurrences(self.inner.occurrences(terms, places), self.tally)

    def spots(self, docs: Docs, places: Sequence[Place]) -> Spots:
        return self.inner.spots(docs, places)

    @property
    def paper_of(self) -> NDArray[np.int64]:
        return self.inner.paper_of

    def gains(self, b: float, importance: Mapping[Place, float]) -> Floats:
        return self.inner.gains(b, importance)

    def citing(self, identifier: str) -> Docs:
        found = self.inner.citing(identifier)
        self.tally.lookups += 1
        self.tally.postings += len(found)
        return found

    def lengths(self, place: Place) -> NDArray[Any]:
        return self.inner.lengths(place)

    def column(self, name: str) -> ValueColumn:
        found = self.inner.column(name)
        self.tally.values += len(found.values)
        return found

    def document(self, doc: int) -> SearchDocument:
        self.tally.documents += 1
        return self.inner.document(doc)


@dataclass(frozen=True)
class CountingSearcher:
    """The array engine over counted arrays."""

    arrays: CountedArrays
    weights: Weights

    @cached_property
    def searcher(self) -> Searcher:
        """What answers, as in the product but for what is counted."""
        reader = PaperReader(cast("SegmentArrays", self.arrays), schema(), "counted")
        return Searcher(reader, weighting=Ranking(self.weights))

    @property
    def tally(self) -> Tally:
        """What the questions so far cost."""
        return self.arrays.tally

    @property
    def generation(self) -> str:
        return "counted"

    @property
    def vocabulary(self) -> Vocabulary:
        return self.arrays.vocabulary

    def search(self, request: SearchRequest) -> SearchResult:
        plan = planner(self.vocabulary, self.weights, verbatim=request.verbatim).plan(request.query)
        found = answer(self.searcher, plan, request)
        self.tally.searches += 1
        self.tally.expansions += expansions(found.plan)
        return found

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return suggest(self.arrays, prefix, limit)


def expansions(plan: Plan) -> int:
    """The forms and sequences in a plan."""
    match plan:
        case Concept():
            return len(plan.forms) + len(plan.sequences)
        case Both(children) | Either(children):
            return sum(map(expansions, children))
        case Wanted(concepts, strict, welcome):
            return sum(map(expansions, (*concepts, *welcome))) + (expansions(strict) if strict is not None else 0)
        case Without(child):
            return expansions(child)
        case _:
            return 0


def index_papers(papers: Iterable[Kamerstuk], folder: Path) -> None:
    """Index papers, past archive and catalogue, which costs are not about."""
    store = Store(folder)
    generation = store.new_generation()
    writer = WhooshWriter(store, generation)
    writer.replace(papers)
    writer.commit()
    store.swap(generation)


def counting_searcher(folder: Path, weights: Weights) -> CountingSearcher:
    """A searcher on the index in a folder, with everything open that a running server has open."""
    generation = Store(folder).current()
    arrays = SegmentArrays(read_contents(generation, Store(folder).commit(generation)).open(generation))
    arrays.vocabulary.beginning("a")
    arrays.column("kind")
    return CountingSearcher(CountedArrays(arrays, Tally()), weights)


def word_list(vocabulary: Vocabulary) -> WordList:
    """The words of a collection, to make queries of."""
    words = {word: vocabulary.count(word) for word in vocabulary.beginning("")}
    return WordList(words, {one: vocabulary.stem_count(one) for one in map(stem, words)})


def words_in(arrays: PaperArrays) -> int:
    """The words of all papers in all places."""
    return int(sum(arrays.lengths(place)[arrays.live].sum() for place in Place))
