"""What the dictionary tells quickly agrees with what it tells in full."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.dictionary import dutch

_letters = st.text("aeiourstndgk", min_size=1, max_size=7)


@pytest.mark.parametrize("word", ["huis", "huizen", "vastgesteld", "cafe", "coordinatie", "europa", "op", "ie"])
def test_a_form_that_it_has_is_one_that_it_may_have(word: str) -> None:
    assert dutch().may_have(word)


@given(word=_letters)
def test_a_form_that_it_cannot_have_has_no_lemma(word: str) -> None:
    assert dutch().may_have(word) or not dutch().lemma(word)


def test_most_of_what_is_no_form_is_passed_over() -> None:
    parts = [f"ngs{first}{second}beleid" for first in "abcdefghij" for second in "klmnopqrst"]

    assert sum(map(dutch().may_have, parts)) < len(parts) / 3
