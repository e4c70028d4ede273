"""Merges several segments into one, without their deleted papers, and decides which segments to merge.

A merge goes through the terms of all segments side by side, with a bounded number of postings at a time. The papers of each
segment are numbered after those of the segment before it, so the postings of a merged entry are simply those of the segments, one
after another. A stem that uses the entries of the same exact form in all segments does so in the merged segment too; otherwise
its postings are written out.

This module decides nothing about commits: the merged file belongs to no commit until ``writer`` names it in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from search.engines.whoosh.storage.columnfile import Column
from search.engines.whoosh.storage.narrow import Mask, Numbers, pieces
from search.engines.whoosh.storage.segment import LiveSegment
from search.engines.whoosh.writing.building import PaperColumns, SegmentBuilder
from search.engines.whoosh.writing.inverting import Forms

_TERMS = 25_000
"""The most terms, of all segments together, that are merged at once."""
_POSITIONS = 1_000_000
"""The most positions of these terms. A term with more positions is merged alone, entry by entry."""
_DOCUMENTS = 256
"""The number of stored papers that are copied at once."""

_KEPT = 16 * _DOCUMENTS
"""After this many stored papers the memory of what was read is released, so that merging large segments takes no more memory."""

_WIDTH = 4
"""How many segments of about one size may exist side by side."""
_GONE = 0.4
"""A segment is rewritten when more than this share of its papers is deleted."""


def merge(segments: Sequence[LiveSegment], file: Path, *, terms: int = _TERMS, positions: int = _POSITIONS) -> bool:
    """Write the papers of all segments as one segment. When no papers are left, return False and write no file.

    At most ``terms`` terms and ``positions`` positions, of all segments together, are read at once.
    """
    sources = [source for source in segments if source.papers]
    if not sources:
        return False
    builder = SegmentBuilder(file)
    builder.papers(PaperColumns.joined([_papers(one) for one in sources]))
    for one in sources:
        docs = np.flatnonzero(one.live).tolist()
        for at in range(0, len(docs), _DOCUMENTS):
            builder.documents([one.segment.document(doc) for doc in docs[at : at + _DOCUMENTS]])
            if at + _DOCUMENTS >= len(docs) or at % _KEPT == 0:
                one.segment.columns.let_go()
    numbered, base = [], 0
    for one in sources:
        numbered.append(base + np.cumsum(one.live) - 1)
        base += one.papers
    forms = Forms(sources)
    for spans in _spans(sources, terms // len(sources), positions // len(sources)):
        _merge_terms(builder, [_Span(*each) for each in zip(sources, numbered, *zip(*spans, strict=True), strict=True)], forms)
    del forms  # closing needs the memory
    builder.close()
    return True


def _papers(one: LiveSegment) -> PaperColumns:
    """The columns of the papers that are left; the memory of what else was read is released."""
    papers = PaperColumns.read(one.segment).only(one.live)
    one.segment.columns.let_go()
    return papers


def _spans(sources: Sequence[LiveSegment], terms: int, positions: int) -> Iterator[list[tuple[int, int]]]:
    """The next range of terms of each segment; all ranges end at the same term. A term with many positions goes alone."""
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
            stop[i] = sources[i].segment.dictionary.first(min(bounds), at[i], max(end, at[i] + 1))
        yield list(zip(at, stop, strict=True))
        at = stop


def _reach(one: LiveSegment, first: int, terms: int, positions: int) -> int:
    """The term up to which a segment may be read at once; ``first`` itself when that term has too many positions."""
    segment = one.segment
    each, _, entries = segment.entries_of(segment.forms(first, min(first + terms, segment.terms)))
    _, sizes = segment.sizes_of(entries)
    segment.columns.let_go()
    ends = np.concatenate(([0], np.cumsum(sizes)))[np.concatenate(([0], np.cumsum(each)))]
    return first + int(np.searchsorted(ends, positions, "right")) - 1


@dataclass(frozen=True, slots=True)
class _Span:
    """A range of terms of one segment; ``numbered`` maps its papers to their new numbers."""

    source: LiveSegment
    numbered: Numbers
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Postings:
    """The postings of some entries, with the new numbers of the papers.

    ``of_entry`` and ``positions_of_entry`` hold the number of postings and of positions of each entry.
    """

    of_entry: Numbers
    positions_of_entry: Numbers
    docs: Numbers
    counts: Numbers
    positions: Numbers
    leads: Column


def _read(span: _Span, entries: Numbers) -> _Postings:
    """Read the postings of entries of a segment, without those of deleted papers."""
    segment = span.source.segment
    docs, counts, positions, leads = segment.postings_of(entries)
    of_entry, _ = segment.sizes_of(entries)
    segment.columns.let_go()
    entry = np.repeat(np.arange(len(of_entry)), of_entry)
    if span.source.papers < segment.papers:
        keep: Mask = span.source.live[docs]
        kept = np.repeat(keep, counts)
        positions, leads = positions[kept], leads[kept]
        docs, counts, entry = docs[keep], counts[keep], entry[keep]
        of_entry = np.bincount(entry, minlength=len(of_entry))
    positions_of_entry = np.bincount(entry, counts, len(of_entry)).astype(np.int64)
    return _Postings(of_entry, positions_of_entry, span.numbered[docs], counts, positions, leads)


def _terms(span: _Span) -> tuple[list[bytes], list[bytes], Numbers, Numbers]:
    """The terms of a range, the stems of the exact forms among them, the number of papers that have each term (without deleted
    papers), and the term whose entries each uses.
    """
    segment = span.source.segment
    terms = segment.dictionary.between(span.first, span.last)
    stems = segment.dictionary.stems(span.first, terms)
    papers, forms = span.source.papers_with_terms(span.first, span.last), segment.forms(span.first, span.last)
    segment.columns.let_go()
    return terms, stems, papers, forms


def _merge_terms(builder: SegmentBuilder, spans: list[_Span], forms: Forms) -> None:
    """Merge and write the next range of terms."""
    named, own_stems, own_papers, own_forms = zip(*map(_terms, spans), strict=True)
    terms = sorted(set().union(*named))
    number = {term: i for i, term in enumerate(terms)}
    papers = np.zeros(len(terms), np.int64)
    numbers = [np.array([number[term] for term in own], np.int64) for own in named]
    for which, of_own in zip(numbers, own_papers, strict=True):
        papers[which] += of_own
    left = papers > 0
    merged = np.where(left, builder.terms_so_far + np.cumsum(left) - 1, -1)
    for i, (span, which, of_own) in enumerate(zip(spans, numbers, own_papers, strict=True)):
        forms.number(i, span.first, np.where(of_own > 0, merged[which], -1))
    here = [which[of_own > 0] for which, of_own in zip(numbers, own_papers, strict=True)]
    forms_here = [form[of_own > 0] for form, of_own in zip(own_forms, own_papers, strict=True)]
    own_terms = [np.arange(span.first, span.last)[of_own > 0] for span, of_own in zip(spans, own_papers, strict=True)]
    same = forms.same(
        len(terms), here, [np.where(form == own, -1, form) for form, own in zip(forms_here, own_terms, strict=True)]
    )
    keys, entries = [], []
    for span, which, of_form in zip(spans, here, forms_here, strict=True):
        alone = same[which] < 0
        each, places, found = span.source.segment.entries_of(of_form[alone])
        keys.append((np.repeat(which[alone], each) << 8) | places.astype(np.int64))
        entries.append(found)
    key = np.concatenate(keys)
    order = np.argsort(key, kind="stable")
    joined = None
    if len(terms) == 1:  # a single term may have more postings than fit in memory at once
        of_entry, positions_of_entry = _copy_one_by_one(builder, spans, entries, key, order)
    else:
        joined = _joined([_read(*each) for each in zip(spans, entries, strict=True)])
        of_entry, positions_of_entry = joined.of_entry, joined.positions_of_entry
    order = order[of_entry[order] > 0]
    first_of = np.flatnonzero(np.diff(key[order], prepend=-1))
    if joined:
        _write_moved(builder, joined, order, first_of)
    key = key[order][first_of]
    counted = np.bincount(key >> 8, minlength=len(terms))
    written = [terms[i] for i in np.flatnonzero(left).tolist()]
    # Exact forms come first among the terms of a segment, so zip stops at the last of them.
    stem_of = dict(chain.from_iterable(map(zip, named, own_stems)))
    stems = [stem_of[term] for term in written if term in stem_of]
    builder.terms(written, stems, papers[left], same[left], counted[left])
    builder.entries(key & 0xFF, _sums(of_entry[order], first_of), _sums(positions_of_entry[order], first_of))


def _write_moved(builder: SegmentBuilder, joined: _Postings, order: Numbers, first_of: Numbers) -> None:
    """Write postings in the given ``order`` of their entries; ``first_of`` tells where in it a merged entry begins."""
    lengths, positions = joined.of_entry[order], joined.positions_of_entry[order]
    moved = pieces((np.cumsum(joined.of_entry) - joined.of_entry)[order], lengths)
    moved_positions = pieces((np.cumsum(joined.positions_of_entry) - joined.positions_of_entry)[order], positions)
    first = (np.cumsum(lengths) - lengths)[first_of]
    positions, leads = joined.positions[moved_positions], joined.leads[moved_positions]
    builder.postings(joined.docs[moved], joined.counts[moved], positions, leads, first)


def _joined(parts: list[_Postings]) -> _Postings:
    def join(of: Callable[[_Postings], Column]) -> Column:
        return np.concatenate([of(part) for part in parts])

    return _Postings(
        join(lambda part: part.of_entry),
        join(lambda part: part.positions_of_entry),
        join(lambda part: part.docs),
        join(lambda part: part.counts),
        join(lambda part: part.positions),
        join(lambda part: part.leads),
    )


def _copy_one_by_one(
    builder: SegmentBuilder, spans: list[_Span], entries: list[Numbers], key: Numbers, order: Numbers
) -> tuple[Numbers, Numbers]:
    """Write postings in the given ``order`` of their entries, one entry at a time.

    Returns the number of postings and the number of positions of each entry.
    """
    where = [(span, entry) for span, own in zip(spans, entries, strict=True) for entry in own.tolist()]
    counted = np.zeros((2, len(where)), np.int64)
    before = -1
    for i in order.tolist():
        span, entry = where[i]
        read = _read(span, np.array([entry]))
        if len(read.docs):
            builder.postings(read.docs, read.counts, read.positions, read.leads, np.zeros(int(key[i] != before), np.int64))
            before = key[i]
        counted[:, i] = len(read.docs), len(read.positions)
    return counted[0], counted[1]


def _sums(counts: Numbers, first: Numbers) -> Numbers:
    return np.add.reduceat(counts, first) if len(first) else counts


def to_merge(segments: Sequence[LiveSegment]) -> list[LiveSegment]:
    """The segments that should become one now; none when all may stay.

    Segments whose sizes are within one power of ``_WIDTH`` form a class. When a class has more than ``_WIDTH`` segments, these
    are merged together with all smaller segments. So there are at most ``_WIDTH`` segments of each class, and a paper is
    rewritten once for each class. Segments with many deleted papers are merged along with them.
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
