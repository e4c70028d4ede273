"""This project and its peers, asked the same of the same few papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from benchmarks.relevance.finders import Finder, Ours
from benchmarks.relevance.peers import Fts5, Tantivy
from indexer.paper.model import Kamerstuk
from search.document import SearchDocument, document_of
from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.service import SearchService
from tests.search.papers import paper

PAPERS = [
    paper("90001-1", "De dijk bij het water wordt dit jaar gemaaid."),
    paper("90001-2", "Het water staat aan dijken."),
    paper("90001-3", "Een molen zonder wieken."),
]
MANY = [paper(f"90002-{n}", "De sluis is open.") for n in range(1, 121)]


def in_memory(papers: Sequence[Kamerstuk]) -> Finder:
    """This project, in memory."""
    engine = MemoryEngine(Weights())
    engine.replace(papers)
    engine.commit()
    return Ours(SearchService(engine))


def peer(make: Callable[[Sequence[SearchDocument]], Finder]) -> Callable[[Sequence[Kamerstuk]], Finder]:
    """Another engine over the same papers."""
    return lambda papers: make([document_of(one) for one in papers])


@pytest.mark.parametrize("make", [in_memory, peer(Fts5), peer(Tantivy)], ids=["ours", "fts5", "tantivy"])
def test_any_word_finds_the_best_first_and_all_words_are_told_apart(make: Callable[[Sequence[Kamerstuk]], Finder]) -> None:
    finder = make([*PAPERS, *MANY])
    assert list(finder.first("gemaaid dijken water", 10))[:2] == ["kst-90001-1", "kst-90001-2"]
    assert finder.with_all_words("dijken water") == {"kst-90001-1", "kst-90001-2"}
    assert len(finder.first("sluis", 110)) == 110
    assert len(finder.with_all_words("sluis")) == 120
    assert list(finder.first("…", 10)) == []
    assert finder.with_all_words("qwertyuiop") == frozenset()
