"""Papers → a segment: gathers the words of papers in flat arrays and sorts them by term when they are written."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import chain
from pathlib import Path

import numpy as np

from search.document import SearchDocument, document_bytes
from search.engines.occurrences import STEM, occurrences
from search.engines.postings import Mask, pieces
from search.engines.whoosh.building import SegmentBuilder
from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.dictionary import term_bytes
from search.engines.whoosh.narrow import Numbers
from search.engines.whoosh.paper_columns import Gathering, Numbering
from search.engines.whoosh.segment import CITED, CITES, PLACES
from search.engines.whoosh.sharing import same_forms, sums_of_places

_PLACE_BITS = 4
_TERM_BYTES = 200
"""What a new term takes: its text, and its number in a dictionary."""
_WHILE_SORTING = 8
"""Times what the arrays take, that writing takes at its height."""
_PIECE = 1 << 20
"""Positions that are put in order at once."""


class Inverter:
    """Papers that are not in a segment yet. A paper that is dropped again leaves its number unused."""

    def __init__(self) -> None:
        self._numbers = Numbering()
        self._term, self._count, self._position = array("I"), array("I"), array("I")
        self._run_doc, self._run_place, self._run_terms = array("I"), array("B"), array("I")
        self._papers = Gathering()
        self._documents: list[bytes] = []
        self._stored = 0
        self._dropped: set[int] = set()

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def needed(self) -> int:
        """Bytes of memory that it takes until it is written, about."""
        arrays = 4 * (len(self._term) + len(self._count) + len(self._position))
        return _WHILE_SORTING * arrays + self._stored + _TERM_BYTES * len(self._numbers)

    def add(self, document: SearchDocument) -> int:
        """Add a paper and give its number."""
        doc = len(self._documents)
        found = occurrences(document)
        for place, (terms, *_) in found.items():
            self._run(doc, PLACES.index(place), terms)
        self._run(doc, CITES, {CITED + target: [0] for target in document.cites})
        self._papers.add(document, {place.value: length for place, (_, length, _) in found.items()})
        self._documents.append(document_bytes(document, {place: starts for place, (*_, starts) in found.items()}))
        self._stored += len(self._documents[-1])
        return doc

    def _run(self, doc: int, place: int, terms: dict[str, list[int]]) -> None:
        self._run_doc.append(doc)
        self._run_place.append(place)
        self._run_terms.append(len(terms))
        self._term.extend(map(self._numbers.__getitem__, terms))
        self._count.extend(map(len, terms.values()))
        self._position.extend(chain.from_iterable(terms.values()))

    def drop(self, doc: int) -> None:
        """Take a paper out again."""
        self._dropped.add(doc)

    @property
    def kept(self) -> Mask:
        """Which papers were not dropped."""
        kept = np.ones(len(self), np.bool_)
        kept[list(self._dropped)] = False
        return kept

    def write(self, file: Path) -> bool:
        """Write the papers that were not dropped as a segment; False, and no file, when there are none."""
        kept = self.kept
        if not kept.any():
            return False
        builder = SegmentBuilder(file)
        columns = self._papers.columns()
        builder.papers(columns if kept.all() else columns.only(kept))
        builder.documents([document for document, keep in zip(self._documents, kept.tolist(), strict=True) if keep])
        self._write_terms(builder, kept)
        builder.close()
        return True

    def _write_terms(self, builder: SegmentBuilder, kept: Mask) -> None:
        names = sorted(self._numbers)
        rank = np.empty(len(names), np.int64)
        rank[[self._numbers[name] for name in names]] = np.arange(len(names))
        term, counts = rank[_view(self._term)], _view(self._count).astype(np.int64)
        runs = _view(self._run_terms).astype(np.int64)
        docs = np.repeat((np.cumsum(kept) - 1)[_view(self._run_doc)], runs)
        places = np.repeat(_view(self._run_place).astype(np.int64), runs)
        starts = np.cumsum(counts) - counts
        if not kept.all():
            keep = np.repeat(kept[_view(self._run_doc)], runs)
            term, counts, docs, places, starts = term[keep], counts[keep], docs[keep], places[keep], starts[keep]
        position = _view(self._position)
        sums = sums_of_places((docs << _PLACE_BITS) | places, position, starts, counts)
        papers = np.bincount(np.unique(term * len(self) + docs) // len(self), minlength=len(names))
        occurring = np.flatnonzero(papers)
        order = np.argsort((term << _PLACE_BITS) | places, kind="stable")
        same = self._same(names, occurring, term[order], sums[order], counts[order], papers[occurring])
        alone = np.zeros(len(names), np.bool_)
        alone[occurring[same < 0]] = True
        order = order[alone[term[order]]]
        keys, docs, counts, starts = ((term << _PLACE_BITS) | places)[order], docs[order], counts[order], starts[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        entries = np.bincount(keys[first] >> _PLACE_BITS, minlength=len(names))
        builder.terms([term_bytes(names[i]) for i in occurring.tolist()], papers[occurring], same, entries[occurring])
        builder.entries(
            keys[first] & ((1 << _PLACE_BITS) - 1),
            np.diff(first, append=len(keys)),
            np.add.reduceat(counts, first) if len(first) else counts,
        )
        ends = np.cumsum(counts)
        at = 0
        while at < len(docs):
            end = max(int(np.searchsorted(ends, (ends[at - 1] if at else 0) + _PIECE)), at + 1)
            piece = slice(at, end)
            some = position[pieces(starts[piece], counts[piece])].astype(np.int64)
            builder.postings(docs[piece], counts[piece], some, first[slice(*np.searchsorted(first, (at, end)))] - at)
            at = end

    @staticmethod
    def _same(names: list[str], occurring: Numbers, term: Numbers, sums: Column, counts: Numbers, papers: Numbers) -> Numbers:
        """Of each term that occurs the one that has its postings, -1 where it has its own."""
        first = np.flatnonzero(np.diff(term, prepend=-1))
        if not len(first):
            return np.empty(0, np.int64)
        of_terms = np.add.reduceat(sums, first), np.add.reduceat(counts, first), papers
        exact, stems = np.searchsorted(occurring, (bisect_left(names, CITED), bisect_left(names, STEM))).tolist()
        same = same_forms([column[:exact] for column in of_terms], [column[stems:] for column in of_terms])
        return np.concatenate((np.full(stems, -1, np.int64), same))


def _view(numbers: array[int]) -> Column:
    return np.frombuffer(numbers, f"u{numbers.itemsize}") if numbers else np.empty(0, f"u{numbers.itemsize}")
