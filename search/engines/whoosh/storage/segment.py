"""A segment without the papers that are gone from it, and the note beside it that tells which those are.

A segment never changes. What is taken out of it stands in a file of its own (``….gone``), which the table of contents names
beside the segment: the numbers of the papers, and of how many of them each term is missed, so that words can still be counted
exactly. A later commit that takes out more writes another note (``collecting.without``) and leaves the former to those who still
read it.

A segment: some papers with their words, in one file of columns that never changes once it is written.

Papers are numbered from 0. These columns have a value for each: ``identifiers``, ``dates`` (ordinals), ``length.<place>``
(words), and ``by_identifier`` (the papers in that order). ``documents`` holds the stored papers one after another,
``documents.at`` where each begins. The values of a facet are texts (``value.<name>``, each once) and numbers of such texts: those
of paper d are ``of.<name>[of.<name>.at[d] : of.<name>.at[d + 1]]``. Beside each dossier of a paper stands the title that it gives
it, which may be empty (``of.title``); ``titled`` are the places of those that are not, for each dossier the newest paper first.

Terms are bytes: a mark (``=`` exact form, ``>`` cited paper, ``~`` stem) and the text; ``dictionary`` has them in order, and
``terms.papers`` (``Small``) tells how many papers each is in.

A term has an entry for each place where it occurs: how many, ``entries`` tells (``Runs``), and those of a term are in the order
of ``entries.place``. But most stems occur in one form only, and stand where it stands: such a stem has no entries, and ``same``
gives the number of its form and 1 more (0 for other stems; it begins with the first stem).

Of each entry ``postings`` (``Runs``) tells how many papers it has, and ``again`` (``Runs``) how many positions more than that. So
its papers begin in ``docs`` and ``counts`` where its postings begin, and its positions, paper after paper, stand in ``positions``
from there on, and as many further as the entries before it have more positions than papers. ``docs`` holds the first paper of an
entry and from there the steps to the next. Nearly all counts fit in one byte, nearly all positions and steps in two: these are
``Narrow`` columns. ``leads`` (``Bytes``) has beside each position the code of the small word before it (``leading``).

Small words (*de*, *van*, *het*) and what an index notes of them: at each position, which of them stands just before it.

Nearly every phrase has a small word in it, and small words stand everywhere. With the note *minister van financiën* is looked for
where *financiën* stands, not in the many places where *van* does. Which words are small follows from the Dutch language, not from
the papers, so that all parts of an index mean the same.
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
"""The commonest words of Dutch prose that have no meaning of their own."""

NONE, SEVERAL = 0, 255
"""Codes of a position without a small word, and of one at which several stand."""


@dataclass(frozen=True, slots=True)
class _Codes:
    """The code of each small word; of each stem those of its forms, and last one for every other form of it."""

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
    """The stems of small words; a form with such a stem need not be a small word itself."""
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
    """The codes that tell that an exact form or a stem stands there; none when that is no small word."""
    codes = _codes()
    if stem:
        return codes.of_stem.get(text, ())
    return (codes.of_form[text],) if text in codes.of_form else ()


Word = tuple[str, int, bool]
"""An exact form or a stem (True) at its offset, as in ``plan.Sequence``."""


class Led(NamedTuple):
    """A word to look for, and the small word just before it that need not be."""

    word: Word
    lead: Word | None


def led(words: Sequence[Word]) -> list[Led]:
    """The words of a phrase to look for: every one is among them, or is the lead of one."""
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


SCHEMA_VERSION = f"7.{FINGERPRINT}"
"""The number is raised when what is written to the index changes; the index is then rebuilt."""

CITED = ">"
"""The mark of a term that names a cited paper."""

PLACES: tuple[Place, ...] = tuple(Place)
"""Entries name places by their number in this."""
CITES = len(PLACES)
"""The place of cited papers."""

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
        """How many exact forms there are; they come first among the terms."""
        self._same, self._stems = columns.cells("same"), self.terms - columns.count("same")
        self._entries, self._entry_place = Runs(columns, "entries"), columns.cells("entries.place")
        self._postings, self._again = Runs(columns, "postings"), Runs(columns, "again")
        self.steps, self.counts, self.positions = (Narrow(columns, name) for name in ("docs", "counts", "positions"))
        self.leads = Bytes(columns, "leads")
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
        return self.dictionary.term(number)

    def find(self, term: bytes) -> int:
        """The number of a term; -1 where there is none."""
        return self.dictionary.find(term)

    def papers_with(self, term: int) -> int:
        """How many papers have the term, in whatever place."""
        return self.papers_of_terms[term]

    def form(self, term: int) -> int:
        """The term that has the entries of this one: a stem that occurs in one form only stands where that one stands."""
        return self._same[term - self._stems] - 1 if term >= self._stems and self._same[term - self._stems] else term

    def _forms_of(self, terms: Numbers) -> Numbers:
        """The same of each of these terms, which are ascending."""
        first = int(np.searchsorted(terms, self._stems))
        stems = terms[first:]
        same = self._same.take(stems - self._stems)
        return np.concatenate((terms[:first], np.where(same, same - 1, stems)))

    def forms(self, first: int, last: int) -> Numbers:
        """The same of each of some terms."""
        forms = np.arange(first, last)
        stems = max(first, self._stems)
        if stems < last:
            same = self.columns.read("same", stems - self._stems, last - self._stems).astype(np.int64)
            forms[stems - first :] = np.where(same, same - 1, forms[stems - first :])
        return forms

    def terms_in(self, start: bytes, place: int) -> Iterator[bytes]:
        """The terms from one on that occur in a place, in order."""
        for number in range(self.dictionary.first(start), self.terms):
            if self.entry(number, place) >= 0:
                yield self.term(number)

    # Postings

    def _of(self, term: int) -> range:
        """The entries of a term."""
        form = self.form(term)
        first = self._entries.begin(form)
        return range(first, first + self._entries[form])

    def entry(self, term: int, place: int) -> int:
        """The number of the entry of a term in a place; -1 where it does not occur."""
        return next((entry for entry in self._of(term) if self._entry_place[entry] == place), -1)

    def entries(self, term: int) -> list[tuple[int, int]]:
        """The places where a term occurs, with the numbers of the entries."""
        return [(self._entry_place[entry], entry) for entry in self._of(term)]

    def docs(self, first: int, last: int) -> Numbers:
        """The papers of the postings of an entry."""
        return self.steps.totals(first, last)

    def extent(self, entry: int) -> tuple[int, int, int]:
        """The postings of an entry: from where, to where, and from where their positions."""
        first = self._postings.begin(entry)
        return first, first + self._postings[entry], first + self._again.begin(entry)

    # Many terms at once

    def entries_in(self, terms: Numbers, places: Mask) -> Numbers:
        """The entries of these terms in these places (by their numbers), those of a term together."""
        own = np.sort(self._forms_of(terms))
        entries = pieces(self._entries.begins_at(own), self._entries.read_at(own))
        wanted: Numbers = entries[places[self._entry_place.take(entries)]]
        return wanted

    def extents(self, entries: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Of entries the places, and the postings: from where, to where, and from where their positions."""
        first = self._postings.begins_at(entries)
        ends = first + self._postings.read_at(entries)
        return self._entry_place.take(entries), first, ends, first + self._again.begins_at(entries)

    def entries_of(self, terms: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The entries of terms that have their own: of each term how many, and of each entry the place and the number."""
        each = self._entries.read_at(terms)
        entries = pieces(self._entries.begins_at(terms), each)
        return each, self._entry_place.take(entries), entries

    def sizes_of(self, entries: Numbers) -> tuple[Numbers, Numbers]:
        """How many postings entries have, and how many positions."""
        postings = self._postings.read_at(entries)
        return postings, postings + self._again.read_at(entries)

    def postings_of(self, entries: Numbers) -> tuple[Numbers, Numbers, Numbers, Column]:
        """Papers, counts, positions and leads of entries, one entry after another."""
        postings, positions = self.sizes_of(entries)
        begins = self._postings.begins_at(entries)
        at = pieces(begins, postings)
        docs = np.cumsum(self.steps.read_at(at))
        ends = np.cumsum(postings)
        docs -= np.repeat(np.concatenate(([0], docs))[ends - postings], postings)
        places = pieces(begins + self._again.begins_at(entries), positions)
        return docs, self.counts.read_at(at), self.positions.read_at(places), self.leads.read_at(places)


def texts(columns: ColumnFile, name: str) -> list[str]:
    """Texts that stand one after another in a column."""
    at = columns.read(f"{name}.at").tolist()
    content = columns.read(name).tobytes()
    return [term_text(content[a:b]) for a, b in pairwise(at)]


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
