"""A query is answered in full within its budget, or refused: by every engine, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.errors import NobodyWaits, QueryTooCostly
from search.budget import Allowance, Budget
from search.engines.opensearch.searcher import OpenSearchSearcher
from search.ports import Searcher, SearchRequest
from search.query.parser import parse
from tests.search.engines_under_test import EngineUnderTest, write
from tests.search.papers import paper

QUERIES = ("toeslag", '"de toeslag"', '"de huur"~50', "toe* OF hu*", "-toeslag", "toeslga~", "soort:motie")
MUCH = Allowance(work=1_000_000, seconds=60)


@pytest.fixture
def filled(engine: EngineUnderTest) -> Searcher:
    papers = [paper(f"31066-{n}", f"De toeslag en de huur van {n} woningen.", kind="Motie") for n in range(1, 30)]
    write(engine, *papers)
    return engine.searcher


def _asking(query: str) -> Callable[[Searcher], object]:
    return lambda searcher: searcher.search(SearchRequest(parse(query).node, passages=True))


ASKED = {query: _asking(query) for query in QUERIES} | {
    "suggestions": lambda searcher: searcher.suggest("toe", 5),
    "words": lambda searcher: searcher.vocabulary.beginning("t"),
}


@pytest.mark.parametrize("asked", ASKED)
def test_within_its_budget_an_answer_is_the_same(filled: Searcher, asked: str) -> None:
    assert ASKED[asked](filled.within(Budget(MUCH))) == ASKED[asked](filled)


@pytest.mark.parametrize("asked", ASKED)
def test_without_time_there_is_no_answer(filled: Searcher, asked: str) -> None:
    times = iter(range(10**9))
    with pytest.raises(QueryTooCostly):
        ASKED[asked](filled.within(Budget(Allowance(seconds=0.5), lambda: float(next(times)))))


@pytest.mark.parametrize("asked", ASKED)
def test_whom_nobody_waits_for_is_stopped(filled: Searcher, asked: str) -> None:
    times = iter(range(10**9))
    with pytest.raises(NobodyWaits):
        ASKED[asked](filled.within(Budget(MUCH, lambda: next(times) / 10, lambda: True)))


@pytest.mark.parametrize("query", QUERIES[:3])
def test_work_is_counted_and_what_is_more_than_allowed_is_not_done(filled: Searcher, query: str) -> None:
    if isinstance(filled, OpenSearchSearcher):
        pytest.skip("what a cluster reads it does not tell; it is given time only")
    budget = Budget(MUCH)
    ASKED[query](filled.within(budget))
    needed = sum(budget.spent.values())
    ASKED[query](filled.within(Budget(Allowance(needed, seconds=60))))
    with pytest.raises(QueryTooCostly):
        ASKED[query](filled.within(Budget(Allowance(needed - 1, seconds=60))))
