"""Every engine behind one face, for the tests that all must pass. A new one joins with a class and a line in ``ENGINES``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.engines.memory import MemoryEngine
from search.engines.opensearch.searcher import OpenSearchSearcher
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage.store import Store
from search.engines.whoosh.writer import USUAL, Effort, WhooshWriter
from search.plan import Weights
from search.ports import Hit, IndexWriter, Searcher, SearchRequest, SearchResult, Sort
from search.query.parser import IsKnown, parse
from search.query.tree import Node
from tests.opensearch import testing


class EngineUnderTest(Protocol):
    """A searcher, and a way to get writers one after another."""

    @property
    def searcher(self) -> Searcher:
        """Answers from what was committed last."""
        ...

    def writer(self) -> IndexWriter:
        """A writer; the next one is asked for after this one's commit."""
        ...


class MemoryUnderTest:
    """The specification."""

    def __init__(self, folder: Path, weights: Weights) -> None:
        self.searcher = MemoryEngine(weights)

    def writer(self) -> IndexWriter:
        return self.searcher


class WhooshUnderTest:
    """Whoosh in a folder; with little memory each paper becomes a segment first."""

    def __init__(self, folder: Path, weights: Weights, effort: Effort = USUAL) -> None:
        self.effort = effort
        self.store = Store(folder)
        self.store.swap(self.store.new_generation())
        self.searcher = WhooshSearcher(folder, weights)

    def writer(self) -> WhooshWriter:
        return WhooshWriter(self.store, self.store.current(), self.effort)


class OpenSearchUnderTest:
    """The engine on a cluster, in an index that other tests used before: what they left in it is gone."""

    def __init__(self, folder: Path, weights: Weights) -> None:
        self.index = testing.empty_index()
        self.searcher = OpenSearchSearcher(self.index.cluster, weights)

    def writer(self) -> IndexWriter:
        return testing.Writer(self.index)


ENGINES: dict[str, Callable[[Path, Weights], EngineUnderTest]] = {
    "memory": MemoryUnderTest,
    "whoosh": WhooshUnderTest,
    "whoosh with little memory": lambda folder, weights: WhooshUnderTest(folder, weights, Effort(memory_mb=0)),
    "opensearch": OpenSearchUnderTest,
}


def write(engine: EngineUnderTest, *papers: Kamerstuk, remove: tuple[str, ...] = ()) -> None:
    """Put papers in and take some out (by the name ``paper`` gave them), in one commit."""
    writer = engine.writer()
    writer.replace(papers)
    writer.remove([Identifier(f"kst-{name}") for name in remove])
    writer.commit()


def ask(
    engine: EngineUnderTest,
    query: str | Node,
    *,
    filters: dict[str, tuple[str, ...]] | None = None,
    sort: Sort = Sort.RELEVANCE,
    offset: int = 0,
    limit: int = 100,
    facet_limit: int = 100,
    is_known: IsKnown = lambda field, text: False,
) -> SearchResult:
    """The answer to a query as typed or as a tree."""
    node = parse(query, is_known).node if isinstance(query, str) else query
    return engine.searcher.search(SearchRequest(node, filters or {}, sort, offset, limit, facet_limit))


def names(result: SearchResult) -> list[str]:
    """The papers of an answer in its order, as ``paper`` called them."""
    return [hit.document.identifier.removeprefix("kst-") for hit in result.hits]


def hit(result: SearchResult, name: str) -> Hit:
    """The hit on one paper."""
    return next(hit for hit in result.hits if hit.document.identifier == f"kst-{name}")


def full(engine: EngineUnderTest, query: str | Node) -> set[str]:
    """The papers that have all that a query asks for."""
    result = ask(engine, query)
    return set(names(result)[: result.total_all_words])
