"""Papers as they come → a segment, within a bound on memory: inverted up to it, and spilled into a file again and again.

The files belong to no commit until a table of contents names them.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np

from search.analysis.chain import forget
from search.document import SearchDocument, read_document
from search.engines.occurrences import occurrences, terms_of
from search.engines.whoosh.contents import GONE, SEGMENT
from search.engines.whoosh.dictionary import term_bytes
from search.engines.whoosh.inverting import Inverter
from search.engines.whoosh.live import LiveSegment, write_note
from search.engines.whoosh.merging import merge
from search.engines.whoosh.narrow import Numbers
from search.engines.whoosh.segment import CITED, Segment

_WRITING = 80 << 20
"""Bytes that it takes to sort and write what was gathered."""


@dataclass(frozen=True, slots=True)
class _Spilled:
    """The file of a segment that was spilled: which papers are in it, where (``docs``), and which of those have gone since."""

    file: Path
    starts_at: int
    docs: Numbers
    gone: set[int] = field(default_factory=set)


class Collecting:
    """Papers on their way into one segment in a folder; ``memory`` is in bytes."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._gathered = max(memory - _WRITING, memory // 2)
        self._inverter = Inverter()
        self._starts_at = 0
        self._spilled: list[_Spilled] = []

    def add(self, document: SearchDocument) -> int:
        """Take a paper; gives its number, counted from 0."""
        number = self._starts_at + self._inverter.add(document)
        if self._inverter.needed > self._gathered:
            self.spill()
        return number

    def drop(self, number: int) -> None:
        """Take a paper out again."""
        if number >= self._starts_at:
            self._inverter.drop(number - self._starts_at)
        else:
            spilled = self._spilled[bisect_right(self._spilled, number, key=lambda spilled: spilled.starts_at) - 1]
            spilled.gone.add(int(spilled.docs[number - spilled.starts_at]))

    def spill(self) -> None:
        """Write what is in memory, and hold nothing of it any more."""
        file = new_file(self._folder, SEGMENT)
        if self._inverter.write(file):
            self._spilled.append(_Spilled(file, self._starts_at, np.cumsum(self._inverter.kept) - 1))
        self._starts_at += len(self._inverter)
        self._inverter = Inverter()
        _give_back()

    def close(self) -> list[LiveSegment]:
        """Write the papers as a segment; none when there are no papers."""
        self.spill()
        if len(self._spilled) > 1:  # merging needs the room
            forget()
            _give_back()
        spilled = [without(LiveSegment(Segment(one.file), None), one.gone) for one in self._spilled]
        if len(spilled) == 1 and spilled[0].papers:
            return spilled
        segments = merged(self._folder, spilled)
        for one in spilled:  # no commit knows of them
            for file in filter(None, (one.segment.columns.file, one.note)):
                file.unlink()
        return segments


def merged(folder: Path, segments: list[LiveSegment]) -> list[LiveSegment]:
    """Segments as one; none when no papers are left."""
    file = new_file(folder, SEGMENT)
    return [LiveSegment(Segment(file), None)] if merge(segments, file) else []


def without(one: LiveSegment, gone: set[int]) -> LiveSegment:
    """A segment without more papers, which a new note tells."""
    if not gone:
        return one
    missed = Counter(dict(zip(one.missed_terms.tolist(), one.missed.tolist(), strict=True)))
    for doc in gone:
        document = read_document(one.segment.document(doc))
        terms = terms_of(occurrences(document)) | {CITED + target for target in document.cites}
        missed.update(one.segment.find(term_bytes(term)) for term in terms)
    papers = sorted({*one.gone.tolist(), *gone})
    terms_in_order = sorted(missed)
    note = new_file(one.segment.columns.file.parent, GONE)
    write_note(note, np.array(papers), np.array(terms_in_order), np.array([missed[term] for term in terms_in_order]))
    return LiveSegment(one.segment, note)


def _give_back() -> None:
    """Give the system the memory that is free; the allocator by itself would keep it, a little more after each spill."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc has it
    if trim:
        trim(0)


def new_file(folder: Path, suffix: str) -> Path:
    """A file that is not there yet."""
    return folder / f"{uuid4().hex[:12]}{suffix}"
