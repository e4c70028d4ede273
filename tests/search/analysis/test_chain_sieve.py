"""A sieve holds back nothing that was asked for, and lets through what ``tokenize`` gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.chain import Sieve, tokenize
from tests.search.strategies import WORDS

PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(("€", "1.200", "12", "000", "nr.", "31 066, nr. 5", "kst-31066-5", "XVI,", "(huur)toeslag", "x" * 150)),
    st.text(max_size=6),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from((" ", " ", " ", "  ", "\u00a0", "\n", ""))), max_size=12).map(
    lambda pieces: "".join(piece + space for piece, space in pieces)
)


@given(TEXTS, st.data())
def test_what_has_a_wanted_form_comes_through_as_it_is(text: str, data: st.DataObject) -> None:
    every = tokenize(text)
    exact = data.draw(st.sets(st.sampled_from(sorted({token.text for token in every}) or ["x"]), max_size=2))
    stems = data.draw(st.sets(st.sampled_from(sorted({token.stem for token in every}) or ["x"]), max_size=2))
    found = Sieve(exact, stems).tokens(text)
    wanted = [token for token in every if token.text in exact or token.stem in stems]

    assert [token for token in found if token.text in exact or token.stem in stems] == wanted
    assert [token for token in every if token in set(found)] == found
    assert bool(found) == bool(wanted)


@pytest.mark.parametrize("text", ["", " ", "de motie"])
def test_of_a_text_without_a_wanted_form_nothing_does(text: str) -> None:
    assert Sieve(["toeslag"], ["huur"]).tokens(text) == []


def test_of_a_term_with_a_wanted_part_all_parts_come_through() -> None:
    assert [token.text for token in Sieve(["gen"], []).tokens("van Cool:Gen af")] == ["cool:gen", "coolgen", "cool", "gen"]
