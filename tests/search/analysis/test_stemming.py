"""Stems: which words belong together, which do not, and what holds for every word."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import lemmas
from search.analysis.dictionary import dutch
from search.analysis.exceptions import LEMMAS, NAMES, UNINFLECTED
from search.analysis.folding import fold
from search.analysis.stemming import stem

NOUNS = [("afspraak", "afspraken"), ("ouder", "ouders"), ("voornemen", "voornemens"), ("lid", "leden")]


def groups(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("group", groups("stems.txt"))
def test_inflections_have_one_stem(group: str) -> None:
    words = group.split()
    assert len(words) > 1
    assert {word: stem(fold(word)) for word in words} == dict.fromkeys(words, stem(fold(words[0])))


@pytest.mark.parametrize("group", groups("stems_apart.txt"))
def test_other_words_have_other_stems(group: str) -> None:
    for one, other in combinations(group.split(), 2):
        assert stem(fold(one)) != stem(fold(other)), (one, other)


@pytest.mark.parametrize(
    "word", ["f-35", "d66", "kst-31066-1412", "44,9", "cool:gen", "2022/23", "m.l.a", "ab", "", "x" * 64, "москва"]
)
def test_what_is_no_dutch_word_is_left_alone(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("word", sorted(UNINFLECTED | NAMES))
def test_function_words_and_names_are_their_own_stems(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("word", sorted(word for word in UNINFLECTED if len(word) > 1))
def test_no_inflection_of_another_word_has_the_stem_of_a_function_word(word: str) -> None:
    inflected = {word + ending for ending in ("en", "t", "e", "s", word[-1] + "en")} - UNINFLECTED
    known = {form for form in inflected if len(form) > 3 and dutch().lemma(form)}
    assert not {form for form in known if stem(form) == word}


@pytest.mark.parametrize(("form", "lemma"), LEMMAS.items())
def test_exceptions_would_otherwise_be_of_another_word(form: str, lemma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stem(form) == stem(lemma)
    monkeypatch.setattr(lemmas, "LEMMAS", {})
    assert stem.__wrapped__(form) != stem(lemma)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=50))
def test_any_word_has_a_stem(word: str) -> None:
    found = stem(word)
    assert bool(found) == bool(word)
    assert len(found) <= len(word) + 4


@pytest.mark.parametrize(("noun", "plural"), NOUNS)
@pytest.mark.parametrize("first", ["beleids", "klimaat", "vereniging", "regio", "woningbouw"])
def test_a_compound_is_inflected_as_its_last_part(first: str, noun: str, plural: str) -> None:
    assert stem(first + noun) == stem(first + plural)
