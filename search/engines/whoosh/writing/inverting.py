"""Inverts papers: gathers their words as numbers, sorts these by term, and writes them as a segment.

``Inverter`` gathers papers and writes them. Sorting all words at once would take too much memory, so ``parts`` sorts a range of
terms at a time, as many as fit in the bound. Each range is looked for in all passages, which takes little time beside the
sorting.

Most stems stand exactly where one exact form stands, and their postings need not be written twice (``storage.segment``). For
papers that are inverted, ``Alike`` finds these stems: it compares sums over all positions of a term, of 64-bit numbers that look
random. Equal sums mean equal positions, with a chance of error below one in a million for a segment of millions of words. The
random secret is drawn anew each time, so that nobody can write a paper for which this fails. For segments that are merged,
``Forms`` combines what each of them already knows.

Text is turned into numbers in ``lexicon``, and the file format is written in ``building``.
"""

from __future__ import annotations

import secrets
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from search.document import EXACT, PASSAGE_GAP, STEM, Place, SearchDocument, document_bytes
from search.engines.whoosh.storage.columnfile import Column
from search.engines.whoosh.storage.dictionary import term_bytes
from search.engines.whoosh.storage.inflections import stem_bytes
from search.engines.whoosh.storage.narrow import Mask, Numbers
from search.engines.whoosh.storage.segment import CITED, CITES, PLACES, LiveSegment
from search.engines.whoosh.writing.building import Gathering, SegmentBuilder
from search.engines.whoosh.writing.lexicon import EntryTerms, Leads, Lexicon, Passages, SmallWords

PLACE_BITS = 4
_PART = 1 << 19
"""The number of occurrences that are sorted together; a single term may have more. Writing takes some 100 bytes for each."""
_NONE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class TermRange:
    """The occurrences of a range of terms, ordered by term, place, paper and position.

    The arrays are parallel. ``terms`` holds the numbers of the terms minus ``first``.
    """

    first: int
    terms: Numbers
    places: Numbers
    docs: Numbers
    positions: Numbers
    leads: Column


def parts(passages: Passages, entries: EntryTerms, small: SmallWords, terms: int) -> Iterator[TermRange]:
    """Sort the occurrences in passages, one range of terms after another; ``terms`` is the number of terms."""
    of, positions = passages.positions(entries.widths)
    leads = Leads.of(passages, entries, small, of, positions)
    used = passages.times(len(entries.widths))
    occurrences = np.cumsum(np.bincount(entries.term, weights=used.take(entries.entry), minlength=terms).astype(np.int64))
    where = (passages.docs.astype(np.int64) << PLACE_BITS) | passages.places.astype(np.int64)
    first = 0
    while first < terms:
        before = int(occurrences[first - 1]) if first else 0
        last = max(int(np.searchsorted(occurrences, before + _PART, "right")), first + 1)
        chosen = np.flatnonzero((entries.term >= first) & (entries.term < last))
        found = list(passages.occurring(entries.entry[chosen], len(entries.widths)))
        at = np.concatenate([_NONE, *(at for at, _ in found)])
        piece = chosen[np.concatenate([_NONE, *(which for _, which in found)])]
        here = positions[at].astype(np.int64) + entries.place[piece].astype(np.int64)
        yield _sorted(first, entries.term[piece] - first, where.take(of[at]), here, leads.before(of[at], here))
        first = last


def _sorted(first: int, terms: Column, where: Numbers, positions: Numbers, leads: Column) -> TermRange:
    """Sort occurrences that are in the order of passages and positions already, so only term and place need sorting."""
    of_place = where & ((1 << PLACE_BITS) - 1)
    # Sorting integers that contain the index of each occurrence is many times faster than a stable argsort.
    keys = (((terms.astype(np.int64) << PLACE_BITS) | of_place) << 32) | np.arange(len(terms))
    keys.sort()
    order = keys & 0xFFFFFFFF
    keys >>= 32
    places = keys & ((1 << PLACE_BITS) - 1)
    return TermRange(first, keys >> PLACE_BITS, places, where[order] >> PLACE_BITS, positions[order], leads[order])


