"""The analysis that every engine uses: text → tokens, with their positions and their offsets in the text.

A text is cut into terms, a term is taken apart, its parts are folded and stemmed. A term is what has no space in it (but for
``31 066``). It stands whole and in parts at the same place, and joined where people write it so; thus every way to write it finds
every other:

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

Parts, joined forms and the first form of a single word are stemmed; whole and "also" forms stand as they are. Positions count
words: a term of two parts takes two, and what is said of the whole stands at the first with a width of two. Citations become the
identifier of the paper that they name (``indexer.paper.citations``).

What stands between two spaces is taken apart once, and remembered for a while. ``Sieve`` finds the tokens of a text that have a
wanted form, without taking the rest of the text apart. An index remembers the version of the analysis that made it, and is
rebuilt when this one differs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.paper.citations import find_citations
from search.analysis.stemming import stem
from search.analysis.synonyms import synonyms_of

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


_RUN = rf"[\w{MARKS}{SILENT}]{{1,{LONGEST_WORD}}}"
_WORD = rf"{_RUN}(?:[{APOSTROPHES}]{_RUN}){{0,3}}"
_TERM = re.compile(
    rf"""
      https?:// (?P<address> [^\s<>"]{{1,200}} )                    # https://www.rijksoverheid.nl/documenten
    | (?P<number> {SPACED_NUMBER} (?: [{HYPHENS}] {_RUN} )? )       # 31 066  21 501-02  36 410-XVI  200 000
    | (?P<term>
        (?: \( \w{{2,12}}-? \) (?=\w) )?                            # (deel)projecten
        (?: (?<!\w) [{APOSTROPHES}] (?=[snt](?!\w)) )?            # 's-Gravenhage
        (?: {NUMBER} | {_WORD} )                                    # 1.200  44,9  huis  foto's  D'66
        (?: [{HYPHENS}:/&.@+] (?: {NUMBER} | {_WORD} ) ){{0,8}}     # Cool:Gen  F-35  R&D  2022/23  M.L.A  Van Campen/Boswijk
        (?: \( \w{{1,12}} \) )?                                     # gemeente(n)
        (?: [%‰\#] | \+{{1,2}} )?                                   # 50%  C++
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COUNTS = re.compile(r"(?:[€$£ƒ]|\b(?:EUR|euro|f))[ \u00a0\u202f]?$")
"""What stands before an amount."""

_FAR = re.compile(r"\d[\d \u00a0\u2007\u2009\u202f]{4}|[IVXLC],|kst-")
"""What every text holds of which a term reaches over a space: ``SPACED_NUMBER``, or a citation (``_CITED``)."""

_CITED = re.compile(r"\d[\d \u00a0\u202f]{4}|[IVXLC],|kst-")
"""What every citation holds; texts without it are not searched for citations."""


class Token(NamedTuple):
    """A word of a text: text[start:end] of the original, at ``position``, taking ``width`` positions.

    ``text`` is the exact form, folded; ``stem`` what its inflections share. Whole terms, the second form of a word (``fotos`` of
    ``foto's``) and identifiers of citations have no stem of their own: it equals ``text``.
    """

    text: str
    stem: str
    position: int
    width: int
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, by position, the widest first. Takes time in proportion to the text and never fails.

    >>> [(t.text, t.position, t.width) for t in tokenize("van Cool:Gen")]
    [('van', 0, 1), ('cool:gen', 1, 2), ('coolgen', 1, 2), ('cool', 1, 1), ('gen', 2, 1)]
    """
    tokens: list[Token] = []
    add = tokens.append
    position = 0
    for surface, amount, start in terms_in(text):
        pieces, width = take_apart(surface, amount)
        for form, stemmed, place, wide, first, last in pieces:
            add(Token(form, stemmed, position + place, wide, start + first, start + last))
        position += width
    return _with_citations(text, tokens) if may_cite(text) else tokens


def terms_in(text: str) -> Iterator[tuple[str, bool, int]]:
    """The terms of a text as they stand in it, to be taken apart: each with whether it counts something, and where it starts."""
    for found in _TERM.finditer(text):
        kind = found.lastgroup
        start = found.start(kind or 0)
        yield found[kind or 0], kind == "number" and _COUNTS.search(text, max(0, start - 6), start) is not None, start


def may_reach_far(text: str) -> bool:
    """Whether a term may reach over a space; else the tokens of a text are those of what stands between its spaces."""
    return _FAR.search(text) is not None


def may_cite(text: str) -> bool:
    """Whether it is worth while to look for citations."""
    return _CITED.search(text) is not None


def _with_citations(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens with one more for every paper that is cited, over the words of the citation."""
    cited = find_citations(text)
    if not cited:
        return tokens
    words = [token for token in tokens if token.width == 1]
    starts = [token.start for token in words]
    wide: dict[str, list[Token]] = {}
    for token in tokens:
        if token.width > 1:
            wide.setdefault(token.text, []).append(token)
    extra: dict[Token, None] = {}
    for citation in cited:
        first = bisect_left(starts, citation.start)
        last = bisect_left(starts, citation.end) - 1
        name = str(citation.identifier).lower()
        alike = wide.get(name, ())
        before = bisect_right(alike, citation.start, key=_start) - 1
        whole = before >= 0 and citation.start < alike[before].end  # as "kst-31066-1412" in print is
        if first <= last and not whole:
            position = words[first].position
            width = words[last].position + 1 - position
            extra[Token(name, name, position, width, citation.start, citation.end)] = None
    return sorted([*extra, *tokens], key=lambda token: (token.position, -token.width))


def _start(token: Token) -> int:
    return token.start


_EXACT, _STEM = "=", "~"
_REMEMBERED = 1 << 15
_LONGEST = 100
"""Characters of what is remembered."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two spaces: its tokens, how many positions they take, and their forms with a mark in front."""

    tokens: tuple[Token, ...]
    width: int
    forms: frozenset[str]


@lru_cache(maxsize=_REMEMBERED)
def _chunk(text: str) -> _Chunk:
    tokens = tuple(tokenize(text))
    forms = frozenset(form for token in tokens for form in (_EXACT + token.text, _STEM + token.stem))
    return _Chunk(tokens, max((token.position + token.width for token in tokens), default=0), forms)


class Sieve:
    """Holds back all tokens but those near which one has a wanted exact form or stem."""

    def __init__(self, exact: Collection[str], stems: Collection[str]) -> None:
        self._wanted = frozenset((*(_EXACT + form for form in exact), *(_STEM + stem for stem in stems)))

    def tokens(self, text: str) -> list[Token]:
        """Those of the terms with a wanted form, maybe of others too, as ``tokenize`` gives them; none when none is wanted."""
        chunks = text.split(" ")
        if may_reach_far(text) or max(map(len, chunks)) > _LONGEST:
            tokens = tokenize(text)
            return tokens if any(self._wants(token) for token in tokens) else []
        wanted = self._wanted
        known = [_chunk(chunk) for chunk in chunks]
        found: list[Token] = []
        last = position = start = 0
        for i in [i for i, chunk in enumerate(known) if not wanted.isdisjoint(chunk.forms)]:
            position += sum([chunk.width for chunk in known[last:i]])
            start += sum(map(len, chunks[last:i])) + i - last
            last = i
            found += [
                Token(text, stem, position + place, width, start + first, start + end)
                for text, stem, place, width, first, end in known[i].tokens
            ]
        return found

    def _wants(self, token: Token) -> bool:
        return _EXACT + token.text in self._wanted or _STEM + token.stem in self._wanted


ANALYSIS_VERSION = "3"
"""Raised whenever any text may give other tokens than before."""

__all__ = ["ANALYSIS_VERSION", "Token", "forget", "stem", "synonyms_of", "tokenize"]


def forget() -> None:
    """Let go of the words that were analysed, some tens of megabytes after a long run; they are analysed anew when they come."""
    stem.cache_clear()
    take_apart.cache_clear()
