"""How far words are apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.letters import distance, one_edit

_few = st.text("abc", max_size=5)


@given(one=_few, other=_few)
def test_words_at_one_edit_are_those_that_one_edit_makes(one: str, other: str) -> None:
    assert (distance(one, other) == 1) == (other in set(one_edit(one)) - {one})
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@given(word=st.text("abc", min_size=1, max_size=5), data=st.data())
def test_two_edits_are_never_further_than_two(word: str, data: st.DataObject) -> None:
    once = data.draw(st.sampled_from(sorted(set(one_edit(word)))))
    twice = data.draw(st.sampled_from(sorted(set(one_edit(once)))))

    assert distance(word, once) <= 1
    assert distance(word, twice) <= 3  # letters that were swapped may not be touched again


def test_an_edit_costs_what_it_is_said_to() -> None:
    def price(was: str, becomes: str, before: str) -> float:
        return {("", "k", "k"): 0.5, ("ag", "ga", ""): 0.7}.get((was, becomes, before), 9.0)

    assert distance("koekoek", "koekkoek", price) == 0.5
    assert distance("toeslag", "toeslga", price) == 0.7
