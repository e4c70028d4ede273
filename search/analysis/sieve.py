"""The tokens of a text that have a wanted form, without taking the rest of it apart.

What stands between two spaces is taken apart once, and remembered for a while.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.tokens import Token, may_reach_far, tokenize

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
