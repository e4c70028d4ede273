"""A term taken apart: the words, the joined forms and the signs of what has no space in it (but for ``31 066``).

A term stands whole and in parts at the same place, and joined where people write it so; thus every way to write it finds every
other:

    31 066, 200 000 31066, 200000                      a number is one word, whatever its spaces
    1.200           1.200, also 1200                   thousands
    44,9            44,9                               decimals
    2.2.3, 14:30    2.2.3                              no part of a longer number is a number
    50%             50% over 50, %                     a sign that is read as a word
    C++, .NET       c++; .net, also net                a sign that belongs to the word
    foto's, D'66    foto's, also fotos                 an apostrophe does not split
    Q&A's           q&a's, qas, q&a and qa over q, a   an ending behind a short form
    M.L.A., t.v.v.  m.l.a, also mla                    initials and abbreviations; O.M. also OM
    gemeente(n)     gemeente, also gemeenten           an ending in brackets
    OM, PGBs        om, also OM; pgbs                  capitals that tell an abbreviation
    wet-            wet, also wet-                     a part that hangs on another word: "wet- en regelgeving"
    Cool:Gen, F-35  cool:gen and coolgen over cool, gen
    F-35-onderdelen f-35 and f35, also every other run of parts, up to three, and the whole
    a.nl, en/of     en/of over en, of                  other signs than - : & _ ( ) do not join
    2022-2023       2022/23 over 2022, 2023            a session year, however it is written

Parts, joined forms and the first form of a single word are stemmed; whole and "also" forms stand as they are. What is said of
several parts stands at the first of them, with their number as its width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from search.analysis.folding import APOSTROPHES, HYPHENS, MARKS, SILENT, fold
from search.analysis.shorthand import SIGNS, in_capitals, plural_of, stem

LONGEST_WORD = 64
"""Longer runs of letters are cut into pieces of this length, and no whole or joined form is longer than this."""

LONGEST_RUN = 3
"""Parts that are joined without the rest of their term; more would make too many forms of a long one."""

SPACE = "[ \u00a0\u2007\u2009\u202f]"
"""The spaces within a number."""

SPACED_NUMBER = rf"\d{{1,3}}(?:{SPACE}\d{{3}}){{1,6}}(?!\w|{SPACE}\d)"
"""``31 066``, ``200 000``, ``1 200 000``."""

NUMBER = r"(?:\d{1,3}(?:\.\d{3}){1,6}(?:,\d{1,3})?|\d{1,20},\d{1,3})(?!\w|[.,]\d)"
"""``1.200``, ``1.200.000,50``, ``44,9``; not ``4.2``, nor ``18.06.2024``."""

_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}(?!\w|[.:]\d)"
_NUMBERED = rf"(?<!\d[.:])(?!{_DAY})\d{{1,20}}(?:[.:]\d{{1,20}}){{1,8}}[a-z]?(?!\w)"
"""``2.2.3``, ``14:30``, ``6:162``, ``4.2a``; not a date, of which the year is asked for."""

_LETTER = rf"(?:[^\W_]|[{MARKS}{SILENT}])"
_PART = re.compile(
    rf"""
      (?P<spaced> {SPACED_NUMBER} )
    | (?P<number> {NUMBER} )
    | (?P<numbered> {_NUMBERED} )
    | (?P<sign> [{"".join(SIGNS)}] )
    | (?: \A [{APOSTROPHES}] )? {_LETTER}+ (?: [{APOSTROPHES}] {_LETTER}+ )*
    """,
    re.VERBOSE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]|IJ|Th|Ph|Ch|Chr)(?:\.(?:[^\W\d_]|IJ|Th|Ph|Ch|Chr))+")
_OPTIONAL_ENDING = re.compile(rf"({_LETTER}+)\(({_LETTER}{{1,3}})\)")
_ENDING = re.compile(r"(?P<word>.+)'(?P<ending>s|ers?)", re.DOTALL)
_STEMMED = re.compile(r"[a-z]{2,}")
"""What a stem is made of when ``'s`` follows it; what is shorter or has figures keeps its ending there."""

_SESSION = re.compile(r"(\d{4})[-/](\d\d)?(\d\d)")
_JOINING = frozenset(f"{HYPHENS}:&_()")
_BRACKETS = frozenset("()")


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


_Forms = tuple[tuple[str, str], ...]
"""Texts with their stems, as written first."""


class _Slot(NamedTuple):
    """What stands at one place: its forms, and how they are written where they end what is joined."""

    forms: _Forms
    start: int
    end: int
    joined: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def take_apart(term: str) -> Term:
    """The tokens of a term."""
    slots = [slot] if term.isalpha() and (slot := _word(term, 0)) else _slots(term)
    wides = list(_wides(term, slots)) if len(slots) > 1 else []
    return Term(tuple(_in_order(slots, wides)), len(slots))


def _in_order(slots: list[_Slot], wides: list[Piece]) -> Iterator[Piece]:
    for place, slot in enumerate(slots):
        yield from (wide for wide in wides if wide.place == place)
        seen: set[str] = set()
        for text, stemmed in slot.forms:
            if text not in seen:
                seen.add(text)
                yield Piece(text, stemmed, place, 1, slot.start, slot.end)


