"""Stems: which words belong together, which do not, and what holds for every word."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.snowball import DutchStemmer

from search.analysis import stemming
from search.analysis.folding import fold
from search.analysis.stemming import ENDINGS, KEPT, SINGULARS, stem


def groups(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("group", groups("stems.txt"))
def test_inflections_have_one_stem(group: str) -> None:
    words = group.split()
    assert len(words) > 1
    assert {stem(fold(word)) for word in words} == {stem(fold(words[0]))}


@pytest.mark.parametrize("group", groups("stems_apart.txt"))
def test_other_words_have_other_stems(group: str) -> None:
    for one, other in combinations(group.split(), 2):
        assert stem(fold(one)) != stem(fold(other)), (one, other)


@pytest.mark.parametrize(
    "word", ["f-35", "d66", "kst-31066-1412", "44,9", "cool:gen", "2022/23", "m.l.a", "ab", "", "x" * 64, "москва"]
)
def test_what_is_no_dutch_word_is_left_alone(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("word", sorted(KEPT))
def test_kept_words_would_otherwise_change(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stem(word) == word
    monkeypatch.setattr(stemming, "KEPT", frozenset())
    assert stem.__wrapped__(word) != word


@pytest.mark.parametrize(("irregular", "regular"), SINGULARS.items())
def test_irregular_words_are_found_by_the_regular_one(irregular: str, regular: str) -> None:
    assert stem(irregular) == stem(regular)


@pytest.mark.parametrize(("ending", "regular", "others"), ENDINGS)
def test_irregular_endings_end_compounds(ending: str, regular: str, others: tuple[str, ...]) -> None:
    assert stem(ending) == stem(regular)
    assert stem(f"proef{ending}") == stem(f"proef{regular}")
    for other in others:
        assert stem(other) != stem(regular)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=50))
def test_any_word_has_a_stem(word: str) -> None:
    found = stem(word)
    assert bool(found) == bool(word)
    assert len(found) <= len(word) + 2


@given(st.text(st.sampled_from("aeiouybdghjklmnrst"), min_size=3, max_size=9).map(lambda word: word + "ig"[: len(word) % 3]))
def test_snowball_is_asked_about_every_word_that_it_changes(word: str) -> None:
    if DutchStemmer().stem(word) != word:
        assert word.endswith(stemming._CUT) or word[-3:-1] in stemming._LONG_VOWELS
