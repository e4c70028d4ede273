"""Questions as they are asked: words that merely ask and hold others together are asked of no paper."""

from __future__ import annotations

import pytest

from tests.search.engines_under_test import EngineUnderTest, ask, full, hit, names, write
from tests.search.papers import paper

FILLING = [paper(f"9-{i}", "over heel iets anders") for i in range(12)]


def test_what_merely_asks_is_asked_of_no_paper(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "huurtoeslag in Veendam"), paper("1-2", "hoeveel de huur is"), *FILLING)

    for query in (
        "hoeveel huurtoeslag is er in Veendam?",
        "ik zoek stukken over huurtoeslag in Veendam",
        "de huurtoeslag van Veendam",
    ):
        assert full(engine, query) == {"1-1"}


def test_words_that_hold_others_together_tell_by_nearness(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "toeslag wat verder in deze zin ook nog huur", date="2021-01-01"),
        paper("1-2", "wat verder in deze zin ook nog toeslag voor huur", date="2020-01-01"),
    )

    assert names(ask(engine, "toeslag voor huur")) == ["1-2", "1-1"]


def test_a_kind_is_preferred_and_not_asked_for(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "huurtoeslag", kind="Brief regering", date="2022-01-01"),
        paper("1-2", "huurtoeslag", kind="Gewijzigde motie", date="2020-01-01"),
        paper("1-3", "de moties", kind="Motie"),
    )

    result = ask(engine, "alle moties over huurtoeslag")

    assert (names(result), result.total_all_words) == (["1-2", "1-1"], 2)
    assert names(ask(engine, "brieven over huurtoeslag")) == ["1-1", "1-2"]


def test_a_kind_may_be_of_someone_who_submits(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "huurtoeslag", kind="Motie", submitters=("A. Bakker",)),
        paper("1-2", "huurtoeslag van Bakker", kind="Motie", submitters=("B. de Boer",)),
        paper("1-3", "huurtoeslag", kind="Motie", submitters=("B. de Boer",)),
        *FILLING,
    )

    result = ask(engine, "moties van Bakker over huurtoeslag")

    assert (names(result)[:2], result.total_all_words) == (["1-1", "1-2"], 2)
    assert hit(result, "1-3").lacking == ("Bakker",)
    assert full(engine, "motie-Bakker") == {"1-1"}


@pytest.mark.parametrize("query", ["de", "hoe", "wat is er", "van de"])
def test_where_nothing_else_is_typed_such_words_are_asked_for(engine: EngineUnderTest, query: str) -> None:
    write(engine, paper("1-1", "hoe wat is er van de"), paper("1-2", "iets anders"))

    assert full(engine, query) == {"1-1"}


def test_quotes_operators_and_capitals_ask_for_the_words(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "de strijd tegen IS"), paper("1-2", "de strijd"))

    for query in ("strijd IS", '"is" strijd', "strijd EN is"):
        assert full(engine, query) == {"1-1"}
    assert full(engine, "wat is de strijd") == full(engine, "WAT IS DE STRIJD") == {"1-1", "1-2"}


def test_the_date_of_a_paper_is_as_good_as_naming_that_time(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "huurtoeslag", date="2024-06-12"),
        paper("1-2", "huurtoeslag vanaf juni 2024", date="2020-01-01"),
        paper("1-3", "huurtoeslag, vanaf 2024, en dan in juni", date="2020-01-01"),
        paper("1-4", "iets anders", date="2024-06-12"),
        *FILLING,
    )

    result = ask(engine, "huurtoeslag juni 2024")

    assert (set(names(result)[:2]), result.total_all_words) == ({"1-1", "1-2"}, 2)
    assert hit(result, "1-3").lacking == ("juni 2024",)
    assert full(engine, "huurtoeslag in juni 2024") == {"1-1", "1-2"}


@pytest.mark.parametrize("number", ["nr. 12", "nr 12", "no. 12", "nummer 12", "12"])
def test_that_a_number_is_one_is_asked_of_no_paper(engine: EngineUnderTest, number: str) -> None:
    write(engine, paper("1-1", "de molen met 12 wieken"), paper("1-2", "de molen"), *FILLING)
    assert full(engine, f"molen {number}") == {"1-1"}


@pytest.mark.parametrize("short", ["m.b.t.", "mbt", "i.v.m.", "t.a.v.", "n.a.v.", "resp.", "d.m.v.", "and"])
def test_nor_are_short_words_that_hold_others_together(engine: EngineUnderTest, short: str) -> None:
    write(engine, paper("1-1", "de molen en de dijk"), *FILLING)
    assert full(engine, f"molen {short} dijk") == {"1-1"}


@pytest.mark.parametrize(
    "query", ["molen 31066-12", "dijken 31 066, nr. 12", "wat staat er in kst-31066-12 over dijken en sluizen?", "lees 31066-12"]
)
def test_a_paper_that_is_named_among_other_words_stands_above_those_that_lack_some_too(
    engine: EngineUnderTest, query: str
) -> None:
    about = [paper(f"1-{i}", "Een molen met dijken en sluizen, om te lezen.") for i in range(3)]
    write(engine, paper("31066-12", "Iets over vissen."), *about, *FILLING)
    assert names(ask(engine, query))[0] == "31066-12"


def test_what_replaces_it_stands_above_the_paper_that_is_named_as_replaced(engine: EngineUnderTest) -> None:
    new = paper("31066-13", "De molen en de dijk.", kind_line="MOTIE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 12")
    write(engine, paper("31066-12", "De molen."), new, *FILLING)
    assert names(ask(engine, "molen dijk (t.v.v. 31066-12)"))[0] == "31066-13"
