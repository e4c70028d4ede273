"""Other words that mean something like the query: what they bring in, and what they change in nothing."""

from __future__ import annotations

from search.plan import MatchKind, concepts_of
from search.ports import SearchRequest, SearchResult
from search.query.parser import parse
from tests.search.engines_under_test import EngineUnderTest, names, write
from tests.search.papers import paper

PAPERS = [
    paper("1-1", "Verslaafden in een tuin."),
    paper("1-2", "Het casino heeft kansspelen."),
    paper("1-3", "Kansspelen mogen in een casino."),
    *(paper(f"9-{i}", "Iets geheel anders, over vissen.") for i in range(12)),
]


def _asked(engine: EngineUnderTest, query: str, *, alike: bool) -> SearchResult:
    return engine.searcher.search(SearchRequest(parse(query).node, alike=alike))


def test_papers_that_say_it_in_other_words_are_partial_matches(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)

    without, found = (_asked(engine, "goksites verslaafden", alike=alike) for alike in (False, True))

    assert names(without) == ["1-1"]
    assert set(names(found)) == {"1-1", "1-2", "1-3"}
    assert {hit.match for hit in found.hits} == {MatchKind.PARTIAL}
    assert (found.total, found.total_all_words) == (3, 0)


def test_only_typed_words_are_lacking_or_stand_nowhere(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)

    found = _asked(engine, "goksites verslaafden", alike=True)

    lacking = {hit.document.identifier: hit.lacking for hit in found.hits}
    assert lacking == {"kst-1-1": ("goksites",), "kst-1-2": ("goksites", "verslaafden"), "kst-1-3": ("goksites", "verslaafden")}
    assert found.nowhere == ("goksites",)


def test_the_plan_tells_which_words_they_are(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)
    also = [word for concept in concepts_of(_asked(engine, "goksites verslaafden", alike=True).plan) for word in concept.also]
    assert {"kansspelen", "casino"} <= set(also)


def test_quotations_and_operators_are_asked_in_no_other_words(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)
    for query in ('"goksites"', "goksites OR gokbaas", "goksites AND gokbaas"):
        assert _asked(engine, query, alike=True).total == 0
