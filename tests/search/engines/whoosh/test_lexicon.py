"""The entries of a text have the terms that ``occurrences`` finds in it, at the same positions."""

from __future__ import annotations

import gc
import weakref

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis.chain import tokenize
from search.document import EXACT, STEM
from search.engines.whoosh.writing.lexicon import Lexicon
from tests.search.strategies import WORDS

PIECES = st.lists(
    st.sampled_from(
        (
            *("31", "066", "31 066", "€ 12 000", "200\u00a0000", "1.200,50", "44,9", "2022/23", "2022/2023", "1412", "nr."),
            *("Kamerstukken II 2020/21, 31 066, nr. 5", "kst-31066-1174", "XVI,", "I,", "36 410-XVI", "1\u2009200", "12345"),
            *("Cool:Gen", "F-35", "R&D", "(deel)projecten", "gemeente(n)", "(zie)", "'s-Gravenhage", "foto\u2019s,", "zo'n"),
            *(
                "M.L.A.",
                "C++",
                "50%",
                "en/of",
                "\u201cToeslagen\u201d.",
                "toe\u00adslag",
                "reëel",
                "ĲSSEL!",
                "(",
                "...",
                "x" * 70,
            ),
            *("https://www.rijksoverheid.nl/documenten?a=b,c", "D'66", "\x1f", "\x85", "\u2028", "\u200b", "a\u200bb"),
        )
    ),
    max_size=12,
)
SPACES = st.sampled_from((" ", "\u00a0", "\u2009", "  ", "\n", "", "\x1c", "\x85"))


def _terms(lexicon: Lexicon, text: str) -> tuple[list[tuple[int, str]], int]:
    """The terms of a text with their positions, and how many positions they take."""
    entries, width = lexicon.read(text)
    names = list(lexicon.terms)
    found, at = [], 0
    for entry in entries:
        of = [i for i, number in enumerate(lexicon.entry) if number == entry]
        found += [(at + lexicon.place[i], names[lexicon.term[i]]) for i in of]
        at += lexicon.widths[entry]
    assert at == width
    for name in {name for _, name in found}:  # a citation within a term comes before it, but never a term before itself
        positions = [position for position, other in found if other == name]
        assert positions == sorted(positions)
    return sorted(found), at


def _agree(lexicon: Lexicon, text: str) -> None:
    tokens = tokenize(text)
    expected = {(t.position, name) for t in tokens for name in (EXACT + t.text, STEM + t.stem)}
    width = max((t.position + t.width for t in tokens), default=0)
    assert _terms(lexicon, text) == (sorted(expected), width)


@given(st.lists(st.tuples(PIECES, SPACES), min_size=1, max_size=3))
@example([(["nr.kst-31066-1174", "(zie)kst-31066-1174"], " ")])
@example([(["\u200bkst-31066-1174", "Kamerstukken II 2020/21, 31 066, nr. 5F-35"], " ")])
def test_entries_have_the_terms_of_the_text(texts: list[tuple[list[str], str]]) -> None:
    lexicon = Lexicon()
    for pieces, space in texts:
        _agree(lexicon, space.join(pieces))


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_so_they_have_whatever_the_text(text: str) -> None:
    _agree(Lexicon(), text)


@pytest.mark.parametrize("word", ["toeslagen", "(Toeslagen),", "\u201cToeslagen\u201d"])
def test_a_word_is_analysed_once(word: str) -> None:
    lexicon = Lexicon()
    first, _ = lexicon.read(f"{word} en {word}")
    assert first[0] == first[2] != first[1]
    assert lexicon.read(word) == ([first[0]], 1)


@pytest.mark.parametrize("unit", ["a&b", "a-", "1.", "x", "a:b/c,", "kst-1-2-"])
def test_a_very_long_chunk_has_the_terms_of_the_text_too_and_is_not_kept_as_a_whole(unit: str) -> None:
    text = f"een {unit * 1_001} twee"
    _agree(Lexicon(), text)
    lexicon = Lexicon()
    lexicon.read(text)
    assert len(lexicon.entry) < 300


def test_a_lexicon_is_gone_as_soon_as_nobody_has_it() -> None:
    """What is spilled must make room for what comes, without waiting for the collector of garbage."""
    gc.disable()
    try:
        lexicon = Lexicon()
        lexicon.read("Kamerstukken II 2020/21, 31 066, nr. 5 over toeslagen")
        gone = weakref.ref(lexicon)
        del lexicon
        assert gone() is None
    finally:
        gc.enable()
