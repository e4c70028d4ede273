"""Likely spellings of the words of a query."""

from __future__ import annotations

import pytest

from indexer.paper.model import Kamerstuk
from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.query.parser import parse
from search.query.told import printed
from search.spelling import respelled
from tests.search.papers import paper


def _holding(*papers: Kamerstuk) -> MemoryEngine:
    made = MemoryEngine(Weights())
    made.replace(papers)
    made.commit()
    return made


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    """Papers with some words often, some misspelt once, and a person."""
    often = "De gezondheidszorg, de belastingdienst, de burgemeester en niet de weinige toeslag; Koekkoek van het kabinet."
    plenty = [paper(f"1-{i}", often) for i in range(60)]
    seats = [paper(f"2-{i}", "In de tweede kamer sprak men van twee zaken, zo leidt de minister.") for i in range(20)]
    odd = paper("3-1", "De burgermeester van de Cool:Gen-stad, en de Toeslaag; kabinetstoestag.", submitters=("C.A. Koekkoek",))
    return _holding(*plenty, *seats, odd, paper("3-2", "Motie van het lid Koekkoek over Cool:Gen en continuïteit van de metro."))


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("toeslga", "toeslag"),
        ("Toeslga kabinte", "Toeslag kabinet"),
        ("titel:toeslga", "titel:toeslag"),
        ("toeslga EN kabinte", "toeslag EN kabinet"),
        ("toeslga OF metro", "toeslag OF metro"),
        ("-toeslga metro", "-toeslga metro"),
        ("toeslag", ""),
        ("toeslagen", ""),
        ("mot", ""),
        ("xyzzyx", ""),
        ("F-36", ""),
        ('"toeslga kabinte"', ""),
        ("toeslga*", ""),
        ("", ""),
        # common slips, and two slips in a long word
        ("burgermeester", "burgemeester"),
        ("gezondheidzorg", "gezondheidszorg"),
        ("belastingdients", "belastingdienst"),
        ("contniukiteit", "continuiteit"),
        ("leit", "leidt"),
        ("weijnige", "weinige"),
        ("computer", ""),
        ("kabinetstoeslag", ""),
        ("Koekoek", "Koekkoek"),
        ("metoo", "metro"),
        # what stands beside it decides
        ("tewee kamer", "tweede kamer"),
        ("tewee", "twee"),
        # terms with signs
        ("Coool:Gen", "Cool:Gen"),
        ("Kool:Gen", "Cool:Gen"),
        ("Cool:Gn", "Cool:Gen"),
        ("Cool:Gen", ""),
        ("MTRO", ""),
    ],
)
def test_words_are_spelled_as_they_were_likely_meant(engine: MemoryEngine, query: str, instead: str) -> None:
    node = parse(query).node
    assert respelled(node, engine).node == (parse(instead).node if instead else node)


@pytest.mark.parametrize(
    ("query", "unasked"),
    [
        ("metoo", True),
        ("Metoo", True),
        ("toeslag Metoo", False),
        ("leit", False),
        ("koekoek", False),
        ("toeslga koekoek", False),
    ],
)
def test_names_and_short_words_are_never_replaced_unasked(engine: MemoryEngine, query: str, unasked: bool) -> None:
    found = respelled(parse(query).node, engine)
    assert printed(found.node) != query
    assert found.unasked is unasked


def test_a_long_query_may_quote_a_misprint(engine: MemoryEngine) -> None:
    node = parse("de burgermeester van de stad en het kabinet over toeslag").node
    assert respelled(node, engine).node == node


def test_a_misprint_is_only_told_beside_a_far_more_frequent_word() -> None:
    few = _holding(
        *(paper(f"1-{i}", "De burgemeester.") for i in range(5)), *(paper(f"2-{i}", "De burgermeester.") for i in range(3))
    )
    node = parse("burgermeester").node
    assert respelled(node, few).node == node
