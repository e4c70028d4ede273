"""A segment: some papers with their words, in one file of columns that never changes once it is written.

``Segment`` reads such a file, and ``LiveSegment`` reads it without the papers that were deleted later. ``writing.building``
writes segments, and ``store`` tells which segments make up a commit.

Papers are numbered from 0. These columns have a value for each paper: ``identifiers``, ``dates`` (ordinals), ``length.<place>``
(words), and ``by_identifier`` (the numbers of the papers in the order of their identifiers). ``documents`` holds the stored
papers one after another, and ``documents.at`` tells where each begins. The values of a facet are stored as texts
(``value.<name>``, each text once) and as numbers of these texts: the values of paper d are ``of.<name>[of.<name>.at[d] :
of.<name>.at[d + 1]]``. Parallel to ``of.dossier``, ``of.title`` holds the title that the paper gives to the dossier; it may be
empty. ``titled`` holds the indices in ``of.dossier`` at which the title is not empty, ordered by dossier and then from the newest
paper to the oldest.

Terms are bytes: a mark (``=`` exact form, ``>`` cited paper, ``~`` stem) and the text. ``dictionary`` stores them in order, and
``terms.papers`` (``Small``) tells in how many papers each term is.

A term has an entry for each place of a paper (title, body, …) where it occurs. ``entries`` (``Runs``) holds the number of entries
of each term, and ``entries.place`` the place of each entry, ascending within a term. Most stems occur in one exact form only, and
so occur exactly where that form occurs. Such a stem has no entries of its own: ``same`` holds, for each stem, the number of that
form plus 1, or 0 for a stem with its own entries. The first value of ``same`` belongs to the first stem.

A posting is a paper in an entry, with the number of positions there. ``postings`` (``Runs``) holds the number of postings of each
entry, and ``again`` (``Runs``) its number of positions minus its number of postings. The postings of an entry begin in ``docs``
and ``counts`` where its run in ``postings`` begins. Its positions, paper after paper, begin in ``positions`` at that index plus
the beginning of its run in ``again``. ``docs`` holds the number of the first paper of an entry, followed by the deltas to the
next papers. Nearly all counts fit in one byte and nearly all positions and deltas in two, so these are ``Narrow`` columns.

Small words (*de*, *van*, *het*) stand in nearly every phrase and nearly everywhere in the text. So that a phrase can be found
without reading their many positions, ``leads`` (``Bytes``) holds a code beside each position: which small word stands just before
it. *minister van financiën* is then looked for where *financiën* stands after *van*. Which words are small is fixed for the Dutch
language and does not depend on the papers, so the codes mean the same in all segments.

Papers that are deleted from a segment are listed in a file of its own, the note (``….gone``), which the table of contents names
beside the segment. It holds the numbers of these papers, and for each of their terms how many of them have it, so that the papers
with a term can still be counted exactly. A later commit that deletes more papers writes another note (``collecting.without``) and
does not touch the former one, which readers may still use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.chain import stem
from search.document import Place
from search.engines.whoosh.storage.columnfile import Column, ColumnFile, ColumnWriter
from search.engines.whoosh.storage.dictionary import Dictionary, term_text
from search.engines.whoosh.storage.narrow import Bytes, Mask, Narrow, Numbers, Runs, Small, pieces
from search.fields import FIELDS, FINGERPRINT

SMALL_WORDS = (
    *("de", "het", "een", "en", "of", "in", "op", "van", "voor", "met", "aan", "bij", "te", "ten", "ter", "tot", "om", "door"),
    *("naar", "uit", "over", "onder", "tussen", "tegen", "na", "als", "dan", "dat", "die", "dit", "deze", "des", "er", "niet"),
    *("ook", "geen", "wel", "nog", "maar", "meer", "is", "zijn", "was", "wordt", "worden", "werd", "heeft", "hebben", "zal"),
    *("zou", "kan", "kunnen", "moet", "moeten", "wil", "mag"),
)
"""The most common words of Dutch prose that have no meaning of their own."""

NONE, SEVERAL = 0, 255
"""The code of a position after no small word, and the code of a position after several small words at one position."""


@dataclass(frozen=True, slots=True)
class _Codes:
    """The codes of small words.

    ``of_form`` has the code of each small word. ``of_stem`` has, for the stem of a small word, the codes of the small words with
    this stem, followed by one code for all other forms with this stem.
    """

    of_form: dict[str, int]
    of_stem: dict[str, tuple[int, ...]]


@cache
def _codes() -> _Codes:
    of_form = {form: code for code, form in enumerate(SMALL_WORDS, NONE + 1)}
    forms: dict[str, list[int]] = {}
    for form, code in of_form.items():
        forms.setdefault(stem(form), []).append(code)
    other = enumerate(forms.items(), NONE + 1 + len(of_form))
    return _Codes(of_form, {stemmed: (*codes, code) for code, (stemmed, codes) in other})


def small_stems() -> Collection[str]:
    """The stems of small words. A form with such a stem is not always a small word itself."""
    return _codes().of_stem.keys()


def code_of(forms: Collection[str], stems: Collection[str]) -> int:
    """The code of a position at which these exact forms and these stems stand."""
    codes = _codes()
    small = [one for one in stems if one in codes.of_stem]
    if len(small) != 1:
        return SEVERAL if small else NONE
    of_stem = codes.of_stem[small[0]]
    known = [codes.of_form[form] for form in forms if codes.of_form.get(form) in of_stem]
    return SEVERAL if len(known) > 1 else known[0] if known else of_stem[-1]


def codes_of(text: str, *, stem: bool) -> tuple[int, ...]:
    """The codes that mean that this exact form, or a form of this stem, stands at a position; empty if it is not a small word."""
    codes = _codes()
    if stem:
        return codes.of_stem.get(text, ())
    return (codes.of_form[text],) if text in codes.of_form else ()


Word = tuple[str, int, bool]
"""An exact form or a stem (True) with its offset, as in ``plan.Sequence``."""


class Led(NamedTuple):
    """A word to look up, and the small word just before it, which then needs no look-up of its own."""

    word: Word
    lead: Word | None


def led(words: Sequence[Word]) -> list[Led]:
    """The words of a phrase that must be looked up. Every other word of the phrase is the lead of one of these."""
    found: dict[int, list[Led]] = {}
    for word in sorted(words, key=lambda word: word[1], reverse=True):
        text, offset, is_stem = word
        following = found.get(offset + 1, [])
        free = next((i for i, one in enumerate(following) if one.lead is None), None)
        if free is not None and codes_of(text, stem=is_stem):
            following[free] = Led(following[free].word, word)
        else:
            found.setdefault(offset, []).append(Led(word, None))
    return [one for of_offset in found.values() for one in of_offset]


SCHEMA_VERSION = f"12.{FINGERPRINT}"
"""The number is raised when the content or the format of the index changes. An index with another version must be rebuilt."""

CITED = ">"
"""The mark of a term that names a cited paper."""

PLACES: tuple[Place, ...] = tuple(Place)
"""The number of a place, in entries and elsewhere in the files, is its index in this tuple."""
CITES = len(PLACES)
"""The number that entries of cited papers have instead of that of a place."""

_FIRST_TERMS, _MOST_TERMS = 32, 4096
"""How many terms are looked at together: few for a short range, more and more for a long one."""

NAMES = tuple(field.name for field in FIELDS)


class Segment:
    """A segment, open for reading."""

    def __init__(self, file: Path) -> None:
        columns = ColumnFile(file)
        self.columns = columns
        self.name = file.stem
        self.papers = columns.count("dates")
        self.dictionary = Dictionary(columns)
        self.terms = len(self.dictionary)
        self.papers_of_terms = Small(columns, "terms.papers")
        self.exact_forms = columns.count("backwards")
        """The number of exact forms. They come first among the terms."""
        self._same, self._stems = columns.cells("same"), self.terms - columns.count("same")
        self._entries, self._entry_place = Runs(columns, "entries"), columns.cells("entries.place")
        self._postings, self._again = Runs(columns, "postings"), Runs(columns, "again")
        self.steps, self.counts, self.positions = (Narrow(columns, name) for name in ("docs", "counts", "positions"))
        self.leads = Bytes(columns, "leads")
        self._documents, self._documents_at = columns.cells("documents"), columns.cells("documents.at")

    # Papers

    def document(self, doc: int) -> bytes:
        """A paper as it is stored."""
        return self._documents.bytes(self._documents_at[doc], self._documents_at[doc + 1])

    @cached_property
    def _by_identifier(self) -> Numbers:
        return self.columns.read("by_identifier").astype(np.int64)

    def find_papers(self, identifiers: NDArray[np.bytes_]) -> Numbers:
        """The numbers of the papers with these identifiers; -1 for an identifier that no paper has."""
        column, order = self.columns.read("identifiers"), self._by_identifier
        if not self.papers:
            return np.full(len(identifiers), -1, np.int64)
        # The identifiers are cut to the width of the column; otherwise numpy would copy the column to their width. An identifier
        # that is longer differs from all in the column, so it is still not found.
        at = np.minimum(np.searchsorted(column, identifiers.astype(column.dtype), sorter=order), self.papers - 1)
        return np.where(column[order[at]] == identifiers, order[at], -1)

    def values(self, name: str) -> list[str]:
        """The values of a facet that papers of this segment have, each once."""
        return texts(self.columns, f"value.{name}")

    # Terms

    def term(self, number: int) -> bytes:
        """The term with this number."""
        return self.dictionary.term(number)

    def find(self, term: bytes) -> int:
        """The number of a term; -1 when the segment does not have it."""
        return self.dictionary.find(term)

    def papers_with(self, term: int) -> int:
        """The number of papers with the term, in any place."""
        return self.papers_of_terms[term]

    def form(self, term: int) -> int:
        """The term whose entries this term uses: the only exact form of a stem, or else the term itself."""
        return self._same[term - self._stems] - 1 if term >= self._stems and self._same[term - self._stems] else term

    def _forms_of(self, terms: Numbers) -> Numbers:
        """The term whose entries each of these terms uses; ``terms`` is ascending."""
        first = int(np.searchsorted(terms, self._stems))
        stems = terms[first:]
        same = self._same.take(stems - self._stems)
        return np.concatenate((terms[:first], np.where(same, same - 1, stems)))

    def forms(self, first: int, last: int) -> Numbers:
        """The term whose entries each term from ``first`` to ``last`` uses."""
        forms = np.arange(first, last)
        stems = max(first, self._stems)
        if stems < last:
            same = self.columns.read("same", stems - self._stems, last - self._stems).astype(np.int64)
            forms[stems - first :] = np.where(same, same - 1, forms[stems - first :])
        return forms

    def terms_in(self, start: bytes, place: int) -> Iterator[bytes]:
        """The terms from ``start`` on that occur in a place, in order."""
        low, many = self.dictionary.first(start), _FIRST_TERMS
        while low < self.terms:
            high = min(low + many, self.terms)
            each, places, _ = self.entries_of(self.forms(low, high))
            there = np.add.reduceat((places == place).astype(np.int64), np.cumsum(each) - each)
            terms = self.dictionary.between(low, high)
            yield from (terms[i] for i in np.flatnonzero(there).tolist())
            low, many = high, min(2 * many, _MOST_TERMS)

    # Postings

    def _of(self, term: int) -> range:
        """The numbers of the entries of a term."""
        form = self.form(term)
        first = self._entries.begin(form)
        return range(first, first + self._entries[form])

    def entry(self, term: int, place: int) -> int:
        """The number of the entry of a term in a place; -1 when the term does not occur there."""
        return next((entry for entry in self._of(term) if self._entry_place[entry] == place), -1)

    def entries(self, term: int) -> list[tuple[int, int]]:
        """The places where a term occurs, each with the number of its entry."""
        return [(self._entry_place[entry], entry) for entry in self._of(term)]

    def docs(self, first: int, last: int) -> Numbers:
        """The papers of the postings from ``first`` to ``last``, where ``first`` is the first posting of an entry."""
        return self.steps.totals(first, last)

    def extent(self, entry: int) -> tuple[int, int, int]:
        """Where the postings of an entry begin, where they end, and where its positions begin."""
        first = self._postings.begin(entry)
        return first, first + self._postings[entry], first + self._again.begin(entry)

    # Many terms at once

    def entries_in(self, terms: Numbers, places: Mask) -> Numbers:
        """The entries of these terms, term by term, in the places whose number is True in ``places``."""
        own = np.sort(self._forms_of(terms))
        entries = pieces(self._entries.begins_at(own), self._entries.read_at(own))
        wanted: Numbers = entries[places[self._entry_place.take(entries)]]
        return wanted

    def extents(self, entries: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """For each entry its place, where its postings begin, where they end, and where its positions begin."""
        first = self._postings.begins_at(entries)
        ends = first + self._postings.read_at(entries)
        return self._entry_place.take(entries), first, ends, first + self._again.begins_at(entries)

    def entries_of(self, terms: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The entries of terms that have their own: the number of entries of each term, and the place and the number of each
        entry.
        """
        each = self._entries.read_at(terms)
        entries = pieces(self._entries.begins_at(terms), each)
        return each, self._entry_place.take(entries), entries

    def sizes_of(self, entries: Numbers) -> tuple[Numbers, Numbers]:
        """The number of postings and the number of positions of each entry."""
        postings = self._postings.read_at(entries)
        return postings, postings + self._again.read_at(entries)

    def postings_of(self, entries: Numbers) -> tuple[Numbers, Numbers, Numbers, Column]:
        """The papers, counts, positions and leads of these entries, one entry after another."""
        postings, positions = self.sizes_of(entries)
        begins = self._postings.begins_at(entries)
        at = pieces(begins, postings)
        docs = np.cumsum(self.steps.read_at(at))
        ends = np.cumsum(postings)
        docs -= np.repeat(np.concatenate(([0], docs))[ends - postings], postings)
        places = pieces(begins + self._again.begins_at(entries), positions)
        return docs, self.counts.read_at(at), self.positions.read_at(places), self.leads.read_at(places)


