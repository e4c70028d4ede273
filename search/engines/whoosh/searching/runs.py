"""Reads the postings of terms from one segment: all their entries at once, each a run of papers.

The entries of a term lie next to one another, and so do those of terms that follow each other; what lies together is read
together.

One entry with many postings, read alone: what a common word gains in all papers of a segment, and where it stands in some.

When the papers were gone through once, every 512th of them is remembered, so that finding a few among them is a matter of blocks.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np

from search.engines.whoosh.searching.postings import NO_POSTINGS, Docs, Floats, Postings, Reading, places_among
from search.engines.whoosh.storage.columnfile import Column
from search.engines.whoosh.storage.narrow import Bytes, Mask, Narrow, Numbers, pieces
from search.engines.whoosh.storage.segment import PLACES, LiveSegment, Segment

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


_LARGE = 1 << 12
"""Postings of an entry that is read alone, which takes fewer steps than reading it with others."""

_KEPT = 1 << 18
"""Postings that are kept, for the length of a question, when they were read."""

_GAP = 512
"""Numbers that are read along when what is wanted lies before and after them."""


@dataclass(frozen=True)
class Entries:
    """Entries of some terms in a segment: of each the place, where its postings begin and end, and where its positions begin."""

    of: LiveSegment
    places: Numbers
    starts: Numbers
    ends: Numbers
    positions: Numbers

    @classmethod
    def find(cls, one: LiveSegment, terms: Sequence[bytes], places: Mask) -> Entries:
        """Those of these terms in these places."""
        numbers = one.segment.dictionary.find_all(terms)
        return cls(one, *one.segment.extents(one.segment.entries_in(np.sort(numbers[numbers >= 0]), places)))

    @property
    def postings(self) -> int:
        """How many they have together, those of papers that are gone too."""
        return int((self.ends - self.starts).sum())

    def read(self, origins: Numbers) -> Postings:
        """Where the terms occur; of place p paper d has the spot ``origins[p] + d``."""
        if not len(self.starts):
            return NO_POSTINGS
        segment = self.of.segment
        docs, counts, first = self.docs(), self.counts(), self.first()
        spots, occurrences = docs + np.repeat(origins[self.places], self.ends - self.starts), np.add.reduceat(counts, first)
        positions, leads = (_reading(column, self.positions, occurrences) for column in (segment.positions, segment.leads))
        every = Postings(spots, counts, positions, leads)
        return every if self.of.papers == segment.papers else every.some(np.flatnonzero(self.of.live[docs]))

    def read_of(self, origins: Numbers, docs: Numbers) -> Postings:
        """The same of ``docs``, a few papers."""
        docs = docs[self.of.live[docs]]
        return chained([part.read_of(origins, docs) for part in self._parts]) if len(docs) else NO_POSTINGS

    def add_up(self, gains: Floats, every: Floats) -> None:
        """Add to what each paper has in ``every`` what occurrences in it gain; ``gains`` are those of each place and paper."""
        for part in self._parts:
            part.add_up(gains, every)
        if self.of.papers < self.of.segment.papers:
            every[~self.of.live] = 0

    @cached_property
    def _parts(self) -> tuple[Entry | _Small, ...]:
        """Entries with many postings one by one, others together, in order."""
        large = np.flatnonzero(self.ends - self.starts > _LARGE)
        cuts = np.unique(np.concatenate(([0], large, large + 1, [len(self.starts)]))).tolist()
        alone = frozenset(large.tolist())
        return tuple(self._alone(first) if first in alone else self._some(first, last) for first, last in pairwise(cuts))

    def _alone(self, i: int) -> Entry:
        return Entry(self.of.segment, *(int(each[i]) for each in (self.places, self.starts, self.ends, self.positions)))

    def _some(self, first: int, last: int) -> _Small:
        some = slice(first, last)
        return _Small(Entries(self.of, self.places[some], self.starts[some], self.ends[some], self.positions[some]))

    def first(self) -> Numbers:
        """Which of the postings is the first of each entry."""
        lengths = self.ends - self.starts
        first: Numbers = np.cumsum(lengths) - lengths
        return first

    def docs(self) -> Numbers:
        """The papers of all postings."""
        steps = _read_all(self.of.segment.steps, self.starts, self.ends)
        docs, first = np.cumsum(steps), self.first()
        docs -= np.repeat(docs[first] - steps[first], self.ends - self.starts)
        return docs

    def counts(self) -> Numbers:
        """How often each of the postings is there."""
        return _read_all(self.of.segment.counts, self.starts, self.ends)


class _Small:
    """Entries with few postings each, gone through together; like ``Entry``."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._kept: tuple[Numbers, Numbers] | None = None
        """Papers and counts that were read, unless they are many."""

    def _read(self) -> tuple[Numbers, Numbers]:
        read = self._kept or (self._entries.docs(), self._entries.counts())
        if len(read[0]) < _KEPT:
            self._kept = read
        return read

    def add_up(self, gains: Floats, every: Floats) -> None:
        entries = self._entries
        docs, counts = self._read()
        gained = gains.ravel()[docs + np.repeat(entries.places * len(every), entries.ends - entries.starts)]
        gained *= counts
        every += np.bincount(docs, gained, len(every))

    def read_of(self, origins: Numbers, few: Numbers) -> Postings:
        entries = self._entries
        docs, counts = self._read()
        first = entries.first()
        chosen = np.zeros(entries.of.segment.papers, np.bool_)
        chosen[few] = True
        at = np.flatnonzero(chosen[docs])
        entry = np.searchsorted(first, at, "right") - 1
        ends, each = np.cumsum(counts), counts[at]
        begins = ends[at] - each + (entries.positions - ends[first] + counts[first])[entry]
        return picked(entries.of.segment, docs[at] + origins[entries.places[entry]], each, begins)


