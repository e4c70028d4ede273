"""Papers → a segment: gathers the words of papers as numbers of entries, and sorts them by term when they are written."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from pathlib import Path

import numpy as np

from search.document import Place, SearchDocument, document_bytes
from search.engines.occurrences import PASSAGE_GAP, STEM
from search.engines.postings import Mask
from search.engines.whoosh.building import SegmentBuilder
from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.dictionary import term_bytes
from search.engines.whoosh.leads import SmallWords
from search.engines.whoosh.lexicon import Lexicon
from search.engines.whoosh.narrow import Numbers
from search.engines.whoosh.paper_columns import Gathering
from search.engines.whoosh.passages import EntryTerms, Passages
from search.engines.whoosh.segment import CITED, CITES, PLACES
from search.engines.whoosh.sharing import Alike
from search.engines.whoosh.sorting import Part, parts

_ENTRY_BYTES = 17
"""What a word takes: its entry, and when papers are written its passage, its position and its code; more as arrays grow."""
_DOCUMENTS = 256
"""Stored papers that are copied at once."""

_NUMBER = {place: number for number, place in enumerate(PLACES)}


class Inverter:
    """Papers that are not in a segment yet. A paper that is dropped again leaves its number unused."""

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        self._entries = array("I")
        self._doc, self._place, self._base, self._count = array("I"), array("B"), array("I"), array("I")
        self._papers = Gathering()
        self._documents: list[bytes] = []
        self._stored = 0
        self._dropped: set[int] = set()

    def __len__(self) -> int:
        return len(self._papers)

    @property
    def needed(self) -> int:
        """Bytes of memory that it takes until it is written, about; apart from what sorting and writing takes."""
        return _ENTRY_BYTES * len(self._entries) + self._stored + self._lexicon.bytes

    def add(self, document: SearchDocument) -> int:
        """Add a paper and give its number."""
        doc = len(self._papers)
        lengths: dict[Place, int] = {}
        starts: dict[Place, list[int]] = {}
        for passage in document.passages:
            place = passage.place
            begun = starts.setdefault(place, [])
            length = lengths.get(place, 0)
            base = length + PASSAGE_GAP * len(begun)
            begun.append(base)
            entries, width = self._lexicon.read(passage.text)
            lengths[place] = length + width
            self._add(doc, _NUMBER[place], base, entries)
        for target in document.cites:
            self._add(doc, CITES, 0, [self._lexicon.single(CITED + target)])
        self._papers.add(document, {place.value: length for place, length in lengths.items()})
        self._documents.append(document_bytes(document, starts))
        self._stored += len(self._documents[-1])
        return doc

    def _add(self, doc: int, place: int, base: int, entries: list[int]) -> None:
        self._doc.append(doc)
        self._place.append(place)
        self._base.append(base)
        self._count.append(len(entries))
        self._entries.extend(entries)

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
        """Write the papers that were not dropped as a segment; False, and no file, when there are none.

        Their texts and words are not held any more then, so that it can be done but once.
        """
        kept = self.kept
        if not kept.any():
            return False
        builder = SegmentBuilder(file)
        columns = self._papers.columns()
        builder.papers(columns if kept.all() else columns.only(kept))
        stored = [document for document, keep in zip(self._documents, kept.tolist(), strict=True) if keep]
        self._documents.clear()
        for at in range(0, len(stored), _DOCUMENTS):
            builder.documents(stored[at : at + _DOCUMENTS])
        del stored  # sorting the words needs the room
        self._lexicon.end()
        self._write_terms(builder, self._passages(kept))
        self._lexicon, self._entries = Lexicon(), array("I")
        builder.close()
        return True

    def _passages(self, kept: Mask) -> Passages:
        """The passages of the papers that are kept, and these numbered anew."""
        docs, places, bases, counts, entries = map(_view, (self._doc, self._place, self._base, self._count, self._entries))
        if not kept.all():
            keep = kept[docs]
            entries = entries[np.repeat(keep, counts)]
            docs, places, bases, counts = docs[keep], places[keep], bases[keep], counts[keep]
        return Passages((np.cumsum(kept) - 1)[docs], places, bases, counts, entries)

    def _write_terms(self, builder: SegmentBuilder, passages: Passages) -> None:
        lexicon = self._lexicon
        names = sorted(lexicon.terms)
        order = np.empty(len(names), np.int64)
        order[[lexicon.terms[name] for name in names]] = np.arange(len(names))
        widths, entry, term, place = map(_view, (lexicon.widths, lexicon.entry, lexicon.term, lexicon.place))
        alike = Alike(bisect_left(names, CITED), bisect_left(names, STEM))
        entries = EntryTerms(widths, entry, order[term], place)
        for part in parts(passages, entries, SmallWords.of(entries, names), len(names)):
            if len(part.terms):
                _write(builder, part, names, alike)


def _write(builder: SegmentBuilder, part: Part, names: list[str], alike: Alike) -> None:
    """Write the next terms that occur, their entries and postings."""
    new_entry = (np.diff(part.terms, prepend=-1) != 0) | (np.diff(part.places, prepend=-1) != 0)
    first = np.flatnonzero(new_entry | (np.diff(part.docs, prepend=-1) != 0))
    each = np.diff(first, append=len(part.terms))
    terms, docs = part.terms[first], part.docs[first]
    occurring, papers = _papers(terms, docs)
    same = alike.forms(part, occurring, papers)
    alone = np.zeros(int(occurring[-1]) + 1, np.bool_)
    alone[occurring[same < 0]] = True
    written = np.flatnonzero(alone[terms])
    counts = each[written]
    begins = np.flatnonzero(new_entry[first[written]])
    builder.terms(
        [term_bytes(names[part.first + i]) for i in occurring.tolist()],
        papers,
        same,
        np.bincount(terms[written][begins], minlength=len(alone))[occurring],
    )
    builder.entries(
        part.places[first[written][begins]],
        np.diff(begins, append=len(written)),
        np.add.reduceat(counts, begins) if len(begins) else counts,
    )
    kept = np.repeat(alone[terms], each)
    builder.postings(docs[written], counts, part.positions[kept], part.leads[kept], begins)


def _papers(terms: Numbers, docs: Numbers) -> tuple[Numbers, Numbers]:
    """The terms that occur, each once, and in how many papers; the same paper may come again for another place."""
    both = (terms << 32) | docs
    both.sort()
    both = both[np.diff(both, prepend=-1) != 0] >> 32
    first = np.flatnonzero(np.diff(both, prepend=-1))
    return both[first], np.diff(first, append=len(both))


def _view(numbers: array[int]) -> Column:
    return np.frombuffer(numbers, f"u{numbers.itemsize}") if numbers else np.empty(0, f"u{numbers.itemsize}")
