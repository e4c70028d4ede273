"""Whether a value of a paper satisfies a condition of the query; the same for every engine."""

from __future__ import annotations

from functools import lru_cache

from search.analysis.chain import tokenize
from search.analysis.folding import fold
from search.plan import HasValue


def matches_value(value: str, condition: HasValue) -> bool:
    """Whether ``value`` has every word, or is the same but for letter case and diacritics; asking for nothing is no match."""
    if condition.words:
        return set(condition.words) <= _words(value)
    return bool(condition.equals) and folded(value) == folded(condition.equals)


def folded(text: str) -> str:
    """A text of several words for comparison: each folded, one space between them.

    >>> folded("Hülya  VAN RIJ")
    'hulya van rij'
    """
    return " ".join(filter(None, map(fold, text.split())))


@lru_cache(maxsize=1 << 16)
def _words(value: str) -> frozenset[str]:
    return frozenset(form for token in tokenize(value) for form in (token.text, token.stem))
