"""Whether a value of a paper satisfies a condition of the query; the same for every engine."""

from __future__ import annotations

from functools import lru_cache

from search.analysis.chain import tokenize
from search.analysis.folding import fold
from search.plan import HasValue


def matches_value(value: str, condition: HasValue) -> bool:
    """Whether ``value`` equals, letter case aside, or has every word, as the condition asks."""
    if condition.equals:
        return fold(value) == fold(condition.equals)
    return set(condition.words) <= _words(value)


@lru_cache(maxsize=1 << 16)
def _words(value: str) -> frozenset[str]:
    return frozenset(form for token in tokenize(value) for form in (token.text, token.stem))
