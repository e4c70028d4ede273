"""What is typed is in the tree or is told: no word and no sign that means something elsewhere goes in silence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.told import printed
from search.query.tree import And, Word
from search.wording import Language

SIGNS = "#@^<>=~*|!$\u00a7\u20ac\u00a3%+&\u00b0\u2192"
QUIET = "+&!"
"""A plus, and the sign for "and", ask for what is asked anyway: all words. An exclamation mark may end a sentence."""

_pieces = st.sampled_from([
    *SIGNS, *"\"()-,.:;?/", " ", " ", "||", "&&", "w/5", "NEAR", "EN", "OF", "NIET", "in:kop ", "titel:", "title:", "partij:",
    "soort=", "datum:", "2024", "31 066, nr. 12", ", blz. 3", "36410-XVI", "kst-31066-12.pdf", "art.", "50", "C++", ".NET",
])  # fmt: skip
_word = st.from_regex(r"[bdfghk][aeou][bdfghk]{2}[aeou]", fullmatch=True)


@given(st.lists(st.tuples(_pieces | st.just(""), _word), min_size=1, max_size=6), st.text(SIGNS + ' ."()-', max_size=4))
def test_every_word_is_in_the_tree_or_told(pairs: list[tuple[str, str]], end: str) -> None:
    """Words that are nothing else, among pieces of syntax: glued to them and apart from them."""
    parsed = parse(" ".join(f"{piece}{word}" for piece, word in pairs) + end)
    told = " ".join((printed(parsed.node), *(remark.told(Language.DUTCH) for remark in parsed.remarks)))
    assert all(word in told for _, word in pairs)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "form", ["huur {} zorg", "huur{}zorg", "{}huur zorg", "huur {}zorg", "huur{} zorg", "{}", '"huur {} zorg"']
)
def test_no_sign_goes_in_silence(sign: str, form: str) -> None:
    parsed = parse(form.format(sign))
    plain = And((Word("huur"), Word("zorg")))
    in_tree = sign in re.sub(r"^datum", "", printed(parsed.node))
    is_syntax = parsed.node != plain and not form.startswith('"') and form != "{}"
    assert in_tree or is_syntax or parsed.remarks or sign in QUIET