def _scattered(numbers: Column) -> Column:
    """A number that looks random for each number (the last step of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    scattered: Column = numbers ^ (numbers >> np.uint64(31))
    return scattered


class Alike:
    """Finds for each stem the exact form that stands at the same positions.

    The terms must come in order. Those before ``exact`` are exact forms, and those from ``stems`` on are stems.
    """

    def __init__(self, exact: int, stems: int) -> None:
        self._exact, self._stems = exact, stems
        self._secret = np.uint64(secrets.randbits(64))
        self._forms: list[tuple[Column, ...]] = []

    def forms(self, part: TermRange, terms: Numbers, papers: Numbers) -> Numbers:
        """For each of the ``terms`` in the next part, the number of the exact form at the same positions; -1 if there is none.

        ``papers`` holds the number of papers of each term.
        """
        begins = np.flatnonzero(np.diff(part.terms, prepend=-1))
        where = (((part.docs << PLACE_BITS) | part.places) << 28) + part.positions
        sums = np.add.reduceat(_scattered(where.astype(np.uint64) + self._secret), begins)
        columns = sums, np.diff(begins, append=len(part.terms)), papers
        exact, stems = np.searchsorted(terms, (self._exact - part.first, self._stems - part.first)).tolist()
        if exact:
            self._forms.append(tuple(column[:exact] for column in columns))
        same = np.full(len(terms), -1, np.int64)
        if stems < len(terms):
            same[stems:] = self._same([column[stems:] for column in columns])
        return same

    @cached_property
    def _every(self) -> list[Column]:
        """The columns of all exact forms, ordered by sum: the sums, the numbers of the forms, and the other columns."""
        columns = [np.concatenate(column) for column in zip(*self._forms, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        return [columns[0][order], order, *(column[order] for column in columns[1:])]

    def _same(self, stems: Sequence[Column]) -> Numbers:
        if not self._forms:
            return np.full(len(stems[0]), -1, np.int64)
        sums, numbers, *others = self._every
        at = np.minimum(np.searchsorted(sums, stems[0]), len(sums) - 1)
        equal = sums[at] == stems[0]
        for column, of_stems in zip(others, stems[1:], strict=True):
            equal &= column[at] == of_stems
        return np.where(equal, numbers[at], -1)


class Forms:
    """The exact forms of segments that are merged: the new number of each, and how many of the segments have it."""

    def __init__(self, sources: Sequence[LiveSegment]) -> None:
        self._numbers = [np.full(one.segment.exact_forms, -1, np.int32) for one in sources]
        # The system provides memory only for elements that are written to: as many as there are merged forms.
        self._segments: Numbers = np.zeros(sum(map(len, self._numbers)), np.int64)

    def number(self, source: int, first: int, numbers: Numbers) -> None:
        """Record the new numbers of the terms of a segment from ``first`` on (-1: left out). Stems are not recorded."""
        forms = self._numbers[source][first : first + len(numbers)]
        forms[:] = numbers[: len(forms)]
        self._segments[forms[forms >= 0].astype(np.int64)] += 1

    def same(self, stems: int, which: Sequence[Numbers], forms: Sequence[Numbers]) -> Numbers:
        """For each merged stem, the number of the exact form that stands at the same positions in all segments; -1 if there is
        none.

        For each segment, ``which`` holds the indices of the stems that it has, and ``forms`` the exact forms whose entries these
        stems use (-1: they have their own).
        """
        same, segments = np.full(stems, -1, np.int64), np.zeros(stems, np.int64)
        several = np.zeros(stems, np.bool_)
        for source, (have, form) in enumerate(zip(which, forms, strict=True)):
            number = np.full(len(form), -1, np.int64)
            number[form >= 0] = self._numbers[source][form[form >= 0]].astype(np.int64)
            several[have] |= (number < 0) | ((segments[have] > 0) & (same[have] != number))
            same[have] = number
            segments[have] += 1
        single = np.flatnonzero((same >= 0) & ~several)
        several[single] = self._segments[same[single]] != segments[single]
        return np.where(several, -1, same)


_ENTRY_BYTES = 17
"""The memory in bytes of a word: its entry, and when papers are written its passage, position and code; with room to grow."""
_DOCUMENTS = 256
"""The number of stored papers that are copied at once."""

_NUMBER = {place: number for number, place in enumerate(PLACES)}


class Inverter:
    """Papers that are not in a segment yet. The number of a paper that is dropped stays unused."""

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
        """About how many bytes of memory the papers take until they are written, without what sorting and writing takes."""
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
        """Take the paper with this number out again."""
        self._dropped.add(doc)

    @property
    def kept(self) -> Mask:
        """A mask over the papers: False for those that were dropped."""
        kept = np.ones(len(self), np.bool_)
        kept[list(self._dropped)] = False
        return kept

    def write(self, file: Path) -> bool:
        """Write the papers that were not dropped as a segment. Without such papers, return False and write no file.

        This can be done only once, because it frees the texts and words.
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
        del stored  # sorting the words needs the memory
        self._lexicon.end()
        self._write_terms(builder, self._passages(kept))
        self._lexicon, self._entries = Lexicon(), array("I")
        builder.close()
        return True

    def _passages(self, kept: Mask) -> Passages:
        """The passages of the papers that are kept, with these papers numbered anew."""
        docs, places, bases, counts, entries = map(_view, (self._doc, self._place, self._base, self._count, self._entries))
        if not kept.all():
            keep = kept.take(docs)
            entries = entries[np.repeat(keep, counts)]
            docs, places, bases, counts = docs[keep], places[keep], bases[keep], counts[keep]
        return Passages((np.cumsum(kept) - 1).take(docs), places, bases, counts, entries)

    def _write_terms(self, builder: SegmentBuilder, passages: Passages) -> None:
        lexicon = self._lexicon
        names = sorted(lexicon.terms)
        order = np.empty(len(names), np.int64)
        order[[lexicon.terms[name] for name in names]] = np.arange(len(names))
        widths, entry, term, place = map(_view, (lexicon.widths, lexicon.entry, lexicon.term, lexicon.place))
        alike = Alike(bisect_left(names, CITED), bisect_left(names, STEM))
        entries = EntryTerms(widths, entry, order.take(term), place)
        for part in parts(passages, entries, SmallWords.of(entries, names), len(names)):
            if len(part.terms):
                _write(builder, part, names, alike)


def _write(builder: SegmentBuilder, part: TermRange, names: list[str], alike: Alike) -> None:
    """Write the terms of a part that occur, with their entries and postings."""
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
    written_names = [names[part.first + i] for i in occurring.tolist()]
    builder.terms(
        [term_bytes(name) for name in written_names],
        [stem_bytes(name[1:]) for name in written_names if name.startswith(EXACT)],
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
    """The terms that occur, each once, and the number of papers of each. A paper may come more than once, for several places."""
    both = (terms << 32) | docs
    both.sort()
    both = both[np.diff(both, prepend=-1) != 0] >> 32
    first = np.flatnonzero(np.diff(both, prepend=-1))
    return both[first], np.diff(first, append=len(both))


def _view(numbers: array[int]) -> Column:
    return np.frombuffer(numbers, f"u{numbers.itemsize}") if numbers else np.empty(0, f"u{numbers.itemsize}")
