"""Hits in batches: those that can be paged through, in the same order, all from one state of the index."""

from __future__ import annotations

from itertools import chain

import pytest

from indexer.errors import IndexChanged
from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.ports import Sort
from search.service import BATCH, MAX_LIMIT, SearchService
from tests.search.papers import paper

MANY = 2 * BATCH + 7


def _holding(papers: int) -> MemoryEngine:
    made = MemoryEngine(Weights())
    made.replace(paper(f"31066-{i}", "De toeslag.", date=f"20{i % 20:02}-01-01") for i in range(1, papers + 1))
    made.commit()
    return made


@pytest.fixture
def engine() -> MemoryEngine:
    return _holding(MANY)


@pytest.fixture
def service(engine: MemoryEngine) -> SearchService:
    return SearchService(engine)


@pytest.mark.parametrize("sort", Sort)
def test_every_hit_comes_once_and_as_it_is_paged_through(service: SearchService, sort: Sort) -> None:
    read = [hit.document.identifier for hit in chain.from_iterable(service.every_hit("toeslag", sort=sort, bound=10_000))]
    paged: list[str] = []
    while page := service.answer("toeslag", sort=sort, offset=len(paged), limit=MAX_LIMIT).hits:
        paged += [hit.document.identifier for hit in page]
    assert read == paged
    assert len(set(read)) == MANY


@pytest.mark.parametrize("bound", [1, BATCH, BATCH + 1, MANY, MANY + 1])
def test_there_are_no_more_than_asked_for(service: SearchService, bound: int) -> None:
    batches = list(service.every_hit("toeslag", bound=bound))
    assert sum(map(len, batches)) == min(bound, MANY)
    assert max(map(len, batches)) <= BATCH


@pytest.mark.parametrize("query", ["toeslga", "nietbestaandwoord"])
def test_no_other_spelling_is_taken_along(query: str) -> None:
    assert list(SearchService(_holding(9)).every_hit(query, bound=5)) == [()]  # this engine explains slowly why there is nothing


def test_filters_hold_also_without_words(service: SearchService) -> None:
    (hits,) = service.every_hit("", filters={"year": ("2003",)}, bound=BATCH)
    assert {hit.document.date.year for hit in hits if hit.document.date} == {2003}


def test_states_are_not_mixed(service: SearchService, engine: MemoryEngine) -> None:
    batches = service.every_hit("toeslag", bound=10_000)
    next(batches)
    engine.replace([paper("31066-9999", "De toeslag.")])
    engine.commit()
    with pytest.raises(IndexChanged, match="ask again"):
        next(batches)
