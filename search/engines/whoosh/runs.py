"""Reads the postings of terms from one segment: all their entries at once, each a run of papers.

The entries of a term lie next to one another, and so do those of terms that follow each other; what lies together is read
together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from search.engines.postings import NO_POSTINGS, Mask, Postings, Reading, pieces
from search.engines.whoosh.live import LiveSegment
from search.engines.whoosh.narrow import Numbers

_Read = Callable[[int, int], Numbers]


def read_postings(one: LiveSegment, terms: Sequence[bytes], places: Mask, origins: Numbers) -> Postings:
    """Where these terms occur in these places; of place p paper d has the spot ``origins[p] + d``."""
    segment = one.segment
    numbers = segment.dictionary.find_all(terms)
    entries = segment.entries_in(np.sort(numbers[numbers >= 0]), places)
    if not len(entries):
        return NO_POSTINGS
    place, starts, ends, positions = segment.extents(entries)
    lengths = ends - starts
    first = np.cumsum(lengths) - lengths
    steps = _read_all(segment.steps.read, starts, ends)
    docs = np.cumsum(steps)
    docs -= np.repeat(docs[first] - steps[first], lengths)
    counts = _read_all(segment.counts.read, starts, ends)
    spots = docs + np.repeat(origins[place], lengths)
    read = _reading(one, first, counts, positions)
    if one.papers == segment.papers:
        return Postings(spots, counts, read)
    live = np.flatnonzero(one.live[docs])
    return Postings(spots[live], counts[live], lambda some: read(live if some is None else live[some]))


def _reading(one: LiveSegment, first: Numbers, counts: Numbers, positions: Numbers) -> Reading:
    """What reads the positions of runs, which begin among the postings at ``first``, and of which the positions do."""

    def read(some: Numbers | None) -> Numbers:
        numbers = one.segment.positions
        occurrences = np.add.reduceat(counts, first)
        if some is None:
            return _read_all(numbers.read, positions, positions + occurrences)
        before = np.cumsum(counts) - counts
        runs = np.searchsorted(first, some, "right") - 1
        at, many = positions[runs] + before[some] - before[first][runs], counts[some]
        apart = np.flatnonzero(positions[1:] != (positions + occurrences)[:-1]) + 1
        cuts = [0, *np.searchsorted(runs, apart).tolist(), len(some)]
        pairs = [(a, b) for a, b in pairwise(cuts) if a < b]
        return _joined([numbers.read_at(pieces(at[a:b], many[a:b])) for a, b in pairs])

    return read


def _read_all(read: _Read, starts: Numbers, ends: Numbers) -> Numbers:
    """What is from each start to the same of ``ends``, one after another; what lies together is read at once."""
    apart = np.flatnonzero(starts[1:] != ends[:-1])
    firsts, lasts = starts[np.concatenate(([0], apart + 1))], ends[np.concatenate((apart, [-1]))]
    return _joined([read(a, b) for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)])


def _joined(parts: list[Numbers]) -> Numbers:
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.int64), *parts])


def chained(parts: list[Postings]) -> Postings:
    """Postings of several segments as one."""
    parts = [part for part in parts if len(part.spots)]
    if len(parts) < 2:
        return parts[0] if parts else NO_POSTINGS
    ends = np.cumsum([len(part.spots) for part in parts]).tolist()
    starts = [0, *ends[:-1]]

    def read(some: Numbers | None) -> Numbers:
        if some is None:
            return np.concatenate([part.reading(None) for part in parts])
        spans = zip(parts, starts, pairwise(np.searchsorted(some, [*starts, ends[-1]]).tolist()), strict=True)
        return np.concatenate([part.reading(some[first:last] - start) for part, start, (first, last) in spans])

    return Postings(np.concatenate([part.spots for part in parts]), np.concatenate([part.counts for part in parts]), read)
