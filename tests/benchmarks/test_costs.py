"""The costliest allowed queries stay within the bounds, counted over a small collection; never timed."""

from __future__ import annotations

import pytest

from benchmarks.corpus import papers
from benchmarks.costs import Cost, costly_queries, measure, over_bounds
from benchmarks.counting import index_papers, open_index, word_list, words_in
from search.budget import Part
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights
from search.query.parser import parse
from search.query.tree import MAX_LENGTH
from search.wording import Language

PAPERS = 500


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> WhooshSearcher:
    folder = tmp_path_factory.mktemp("costs")
    index_papers(papers(PAPERS, mean_bytes=600), folder)
    return open_index(folder, Weights())


@pytest.fixture(scope="module")
def costs(searcher: WhooshSearcher) -> dict[str, Cost]:
    return {cost.query.name: cost for cost in measure(searcher)}


def test_no_query_is_over_a_bound(searcher: WhooshSearcher, costs: dict[str, Cost]) -> None:
    assert searcher.arrays.size == PAPERS
    words = words_in(searcher.arrays)
    assert [complaint for cost in costs.values() for complaint in over_bounds(cost, words)] == []


def test_the_queries_are_allowed_and_as_long_as_they_may_be(searcher: WhooshSearcher) -> None:
    queries = costly_queries(word_list(searcher.vocabulary))
    assert len({query.name for query in queries}) == len(queries)
    for query in queries:
        assert len(query.text) <= MAX_LENGTH, query.name
        assert not any("afgekapt" in remark.told(Language.DUTCH) for remark in parse(query.text).remarks), query.name


def test_the_queries_do_cost_something(costs: dict[str, Cost]) -> None:
    assert costs["common words"].asked.expansions >= 200
    assert costs["widest prefixes"].asked.expansions >= 200
    assert costs["phrases of common words"].spent[Part.WORDS] > PAPERS
    assert costs["one spread phrase of two common words"].spent[Part.PHRASES] > PAPERS
    assert costs["names among submitters"].spent[Part.FORMS] > PAPERS
    assert costs["cited papers"].spent[Part.FORMS] >= 60
    assert costs["nothing found, explained"].asked.searches > 8
    assert costs["term page of a common word"].spent[Part.TEXTS] > PAPERS
