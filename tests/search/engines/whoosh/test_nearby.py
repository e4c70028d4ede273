"""Which of many words are nearly the same: what is told of many at once is what is told of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.storage.nearby import bags_of, edits, perhaps_near
from search.letters import distance

_words = st.lists(st.text("aben", max_size=7).map(str.encode), max_size=30)


@given(word=st.text("aben", min_size=1, max_size=6), others=_words)
def test_edits_are_counted_as_for_one(word: str, others: list[bytes]) -> None:
    assert edits(word.encode(), others).tolist() == [distance(word, other.decode()) for other in others]


@given(word=st.text("abeno", min_size=1, max_size=9), others=_words)
def test_no_word_that_is_near_is_passed_over(word: str, others: list[bytes]) -> None:
    perhaps = set(perhaps_near(bags_of(others), word.encode(), 2).tolist())
    assert perhaps >= {i for i, other in enumerate(others) if other and distance(word, other.decode()) <= 2}


def test_words_with_other_signs_are_never_near() -> None:
    others = [b"toeslag", "toeslág".encode(), b"toeslag1", b"toe:slag", b"", b"x" * 70]
    assert perhaps_near(bags_of(others), b"toeslag", 2).tolist() == [0]
    assert bags_of([]).tolist() == []
