"""Surnames: which words of a query are names of a collection, and what they find."""

from __future__ import annotations

import pytest

from search.analysis.chain import stem
from search.engines.word_list import WordList
from search.plan import Concept, Form, MatchKind, Wanted, Weights
from search.planning import Planner
from search.query.parser import parse
from search.related.writings import is_surname

WORDS = WordList(
    {"rikker": 40, "rikkers": 4, "dijk": 30, "dijken": 8, "omtzigt": 9, "wolf": 3, "wolven": 6},
    {stem("rikker"): 42, "dijk": 37, "omtzigt": 9, "wolf": 8},
    {"spelling": dict.fromkeys(("M.H. Rikker", "B.T. Rikkers", "J.P. Dijk", "P.H. Omtzigt\tPieter Omtzigt", "De Wolf"), 1)},
)


@pytest.mark.parametrize("word", ["rikkers", "rikker", "Rikker", "omtzigt", "pieter", "Omtzigt", "Dijk", "Wolf"])
def test_names(word: str) -> None:
    assert is_surname(word, WORDS)


@pytest.mark.parametrize("word", ["dijk", "wolf", "dijken", "Dijken", "wolven", "bakker", "de", "m.h.", ""])
def test_ordinary_words(word: str) -> None:
    assert not is_surname(word, WORDS)


def test_a_name_is_looked_for_as_it_is_written() -> None:
    plan = Planner(WORDS, Weights()).plan(parse("rikkers").node)

    assert isinstance(plan, Wanted)
    (concept,) = plan.concepts
    assert isinstance(concept, Concept)
    assert not concept.sequences
    assert concept.forms == (
        Form("rikkers", False, Weights().exact + Weights().stem, MatchKind.EXACT),
        Form("rikkers's", False, Weights().stem, MatchKind.STEM),
    )
