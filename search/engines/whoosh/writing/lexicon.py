"""Turns text into numbers: the entries of a passage, the terms of an entry, and the small word before each position.

An entry of a lexicon is an analysed piece of text: some terms at offsets from its beginning, and the number of positions that it
takes (its width). Most pieces are chunks, the text between two spaces. A chunk gives the same terms wherever it stands, so it is
analysed once and known by its number from then on; nearly all chunks of a text were met before. Only numbers with spaces in them
and citations reach over a space. In a passage that may contain one, each term becomes an entry. A property test checks that the
result has the same terms as ``search.document.occurrences``.

``Lexicon`` makes entries, and ``EntryTerms`` holds them as arrays. ``Passages`` tells which entries stand in which passage.
``SmallWords`` finds the small words in entries, once for each entry, and ``Leads`` notes from these the code of the small word
before each position (``storage.segment``).

This module sorts and writes nothing; ``inverting`` does. Entries live as long as papers are gathered in memory. An entry of a
segment is something else: a term in a place.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakMethod

import numpy as np

from indexer.paper.citations import find_citations
from search.analysis.chain import may_cite, may_reach_far, stem, terms_in, tokenize
from search.analysis.shorthand import tells_by_case
from search.analysis.terms import LONGEST_WORD, Piece, Term, take_apart
from search.document import EXACT, STEM
from search.engines.whoosh.storage.columnfile import Column
from search.engines.whoosh.storage.narrow import Numbers, pieces
from search.engines.whoosh.storage.segment import NONE, SEVERAL, code_of, small_stems
from search.engines.whoosh.writing.building import Numbering

_AROUND = '.,;:?!()"\u201c\u201d'
"""Signs around a word that are never part of a term when there are only letters between them."""

_MAY_BE_FAR = re.compile(r"\d|[IVXLC],|kst-")
"""A passage with a term that may reach over a space has at least one chunk that matches this (``chain.may_reach_far``)."""

_LONGEST_CHUNK = 1_000
"""Characters of a chunk that is analysed as a whole. Longer ones do not come again, and their tokens take a lot of memory."""

_NOTHING = Term((), 0)

_CHUNK_BYTES, _ENTRY_BYTES, _TERM_BYTES = 130, 30, 140
"""The memory in bytes of a chunk with its number in a dictionary, of an entry with its rows, and of a term."""


class Lexicon:
    """Makes the entries of texts, and keeps their terms.

    ``terms`` gives numbers to terms, and ``widths`` holds the width of each entry. ``entry``, ``term`` and ``place`` are
    parallel: each row tells that a term stands at an offset (``place``) in an entry. The rows are ordered by entry and then by
    offset, and no term comes twice at one offset of an entry.
    """

    def __init__(self) -> None:
        self.terms = Numbering()
        self.widths = array("I")
        self.entry, self.term, self.place = array("I"), array("I"), array("I")
        self._chunks = _Known[str](self._chunk)
        self._terms = _Known[str](self._term)
        self._cited = _Known[tuple[str, int]](self._citation)
        self._special: set[int] = set()
        """Chunks that do not take exactly one position, or that may be part of a term that reaches over a space."""
        self._long: set[int] = set()
        """Chunks that are too long to be analysed as a whole; they have no terms of their own."""

    @property
    def bytes(self) -> int:
        """About how much memory the lexicon takes, in bytes."""
        return _CHUNK_BYTES * len(self._chunks) + _ENTRY_BYTES * len(self.widths) + _TERM_BYTES * len(self.terms)

    def end(self) -> None:
        """Forget which texts have which entries, which takes most of the memory. No more texts can be read after this."""
        for known in (self._chunks, self._terms, self._cited):
            known.clear()

    def read(self, text: str) -> tuple[list[int], int]:
        """The entries of a text, in order, and the number of positions that they take together."""
        entries = list(map(self._chunks.__getitem__, text.split()))
        if self._special.isdisjoint(entries):
            return entries, len(entries)
        if may_reach_far(text) or not self._long.isdisjoint(entries):
            entries = self._far(text)
        return entries, sum(map(self.widths.__getitem__, entries))

    def _far(self, text: str) -> list[int]:
        """The entries of a text in which a term may reach over a space, or that has a very long chunk.

        Each term is an entry. A citation is an entry of width 0, before the term that holds its first word.
        """
        found = list(terms_in(text))
        entries = [self._terms[surface] for surface, _ in found]
        if not may_cite(text):
            return entries
        before: dict[int, dict[int, None]] = {}
        for citation in find_citations(text):
            name = str(citation.identifier).lower()
            first = max(bisect_right(found, citation.start, key=_start) - 1, 0)
            at, term, word = _first_word(found, first, citation.start, citation.end)
            start = citation.start - found[at][1]
            if word is None or any(
                piece.width > 1 and piece.text == name and piece.start <= start < piece.end for piece in term.pieces
            ):
                continue  # there is no word in it, or it is one term already
            before.setdefault(at, {})[self._cited[name, word.place]] = None
        for at in sorted(before, reverse=True):
            entries[at:at] = before[at]
        return entries

    def single(self, name: str) -> int:
        """A new entry that consists of just this term. Only the caller knows its number."""
        return self._made([name], [0], 1)

    def _chunk(self, chunk: str) -> int:
        word = chunk.strip(_AROUND)
        if tells_by_case(word) or chunk[0] == ".":
            return self._analysed(chunk)
        if word.isascii():  # then folding only changes the case
            word = word.lower()
        if not word.isalpha() or len(word) > LONGEST_WORD:
            return self._analysed(chunk)
        if chunk != word and not ("," in chunk and _MAY_BE_FAR.search(chunk)):
            return self._chunks[word]  # the same terms; most new chunks are a known word with a capital or a sign
        if chunk != word or not word.isascii():
            return self._analysed(chunk)
        # Most new words come this way, so it skips the detours of _made.
        number = len(self.widths)
        self.entry.append(number)
        self.entry.append(number)
        self.term.append(self.terms[EXACT + word])
        self.term.append(self.terms[STEM + stem(word)])
        self.place.append(0)
        self.place.append(0)
        self.widths.append(1)
        return number

    def _analysed(self, chunk: str) -> int:
        """Make the entry of a chunk that is not a plain word; one that is very long is read term by term instead."""
        if len(chunk) > _LONGEST_CHUNK:
            number = self._made((), (), 0)
            self._long.add(number)
            self._special.add(number)
            return number
        number = self._new(chunk)
        if self.widths[number] != 1 or _MAY_BE_FAR.search(chunk):
            self._special.add(number)
        return number

    def _citation(self, cited: tuple[str, int]) -> int:
        name, place = cited
        return self._made((EXACT + name, STEM + name), (place, place), 0)

    def _term(self, surface: str) -> int:
        term = take_apart(surface)
        return self._forms(((piece.text, piece.stem, piece.place) for piece in term.pieces), term.width)

    def _new(self, text: str) -> int:
        """Make the entry of a whole text."""
        tokens = tokenize(text)
        width = max((token.position + token.width for token in tokens), default=0)
        return self._forms(((token.text, token.stem, token.position) for token in tokens), width)

    def _forms(self, forms: Iterable[tuple[str, str, int]], width: int) -> int:
        """Make an entry of exact forms with their stems and offsets."""
        terms = sorted({(place, name) for text, stemmed, place in forms for name in (EXACT + text, STEM + stemmed)})
        return self._made([name for _, name in terms], [place for place, _ in terms], width)

    def _made(self, names: Sequence[str], places: Sequence[int], width: int) -> int:
        number = len(self.widths)
        self.entry.extend([number] * len(names))
        self.term.extend(map(self.terms.__getitem__, names))
        self.place.extend(places)
        self.widths.append(width)
        return number


_Found = tuple[str, int]


def _start(found: _Found) -> int:
    return found[1]


def _first_word(found: list[_Found], first: int, start: int, end: int) -> tuple[int, Term, Piece | None]:
    """The first word that begins between ``start`` and ``end`` in the text, from ``found[first]`` on.

    Returns the index of its term in ``found``, the term and the word; the word is None when there is none.
    """
    for i in range(first, len(found)):
        surface, at = found[i]
        if at >= end:
            break
        term = take_apart(surface)
        for piece in term.pieces:
            if piece.width == 1 and start <= at + piece.start < end:
                return i, term, piece
    return 0, _NOTHING, None


_Key = TypeVar("_Key", bound=Hashable)


class _Known(dict[_Key, int]):
    """Entries by what they were made of. A method of the lexicon makes an entry when it is asked for the first time.

    The method is referred to weakly, so that the lexicon with all its memory is freed as soon as nothing else refers to it.
    """

    def __init__(self, made: Callable[[_Key], int]) -> None:
        self._made = WeakMethod(made)

    def __missing__(self, key: _Key) -> int:
        made = self._made()
        if made is None:
            raise ReferenceError("the lexicon of these entries is gone")
        number = self[key] = made(key)
        return number


_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """The entries of a lexicon as arrays (explained at ``Lexicon``), with the terms numbered in sorted order."""

    widths: Column
    entry: Column
    term: Column
    place: Column


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of papers, one after another.

    ``docs``, ``places``, ``bases`` and ``counts`` have a value for each passage: its paper, its place, the position at which it
    begins and the number of its entries. ``entries`` holds the entries of all passages.
    """

    docs: Column
    places: Column
    bases: Column
    counts: Column
    entries: Column

    def positions(self, widths: Column) -> tuple[Column, Column]:
        """For each element of ``entries`` the number of its passage, and the position at which it begins."""
        passages = np.repeat(np.arange(len(self.counts), dtype=np.uint32), self.counts)
        positions = np.empty(len(self.entries), np.uint32)
        last, reached = -1, 0
        for at in range(0, len(self.entries), _BLOCK):
            block = slice(at, at + _BLOCK)
            taken = widths.take(self.entries[block]).astype(np.int64)
            before = np.cumsum(taken) - taken
            of = passages[block]
            first = np.flatnonzero(np.diff(of, prepend=np.uint32(of[0] + 1)))
            begins = self.bases.take(of[first]).astype(np.int64)
            if of[0] == last:  # the passage began in the previous block
                begins[0] = reached
            here = before + np.repeat(begins - before[first], np.diff(first, append=len(of)))
            positions[block] = here
            last, reached = int(of[-1]), int(here[-1] + taken[-1])
        return passages, positions

    def times(self, entries: int) -> Numbers:
        """How often each entry stands in the passages; ``entries`` is the number of different entries."""
        times: Numbers = np.zeros(entries, np.int64)
        for at in range(0, len(self.entries), _BLOCK):
            times += np.bincount(self.entries[at : at + _BLOCK], minlength=entries)
        return times

    def occurring(self, entry: Column, entries: int) -> Iterator[tuple[Numbers, Numbers]]:
        """Find where some entries stand in the passages, one block at a time.

        ``entry`` (ascending) lists the wanted entries, and ``entries`` is the number of different entries. Each block gives two
        parallel arrays: indices in the ``entries`` of the passages, and for each the index in ``entry`` of what stands there. An
        entry that is listed more than once in ``entry`` comes as often for each index.
        """
        each = np.bincount(entry, minlength=entries)
        begins = np.cumsum(each) - each
        each = each if each.max(initial=0) > np.iinfo(np.uint8).max else each.astype(np.uint8)
        for start in range(0, len(self.entries), _BLOCK):
            block = self.entries[start : start + _BLOCK]
            times = each.take(block)
            at = np.flatnonzero(times)
            times = times[at].astype(np.int64)
            yield np.repeat(at + start, times), pieces(begins.take(block[at]), times)


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Where small words stand inside entries: parallel arrays of the entry (ascending), the offset in it, and the code."""

    entry: Numbers
    place: Numbers
    code: Column

    @classmethod
    def of(cls, entries: EntryTerms, names: Sequence[str]) -> SmallWords:
        """Find the small words in entries; ``names`` holds the texts of the terms."""
        stems = {STEM + stem for stem in small_stems()}
        small = np.array([i for i, name in enumerate(names) if name in stems], np.int64)
        rows = np.flatnonzero(np.isin(entries.term, small)).tolist()
        found = sorted({(int(entries.entry[row]), int(entries.place[row])) for row in rows})
        codes = [code_of(*_standing(entries, names, entry, place)) for entry, place in found]
        places = np.array(found, np.int64).reshape(-1, 2)
        return cls(places[:, 0], places[:, 1], np.array(codes, np.uint8))


def _standing(entries: EntryTerms, names: Sequence[str], entry: int, place: int) -> tuple[list[str], list[str]]:
    """The exact forms and the stems at an offset of an entry."""
    first, last = np.searchsorted(entries.entry, (entry, entry + 1)).tolist()
    here = [names[entries.term[row]] for row in range(first, last) if entries.place[row] == place]
    return [name[1:] for name in here if name.startswith(EXACT)], [name[1:] for name in here if name.startswith(STEM)]


@dataclass(frozen=True, slots=True)
class Leads:
    """The code of the small word at every position of the passages, passage after passage.

    In ``codes`` an element without a small word comes before each passage. Position x of passage p is at ``codes[moved[p] + x]``.
    """

    codes: Column
    moved: Numbers

    @classmethod
    def of(cls, passages: Passages, entries: EntryTerms, small: SmallWords, of: Column, positions: Column) -> Leads:
        """Note the codes of all positions; ``of`` and ``positions`` are those of ``Passages.positions``."""
        last = np.cumsum(passages.counts, dtype=np.int64) - 1
        some = passages.counts > 0
        words = np.zeros(len(some), np.int64)
        widths = entries.widths.take(passages.entries[last[some]])
        bases = passages.bases.astype(np.int64)
        words[some] = positions[last[some]].astype(np.int64) + widths.astype(np.int64) - bases[some]
        moved = 1 + np.cumsum(words + 1) - (words + 1) - bases
        codes = np.full(int((words + 1).sum()), NONE, np.uint8)
        for at, which in passages.occurring(small.entry, len(entries.widths)):
            here = moved.take(of[at]) + positions[at].astype(np.int64) + small.place[which]
            code = small.code[which]
            others = (codes[here] != NONE) & (codes[here] != code)
            codes[here] = code
            codes[here[others | (codes[here] != code)]] = SEVERAL
        return cls(codes, moved)

    def before(self, of: Column, positions: Numbers) -> Column:
        """The codes of the small words just before these positions of the passages ``of``."""
        before: Column = self.codes[self.moved.take(of) + positions - 1]
        return before
