"""Several segments → one, without the papers that are gone; and which segments to merge, and when.

Goes through the terms of all segments side by side, a bounded number of postings at a time, and puts the pieces of each entry one
after another; since a segment numbers its papers after those of the one before it, nothing within a piece changes its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from search.engines.postings import Mask, pieces
from search.engines.whoosh.building import SegmentBuilder
from search.engines.whoosh.live import LiveSegment
from search.engines.whoosh.paper_columns import PaperColumns
from search.engines.whoosh.segment import Numbers

_TERMS = 50_000
"""Terms of all segments that are merged at once, at most."""
_POSITIONS = 2_000_000
"""Positions of these; a term that has more goes alone, entry by entry."""
_DOCUMENTS = 256
"""Stored papers that are copied at once."""

_WIDTH = 4
"""Segments of about one size that are left side by side."""
_GONE = 0.4
"""The share of its papers that may be gone before a segment is written anew."""


def merge(segments: Sequence[LiveSegment], file: Path, *, terms: int = _TERMS, positions: int = _POSITIONS) -> bool:
    """Write the papers of all segments as one; False, and no file, when none are left.

    So many ``terms`` and ``positions`` of all segments together are read at once.
    """
    sources = [source for source in segments if source.papers]
    if not sources:
        return False
    builder = SegmentBuilder(file)
    builder.papers(PaperColumns.joined([PaperColumns.read(one.segment).only(one.live) for one in sources]))
    for one in sources:
        docs = np.flatnonzero(one.live).tolist()
        for at in range(0, len(docs), _DOCUMENTS):
            builder.documents([one.segment.document(doc) for doc in docs[at : at + _DOCUMENTS]])
    numbered, base = [], 0
    for one in sources:
        numbered.append(base + np.cumsum(one.live) - 1)
        base += one.papers
    for spans in _spans(sources, terms // len(sources), positions // len(sources)):
        _merge_terms(builder, [_Span(*each) for each in zip(sources, numbered, *zip(*spans, strict=True), strict=True)])
    builder.close()
    return True


def _spans(sources: Sequence[LiveSegment], terms: int, positions: int) -> Iterator[list[tuple[int, int]]]:
    """Of each segment from which term to which to go next: everywhere up to the same term; a heavy term goes alone."""
    at = [0] * len(sources)
    while left := [i for i, one in enumerate(sources) if at[i] < one.segment.terms]:
        next_terms = {i: sources[i].segment.term(at[i]) for i in left}
        ends = {i: _reach(sources[i], at[i], max(terms, 1), positions) for i in left}
        bounds = [sources[i].segment.term(end - 1) + b"\0" for i, end in ends.items() if end > at[i]]
        start = min(next_terms.values())
        heavy = [next_terms[i] for i, end in ends.items() if end == at[i]]
        bounds += [term if start < term else term + b"\0" for term in heavy]
        stop = list(at)
        for i, end in ends.items():
            stop[i] = sources[i].segment.first(min(bounds), at[i], max(end, at[i] + 1))
        yield list(zip(at, stop, strict=True))
        at = stop


def _reach(one: LiveSegment, first: int, terms: int, positions: int) -> int:
    """The term up to which a segment may be read at once; ``first`` itself when that one is too heavy to be read with others."""
    columns, end = one.segment.columns, min(first + terms, one.segment.terms)
    entries = columns.read("entries.at", first, end + 1).astype(np.int64)
    ends = columns.read("entries.positions", int(entries[0]), int(entries[-1]) + 1)[entries - entries[0]].astype(np.int64)
    return first + int(np.searchsorted(ends, ends[0] + positions, "right")) - 1


@dataclass(frozen=True, slots=True)
class _Span:
    """Some terms of one segment; ``numbered`` gives papers their new numbers."""

    source: LiveSegment
    numbered: Numbers
    first: int
    last: int

    def column(self, name: str, first: int, last: int) -> Numbers:
        return self.source.segment.columns.read(name, first, last).astype(np.int64)

    def entries(self) -> Numbers:
        """Where the entries of each term begin, and the last ends."""
        return self.column("entries.at", self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class _Postings:
    """The postings of some entries: of each entry how many, and how many positions; papers have their new numbers."""

    of_entry: Numbers
    positions_of_entry: Numbers
    docs: Numbers
    counts: Numbers
    positions: Numbers


def _read(span: _Span, first: int, last: int) -> _Postings:
    """The postings of entries of a segment, but for papers that are gone."""
    segment = span.source.segment
    at = span.column("entries.postings", first, last + 1)
    docs = segment.docs(int(at[0]), int(at[-1]), at[:-1] - at[0])
    counts = segment.counts.read(int(at[0]), int(at[-1]))
    begin = int(segment.columns.read("entries.positions", first, first + 1)[0])
    positions = segment.positions.read(begin, begin + int(counts.sum()))
    of_entry = np.diff(at)
    entry = np.repeat(np.arange(len(of_entry)), of_entry)
    if span.source.papers < segment.papers:
        keep: Mask = span.source.live[docs]
        positions = positions[np.repeat(keep, counts)]
        docs, counts, entry = docs[keep], counts[keep], entry[keep]
        of_entry = np.bincount(entry, minlength=len(of_entry))
    positions_of_entry = np.bincount(entry, counts, len(of_entry)).astype(np.int64)
    return _Postings(of_entry, positions_of_entry, span.numbered[docs], counts, positions)


def _merge_terms(builder: SegmentBuilder, spans: list[_Span]) -> None:
    """Write the next terms."""
    named = [span.source.segment.terms_between(span.first, span.last) for span in spans]
    terms = sorted(set().union(*named))
    number = {term: i for i, term in enumerate(terms)}
    papers = np.zeros(len(terms), np.int64)
    keys, found = [], []
    alone = len(terms) == 1
    for span, own in zip(spans, named, strict=True):
        numbers = np.array([number[term] for term in own], np.int64)
        papers[numbers] += span.source.papers_with_terms(span.first, span.last)
        entries = span.entries()
        first, last = int(entries[0]), int(entries[-1])
        places = span.column("entries.place", first, last)
        keys.append((np.repeat(numbers, np.diff(entries)) << 8) | places)
        found += [] if alone else [_read(span, first, last)]
    key = np.concatenate(keys)
    order = np.argsort(key, kind="stable")
    if alone:  # it may have more postings than memory should hold at once
        of_entry, positions_of_entry = _copy_one_by_one(builder, spans, keys, order)
    else:
        joined = _joined(found)
        of_entry, positions_of_entry = joined.of_entry, joined.positions_of_entry
    left = order[of_entry[order] > 0]
    first_of = np.flatnonzero(np.diff(key[left], prepend=-1))
    if not alone:
        _write_moved(builder, joined, left, first_of)
    key, of_entry, positions_of_entry = key[left], of_entry[left], positions_of_entry[left]
    builder.terms(
        [terms[i] for i in np.unique(key >> 8).tolist()],
        papers[np.unique(key >> 8)],
        np.unique(key[first_of] >> 8, return_counts=True)[1],
        key[first_of] & 0xFF,
        _sums(of_entry, first_of),
        _sums(positions_of_entry, first_of),
    )


def _write_moved(builder: SegmentBuilder, joined: _Postings, order: Numbers, first_of: Numbers) -> None:
    """Write the postings of entries in an order; at ``first_of`` among them another entry of the merged segment begins."""
    lengths, positions = joined.of_entry[order], joined.positions_of_entry[order]
    moved = pieces((np.cumsum(joined.of_entry) - joined.of_entry)[order], lengths)
    moved_positions = pieces((np.cumsum(joined.positions_of_entry) - joined.positions_of_entry)[order], positions)
    first = (np.cumsum(lengths) - lengths)[first_of]
    builder.postings(joined.docs[moved], joined.counts[moved], joined.positions[moved_positions], first)


def _joined(parts: list[_Postings]) -> _Postings:
    def join(of: Callable[[_Postings], Numbers]) -> Numbers:
        return np.concatenate([of(part) for part in parts])

    return _Postings(
        join(lambda part: part.of_entry),
        join(lambda part: part.positions_of_entry),
        join(lambda part: part.docs),
        join(lambda part: part.counts),
        join(lambda part: part.positions),
    )


def _copy_one_by_one(builder: SegmentBuilder, spans: list[_Span], keys: list[Numbers], order: Numbers) -> tuple[Numbers, Numbers]:
    """Write the postings of entries in an order, each by itself; gives of each how many, and how many positions."""
    where = [(span, int(span.entries()[0]) + i) for span, own in zip(spans, keys, strict=True) for i in range(len(own))]
    counted = np.zeros((2, len(where)), np.int64)
    key, before = np.concatenate(keys), -1
    for i in order.tolist():
        span, entry = where[i]
        read = _read(span, entry, entry + 1)
        if len(read.docs):
            builder.postings(read.docs, read.counts, read.positions, np.zeros(int(key[i] != before), np.int64))
            before = key[i]
        counted[:, i] = len(read.docs), len(read.positions)
    return counted[0], counted[1]


def _sums(counts: Numbers, first: Numbers) -> Numbers:
    return np.add.reduceat(counts, first) if len(first) else counts


def to_merge(segments: Sequence[LiveSegment]) -> list[LiveSegment]:
    """The segments that should become one now; none when they may stay.

    Segments whose sizes are within one power of ``_WIDTH`` are of one class; more than ``_WIDTH`` of a class are merged, together
    with all that are smaller. So there are at most ``_WIDTH`` for each class, and a paper is written anew once a class. A segment
    of which many papers are gone is written anew with them.
    """
    classes = [_size_class(one.papers) for one in segments]
    crowded = [kind for kind in set(classes) if classes.count(kind) > _WIDTH]
    chosen = [one for one, kind in zip(segments, classes, strict=True) if crowded and kind <= max(crowded)]
    wasted = [one for one in segments if one.papers < (1 - _GONE) * one.segment.papers]
    return [one for one in segments if one in chosen or one in wasted]


def _size_class(papers: int) -> int:
    size_class = 0
    while papers >= _WIDTH:
        papers //= _WIDTH
        size_class += 1
    return size_class
