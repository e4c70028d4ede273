"""Reads the postings of some terms from one segment, and joins those of several segments.

The entries of a term lie next to each other in the file, and so do those of terms that follow each other in order. ``Entries``
reads what lies together in one piece. An entry with many postings, which is that of a common word, is read alone (``Entry``):
its gains are added up for all papers, or its positions are read in a few papers. Once all its postings were read, the paper of
every 512th posting is remembered, so that a few papers are found by reading a few blocks.

``SegmentsOccurrences`` presents the entries of all segments as ``Occurrences``. Which terms to read is decided in ``lookup``, and
the file format is that of ``storage.segment``.
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
"""When an entry is this many times longer than all blocks that the papers looked for may be in, only these blocks are read."""
_DENSE = 3
"""If at least one in this many papers has a posting, going through all papers is faster than picking those out."""


class Entry:
    """The postings of one entry of a segment, which are those from ``start`` to ``end``. Its positions begin at ``positions``."""

    def __init__(self, segment: Segment, place: int, start: int, end: int, positions: int) -> None:
        self._segment, self._place = segment, place
        self._start, self._end, self._positions = start, end, positions
        self._heads: Numbers | None = None
        """The paper of the first posting of each block."""

    def add_up(self, gains: Floats, every: Floats) -> None:
        """Add to ``every``, which has a value for each paper, what the occurrences in the paper gain.

        ``gains`` holds the gain of one occurrence, by place and paper.
        """
        docs = self._docs()
        counts, of_place = self._segment.counts.as_is(self._start, self._end), gains[self._place]
        if len(docs) * _DENSE > len(every):
            column = np.zeros(len(every), counts.dtype)
            column[docs] = counts
            every += column.astype(np.float64) * of_place
        else:
            every[docs] += of_place[docs] * counts.astype(np.float64)

    def read_of(self, origins: Numbers, few: Numbers) -> Postings:
        """Where the term occurs in a few papers. The spot of paper d is ``origins[place] + d``."""
        at, docs = self._find(few)
        each, before = self._occurring(at)
        return picked(self._segment, docs + origins[self._place], each, self._positions + before)

    def _occurring(self, at: Numbers) -> tuple[Numbers, Numbers]:
        """For some postings, given by their indices: how often the term occurs in each, and in all postings before it."""
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
        """The indices of the postings of a few papers, and the papers that have one."""
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
    """Postings that were picked out: the spot of each, its number of positions, and where these begin in the file."""

    occurrences = cache(lambda: pieces(begins, counts))

    def reading(column: Narrow | Bytes) -> Reading:
        return lambda some: column.read_at(occurrences() if some is None else occurrences()[some])

    return Postings(spots, counts, reading(segment.positions), reading(segment.leads))


_NONE: Numbers = np.empty(0, np.int64)


_LARGE = 1 << 12
"""An entry with more postings than this is read alone, which takes fewer steps than reading it with others."""

_KEPT = 1 << 18
"""Fewer postings than this are kept after reading, until the question is answered."""

_GAP = 512
"""When the gap between two wanted pieces is not longer than this, both are read in one piece."""


@dataclass(frozen=True)
class Entries:
    """Entries of some terms in one segment: their places, where their postings begin and end, and where their positions begin."""

    of: LiveSegment
    places: Numbers
    starts: Numbers
    ends: Numbers
    positions: Numbers

    @classmethod
    def find(cls, one: LiveSegment, terms: Sequence[bytes], places: Mask) -> Entries:
        """Look up the entries of these terms in these places."""
        numbers = one.segment.dictionary.find_all(terms)
        known = np.sort(numbers[numbers >= 0])
        if not len(known):
            return cls(one, _NONE, _NONE, _NONE, _NONE)
        return cls(one, *one.segment.extents(one.segment.entries_in(known, places)))

    @property
    def postings(self) -> int:
        """The number of postings of all these entries, those of deleted papers included."""
        return int((self.ends - self.starts).sum())

    def read(self, origins: Numbers) -> Postings:
        """Where the terms occur. In place p, the spot of paper d is ``origins[p] + d``."""
        if not len(self.starts):
            return NO_POSTINGS
        segment = self.of.segment
        docs, counts, first = self.docs(), self.counts(), self.first()
        spots, occurrences = docs + np.repeat(origins[self.places], self.ends - self.starts), np.add.reduceat(counts, first)
        positions, leads = (_reading(column, self.positions, occurrences) for column in (segment.positions, segment.leads))
        every = Postings(spots, counts, positions, leads)
        return every if self.of.papers == segment.papers else every.some(np.flatnonzero(self.of.live[docs]))

    def read_of(self, origins: Numbers, docs: Numbers) -> Postings:
        """Where the terms occur in a few papers, with spots as in ``read``."""
        docs = docs[self.of.live[docs]]
        return chained([part.read_of(origins, docs) for part in self._parts]) if len(docs) else NO_POSTINGS

    def add_up(self, gains: Floats, every: Floats) -> None:
        """Add to ``every``, which has a value for each paper, what the occurrences in the paper gain.

        ``gains`` holds the gain of one occurrence, by place and paper.
        """
        for part in self._parts:
            part.add_up(gains, every)
        if self.of.papers < self.of.segment.papers:
            every[~self.of.live] = 0

    @cached_property
    def _parts(self) -> tuple[Entry | _Small, ...]:
        """The entries in order: each entry with many postings by itself, and the others between them together."""
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
        """The index of the first posting of each entry, among all postings of these entries."""
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
        """The counts of all postings: how often the term occurs in the paper."""
        return _read_all(self.of.segment.counts, self.starts, self.ends)


class _Small:
    """Entries with few postings each, which are read together. The methods are those of ``Entry``."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._kept: tuple[Numbers, Numbers] | None = None
        """The papers and counts that were read, unless there are many."""

    def _read(self) -> tuple[Numbers, Numbers]:
        read = self._kept or (self._entries.docs(), self._entries.counts())
        if len(read[0]) < _KEPT:
            self._kept = read
        return read

    def add_up(self, gains: Floats, every: Floats) -> None:
        entries = self._entries
        docs, counts = self._read()
        gained = gains.ravel()[docs + np.repeat(entries.places * len(every), entries.ends - entries.starts)]
        gained *= counts.astype(np.float64)
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
    """The ``Occurrences`` of some terms in all segments. Each part has the entries of a segment and the number of its first
    paper.
    """

    parts: tuple[tuple[Entries, int], ...]

    @cached_property
    def size(self) -> int:
        """The number of postings, those of deleted papers included."""
        return sum(entries.postings for entries, _ in self.parts)

    @cached_property
    def identity(self) -> Hashable:
        """Where the entries begin in each segment: a stem that uses the entries of an exact form has the same."""
        return tuple(entries.starts.tobytes() for entries, _ in self.parts)

    def postings(self, docs: Docs | None = None) -> Postings:
        if docs is None:
            return chained([entries.read(origins(entries.of, base)) for entries, base in self.parts])
        cuts = [*np.searchsorted(docs, [base for _, base in self.parts]).tolist(), len(docs)]
        few = [docs[first:last] - base for (_, base), (first, last) in zip(self.parts, pairwise(cuts), strict=True)]
        every = zip(self.parts, few, strict=True)
        return chained([entries.read_of(origins(entries.of, base), own) for (entries, base), own in every])

    def frequencies(self, gains: Floats) -> Floats:
        every = np.zeros(len(gains) // len(PLACES))
        for entries, base in self.parts:
            papers = entries.of.segment.papers
            of_places = gains[base * len(PLACES) : (base + papers) * len(PLACES)].reshape(len(PLACES), papers)
            entries.add_up(of_places, every[base : base + papers])
        return every


def origins(one: LiveSegment, base: int) -> Numbers:
    """For each place, the spot that paper 0 of the segment has there; ``base`` is the number of that paper among all.

    Spots are numbered by segment, then by place, then by paper.
    """
    return base * len(PLACES) + np.arange(len(PLACES)) * one.segment.papers


def _reading(numbers: Narrow | Bytes, starts: Numbers, lengths: Numbers) -> Reading:
    """A function that reads runs from a column: ``lengths[i]`` numbers from ``starts[i]`` on, all of them or those at some
    indices.
    """

    def read(some: Numbers | None) -> Column:
        if some is None:
            return _read_all(numbers, starts, starts + lengths)
        ends = np.cumsum(lengths)
        moved = starts - (ends - lengths)
        together = np.concatenate(([0], np.flatnonzero(np.diff(moved)) + 1))  # runs that do not follow the run before begin here
        cuts = np.searchsorted(some, [*(ends - lengths)[together].tolist(), ends[-1]]).tolist()
        parts = zip(moved[together].tolist(), pairwise(cuts), strict=True)
        return _joined([numbers.read_at(some[a:b] + at) for at, (a, b) in parts if a < b])

    return read


def _read_all(column: Narrow | Bytes, starts: Numbers, ends: Numbers) -> Column:
    """Read from each start to the matching end, one piece after another; pieces that lie close together are read at once."""
    gaps = starts[1:] - ends[:-1]
    apart = np.flatnonzero((gaps > _GAP) | (gaps < 0))
    firsts, lasts = starts[np.concatenate(([0], apart + 1))], ends[np.concatenate((apart, [-1]))]
    read = _joined([column.read(a, b) for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)])
    lengths = ends - starts
    if len(read) == lengths.sum():
        return read
    before = np.cumsum(lasts - firsts) - lasts  # the offset from an index in the column to an index in what was read
    together = np.diff(apart, prepend=-1, append=len(starts) - 1)
    return read[pieces(starts + np.repeat(before, together), lengths)]


def _joined(parts: list[Column]) -> Column:
    return np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else np.empty(0, np.uint8)


def chained(parts: list[Postings]) -> Postings:
    """The postings of several segments as one."""
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
