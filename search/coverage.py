"""How much of a query a paper has that lacks some of its words, and which of such papers are shown. The same for every engine.

    coverage = Σ idf(the rarest way in which the paper has the concept) / Σ idf(the concept)

Both sums go over the telling concepts of the query: those that at most a fifth of all papers have (``Weights.common``), or all
when there is no such concept. The idf of a concept is that of the rarest way in which the word itself occurs; of one that occurs
in no way, that of a word in no paper, so that unknown words count. A way in which more than a fifth of all papers have a concept
covers nothing, and no way covers more than the word itself.

Papers are shown by whole percents of coverage: those from the lowest percentage on, not below ``Weights.coverage``, at which the
whole answer is at most a tenth of all papers (``Weights.most``). Where even the papers that have most of the query are more,
none is shown.

In a small archive nearly every word is in a fifth of all papers, and a tenth is but a handful. So no word is common that at most
a hundred papers have (``Weights.few``), and no answer too large that is at most a hundred papers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from search.plan import MatchKind, Weights

OWN = (MatchKind.EXACT, MatchKind.STEM)
"""The word itself, apart from what else it may stand for."""

PERCENTS = 101
"""Levels of coverage: whole percents, from 0 up to and including 100."""

NOISE = 1e-4
"""Percents by which two sums of the same shares may differ, in the least exact of the engines."""

Counts = Mapping[MatchKind, int]
"""How many papers have a concept in each way that occurs, the strongest way first; what is no word is had exactly or not."""

Shares = Mapping[MatchKind, float]
"""What having a concept in each way covers; ways that cover nothing are left out."""


def rarity(papers: int, matching: int) -> float:
    """The idf of what so many papers have."""
    return math.log1p((papers - matching + 0.5) / (matching + 0.5))


def telling(papers: int, counts: Counts) -> float:
    """The idf of the rarest of a word's own ways that occur, or of the strongest other; 0 of what occurs nowhere."""
    own = [rarity(papers, counts[kind]) for kind in OWN if kind in counts]
    return max(own) if own else next((rarity(papers, count) for count in counts.values()), 0.0)


def idf_of_ways(papers: int, counts: Counts) -> dict[MatchKind, float]:
    """The idf of each way: what a word stands for tells at most what the word itself does."""
    ceiling = min((rarity(papers, counts[kind]) for kind in OWN if kind in counts), default=math.inf)
    return {kind: rarity(papers, n) if kind in OWN else min(rarity(papers, n), ceiling) for kind, n in counts.items()}


def shares(counted: Sequence[Counts], papers: int, weights: Weights) -> list[Shares]:
    """What each way of having each of the concepts covers."""
    common = max(papers * weights.common, weights.few)
    tells = [_papers(counts) <= common for counts in counted]
    if not any(tells):
        tells, common = [True] * len(tells), papers
    wanted = [telling(papers, counts) or rarity(papers, 0) for counts in counted]
    whole = sum(idf for idf, tell in zip(wanted, tells, strict=True) if tell)
    return [
        {kind: min(idf, most) / whole for kind, idf in idf_of_ways(papers, counts).items() if tell and counts[kind] <= common}
        for counts, most, tell in zip(counted, wanted, tells, strict=True)
    ]


def _papers(counts: Counts) -> int:
    """How many papers have the word itself, or when none has, what it stands for most of all."""
    own = [counts[kind] for kind in OWN if kind in counts]
    return max(own) if own else next(iter(counts.values()), 0)


def level(share: float) -> int:
    """The whole percents of a coverage."""
    return math.floor(100 * share + NOISE)


def least_level(having: Sequence[int], full: int, papers: int, weights: Weights) -> int:
    """The lowest level from which on papers are shown.

    ``having`` tells for each level how many papers cover just so much; ``full`` is how many have all words.
    """
    room = max(int(papers * weights.most), weights.few) - full
    lowest = level(weights.coverage)
    for at in range(PERCENTS - 1, lowest - 1, -1):
        room -= having[at]
        if room < 0:
            return at + 1
    return lowest
