"""Writes a segment: the columns of its papers, its documents, and its terms in order with their postings."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np

from search.engines.occurrences import EXACT
from search.engines.whoosh.columnfile import Column, ColumnWriter
from search.engines.whoosh.paper_columns import PaperColumns
from search.engines.whoosh.segment import Narrow, Numbers, term_text

_EXACT = EXACT.encode()


class SegmentBuilder:
    """A segment being written; papers, documents and terms may come in any order and in as many parts as suits."""

    def __init__(self, file: Path) -> None:
        self._columns = ColumnWriter(file)
        self._documents = 0
        self._text = self._entries = self._postings = self._positions = 0
        self._written_postings = self._written_positions = self._last_doc = 0
        self._sums: list[Column] = []
        self._exact: list[bytes] = []
        for name in ("documents.at", "terms.at", "entries.postings", "entries.positions"):
            self._columns.append(name, np.zeros(1, np.uint64))
        self._columns.append("entries.at", np.zeros(1, np.uint32))
        self.documents([])
        self.terms([], *[np.empty(0, np.int64)] * 5)
        self.postings(*[np.empty(0, np.int64)] * 4)

    def papers(self, columns: PaperColumns) -> None:
        """The columns of all papers."""
        columns.write(self._columns)

    def documents(self, stored: list[bytes]) -> None:
        """The next papers as stored."""
        self._columns.append("documents", np.frombuffer(b"".join(stored), np.uint8))
        self._documents = self._running("documents.at", self._documents, np.array([len(one) for one in stored], np.int64))

    def terms(
        self, terms: list[bytes], papers: Numbers, entries: Numbers, places: Numbers, postings: Numbers, positions: Numbers
    ) -> None:
        """The next terms, in order.

        Of each term in how many papers it is and how many entries it has; of each of these entries the place, how many postings
        and how many positions.
        """
        write = self._columns.append
        write("terms", np.frombuffer(b"".join(terms), np.uint8))
        self._text = self._running("terms.at", self._text, np.array([len(term) for term in terms], np.int64))
        write("terms.papers", papers.astype(np.uint32))
        write("entries.at", (self._entries + np.cumsum(entries)).astype(np.uint32))
        self._entries += int(entries.sum())
        write("entries.place", places.astype(np.uint8))
        self._postings = self._running("entries.postings", self._postings, postings)
        self._positions = self._running("entries.positions", self._positions, positions)
        self._sums.append(np.array([zlib.crc32(term) for term in terms], np.uint32))
        self._exact += [term[1:] for term in terms if term.startswith(_EXACT)]

    def _running(self, name: str, total: int, counts: Numbers) -> int:
        ends = total + np.cumsum(counts)
        self._columns.append(name, ends.astype(np.uint64))
        return int(ends[-1]) if len(ends) else total

    def postings(self, docs: Numbers, counts: Numbers, positions: Numbers, first: Numbers) -> None:
        """The next postings and their positions, in the order of the terms; at ``first`` among them another entry begins."""
        gaps = np.diff(docs, prepend=self._last_doc)
        gaps[first] = docs[first]
        self._last_doc = int(docs[-1]) if len(docs) else self._last_doc
        Narrow.write(self._columns, "docs", np.uint16, gaps, self._written_postings)
        Narrow.write(self._columns, "counts", np.uint8, counts, self._written_postings)
        Narrow.write(self._columns, "positions", np.uint16, positions, self._written_positions)
        self._written_postings += len(docs)
        self._written_positions += len(positions)

    def close(self) -> None:
        """Write what can be told only at the end; the segment is whole then."""
        sums = np.concatenate(self._sums)
        buckets = 1 << max(len(sums) - 1, 0).bit_length()
        bucket = sums & np.uint32(buckets - 1)
        self._columns.append(
            "buckets", np.concatenate(([0], np.cumsum(np.bincount(bucket, minlength=buckets)))).astype(np.uint32)
        )
        self._columns.append("bucketed", np.argsort(bucket, kind="stable").astype(np.uint32))
        # The exact forms come first among the terms.
        backwards = [term_text(term)[::-1] for term in self._exact]
        order = np.array(sorted(range(len(backwards)), key=backwards.__getitem__), np.uint32)
        self._columns.append("backwards", order)
        self._columns.close()
