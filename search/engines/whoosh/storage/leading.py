"""Small words (*de*, *van*, *het*) and what an index notes of them: at each position, which of them stands just before it.

Nearly every phrase has a small word in it, and small words stand everywhere. With the note *minister van financiën* is looked for
where *financiën* stands, not in the many places where *van* does. Which words are small follows from the Dutch language, not from
the papers, so that all parts of an index mean the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from search.analysis.chain import stem

SMALL_WORDS = (
    *("de", "het", "een", "en", "of", "in", "op", "van", "voor", "met", "aan", "bij", "te", "ten", "ter", "tot", "om", "door"),
    *("naar", "uit", "over", "onder", "tussen", "tegen", "na", "als", "dan", "dat", "die", "dit", "deze", "des", "er", "niet"),
    *("ook", "geen", "wel", "nog", "maar", "meer", "is", "zijn", "was", "wordt", "worden", "werd", "heeft", "hebben", "zal"),
    *("zou", "kan", "kunnen", "moet", "moeten", "wil", "mag"),
)
"""The commonest words of Dutch prose that have no meaning of their own."""

NONE, SEVERAL = 0, 255
"""Codes of a position without a small word, and of one at which several stand."""


@dataclass(frozen=True, slots=True)
class _Codes:
    """The code of each small word; of each stem those of its forms, and last one for every other form of it."""

    of_form: dict[str, int]
    of_stem: dict[str, tuple[int, ...]]


@cache
def _codes() -> _Codes:
    of_form = {form: code for code, form in enumerate(SMALL_WORDS, NONE + 1)}
    forms: dict[str, list[int]] = {}
    for form, code in of_form.items():
        forms.setdefault(stem(form), []).append(code)
    other = enumerate(forms.items(), NONE + 1 + len(of_form))
    return _Codes(of_form, {stemmed: (*codes, code) for code, (stemmed, codes) in other})


def small_stems() -> Collection[str]:
    """The stems of small words; a form with such a stem need not be a small word itself."""
    return _codes().of_stem.keys()


def code_of(forms: Collection[str], stems: Collection[str]) -> int:
    """The code of a position at which these exact forms and these stems stand."""
    codes = _codes()
    small = [one for one in stems if one in codes.of_stem]
    if len(small) != 1:
        return SEVERAL if small else NONE
    of_stem = codes.of_stem[small[0]]
    known = [codes.of_form[form] for form in forms if codes.of_form.get(form) in of_stem]
    return SEVERAL if len(known) > 1 else known[0] if known else of_stem[-1]


def codes_of(text: str, *, stem: bool) -> tuple[int, ...]:
    """The codes that tell that an exact form or a stem stands there; none when that is no small word."""
    codes = _codes()
    if stem:
        return codes.of_stem.get(text, ())
    return (codes.of_form[text],) if text in codes.of_form else ()


Word = tuple[str, int, bool]
"""An exact form or a stem (True) at its offset, as in ``plan.Sequence``."""


class Led(NamedTuple):
    """A word to look for, and the small word just before it that need not be."""

    word: Word
    lead: Word | None


def led(words: Sequence[Word]) -> list[Led]:
    """The words of a phrase to look for: every one is among them, or is the lead of one."""
    found: dict[int, list[Led]] = {}
    for word in sorted(words, key=lambda word: word[1], reverse=True):
        text, offset, is_stem = word
        following = found.get(offset + 1, [])
        free = next((i for i, one in enumerate(following) if one.lead is None), None)
        if free is not None and codes_of(text, stem=is_stem):
            following[free] = Led(following[free].word, word)
        else:
            found.setdefault(offset, []).append(Led(word, None))
    return [one for of_offset in found.values() for one in of_offset]
