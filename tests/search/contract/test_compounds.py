"""Compounds: their heads, what leads them, words apart or joined, parts that hang on another word."""

from __future__ import annotations

import pytest

from search.plan import MatchKind
from tests.search.engines_under_test import EngineUnderTest, ask, full, hit, names, write
from tests.search.papers import paper

PAPERS = (
    paper("2-1", "De zorgtoeslag stijgt."),
    paper("2-2", "De toeslag voor zorg: zorg met een toeslag, zorg zonder een toeslag."),
    paper("2-3", "De schoolgebouwen zijn oud."),
    paper("2-4", "De begrotingsstaten van Defensie, staten zonder begroting."),
    paper("2-5", "Uitkoop van boeren, bij regeling."),
    paper("2-6", "De uitkoopregeling voor boeren en de wiskunde op het onderwijs."),
    paper("2-7", "Natura 2000 met open source."),
    paper("2-8", "De wet- en regelgeving over in- en uitvoer van land-, tuin- en bosbouw."),
    paper("2-9", "De zorgaanbieders en -verzekeraars van de huur: een huurtoeslag; het geld gaat voor zorg."),
    paper("2-10", "Regelgeving over uitvoer en bosbouw door zorgaanbieders, en een wet in een land."),
    paper("2-11", "Het Cool:Gen draait, de applicatie niet."),
)


@pytest.fixture
def filled(engine: EngineUnderTest) -> EngineUnderTest:
    write(engine, *PAPERS)
    return engine


@pytest.mark.parametrize(
    ("query", "first"),
    [("zorg toeslag", "2-1"), ("school gebouw", "2-3"), ("schoolgebouw", "2-3")],
)
def test_the_joined_form_of_two_words_comes_first(filled: EngineUnderTest, query: str, first: str) -> None:
    result = ask(filled, query)

    assert names(result)[0] == first


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("natura2000", {"2-7"}),
        ("opensource", {"2-7"}),
        ("wetgeving", {"2-8"}),
        ("invoer", {"2-8"}),
        ("landbouw", {"2-8"}),
        ("tuinbouw", {"2-8"}),
        ("zorgverzekeraars", {"2-9"}),
        ("zorgverzekeraar", {"2-9"}),
        ("landverzekeraars", set()),
        ("begroting Defensie", {"2-4"}),
        ("uitkoop boeren", {"2-5", "2-6"}),
        ("uitkoop", {"2-5"}),
        ("toeslag", {"2-1", "2-2", "2-9"}),
        ("wiskundeonderwijs", {"2-6"}),
        ("Cool:Gen-applicatie", {"2-11"}),
        ("uitvoer-wiskundeonderwijs", set()),
        ("boeren-wiskundeonderwijs", {"2-6"}),
    ],
)
def test_found(filled: EngineUnderTest, query: str, found: set[str]) -> None:
    assert full(filled, query) == found


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("wetgeving", "2-8"),
        ("zorgverzekeraars", "2-9"),
        ("uitkoop boeren", "2-6"),
        ("zorg toeslag", "2-1"),
        ("opensource", "2-7"),
    ],
)
def test_it_is_told_to_be_a_compound(filled: EngineUnderTest, query: str, name: str) -> None:
    assert hit(ask(filled, query), name).match is MatchKind.COMPOUND


def test_a_hanging_part_is_in_no_phrase_that_is_not_printed(filled: EngineUnderTest) -> None:
    assert full(filled, '"wet regelgeving"') == set()
    assert full(filled, '"wet- en regelgeving"') == full(filled, '"wet en regelgeving"') == {"2-8"}


def test_function_words_make_no_word_with_the_next(filled: EngineUnderTest) -> None:
    write(filled, paper("2-12", "Uit voorzorg."))

    assert names(ask(filled, "geld voor zorg"))[0] == "2-9"


@pytest.mark.parametrize(("query", "name"), [("MH 17", "MH17"), ("F 35", "F-35"), ("5 G", "5G"), ("A 2", "A2")])
def test_letters_and_figures_of_one_name_are_found_when_typed_apart(engine: EngineUnderTest, query: str, name: str) -> None:
    write(engine, paper("1-1", f"Over {name} in het rapport."), *(paper(f"9-{i}", "Iets over vissen.") for i in range(9)))
    assert names(ask(engine, query)) == ["1-1"]


@pytest.mark.parametrize("written", ["OM", "O.M."])
@pytest.mark.parametrize("typed", ["OM", "O.M."])
def test_an_abbreviation_that_is_a_word_too_is_found_with_dots_and_without(
    engine: EngineUnderTest, written: str, typed: str
) -> None:
    write(engine, paper("1-1", f"Het {written} vervolgt."), *(paper(f"9-{i}", "Een plan om te bouwen.") for i in range(9)))
    assert names(ask(engine, typed)) == ["1-1"]
