"""Other words that mean something like the query: what they bring in, and what they change in nothing."""

from __future__ import annotations

from dataclasses import replace

from search.plan import MatchKind, concepts_of
from search.ports import SearchRequest, SearchResult
from search.query.parser import parse
from tests.search.engines_under_test import EngineUnderTest, names, write
from tests.search.papers import paper

PAPERS = [
    paper("1-1", "Verslaafden in een tuin."),
    paper("1-2", "Het casino heeft kansspelen."),
    paper("1-3", "Kansspelen mogen in een casino.", kind="Motie"),
    *(paper(f"9-{i}", "Iets geheel anders, over vissen.") for i in range(12)),
]


def _asked(engine: EngineUnderTest, query: str, *, alike: bool, **filters: str) -> SearchResult:
    chosen = {name: (value,) for name, value in filters.items()}
    return engine.searcher.search(SearchRequest(parse(query).node, chosen, alike=alike))


def test_papers_that_say_it_in_other_words_are_shown_and_counted_apart(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)

    without, found = (_asked(engine, "goksites verslaafden", alike=alike) for alike in (False, True))

    assert (names(without), without.total_alike) == (["1-1"], 0)
    assert {hit.document.identifier: hit.match for hit in found.hits} == {
        "kst-1-1": MatchKind.PARTIAL,
        "kst-1-2": MatchKind.ALIKE,
        "kst-1-3": MatchKind.ALIKE,
    }
    assert (found.total, found.total_all_words, found.total_alike) == (1, 0, 2)


def test_what_is_counted_is_always_of_the_words_that_were_typed(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)
    request = SearchRequest(parse("goksites verslaafden").node, periods=("kind",))

    without, found = (engine.searcher.search(replace(request, alike=alike)) for alike in (False, True))

    assert found.facets == without.facets
    assert found.periods == without.periods


def test_filters_hold_for_what_other_words_bring_too(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)

    found = _asked(engine, "goksites verslaafden", alike=True, kind="Motie")

    assert names(found) == ["1-3"]
    assert (found.total, found.total_alike) == (0, 1)


def test_all_that_is_shown_can_be_paged_through_once(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)
    request = SearchRequest(parse("goksites verslaafden").node, alike=True)

    every = names(engine.searcher.search(request))
    pages = [names(engine.searcher.search(replace(request, offset=at, limit=1))) for at in range(4)]

    assert [*(name for page in pages for name in page)] == every
    assert len(every) == 3


def test_no_paper_that_the_words_found_is_lost_to_others(engine: EngineUnderTest) -> None:
    """With other words wanted too, those with a word of eight papers no longer have enough; they follow all the same."""
    some = [paper(f"2-{i}", f"Verslaafden in tuin {i}.") for i in range(8)]
    write(engine, *some, *PAPERS[1:])

    found = _asked(engine, "goksites verslaafden", alike=True)

    assert set(names(found)[:2]) == {"1-2", "1-3"}
    assert set(names(found)[2:]) == {f"2-{i}" for i in range(8)}
    assert (found.total, found.total_alike) == (8, 2)


def test_only_typed_words_are_lacking_or_stand_nowhere(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)

    found = _asked(engine, "goksites verslaafden", alike=True)

    lacking = {hit.document.identifier: hit.lacking for hit in found.hits}
    assert lacking == {"kst-1-1": ("goksites",), "kst-1-2": ("goksites", "verslaafden"), "kst-1-3": ("goksites", "verslaafden")}
    assert found.nowhere == ("goksites",)


def test_each_paper_that_other_words_brought_tells_which(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)

    found = {hit.document.identifier: set(hit.alike) for hit in _asked(engine, "goksites verslaafden", alike=True).hits}

    assert found["kst-1-1"] == set()
    assert found["kst-1-2"] == found["kst-1-3"] >= {"casino", "kansspelen"}


def test_the_plan_tells_which_words_they_are(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)
    also = [word for concept in concepts_of(_asked(engine, "goksites verslaafden", alike=True).plan) for word in concept.also]
    assert {"kansspelen", "casino"} <= set(also)


def test_quotations_and_operators_are_asked_in_no_other_words(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS)
    for query in ('"goksites"', "goksites OR gokbaas", "goksites AND gokbaas"):
        found = _asked(engine, query, alike=True)
        assert (found.total, found.total_alike) == (0, 0)
