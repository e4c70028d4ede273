"""What papers explain themselves finds both names, labelled, as long as they are there."""

from __future__ import annotations

import pytest

from search.plan import MatchKind
from tests.search.engines_under_test import EngineUnderTest, ask, full, hit, write
from tests.search.papers import paper

PAPERS = (
    paper("3-1", "De Dienst Waterputten Drenthe (DWD) telt de putten."),
    paper("3-2", "De Dienst Waterputten Drenthe (DWD) vult ze."),
    paper("3-3", "De DWD vult niets."),
    paper("3-4", "Een dienst voor waterputten in Drenthe."),
    paper("3-5", "De Dienst Waterputten Drenthe bestaat."),
    paper("3-6", "Het Platte Aardewerk Stelsel (PAS) past, op de weg."),
    paper("3-7", "Het Platte Aardewerk Stelsel (PAS) is pas begonnen."),
    paper("3-8", "Het platte aardewerk stelsel werkt pas nu."),
)


@pytest.fixture
def filled(engine: EngineUnderTest) -> EngineUnderTest:
    write(engine, *PAPERS)
    return engine


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dwd", {"3-1", "3-2", "3-3", "3-5"}),
        ("DWD", {"3-1", "3-2", "3-3", "3-5"}),
        ("dienst waterputten drenthe", {"3-1", "3-2", "3-3", "3-4", "3-5"}),
        ("PAS", {"3-6", "3-7", "3-8"}),
        ("platte aardewerk stelsel", {"3-6", "3-7", "3-8"}),
    ],
)
def test_both_ways(filled: EngineUnderTest, query: str, found: set[str]) -> None:
    assert full(filled, query) == found


def test_an_ordinary_word_is_no_abbreviation(filled: EngineUnderTest) -> None:
    assert "3-8" in full(filled, "pas")
    assert hit(ask(filled, "pas"), "3-8").match is MatchKind.EXACT


def test_it_is_told(filled: EngineUnderTest) -> None:
    assert hit(ask(filled, "dwd"), "3-5").match is MatchKind.SYNONYM


def test_it_goes_with_its_papers(filled: EngineUnderTest) -> None:
    write(filled, remove=("3-1", "3-2"))

    assert full(filled, "dwd") == {"3-3"}


def test_the_vocabulary_counts_it_by_papers(filled: EngineUnderTest) -> None:
    counted = filled.searcher.vocabulary.value_counts("explained")

    assert counted.papers == {"dwd=dienst waterputten drenthe": 2, "PAS=platte aardewerk stelsel": 2}
