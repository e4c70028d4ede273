"""Reads the postings of terms from one segment: all their entries at once, each a run of papers.

The entries of a term lie next to one another, and so do those of terms that follow each other; what lies together is read
together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from search.engines.postings import NO_POSTINGS, Mask, Postings, Reading
from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.live import LiveSegment
from search.engines.whoosh.narrow import Bytes, Narrow, Numbers

_Read = Callable[[int, int], Column]


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
    occurrences = np.add.reduceat(counts, first)
    every = Postings(
        spots, counts, _reading(segment.positions, positions, occurrences), _reading(segment.leads, positions, occurrences)
    )
    return every if one.papers == segment.papers else every.some(np.flatnonzero(one.live[docs]))


def _reading(numbers: Narrow | Bytes, starts: Numbers, lengths: Numbers) -> Reading:
    """What reads of runs, so many numbers from each of ``starts``, all numbers or some of them."""

    def read(some: Numbers | None) -> Column:
        if some is None:
            return _read_all(numbers.read, starts, starts + lengths)
        ends = np.cumsum(lengths)
        moved = starts - (ends - lengths)
        together = np.concatenate(([0], np.flatnonzero(np.diff(moved)) + 1))  # here begin runs that do not lie after the last one
        cuts = np.searchsorted(some, [*(ends - lengths)[together].tolist(), ends[-1]]).tolist()
        parts = zip(moved[together].tolist(), pairwise(cuts), strict=True)
        return _joined([numbers.read_at(some[a:b] + at) for at, (a, b) in parts if a < b])

    return read


def _read_all(read: _Read, starts: Numbers, ends: Numbers) -> Column:
    """What is from each start to the same of ``ends``, one after another; what lies together is read at once."""
    apart = np.flatnonzero(starts[1:] != ends[:-1])
    firsts, lasts = starts[np.concatenate(([0], apart + 1))], ends[np.concatenate((apart, [-1]))]
    return _joined([read(a, b) for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)])


def _joined(parts: list[Column]) -> Column:
    return np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else np.empty(0, np.uint8)


def chained(parts: list[Postings]) -> Postings:
    """Postings of several segments as one."""
    parts = [part for part in parts if len(part.spots)]
    if len(parts) < 2:
        return parts[0] if parts else NO_POSTINGS
    starts = np.cumsum([0, *(part.occurrences for part in parts)]).tolist()

    def reading(reads: list[Reading]) -> Reading:
        def read(some: Numbers | None) -> Column:
            if some is None:
                return np.concatenate([of_part(None) for of_part in reads])
            spans = zip(reads, starts, pairwise(np.searchsorted(some, starts).tolist()), strict=False)
            return np.concatenate([of_part(some[first:last] - start) for of_part, start, (first, last) in spans])

        return read

    return Postings(
        np.concatenate([part.spots for part in parts]),
        np.concatenate([part.counts for part in parts]),
        reading([part.positions for part in parts]),
        reading([part.leads for part in parts]),
    )
