"""Writes a segment file: the columns of its papers, the stored papers, and its terms with their entries and postings.

``PaperColumns`` holds what a segment knows about each paper (identifier, date, lengths, facet values). These columns are small
enough to be held in memory as a whole, so they can be gathered from papers (``Gathering``), read from segments, joined and
written. Stored papers and words are not small enough; ``SegmentBuilder`` writes them in parts as they come.

This module does not analyse text and does not sort words: ``inverting`` and ``merging`` deliver terms and postings in order.
``storage.segment`` explains what the columns mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np

from search.document import STEM, SearchDocument, dossier_titles
from search.engines.whoosh.storage.columnfile import Column, ColumnWriter
from search.engines.whoosh.storage.dictionary import DictionaryWriter, term_bytes
from search.engines.whoosh.storage.narrow import Mask, Narrow, Numbers, RunsWriter, SmallWriter
from search.engines.whoosh.storage.segment import NAMES, PLACES, Segment, texts
from search.fields import facets_of

_TITLE = "title"
"""The name of the values beside ``dossier``: the title that the paper gives to each of its dossiers; empty if it gives none."""


class Numbering(dict[str, int]):
    """Gives numbers to texts in the order in which they come, from 0."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Values:
    """The values of papers under one name.

    ``counts`` holds the number of values of each paper, and ``codes`` the index in ``texts`` of every value, paper after paper.
    """

    texts: list[str]
    counts: Numbers
    codes: Numbers

    def only(self, papers: Mask) -> Values:
        """The values of the papers for which the mask is True."""
        return Values(self.texts, self.counts[papers], self.codes[np.repeat(papers, self.counts)])

    @classmethod
    def joined(cls, parts: Sequence[Values]) -> Values:
        """The values of the papers of all parts. Texts that no paper has are left out."""
        numbers = Numbering()
        codes = []
        for part in parts:
            used, coded = np.unique(part.codes, return_inverse=True)
            known = [numbers[part.texts[code]] for code in used.tolist()]
            codes.append(np.array(known, np.int64)[coded])
        counts = np.concatenate([part.counts for part in parts])
        return cls(list(numbers), counts, np.concatenate(codes))


@dataclass(frozen=True, slots=True)
class PaperColumns:
    """The columns of some papers, with a value for each paper."""

    identifiers: Column
    dates: Numbers
    lengths: tuple[Numbers, ...]
    values: Mapping[str, Values]

    @classmethod
    def read(cls, segment: Segment) -> PaperColumns:
        """Read the columns of a segment."""
        columns = segment.columns
        return cls(
            columns.read("identifiers"),
            columns.read("dates"),
            tuple(columns.read(f"length.{place.value}").astype(np.int64) for place in PLACES),
            {
                name: Values(
                    texts(columns, f"value.{name}"),
                    np.diff(columns.read(f"of.{name}.at")).astype(np.int64),
                    columns.read(f"of.{name}").astype(np.int64),
                )
                for name in (*NAMES, _TITLE)
            },
        )

    def only(self, papers: Mask) -> PaperColumns:
        """The columns of the papers for which the mask is True."""
        return PaperColumns(
            self.identifiers[papers],
            self.dates[papers],
            tuple(lengths[papers] for lengths in self.lengths),
            {name: values.only(papers) for name, values in self.values.items()},
        )

    @classmethod
    def joined(cls, parts: Sequence[PaperColumns]) -> PaperColumns:
        """The columns of the papers of all parts, in the order of the parts."""
        return cls(
            np.concatenate([part.identifiers for part in parts]),
            np.concatenate([part.dates for part in parts]),
            tuple(np.concatenate([part.lengths[place] for part in parts]) for place in range(len(PLACES))),
            {name: Values.joined([part.values[name] for part in parts]) for name in (*NAMES, _TITLE)},
        )

    def write(self, writer: ColumnWriter) -> None:
        """Write the columns into a segment."""
        order = np.argsort(self.identifiers, kind="stable")
        writer.append("identifiers", self.identifiers)
        writer.append("by_identifier", order.astype(np.uint32))
        writer.append("dates", self.dates)
        for place, lengths in zip(PLACES, self.lengths, strict=True):
            writer.append(f"length.{place.value}", lengths.astype(np.uint32))
        for name, values in self.values.items():
            write_texts(writer, f"value.{name}", map(term_bytes, values.texts))
            writer.append(f"of.{name}.at", np.concatenate(([0], np.cumsum(values.counts))).astype(np.uint32))
            writer.append(f"of.{name}", values.codes.astype(np.uint32))
        writer.append("titled", self._titled(order).astype(np.uint32))

    def _titled(self, order: Numbers) -> Numbers:
        """The indices in ``of.dossier`` that have a title, ordered by dossier and then from the newest paper to the oldest.

        ``order`` holds the numbers of the papers in the order of their identifiers, which decides between papers of one day.
        """
        dossiers, titles = self.values["dossier"], self.values[_TITLE]
        given = np.fromiter(map(bool, titles.texts), np.bool_, len(titles.texts))
        titled = np.flatnonzero(given[titles.codes]) if len(titles.texts) else np.empty(0, np.int64)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        papers = np.repeat(np.arange(len(order)), dossiers.counts)[titled]
        return titled[np.lexsort((rank[papers], -self.dates[papers], dossiers.codes[titled]))]


