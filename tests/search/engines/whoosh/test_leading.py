"""Codes of small words, and which words of a phrase are left to look for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.chain import stem
from search.engines.whoosh.storage.segment import NONE, SEVERAL, SMALL_WORDS, Led, Word, code_of, codes_of, led, small_stems


def test_every_small_word_has_a_code_of_its_own_that_is_one_of_its_stem() -> None:
    codes = [codes_of(word, stem=False) for word in SMALL_WORDS]

    assert len(set(codes)) == len(SMALL_WORDS)
    assert all(NONE < code < SEVERAL for of_word in codes for code in of_word)
    for word, [code] in zip(SMALL_WORDS, codes, strict=True):
        assert code_of([word], [stem(word)]) == code
        assert code in codes_of(stem(word), stem=True)


def test_another_form_of_the_same_stem_is_told_apart() -> None:
    code = code_of(["moetende"], [stem("moet")])

    assert code in codes_of(stem("moet"), stem=True)
    assert (code,) not in [codes_of(word, stem=False) for word in SMALL_WORDS]


@pytest.mark.parametrize(
    ("forms", "stems", "code"),
    [
        ((), (), NONE),
        (("toeslag",), ("toeslag",), NONE),
        (("de", "van"), ("de", "van"), SEVERAL),
        (("moet", "moeten"), (stem("moet"),), SEVERAL),
        (("de", "kst-31066-1"), ("de", "kst-31066-1"), codes_of("de", stem=False)[0]),
    ],
)
def test_what_stands_at_a_position_has_one_code(forms: tuple[str, ...], stems: tuple[str, ...], code: int) -> None:
    assert code_of(forms, stems) == code


def test_content_words_have_none() -> None:
    assert codes_of("toeslag", stem=True) == codes_of("toeslagen", stem=False) == ()
    assert "toeslag" not in small_stems()


def test_a_small_word_before_another_word_is_not_looked_for() -> None:
    minister, van, de, wet = ("minister", 0, True), ("van", 1, True), ("de", 2, True), ("wet", 3, True)

    assert led([minister, van, ("wet", 2, True)]) == [Led(("wet", 2, True), van), Led(minister, None)]
    assert led([minister, van, de, wet]) == [Led(wet, de), Led(van, None), Led(minister, None)]
    assert led([("de", 0, True), ("wet", 2, True)]) == [Led(("wet", 2, True), None), Led(("de", 0, True), None)]


_WORD = st.tuples(st.sampled_from(("de", "van", "wet", "toeslag")), st.integers(0, 4), st.booleans())


@given(st.lists(_WORD, unique=True, max_size=6))
def test_every_word_is_looked_for_or_the_lead_of_one_that_is(words: list[Word]) -> None:
    found = led(words)

    assert sorted([one.word for one in found] + [one.lead for one in found if one.lead]) == sorted(words)
    assert all(one.lead[1] + 1 == one.word[1] and codes_of(one.lead[0], stem=one.lead[2]) for one in found if one.lead)
