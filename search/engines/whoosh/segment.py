"""A segment: some papers with their words, in one file of columns that never changes once it is written.

Papers are numbered from 0. These columns have a value for each: ``identifiers``, ``dates`` (ordinals), ``length.<place>``
(words), and ``by_identifier`` (the papers in that order). ``documents`` holds the stored papers one after another,
``documents.at`` where each begins. The values of a facet are texts (``value.<name>``, each once) and numbers of such texts: those
of paper d are ``of.<name>[of.<name>.at[d] : of.<name>.at[d + 1]]``. Beside each dossier of a paper stands the title that it gives
it, which may be empty (``of.title``); ``titled`` are the places of those that are not, for each dossier the newest paper first.

Terms are bytes: a mark (``=`` exact form, ``>`` cited paper, ``~`` stem) and the text. They stand in order in ``terms`` and
``terms.at``; ``terms.papers`` tells how many papers each is in. ``buckets`` and ``bucketed`` are the same terms by their CRC-32,
to find one without a search; ``backwards`` are the exact forms in the order of their letters from the last to the first.

A term has an entry for each place where it occurs: those of term t are ``entries.at[t]`` to ``entries.at[t + 1]``, in the order
of ``entries.place``. The postings of entry e are ``docs`` and ``counts`` from ``entries.postings[e]`` to the same of e + 1, and
their positions, paper after paper, stand in ``positions`` from ``entries.positions[e]`` on. ``docs`` holds the first paper of an
entry and from there the steps to the next. Nearly all counts fit in one byte, nearly all positions and steps in two: these are
``Narrow`` columns.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.document import FACET_NAMES, INTERNAL_NAMES, Place
from search.engines.occurrences import EXACT
from search.engines.postings import Mask, pieces
from search.engines.whoosh.columnfile import Column, ColumnFile, ColumnWriter

SCHEMA_VERSION = "4"
"""Raised when what is written to the index changes; the index is then rebuilt."""

CITED = ">"
"""The mark of a term that names a cited paper."""

PLACES: tuple[Place, ...] = tuple(Place)
"""Entries name places by their number in this."""
CITES = len(PLACES)
"""The place of cited papers."""

NAMES = (*FACET_NAMES, *INTERNAL_NAMES)

Numbers = NDArray[np.int64]

_MANY = 8
"""Terms that are looked up sooner all at once than one by one."""


def term_bytes(term: str) -> bytes:
    """A term as it stands in a segment; terms and their bytes have the same order."""
    return term.encode("utf-8", "surrogatepass")


def term_text(term: bytes) -> str:
    """The term of these bytes."""
    return term.decode("utf-8", "surrogatepass")


class Narrow:
    """A column of numbers of which nearly all fit in few bytes; ``<name>.wide`` and ``<name>.high`` hold what is above."""

    def __init__(self, file: ColumnFile, name: str) -> None:
        self._file, self._name = file, name
        self._bits = 8 * file.kind(name).itemsize

    @cached_property
    def _wide(self) -> Column:
        return self._file.read(f"{self._name}.wide")

    def read(self, start: int, stop: int) -> Numbers:
        """The numbers from ``start`` to ``stop``."""
        values = self._file.read(self._name, start, stop).astype(np.int64)
        if len(self._wide):
            first, last = np.searchsorted(self._wide, np.array((start, stop), np.uint64)).tolist()
            if first < last:
                high = self._file.read(f"{self._name}.high", first, last).astype(np.int64)
                values[self._wide[first:last].astype(np.int64) - start] += high << self._bits
        return values

    def read_at(self, places: Numbers) -> Numbers:
        """The numbers at some places, ascending."""
        if not len(places):
            return np.empty(0, np.int64)
        first = int(places[0])
        values = self._file.read(self._name, first, int(places[-1]) + 1)[places - first].astype(np.int64)
        if len(self._wide):
            at = np.minimum(np.searchsorted(self._wide, places.astype(np.uint64)), len(self._wide) - 1)
            wide = np.flatnonzero(self._wide[at] == places.astype(np.uint64))
            if len(wide):
                values[wide] += self._file.read(f"{self._name}.high")[at[wide]].astype(np.int64) << self._bits
        return values

    @staticmethod
    def write(writer: ColumnWriter, name: str, kind: type[np.unsignedinteger], values: Column, before: int) -> None:
        """Add numbers to such a column, in which there are ``before`` already."""
        bits = 8 * np.dtype(kind).itemsize
        high = values >> bits
        wide = np.flatnonzero(high)
        writer.append(name, values.astype(kind))
        writer.append(f"{name}.wide", (wide + before).astype(np.uint64))
        writer.append(f"{name}.high", high[wide].astype(np.uint32))


class Segment:
    """A segment, open for reading."""

    def __init__(self, file: Path) -> None:
        columns = ColumnFile(file)
        self.columns = columns
        self.name = file.stem
        self.papers = columns.count("dates")
        self.terms = columns.count("terms.at") - 1
        self.steps, self.counts, self.positions = (Narrow(columns, name) for name in ("docs", "counts", "positions"))
        self._text, self._text_at = columns.cells("terms"), columns.cells("terms.at")
        self._buckets, self._bucketed = columns.cells("buckets"), columns.cells("bucketed")
        self._entries_at, self._entry_place = columns.cells("entries.at"), columns.cells("entries.place")
        self._entry_postings, self._entry_positions = columns.cells("entries.postings"), columns.cells("entries.positions")
        self._papers_with = columns.cells("terms.papers")
        self._documents, self._documents_at = columns.cells("documents"), columns.cells("documents.at")

    # Papers

    def document(self, doc: int) -> bytes:
        """A paper as stored."""
        return self._documents.bytes(self._documents_at[doc], self._documents_at[doc + 1])

    @cached_property
    def _by_identifier(self) -> Numbers:
        return self.columns.read("by_identifier").astype(np.int64)

    def find_papers(self, identifiers: NDArray[np.bytes_]) -> Numbers:
        """The numbers of papers, -1 where there is none."""
        column, order = self.columns.read("identifiers"), self._by_identifier
        if not self.papers:
            return np.full(len(identifiers), -1, np.int64)
        # Cut to the width of the column, which is else copied to theirs; what is longer differs from all that is in it.
        at = np.minimum(np.searchsorted(column, identifiers.astype(column.dtype), sorter=order), self.papers - 1)
        return np.where(column[order[at]] == identifiers, order[at], -1)

    def values(self, name: str) -> list[str]:
        """The values under a name that papers of this segment have, each once."""
        return texts(self.columns, f"value.{name}")

    # Terms

    def term(self, number: int) -> bytes:
        """The term with this number."""
        return self._text.bytes(self._text_at[number], self._text_at[number + 1])

    def find(self, term: bytes) -> int:
        """The number of a term; -1 where there is none."""
        bucket = zlib.crc32(term) & (len(self._buckets) - 2)
        for i in range(self._buckets[bucket], self._buckets[bucket + 1]):
            number = self._bucketed[i]
            if self.term(number) == term:
                return number
        return -1

    def find_all(self, terms: Sequence[bytes]) -> Numbers:
        """The numbers of terms; -1 where there is none."""
        if len(terms) < _MANY:
            return np.array([self.find(term) for term in terms], np.int64)
        buckets = np.array([zlib.crc32(term) for term in terms], np.int64) & (len(self._buckets) - 2)
        first = self._buckets.take(buckets)
        in_bucket = self._buckets.take(buckets + 1) - first
        numbers, asked = self._bucketed.take(pieces(first, in_bucket)), np.repeat(np.arange(len(terms)), in_bucket)
        starts, ends = self._text_at.take(numbers), self._text_at.take(numbers + 1)
        alike = np.flatnonzero(ends - starts == np.fromiter(map(len, terms), np.int64, len(terms))[asked])
        found = np.full(len(terms), -1, np.int64)
        for number, i, start, end in zip(*(each[alike].tolist() for each in (numbers, asked, starts, ends)), strict=True):
            if self._text.bytes(start, end) == terms[i]:
                found[i] = number
        return found

    def first(self, start: bytes, low: int = 0, high: int | None = None) -> int:
        """The number of the first term that is not before ``start``."""
        return bisect_left(range(self.terms), start, low, self.terms if high is None else high, key=self.term)

    def terms_between(self, first: int, last: int) -> list[bytes]:
        """The terms from one number to another."""
        if first >= last:
            return []
        at = self.columns.read("terms.at", first, last + 1).tolist()
        content = self._text.bytes(at[0], at[-1])
        begin = at[0]
        return [content[a - begin : b - begin] for a, b in pairwise(at)]

    def papers_with(self, term: int) -> int:
        """How many papers have the term, in whatever place."""
        return self._papers_with[term]

    def papers_with_each(self, terms: Numbers) -> Numbers:
        """The same of each of these terms."""
        return self._papers_with.take(terms)

    @cached_property
    def _exact(self) -> int:
        """The number of the first exact form."""
        return self.first(EXACT.encode())

    def ending(self, suffix: str) -> Iterator[int]:
        """The numbers of the exact forms that end so."""
        backwards, start = self.columns.read("backwards"), suffix[::-1]

        def reversed_text(i: int) -> str:
            return term_text(self.term(int(backwards[i])))[:0:-1]

        at = bisect_left(range(len(backwards)), start, key=reversed_text)
        end = bisect_left(range(len(backwards)), start + chr(0x10FFFF), at, key=reversed_text)
        return iter(backwards[at:end].tolist())

    # Postings

    def entries_in(self, terms: Numbers, places: Mask) -> Numbers:
        """The entries of these terms in these places (by their numbers), those of a term together."""
        first = self._entries_at.take(terms)
        entries = pieces(first, self._entries_at.take(terms + 1) - first)
        wanted: Numbers = entries[places[self._entry_place.take(entries)]]
        return wanted

    def entry(self, term: int, place: int) -> int:
        """The number of the entry of a term in a place; -1 where it does not occur."""
        for entry in range(self._entries_at[term], self._entries_at[term + 1]):
            if self._entry_place[entry] == place:
                return entry
        return -1

    def entries(self, term: int) -> list[tuple[int, int]]:
        """The places where a term occurs, with the numbers of the entries."""
        return [(self._entry_place[entry], entry) for entry in range(self._entries_at[term], self._entries_at[term + 1])]

    def docs(self, first: int, last: int, begins: Numbers | None = None) -> Numbers:
        """The papers of some postings, of one entry or of those that begin at places among them (some may be empty)."""
        docs = np.cumsum(self.steps.read(first, last))
        if begins is not None and len(docs):
            lengths = np.diff(begins, append=len(docs))
            before = np.concatenate(([0], docs))[begins]
            docs -= np.repeat(before, lengths)
        return docs

    def extents(self, entries: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Of entries the places, and the postings: from where, to where, and from where their positions."""
        postings, ends = self._entry_postings.take(entries), self._entry_postings.take(entries + 1)
        return self._entry_place.take(entries), postings, ends, self._entry_positions.take(entries)

    def extent(self, entry: int) -> tuple[int, int, int]:
        """The postings of an entry: from where, to where, and from where their positions."""
        return self._entry_postings[entry], self._entry_postings[entry + 1], self._entry_positions[entry]


def texts(columns: ColumnFile, name: str) -> list[str]:
    """Texts that stand one after another in a column."""
    at = columns.read(f"{name}.at").tolist()
    content = columns.read(name).tobytes()
    return [term_text(content[a:b]) for a, b in pairwise(at)]