def _slots(term: str) -> list[_Slot]:
    """The places of a term."""
    if single := _single(term):
        return [_Slot(tuple((form, stem(form)) for form in single[:1]) + _as_they_are(single[1:]), 0, len(term), single[-1:])]
    slots = [slot for found in _PART.finditer(term) if (slot := _part(found))]
    if slots and term[-1] in HYPHENS:
        slots[-1] = _hanging(slots[-1], before="", after="-")
    if slots and term[0] in HYPHENS:
        slots[0] = _hanging(slots[0], before="-", after="")
    if len(slots) == 1 and (term[0] == "." or term[-1] in "+#"):
        slots = [_signed(term, slots[0])]
    return slots


def _single(term: str) -> tuple[str, ...]:
    """The forms of a term that is one word in spite of its signs: initials, a word with an ending in brackets."""
    if _INITIALS.fullmatch(term):
        joined = term.replace(".", "")
        return fold(term), fold(joined), *((joined,) if in_capitals(joined) else ())
    if found := _OPTIONAL_ENDING.fullmatch(term):
        return fold(found[1]), fold(found[1] + found[2])
    return ()


def _as_they_are(texts: tuple[str, ...]) -> _Forms:
    return tuple((text, text) for text in texts)


def _hanging(slot: _Slot, before: str, after: str) -> _Slot:
    """The first or last part of a word of which the rest stands elsewhere, told by its hyphen."""
    text, stemmed = slot.forms[0]
    return slot._replace(forms=(*slot.forms, (before + text + after, before + (stemmed if before else text) + after)))


def _signed(term: str, slot: _Slot) -> _Slot:
    """A word with the sign that belongs to it. Without it ``C++`` is another word, while ``65+`` counts 65, and a dot may be
    a slip of the pen."""
    written = fold(term)
    without = slot.forms if term[0] == "." or slot.forms[0][0][-1:].isdigit() else ()
    return slot._replace(forms=((written, written), *without), start=0, end=len(term))


def _part(found: re.Match[str]) -> _Slot | None:
    """One part of a term; None where only invisible signs stand."""
    if found["spaced"]:
        joined = fold("".join(found.group().split()))
        return _Slot(_as_they_are((joined,)), *found.span(), (joined,))
    if found["number"]:
        text = fold(found.group())
        plain = text.replace(".", "")
        return _Slot(_as_they_are((text, plain)), *found.span(), (plain,))
    return _word(found.group(), found.start())


def _word(word: str, start: int) -> _Slot | None:
    """A word by itself; None where only invisible signs stand."""
    text = fold(word).lstrip("'")
    if not text:
        return None
    plain = text if text.endswith("'n") else text.replace("'", "")  # "foto's" is also written "fotos", but "zo'n" is no "zon"
    joined: tuple[str, ...] = (plain,)
    ending = _ENDING.fullmatch(text) if "'" in text else None
    base = ending["word"].replace("'", "") if ending else ""
    if ending and ending["ending"] != "s":  # mbo'ers are people, though who looks for mbo may find them
        forms: _Forms = ((text, stem(plain)), (plain, stem(plain)), (base, stem(base)))
    elif ending and not _STEMMED.fullmatch(ending["word"]):
        joined = (plain, base)
        forms = ((text, base), *_as_they_are(joined))
    else:
        forms = ((text, plural_of(word) or stem(text)), (plain, plain))
    if kept := in_capitals(word):
        forms = (*forms, (kept, kept))
    return _Slot(forms, start, start + len(word), joined)


def _wides(term: str, slots: list[_Slot]) -> Iterator[Piece]:
    """The whole term, and every run of its parts up to ``LONGEST_RUN`` that is no part of a number: as written, and joined."""
    count = len(slots)
    signs = [frozenset(term[slot.end : after.start]) for slot, after in pairwise(slots)]
    for first in range(count - 1):
        lengths = dict.fromkeys((*((count,) if first == 0 else ()), *range(min(LONGEST_RUN, count - first), 1, -1)))
        for length in lengths:
            last = first + length - 1
            between = frozenset().union(*signs[first:last])
            if length == count or between <= _JOINING:
                for form, stemmed in _run(term, slots[first : last + 1], between).items():
                    if len(form) <= LONGEST_WORD and (length == count or _has_letter(form)):
                        yield Piece(form, stemmed, first, length, slots[first].start, slots[last].end)


def _run(term: str, slots: list[_Slot], signs: frozenset[str]) -> dict[str, str]:
    """The forms of neighbouring parts with their stems. A session year has one form, however it is written."""
    forms: dict[str, str] = {}
    endings = slots[-1].joined
    if not signs & _BRACKETS:
        written = fold("".join(term[slots[0].start : slots[-1].end].split())).lstrip("'")
        if (years := _SESSION.fullmatch(written)) and (int(years[1]) + 1) % 100 == int(years[3]):
            written = f"{years[1]}/{years[3]}"
        forms[written] = written
        if len(endings) > 1:
            forms[written.removesuffix("'s")] = written.removesuffix("'s")
    if signs <= _JOINING:
        beginning = "".join(slot.joined[0] for slot in slots[:-1])
        for joined in (beginning + ending for ending in endings):
            if _has_letter(joined):
                forms.setdefault(joined, stem(joined))
    return forms


def _has_letter(form: str) -> bool:
    return any(map(str.isalpha, form))
