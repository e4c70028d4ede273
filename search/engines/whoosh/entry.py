"""One entry with many postings, read alone: what a common word gains in all papers of a segment, and where it stands in some.

When the papers were gone through once, every 512th of them is remembered, so that finding a few among them is a matter of blocks.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from search.engines.postings import Floats, Postings, Reading, pieces, places_among
from search.engines.whoosh.narrow import Bytes, Narrow, Numbers
from search.engines.whoosh.segment import Segment

_BLOCK = 512
_FEW = 8
"""How many times longer an entry is than all blocks of the papers that are looked for, when it pays to look at these only."""
_DENSE = 3
"""Of so many papers one has a posting: then it is quicker to go through all than to pick them out."""


class Entry:
    """The postings of a segment from ``start`` to ``end``, all of one term and place, whose positions begin at ``positions``."""

    def __init__(self, segment: Segment, place: int, start: int, end: int, positions: int) -> None:
        self._segment, self._place = segment, place
        self._start, self._end, self._positions = start, end, positions
        self._heads: Numbers | None = None
        """The paper of the first posting of each block."""

    def add_up(self, gains: Floats, every: Floats) -> None:
        """Add to what each paper has in ``every`` what occurrences in it gain; ``gains`` are those of each place and paper."""
        docs = self._docs()
        counts, of_place = self._segment.counts.as_is(self._start, self._end), gains[self._place]
        if len(docs) * _DENSE > len(every):
            column = np.zeros(len(every), counts.dtype)
            column[docs] = counts
            every += column * of_place
        else:
            every[docs] += of_place[docs] * counts

    def read_of(self, origins: Numbers, few: Numbers) -> Postings:
        """Where the term occurs in a few papers; paper d has the spot ``origins[place] + d``."""
        at, docs = self._find(few)
        each, before = self._occurring(at)
        return picked(self._segment, docs + origins[self._place], each, self._positions + before)

    def _occurring(self, at: Numbers) -> tuple[Numbers, Numbers]:
        """Of some postings how often the term occurs, and how often in all before."""
        counts = self._segment.counts.as_is(self._start, self._start + int(at.max(initial=-1)) + 1)
        each = counts[at].astype(np.int64)
        if not len(at) or len(counts) < len(at) * _BLOCK * _FEW:
            return each, np.cumsum(counts, dtype=np.int64)[at] - each
        blocks = np.cumsum(np.add.reduceat(counts, np.arange(0, len(counts), _BLOCK), dtype=np.int64))
        inside = np.array([counts[i - i % _BLOCK : i].sum() for i in at.tolist()], np.int64)
        return each, np.concatenate(([0], blocks))[at // _BLOCK] + inside

    def _docs(self) -> Numbers:
        docs = self._segment.steps.totals(self._start, self._end)
        self._heads = docs[::_BLOCK].copy()
        return docs

    def _find(self, few: Numbers) -> tuple[Numbers, Numbers]:
        """The postings of those of a few papers that have one, and these papers."""
        heads = self._heads
        if heads is None or self._end - self._start < len(few) * _BLOCK * _FEW:
            docs = self._docs()
            at = places_among(docs, few)
            return at, docs[at]
        places, papers = [_NONE], [_NONE]
        block = np.searchsorted(heads, few, "right") - 1
        for i in np.unique(block[block >= 0]).tolist():
            first = self._start + i * _BLOCK
            docs = self._segment.steps.totals(first, min(first + _BLOCK, self._end))
            docs += heads[i] - docs[0]
            at = places_among(docs, few[block == i])
            places.append(at + i * _BLOCK)
            papers.append(docs[at])
        return np.concatenate(places), np.concatenate(papers)


def picked(segment: Segment, spots: Numbers, counts: Numbers, begins: Numbers) -> Postings:
    """Postings picked out: of each the spot, how many positions it has and where these begin."""

    occurrences = cache(lambda: pieces(begins, counts))

    def reading(column: Narrow | Bytes) -> Reading:
        return lambda some: column.read_at(occurrences() if some is None else occurrences()[some])

    return Postings(spots, counts, reading(segment.positions), reading(segment.leads))


_NONE: Numbers = np.empty(0, np.int64)