@dataclass(frozen=True)
class SegmentsOccurrences:
    """The ``Occurrences`` in several segments; with each goes the number of its first paper."""

    parts: tuple[tuple[Entries, int], ...]

    @cached_property
    def size(self) -> int:
        """See ``Occurrences``; papers that are gone count too."""
        return sum(entries.postings for entries, _ in self.parts)

    @cached_property
    def identity(self) -> Hashable:
        """See ``Occurrences``: where the entries begin."""
        return tuple(entries.starts.tobytes() for entries, _ in self.parts)

    def postings(self, docs: Docs | None = None) -> Postings:
        """See ``Occurrences``."""
        if docs is None:
            return chained([entries.read(origins(entries.of, base)) for entries, base in self.parts])
        cuts = [*np.searchsorted(docs, [base for _, base in self.parts]).tolist(), len(docs)]
        few = [docs[first:last] - base for (_, base), (first, last) in zip(self.parts, pairwise(cuts), strict=True)]
        every = zip(self.parts, few, strict=True)
        return chained([entries.read_of(origins(entries.of, base), own) for (entries, base), own in every])

    def frequencies(self, gains: Floats) -> Floats:
        """See ``Occurrences``."""
        every = np.zeros(len(gains) // len(PLACES))
        for entries, base in self.parts:
            papers = entries.of.segment.papers
            of_places = gains[base * len(PLACES) : (base + papers) * len(PLACES)].reshape(len(PLACES), papers)
            entries.add_up(of_places, every[base : base + papers])
        return every


def origins(one: LiveSegment, base: int) -> Numbers:
    """Spots are numbered by segment, then by place, then by paper: of each place the one before which those of it begin."""
    return base * len(PLACES) + np.arange(len(PLACES)) * one.segment.papers


def _reading(numbers: Narrow | Bytes, starts: Numbers, lengths: Numbers) -> Reading:
    """What reads of runs, so many numbers from each of ``starts``, all numbers or some of them."""

    def read(some: Numbers | None) -> Column:
        if some is None:
            return _read_all(numbers, starts, starts + lengths)
        ends = np.cumsum(lengths)
        moved = starts - (ends - lengths)
        together = np.concatenate(([0], np.flatnonzero(np.diff(moved)) + 1))  # here begin runs that do not lie after the last one
        cuts = np.searchsorted(some, [*(ends - lengths)[together].tolist(), ends[-1]]).tolist()
        parts = zip(moved[together].tolist(), pairwise(cuts), strict=True)
        return _joined([numbers.read_at(some[a:b] + at) for at, (a, b) in parts if a < b])

    return read


def _read_all(column: Narrow | Bytes, starts: Numbers, ends: Numbers) -> Column:
    """What is from each start to the same of ``ends``, one after another; what lies together is read at once."""
    gaps = starts[1:] - ends[:-1]
    apart = np.flatnonzero((gaps > _GAP) | (gaps < 0))
    firsts, lasts = starts[np.concatenate(([0], apart + 1))], ends[np.concatenate((apart, [-1]))]
    read = _joined([column.read(a, b) for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)])
    lengths = ends - starts
    if len(read) == lengths.sum():
        return read
    before = np.cumsum(lasts - firsts) - lasts  # of a number in the column the place in what was read, less that in the column
    together = np.diff(apart, prepend=-1, append=len(starts) - 1)
    return read[pieces(starts + np.repeat(before, together), lengths)]


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
