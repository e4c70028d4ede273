"""What papers themselves say that an abbreviation stands for, counted over papers and used both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.synonyms import Expression
from search.fields import EXPLAINS
from search.ports import ValueCounts

_ENOUGH = 2
"""Papers that must explain an abbreviation alike, unless nothing else is told of it."""
_MOST = 3
"""Explanations of an abbreviation that count, and abbreviations of an expression: the most frequent ones."""
_MOST_PAIRS = 20_000
"""Explanations of a collection that are known: the most frequent ones."""
_LONGEST = 8
"""Words of an expression that is looked for in a query."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The other names of expressions, by the stems of these; ``longest`` is the number of words of the longest."""

    others: Mapping[tuple[str, ...], tuple[Expression, ...]]
    longest: int

    def of(self, stems: tuple[str, ...]) -> tuple[Expression, ...]:
        """What papers call the expression with these stems besides, the most frequent first."""
        return self.others.get(stems, ())


@lru_cache(maxsize=4)
def printed(explained: ValueCounts) -> Printed:
    """The pairs that a collection explains, ready to be looked up."""
    ranked = sorted(explained.papers.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_PAIRS]
    pairs: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    called: dict[tuple[str, ...], Expression] = {}
    for value, papers in ranked:
        short, long = map(Expression.of, value.split(EXPLAINS, 1))
        called.setdefault(short.stems, short)
        called.setdefault(long.stems, long)
        pairs[short.stems, long.stems] = pairs.get((short.stems, long.stems), 0) + papers
    explanations = Counter(short for short, _ in pairs)
    kept = [
        pair
        for pair, papers in sorted(pairs.items(), key=lambda one: -one[1])
        if (papers >= _ENOUGH or explanations[pair[0]] == 1) and len(pair[1]) <= _LONGEST
    ]
    others: dict[tuple[str, ...], list[Expression]] = {}
    for short_stems, long_stems in kept:
        for one, other in ((short_stems, long_stems), (long_stems, short_stems)):
            if len(some := others.setdefault(one, [])) < _MOST:
                some.append(called[other])
    return Printed({stems: tuple(some) for stems, some in others.items()}, max(map(len, others), default=0))
