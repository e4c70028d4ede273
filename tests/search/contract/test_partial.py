"""Partial matches: what follows when few papers have all words, and what never does."""

from __future__ import annotations

from search.ports import Sort
from tests.search.engines_under_test import EngineUnderTest, ask, hit, names, write
from tests.search.papers import paper

FILLING = [paper(f"9-{i}", "over heel iets anders") for i in range(12)]


def test_papers_with_some_of_the_words_follow_those_with_all(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag"), paper("1-2", "toeslag en huur"), paper("1-3", "huur"), *FILLING)

    result = ask(engine, "toeslag huur")

    assert (names(result)[0], set(names(result)[1:])) == ("1-2", {"1-1", "1-3"})
    assert (result.total, result.total_all_words) == (3, 1)
    assert [hit.match.value for hit in result.hits] == ["exact", "partial", "partial"]


def test_none_follow_when_enough_papers_have_all_words(engine: EngineUnderTest) -> None:
    write(engine, *(paper(f"1-{i}", "toeslag en huur") for i in range(10)), paper("2-1", "toeslag"), *FILLING)
    assert ask(engine, "toeslag huur").total == 10

    write(engine, remove=("1-0",))
    result = ask(engine, "toeslag huur")
    assert (result.total, result.total_all_words, names(result)[-1]) == (10, 9, "2-1")


def test_a_filter_never_changes_whether_they_follow(engine: EngineUnderTest) -> None:
    enough = [paper(f"1-{i}", "toeslag en huur", kind="Brief") for i in range(10)]
    write(engine, *enough, paper("2-1", "toeslag en huur", kind="Motie"), paper("2-2", "toeslag", kind="Motie"))

    result = ask(engine, "toeslag huur", filters={"kind": ("Motie",)})

    assert (names(result), result.total_all_words) == (["2-1"], 1)


def test_they_follow_only_by_relevance(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag", date="2020-01-01"), paper("1-2", "toeslag en huur", date="2019-01-01"))

    for sort in (Sort.NEWEST, Sort.OLDEST):
        result = ask(engine, "toeslag huur", sort=sort)
        assert (names(result), result.total, result.total_all_words) == (["1-2"], 1, 1)


def test_too_little_of_the_query_is_no_match(engine: EngineUnderTest) -> None:
    rare = "zeldzaam bijzonder uitzonderlijk"
    write(engine, paper("1-1", rare), paper("1-2", "huur"), *(paper(f"9-{i}", "huur en woorden") for i in range(8)))

    result = ask(engine, f"{rare} huur")

    assert (names(result), result.total, result.total_all_words) == (["1-1"], 1, 0)


def test_a_word_that_no_paper_has_does_not_stand_in_the_way(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag en huur"), *FILLING)

    result = ask(engine, "toeslag huur bestaatniet")

    assert (names(result), result.total, result.total_all_words) == (["1-1"], 1, 0)


def test_a_word_that_many_papers_have_brings_in_none_of_them(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag"), *(paper(f"9-{i}", "huur en woorden") for i in range(11)))

    for query in ("toeslag huur", "toeslag huren bestaatniet", "huur toeslag nergens"):
        result = ask(engine, query)
        assert (names(result), result.total, result.total_all_words) == (["1-1"], 1, 0)


def test_unless_the_query_has_no_other_words(engine: EngineUnderTest) -> None:
    papers = [paper(f"1-{i}", "huur" if i % 2 else "zorg") for i in range(26)]
    write(engine, *papers, *(paper(f"9-{i}", "over heel iets anders") for i in range(120)), paper("2-1", "huur zorg"))

    result = ask(engine, "huur zorg")

    assert (result.total, result.total_all_words, names(result)) == (1, 1, ["2-1"])


def test_the_form_that_a_paper_has_tells_what_it_covers(engine: EngineUnderTest) -> None:
    """The plural is rare and the word is not: what papers with the singular cover is too little."""
    write(
        engine,
        paper("1-1", "zorgvuldig"),
        paper("1-2", "huizen"),
        *(paper(f"2-{i}", "huis") for i in range(9)),
        *(paper(f"9-{i}", "over heel iets anders") for i in range(180)),
    )

    found = ask(engine, "zorgvuldig huizen nergens bestaatniet")

    assert set(names(found)) == {"1-1", "1-2"}


def test_an_answer_is_at_most_a_tenth_of_all_papers(engine: EngineUnderTest) -> None:
    """Papers with less of the query give way, all of those that have as much of it together."""
    some = [paper(f"1-{i}", "huur en zorg") for i in range(6)]
    less = [paper(f"2-{i}", "huur") for i in range(8)]
    write(engine, *some, *less, *(paper(f"9-{i}", "over heel iets anders") for i in range(106)))

    assert set(names(ask(engine, "huur zorg nergens"))) == {f"1-{i}" for i in range(6)}

    write(engine, *(paper(f"8-{i}", "over heel iets anders") for i in range(20)))
    assert len(names(ask(engine, "huur zorg nergens"))) == 14

    write(engine, *(paper(f"7-{i}", "huur zorg en meer") for i in range(10)))
    assert names(ask(engine, "huur zorg nergens")) == []


def test_each_tells_which_words_it_lacks_and_the_answer_which_no_paper_has(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag en huur"), paper("31066-7", "de zorg"), *FILLING)

    result = ask(engine, "Toeslag huren nergens 31066-7 de")

    assert {name: hit(result, name).lacking for name in names(result)} == {
        "1-1": ("nergens", "31 066, nr. 7"),
        "31066-7": ("Toeslag", "huren", "nergens"),
    }
    assert result.nowhere == ("nergens",)
    assert ask(engine, "huur toeslag").nowhere == ()
    assert hit(ask(engine, "huur toeslag"), "1-1").lacking == ()


def test_what_is_strict_stays_strict(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "toeslag huur samen", date="2020-01-01"),
        paper("1-2", "toeslag voor de huur", date="2020-01-01"),
        paper("1-3", "toeslag samen", date="2020-01-01"),
        paper("1-4", "toeslag en nog wat", date="2010-01-01"),
        *FILLING,
    )

    assert set(names(ask(engine, "toeslag zorg -samen"))) == {"1-2", "1-4"}
    assert names(ask(engine, 'zorg toeslag "toeslag huur"')) == ["1-1"]
    assert set(names(ask(engine, "toeslag zorg datum:2020"))) == {"1-1", "1-2", "1-3"}
    assert names(ask(engine, "toeslag EN zorg")) == []


def test_single_words_and_other_queries_have_no_partial_matches(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag"), *FILLING)

    for query in ("toeslag", "toes*", "toeslag OF huur"):
        result = ask(engine, query)
        assert (result.total, result.total_all_words, hit(result, "1-1").match == "partial") == (1, 1, False)


def test_filters_and_pages_hold_for_partial_matches_too(engine: EngineUnderTest) -> None:
    some = [paper(f"2-{i}", "toeslag" if i % 2 else "huur", kind="Motie" if i < 4 else "Brief") for i in range(8)]
    write(engine, paper("1-1", "toeslag en huur", kind="Motie"), *some, *FILLING)

    result = ask(engine, "toeslag huur", filters={"kind": ("Motie",)})
    pages = [names(ask(engine, "toeslag huur", filters={"kind": ("Motie",)}, offset=i, limit=2)) for i in (0, 2, 4)]

    assert (result.total, result.total_all_words, set(names(result))) == (5, 1, {"1-1", "2-0", "2-1", "2-2", "2-3"})
    assert [name for page in pages for name in page] == names(result)