def write_texts(writer: ColumnWriter, name: str, content: Iterable[bytes]) -> None:
    """Write texts one after another, and a column that tells where each begins."""
    every = list(content)
    writer.append(name, np.frombuffer(b"".join(every), np.uint8))
    writer.append(f"{name}.at", np.concatenate(([0], np.cumsum([len(one) for one in every], dtype=np.int64))).astype(np.uint64))


@dataclass(slots=True)
class Gathering:
    """Gathers the columns of papers while the papers come in."""

    _identifiers: list[bytes] = field(default_factory=list)
    _dates: list[int] = field(default_factory=list)
    _lengths: list[list[int]] = field(default_factory=list)
    _values: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {name: [] for name in (*NAMES, _TITLE)})

    def __len__(self) -> int:
        return len(self._identifiers)

    def add(self, document: SearchDocument, lengths: Mapping[str, int]) -> None:
        """Add a paper; ``lengths`` holds its number of words by place."""
        self._identifiers.append(document.identifier.encode())
        self._dates.append(document.date.toordinal() if document.date else 0)
        self._lengths.append([lengths.get(place, 0) for place in PLACES])
        titles = dossier_titles(document)
        for name, values in facets_of(document).items():
            self._values[name].append(values)
            if name == "dossier":
                self._values[_TITLE].append(tuple(titles.get(value, "") for value in values))

    def columns(self) -> PaperColumns:
        """The columns of the papers that were added."""
        lengths = np.array(self._lengths, np.int64).reshape(-1, len(PLACES))
        return PaperColumns(
            np.array(self._identifiers, np.bytes_),
            np.array(self._dates, np.int64),
            tuple(lengths[:, place] for place in range(len(PLACES))),
            {name: _coded(values) for name, values in self._values.items()},
        )


def _coded(values: list[tuple[str, ...]]) -> Values:
    numbers = Numbering()
    codes = np.fromiter(map(numbers.__getitem__, chain.from_iterable(values)), np.int64)
    return Values(list(numbers), np.fromiter(map(len, values), np.int64, len(values)), codes)


_STEM = STEM.encode()


class SegmentBuilder:
    """Writes a segment.

    Papers, documents and terms may be written in any order relative to each other, and each in as many parts as suits.
    """

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
        """Write the columns of all papers."""
        columns.write(self._columns)

    def documents(self, stored: list[bytes]) -> None:
        """Write the next stored papers."""
        self._columns.append("documents", np.frombuffer(b"".join(stored), np.uint8))
        ends = self._documents + np.cumsum([len(one) for one in stored], dtype=np.int64)
        self._columns.append("documents.at", ends.astype(np.uint64))
        self._documents = int(ends[-1]) if len(ends) else self._documents

    @property
    def terms_so_far(self) -> int:
        """The number of terms that were written."""
        return self._papers.count

    def terms(self, terms: list[bytes], stems: Sequence[bytes], papers: Numbers, same: Numbers, entries: Numbers) -> None:
        """Write the next terms, in order.

        ``stems`` holds the stems of the exact forms among them (``inflections.stem_bytes``), ``papers`` the number of papers of
        each term, ``same`` the number of the exact form whose entries the term uses (-1: it has its own entries), and ``entries``
        the number of its own entries.
        """
        self._dictionary.append(terms, stems)
        self._papers.append(papers)
        first_stem = next((i for i, term in enumerate(terms) if term >= _STEM), len(terms))
        self._columns.append("same", (same[first_stem:] + 1).astype(np.uint32))
        self._entries.append(entries)

    def entries(self, places: Numbers, postings: Numbers, positions: Numbers) -> None:
        """Write the next entries, in the order of their terms: the place, number of postings and number of positions of each."""
        self._columns.append("entries.place", places.astype(np.uint8))
        self._postings.append(postings)
        self._again.append(positions - postings)

    def postings(self, docs: Numbers, counts: Numbers, positions: Numbers, leads: Column, first: Numbers) -> None:
        """Write the next postings with their positions and leads, in the order of the entries.

        ``docs`` holds the papers themselves; the deltas are computed here. ``first`` holds the indices in ``docs`` at which an
        entry begins.
        """
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
        """Write what is known only at the end. The segment is complete after that."""
        self._dictionary.close()
        self._columns.close()
