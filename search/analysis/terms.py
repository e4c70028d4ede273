"""One term, as it stands between spaces, taken apart: ``Cool:Gen`` → ``cool:gen``, ``coolgen``, ``cool``, ``gen``.

A term is what has no space in it (but for ``31 066``). It stands whole and in parts at the same place, and joined where people
write it so; thus every way to write it finds every other. Where a term starts and ends in a text is decided in ``tokens``.

    31 066          31066                              a dossier number is one word, whatever its space
    200 000         200000 over 200, 000               other amounts: joined, and their groups
    1.200           1.200, also 1200                   thousands
    44,9            44,9                               decimals
    50%, C++        50, also 50%                       a sign that belongs to the word
    foto's, D'66    foto's, also fotos                 an apostrophe does not split
    M.L.A., t.v.v.  m.l.a, also mla                    initials and abbreviations
    gemeente(n)     gemeente, also gemeenten           an ending in brackets
    Cool:Gen, F-35  cool:gen and coolgen over cool, gen
    2022/23, a.nl   2022/23 over 2022, 23              other signs than - : & _ ( ) do not join
    2022/2023       also 2022/23                       a session year

Parts, joined forms and the first form of a single word are stemmed; whole and "also" forms stand as they are.

Case, diacritics and typographic signs evened out, so that ``Financiën`` and ``FINANCIEN`` are one word.

Folds one word at a time and may change its length; offsets into the text are the tokenizer's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.stemming import stem

APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u00b4`"
"""What is typed or printed for the apostrophe of ``foto's``."""

HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
"""What is printed within words and ranges (``F‑35``, ``2019–2024``); the long dash separates and is not among them."""

SILENT = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
"""As a regex range: soft hyphens and invisible signs that stand within a word and mean nothing."""

MARKS = "\u0300-\u036f"
"""As a regex range: diacritics that follow their letter."""

_SPECIAL = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(HYPHENS, "-"),
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
        "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "\u2044": "/",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a base and a mark."""


def fold(word: str) -> str:
    """The word in lower case without diacritics; ligatures are written out, apostrophes and hyphens are the plain ones.

    >>> fold("Reëel"), fold("ĲSSEL"), fold("foto’s")
    ('reeel', 'ijssel', "foto's")
    """
    if word.isascii():
        return word.lower().replace("`", "'") if "`" in word else word.lower()
    return _fold_slowly(word)


@lru_cache(maxsize=1 << 14)
def _fold_slowly(word: str) -> str:
    """The general case. A lone mark, an invisible sign or a space within a compatibility sign leaves nothing behind."""
    apart = unicodedata.normalize("NFKD", word.translate(_SPECIAL)).translate(_SPECIAL).lower()
    kept = (char for char in unicodedata.normalize("NFKD", apart) if not _is_dropped(char))
    return "".join(kept).translate(_SPECIAL)


