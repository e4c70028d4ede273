"""The analysis that every engine uses: text → tokens, with their positions and their offsets in the text.

A text is cut into terms, and each is taken apart into its words (``terms``); words are folded and stemmed. Positions count words:
a term of two parts takes two, and what is said of the whole stands at the first with a width of two. Signs that are read as words
(``€ 5``, ``§ 4``) are terms of their own. Citations become the identifier of the paper that they name
(``indexer.paper.citations``).

What stands between two spaces is taken apart once, and remembered for a while. ``Sieve`` finds the tokens of a text that have a
wanted form, without taking the rest of the text apart. An index remembers the version of the analysis that made it, and is
rebuilt when this one differs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.paper.citations import find_citations
from search.analysis.folding import APOSTROPHES, HYPHENS, MARKS, SILENT
from search.analysis.shorthand import SIGNS, stem
from search.analysis.stemming import stem as stem_of_word
from search.analysis.terms import LONGEST_WORD, NUMBER, SPACED_NUMBER, take_apart

_RUN = rf"[\w{MARKS}{SILENT}]{{1,{LONGEST_WORD}}}"
_WORD = rf"{_RUN}(?:[{APOSTROPHES}]{_RUN}){{0,3}}"
_TERM = re.compile(
    rf"""
      https?:// (?P<address> [^\s<>"]{{1,200}} )                    # https://www.rijksoverheid.nl/documenten
    | (?P<number> {SPACED_NUMBER} (?: [{HYPHENS}] {_RUN} )? )       # 31 066  21 501-02  36 410-XVI  200 000
    | (?P<sign> [{"".join(SIGNS)}] )                                # € 5  § 4  50 %
    | (?P<term>
        (?: \. (?<![\w.]\.) (?=[^\W\d_]{{2}}) )?                    # .NET
        (?: [{HYPHENS}] (?<!\S[{HYPHENS}]) (?=[^\W\d_]{{3}}) )?               # zorgaanbieders en -verzekeraars
        (?: \( \w{{2,12}}-? \) (?=\w) )?                            # (deel)projecten
        (?: (?<!\w) [{APOSTROPHES}] (?=[snt](?!\w)) )?            # 's-Gravenhage
        (?: {NUMBER} | {_WORD} )                                    # 1.200  44,9  huis  foto's  D'66
        (?: [{HYPHENS}:/&.@+] (?: {NUMBER} | {_WORD} ) ){{0,8}}     # Cool:Gen  F-35  R&D  2022/23  M.L.A  Van Campen/Boswijk
        (?: \( \w{{1,12}} \) )?                                     # gemeente(n)
        (?: [%‰\#] | \+{{1,2}} | [{HYPHENS}] (?<=[^\W\d_][{HYPHENS}]) (?!\w) )?  # 50%  C++  wet- en regelgeving
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
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
    for surface, start in terms_in(text):
        pieces, width = take_apart(surface)
        for form, stemmed, place, wide, first, last in pieces:
            add(Token(form, stemmed, position + place, wide, start + first, start + last))
        position += width
    return _with_citations(text, tokens) if may_cite(text) else tokens


def terms_in(text: str) -> Iterator[tuple[str, int]]:
    """The terms of a text as they stand in it, to be taken apart: each with where it starts."""
    for found in _TERM.finditer(text):
        kind = found.lastgroup or 0
        yield found[kind], found.start(kind)


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


ANALYSIS_VERSION = "7"
"""Raised whenever any text may give other tokens than before."""

__all__ = ["ANALYSIS_VERSION", "Token", "forget", "stem", "tokenize"]


def forget() -> None:
    """Let go of the words that were analysed, some tens of megabytes after a long run; they are analysed anew when they come."""
    stem_of_word.cache_clear()
    take_apart.cache_clear()
