"""A searcher that counts its questions, and what these were taken to ask; a budget counts what answering them reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from indexer.paper.model import Kamerstuk
from search.analysis.chain import stem
from search.budget import Budget
from search.document import Place
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.searching.postings import PaperArrays
from search.engines.whoosh.storage.store import Store
from search.engines.whoosh.writer import WhooshWriter
from search.engines.word_list import WordList
from search.plan import Both, Concept, Either, Plan, Wanted, Weights, Without
from search.ports import Searcher, SearchRequest, SearchResult, Suggestion, Vocabulary


@dataclass(slots=True)
class Asked:
    """``searches`` are questions put to the engine (a query that finds nothing is asked again in other ways), ``expansions`` the
    forms and sequences that the words of these questions were taken to stand for."""

    searches: int = 0
    expansions: int = 0


@dataclass(frozen=True, slots=True)
class CountingSearcher:
    """Any searcher, counting what it is asked."""

    inner: Searcher
    asked: Asked = field(default_factory=Asked)

    def within(self, budget: Budget) -> CountingSearcher:
        return CountingSearcher(self.inner.within(budget), self.asked)

    def prepare(self) -> None:
        self.inner.prepare()

    @property
    def generation(self) -> str:
        return self.inner.generation

    @property
    def vocabulary(self) -> Vocabulary:
        return self.inner.vocabulary

    def search(self, request: SearchRequest) -> SearchResult:
        found = self.inner.search(request)
        self.asked.searches += 1
        self.asked.expansions += expansions(found.plan)
        return found

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return self.inner.suggest(prefix, limit)


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


def open_index(folder: Path, weights: Weights) -> WhooshSearcher:
    """A searcher on the index in a folder, with everything open that a running server has open."""
    searcher = WhooshSearcher(folder, weights)
    searcher.prepare()
    return searcher


def counting_searcher(folder: Path, weights: Weights) -> CountingSearcher:
    """The same, counting."""
    return CountingSearcher(open_index(folder, weights))


def word_list(vocabulary: Vocabulary) -> WordList:
    """The words of a collection, to make queries of."""
    words = {word: vocabulary.count(word) for word in vocabulary.beginning("")}
    return WordList(words, {one: vocabulary.stem_count(one) for one in map(stem, words)})


def words_in(arrays: PaperArrays) -> int:
    """The words of all papers in all places."""
    return int(sum(arrays.lengths(place)[arrays.live].sum() for place in Place))
