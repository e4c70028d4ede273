"""Writes a segment: the columns of its papers, its documents, and its terms in order with their postings."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from search.engines.occurrences import STEM
from search.engines.whoosh.columnfile import Column, ColumnWriter
from search.engines.whoosh.dictionary import DictionaryWriter
from search.engines.whoosh.narrow import Narrow, Numbers, RunsWriter, SmallWriter
from search.engines.whoosh.paper_columns import PaperColumns

_STEM = STEM.encode()


class SegmentBuilder:
    """A segment being written; papers, documents and terms may come in any order and in as many parts as suits."""

    def __init__(self, file: Path) -> None:
        columns = self._columns = ColumnWriter(file)
        self._documents = 0
        self._dictionary = DictionaryWriter(columns)
        self._papers = SmallWriter(columns, "terms.papers")
        self._entries, self._postings, self._again = (RunsWriter(columns, name) for name in ("entries", "postings", "again"))
        self._written_postings = self._written_positions = self._last_doc = 0
        columns.append("documents.at", np.zeros(1, np.uint64))
        columns.append("same", np.empty(0, np.uint32))
        columns.append("entries.place", np.empty(0, np.uint8))
        self.documents([])
        self.postings(*[np.empty(0, np.int64)] * 5)

    def papers(self, columns: PaperColumns) -> None:
        """The columns of all papers."""
        columns.write(self._columns)

    def documents(self, stored: list[bytes]) -> None:
        """The next papers as stored."""
        self._columns.append("documents", np.frombuffer(b"".join(stored), np.uint8))
        ends = self._documents + np.cumsum([len(one) for one in stored], dtype=np.int64)
        self._columns.append("documents.at", ends.astype(np.uint64))
        self._documents = int(ends[-1]) if len(ends) else self._documents

    @property
    def terms_so_far(self) -> int:
        """How many terms were written."""
        return self._papers.count

    def terms(self, terms: list[bytes], papers: Numbers, same: Numbers, entries: Numbers) -> None:
        """The next terms, in order.

        Of each term in how many papers it is, which exact form has its entries (-1: it has its own) and how many entries it has.
        """
        self._dictionary.append(terms)
        self._papers.append(papers)
        stems = next((i for i, term in enumerate(terms) if term >= _STEM), len(terms))
        self._columns.append("same", (same[stems:] + 1).astype(np.uint32))
        self._entries.append(entries)

    def entries(self, places: Numbers, postings: Numbers, positions: Numbers) -> None:
        """The next entries, in the order of the terms: of each the place, how many postings and how many positions."""
        self._columns.append("entries.place", places.astype(np.uint8))
        self._postings.append(postings)
        self._again.append(positions - postings)

    def postings(self, docs: Numbers, counts: Numbers, positions: Numbers, leads: Column, first: Numbers) -> None:
        """The next postings, their positions and leads, in the order of the entries; at ``first`` another entry begins."""
        gaps = np.diff(docs, prepend=self._last_doc)
        gaps[first] = docs[first]
        self._last_doc = int(docs[-1]) if len(docs) else self._last_doc
        Narrow.write(self._columns, "docs", np.uint16, gaps, self._written_postings)
        Narrow.write(self._columns, "counts", np.uint8, counts, self._written_postings)
        Narrow.write(self._columns, "positions", np.uint16, positions, self._written_positions)
        self._columns.append("leads", leads.astype(np.uint8, copy=False))
        self._written_postings += len(docs)
        self._written_positions += len(positions)

    def close(self) -> None:
        """Write what can be told only at the end; the segment is whole then."""
        self._dictionary.close()
        self._columns.close()