def _is_dropped(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc", "Cs", "Zs"}


LONGEST_WORD = 64
"""Longer runs of letters are cut into pieces of this length, and no whole or joined form is longer than this."""

SPACE = "[ \u00a0\u2007\u2009\u202f]"
"""The spaces within a number."""

SPACED_NUMBER = rf"\d{{1,3}}(?:{SPACE}\d{{3}}){{1,6}}(?!\w|{SPACE}\d)"
"""``31 066``, ``200 000``, ``1 200 000``."""

NUMBER = r"(?:\d{1,3}(?:\.\d{3}){1,6}(?:,\d{1,3})?|\d{1,20},\d{1,3})(?!\w|[.,]\d)"
"""``1.200``, ``1.200.000,50``, ``44,9``; not ``4.2``, nor ``18.06.2024``."""

_LETTER = rf"(?:[^\W_]|[{MARKS}{SILENT}])"
_PART = re.compile(
    rf"""
      (?P<spaced> {SPACED_NUMBER} )
    | (?P<number> {NUMBER} )
    | (?: \A [{APOSTROPHES}] )? {_LETTER}+ (?: [{APOSTROPHES}] {_LETTER}+ )*
    """,
    re.VERBOSE,
)
_DOSSIER = re.compile(rf"\d\d{SPACE}\d\d\d")
_INITIALS = re.compile(r"(?:[^\W\d_]|IJ|Th|Ph|Ch|Chr)(?:\.(?:[^\W\d_]|IJ|Th|Ph|Ch|Chr))+")
_OPTIONAL_ENDING = re.compile(rf"({_LETTER}+)\(({_LETTER}{{1,3}})\)")
_SIGNED = re.compile(r"(.*[^%‰+#])[%‰+#]+", re.DOTALL)
_SESSION = re.compile(r"(\d{4})/(\d\d)(\d\d)")
_JOINING = frozenset(f"{HYPHENS}:&_()")


class Piece(NamedTuple):
    """One token of a term; places and characters are counted from the term's own start."""

    text: str
    stem: str
    place: int
    width: int
    start: int
    end: int


class Term(NamedTuple):
    """The tokens of a term, by place and the widest first, and how many places the term takes."""

    pieces: tuple[Piece, ...]
    width: int


class _Slot(NamedTuple):
    """What stands at one place: a word and the other forms of it."""

    forms: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def take_apart(term: str, amount: bool = False) -> Term:
    """The tokens of a term; ``amount`` says that it counts something (``€ 12 000``), so that it is no dossier."""
    if term.isalpha():
        text = fold(term)
        return Term((Piece(text, stem(text), 0, 1, 0, len(term)),) if text else (), 1 if text else 0)
    slots, wides = _slots(term, amount)
    return Term(tuple(_in_order(slots, wides)), len(slots))


def _in_order(slots: list[_Slot], wides: list[Piece]) -> Iterator[Piece]:
    for place, slot in enumerate(slots):
        yield from (wide for wide in wides if wide.place == place)
        first, *others = dict.fromkeys(slot.forms)
        yield Piece(first, stem(first), place, 1, slot.start, slot.end)
        for other in others:
            yield Piece(other, other, place, 1, slot.start, slot.end)


def _slots(term: str, amount: bool) -> tuple[list[_Slot], list[Piece]]:
    """The places of a term, and the tokens that are wider than one place."""
    if single := _single(term):
        return [_Slot(single, 0, len(term))], []
    if signed := _SIGNED.fullmatch(term):
        slots, wides = _slots(signed[1], amount)
        if len(slots) == 1:
            slots = [_Slot((*slots[0].forms, fold(term)), 0, len(term))]
        return slots, wides
    slots, wides = [], []
    signs, last = "", 0
    for found in _PART.finditer(term):
        signs += term[last : found.start()] if last else ""
        last = found.end()
        made, wide = _part(found, len(slots), amount)
        slots += made
        wides += wide
    if len(slots) > 1 and not (wides and wides[0].width == len(slots)):
        wides = [*_whole(term, slots, set(signs)), *wides]
    return slots, wides


def _single(term: str) -> tuple[str, ...]:
    """The forms of a term that is one word in spite of its signs: initials, a word with an ending in brackets."""
    if _INITIALS.fullmatch(term):
        return fold(term), fold(term.replace(".", ""))
    if found := _OPTIONAL_ENDING.fullmatch(term):
        return fold(found[1]), fold(found[1] + found[2])
    return ()


def _part(found: re.Match[str], place: int, amount: bool) -> tuple[list[_Slot], list[Piece]]:
    """One part of a term: mostly one place, none where only invisible signs stand, several for ``200 000``."""
    text, (start, end) = fold(found.group()).lstrip("'"), found.span()
    if found["spaced"]:
        joined = fold("".join(found.group().split()))
        if _DOSSIER.fullmatch(found.group()) and not amount:
            return [_Slot((joined,), start, end)], []
        groups = list(re.finditer(r"\d+", found.group()))
        slots = [_Slot((fold(group.group()),), start + group.start(), start + group.end()) for group in groups]
        return slots, [Piece(joined, joined, place, len(slots), start, end)]
    if found["number"]:
        return [_Slot((text, text.replace(".", "")), start, end)], []
    if not any(map(str.isalnum, text)):
        return [], []
    # "foto's" is also written "fotos", but "zo'n" is no "zon".
    return [_Slot((text,) if text.endswith("'n") else (text, text.replace("'", "")), start, end)], []


def _whole(term: str, slots: list[_Slot], signs: set[str]) -> Iterator[Piece]:
    """The whole term as written, and its parts joined, over all its places."""
    start, end = slots[0].start, slots[-1].end
    forms = {}
    if not signs & {"(", ")"}:
        whole = fold("".join(term[start:end].split())).lstrip("'")
        forms[whole] = whole
        if (years := _SESSION.fullmatch(whole)) and int(years[1]) + 1 == int(years[2] + years[3]):
            short = f"{years[1]}/{years[3]}"
            forms[short] = short
    joined = "".join(slot.forms[-1] for slot in slots)
    if signs <= _JOINING and not joined.isdigit():
        forms[joined] = stem(joined)
    for form, stemmed in forms.items():
        if len(form) <= LONGEST_WORD:
            yield Piece(form, stemmed, 0, len(slots), start, end)
