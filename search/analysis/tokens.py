"""Text → tokens: where terms start and end, and their positions and offsets in the text.

Positions count words: a term of two parts takes two, and what is said of the whole stands at the first with a width of two.
What the tokens of one term are is decided in ``terms``; citations come from ``indexer.citations``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from indexer.citations import find_citations
from search.analysis.folding import APOSTROPHES, HYPHENS, MARKS, SILENT
from search.analysis.terms import LONGEST_WORD, NUMBER, SPACED_NUMBER, take_apart

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
        for form, stem, place, wide, first, last in pieces:
            add(Token(form, stem, position + place, wide, start + first, start + last))
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
