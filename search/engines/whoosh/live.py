"""A segment without the papers that are gone from it, and the note beside it that tells which those are.

A segment never changes. What is taken out of it stands in a file of its own (``….gone``), which the table of contents names
beside the segment: the numbers of the papers, and of how many of them each term is missed, so that words can still be counted
exactly. A later commit that takes out more writes another note (``collecting.without``) and leaves the former to those who still
read it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from pathlib import Path

import numpy as np

from search.engines.postings import Mask
from search.engines.whoosh.columnfile import ColumnFile, ColumnWriter
from search.engines.whoosh.narrow import Numbers
from search.engines.whoosh.segment import Segment


class LiveSegment:
    """A segment, and what is gone from it."""

    def __init__(self, segment: Segment, gone: Path | None) -> None:
        self.segment = segment
        self.note = gone
        columns = ColumnFile(gone) if gone is not None else None
        none = np.empty(0, np.uint32)
        self.gone = columns.read("papers") if columns else none
        self.missed_terms = columns.read("terms") if columns else none
        self.missed = columns.read("missed") if columns else none
        self.papers = segment.papers - len(self.gone)

    @cached_property
    def live(self) -> Mask:
        """Which of the segment's numbers are papers."""
        live = np.ones(self.segment.papers, np.bool_)
        live[self.gone] = False
        return live

    def papers_with(self, term: int) -> int:
        """How many papers have a term, in whatever place."""
        papers = self.segment.papers_with(term)
        if len(self.missed_terms):
            at = bisect_left(self.missed_terms.data, term)
            if at < len(self.missed_terms) and self.missed_terms[at] == term:
                papers -= int(self.missed[at])
        return papers

    def papers_with_each(self, terms: Numbers) -> Numbers:
        """The same of each of these terms."""
        papers = self.segment.papers_of_terms.read_at(terms)
        if len(self.missed_terms):
            at = np.minimum(np.searchsorted(self.missed_terms, terms), len(self.missed_terms) - 1)
            papers -= np.where(self.missed_terms[at] == terms, self.missed[at], 0)
        return papers

    def papers_with_terms(self, first: int, last: int) -> Numbers:
        """The same of each of some terms."""
        papers = self.segment.papers_of_terms.read(first, last)
        start, end = np.searchsorted(self.missed_terms, (first, last)).tolist()
        papers[self.missed_terms[start:end].astype(np.int64) - first] -= self.missed[start:end]
        return papers


def write_note(file: Path, gone: Numbers, terms: Numbers, missed: Numbers) -> None:
    """Write which papers are gone, and of how many of them each term is missed (terms ascending)."""
    writer = ColumnWriter(file)
    writer.append("papers", gone.astype(np.uint32))
    writer.append("terms", terms.astype(np.uint32))
    writer.append("missed", missed.astype(np.uint32))
    writer.close()