def texts(columns: ColumnFile, name: str) -> list[str]:
    """The texts that are stored one after another in a column."""
    at = columns.read(f"{name}.at").tolist()
    content = columns.read(name).tobytes()
    return [term_text(content[a:b]) for a, b in pairwise(at)]


class LiveSegment:
    """A segment without the papers that were deleted from it (``gone``), and the note that lists them."""

    def __init__(self, segment: Segment, gone: Path | None) -> None:
        self.segment = segment
        self.note = gone
        columns = ColumnFile(gone) if gone is not None else None
        none = np.empty(0, np.uint32)
        self.gone = columns.read("papers") if columns else none
        self.missed_terms = columns.read("terms") if columns else none
        self.missed = columns.read("missed") if columns else none
        self.papers = segment.papers - len(self.gone)

    def verify(self) -> None:
        """Compare the files with their checksums.

        Raises:
            IndexDamaged: one is not as it was written.
        """
        self.segment.columns.check()
        if self.note is not None:
            ColumnFile(self.note).check()

    @cached_property
    def live(self) -> Mask:
        """A mask over the papers of the segment: False for those that were deleted."""
        live = np.ones(self.segment.papers, np.bool_)
        live[self.gone.astype(np.int64)] = False
        return live

    def papers_with(self, term: int) -> int:
        """The number of papers that have a term, in any place, without deleted papers."""
        papers = self.segment.papers_with(term)
        if len(self.missed_terms):
            at = bisect_left(self.missed_terms.data, term)
            if at < len(self.missed_terms) and self.missed_terms[at] == term:
                papers -= int(self.missed[at])
        return papers

    def papers_with_each(self, terms: Numbers) -> Numbers:
        """``papers_with`` for each of these terms."""
        papers = self.segment.papers_of_terms.read_at(terms)
        if len(self.missed_terms):
            at = np.minimum(np.searchsorted(self.missed_terms, terms), len(self.missed_terms) - 1)
            missed = np.where(self.missed_terms[at].astype(np.int64) == terms, self.missed[at], 0)
            papers -= missed.astype(np.int64)
        return papers

    def papers_with_terms(self, first: int, last: int) -> Numbers:
        """``papers_with`` for each term from ``first`` to ``last``."""
        papers = self.segment.papers_of_terms.read(first, last)
        start, end = np.searchsorted(self.missed_terms, (first, last)).tolist()
        papers[self.missed_terms[start:end].astype(np.int64) - first] -= self.missed[start:end].astype(np.int64)
        return papers


def write_note(file: Path, gone: Numbers, terms: Numbers, missed: Numbers) -> None:
    """Write the note of deleted papers: their numbers, and for each of ``terms`` (ascending) how many of them have it."""
    writer = ColumnWriter(file)
    writer.append("papers", gone.astype(np.uint32))
    writer.append("terms", terms.astype(np.uint32))
    writer.append("missed", missed.astype(np.uint32))
    writer.close()
