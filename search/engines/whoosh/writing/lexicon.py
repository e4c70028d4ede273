"""Which small word stands before each position of passages (``leading``): found in entries once, and noted word by word.

Passages as numbers of entries: where each entry of them stands. What entries are ``lexicon`` tells; not those of a segment.

Text → numbers of entries: what stands between two spaces is analysed once, and known by its number from then on.

Most of a text is words that were met before, and what stands between spaces gives the same terms wherever it stands. Only numbers
with spaces in them and citations reach further: a passage that may hold one is an entry of its own. That all this gives the terms
that ``occurrences`` gives is tested as a property. Nothing here knows of papers.

These entries live as long as papers are gathered; what a segment calls an entry is another thing: a term in a place.
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
from search.analysis.chain import LONGEST_WORD, Piece, Term, may_cite, may_reach_far, stem, take_apart, terms_in, tokenize
from search.document import EXACT, STEM
from search.engines.whoosh.storage.columnfile import Column
from search.engines.whoosh.storage.narrow import Numbers, pieces
from search.engines.whoosh.storage.segment import NONE, SEVERAL, code_of, small_stems
from search.engines.whoosh.writing.building import Numbering

_AROUND = '.,;:?!()"\u201c\u201d'
"""Signs around a word that are never part of a term when nothing but letters stands between them."""

_MAY_BE_FAR = re.compile(r"\d|[IVXLC],|kst-")
"""What some chunk of every passage holds in which a term may reach over a space (``tokens.may_reach_far``)."""

_NOTHING = Term((), 0)

_CHUNK_BYTES, _ENTRY_BYTES, _TERM_BYTES = 130, 30, 140
"""What these take: a text and its number in a dictionary, the places of the terms of an entry, a term."""


class Lexicon:
    """The entries so far. Each is some terms, at places counted from its own beginning, and takes so many places itself.

    ``terms`` numbers the terms. The places of terms (``entry``, ``term`` and ``place``, alike in length) stand in the order of
    the entries and in these from the first place to the last; no term has a place twice.
    """

    def __init__(self) -> None:
        self.terms = Numbering()
        self.widths = array("I")
        self.entry, self.term, self.place = array("I"), array("I"), array("I")
        self._chunks = _Known[str](self._chunk)
        self._terms = _Known[tuple[str, bool]](self._term)
        self._cited = _Known[tuple[str, int]](self._citation)
        self._special: set[int] = set()
        """Chunks that do not take just one place, or that may stand in a passage with such terms."""

    @property
    def bytes(self) -> int:
        """Of memory that it takes, about."""
        return _CHUNK_BYTES * len(self._chunks) + _ENTRY_BYTES * len(self.widths) + _TERM_BYTES * len(self.terms)

    def end(self) -> None:
        """Hold no longer which texts have which entries, which is most of what it takes: nothing more will be read."""
        for known in (self._chunks, self._terms, self._cited):
            known.clear()

    def read(self, text: str) -> tuple[list[int], int]:
        """The entries of a text, in order, and how many places they take."""
        entries = list(map(self._chunks.__getitem__, text.split()))
        if self._special.isdisjoint(entries):
            return entries, len(entries)
        if may_reach_far(text):
            entries = self._far(text)
        return entries, sum(map(self.widths.__getitem__, entries))

    def _far(self, text: str) -> list[int]:
        """Those of a text in which a term may reach over a space: of each term one, and of each citation one of no width."""
        found = list(terms_in(text))
        entries = [self._terms[surface, amount] for surface, amount, _ in found]
        if not may_cite(text):
            return entries
        before: dict[int, dict[int, None]] = {}
        for citation in find_citations(text):
            name = str(citation.identifier).lower()
            first = max(bisect_right(found, citation.start, key=_start) - 1, 0)
            at, term, word = _first_word(found, first, citation.start, citation.end)
            start = citation.start - found[at][2]
            if word is None or any(
                piece.width > 1 and piece.text == name and piece.start <= start < piece.end for piece in term.pieces
            ):
                continue  # there is no word in it, or it is one term already
            before.setdefault(at, {})[self._cited[name, word.place]] = None
        for at in sorted(before, reverse=True):
            entries[at:at] = before[at]
        return entries

    def single(self, name: str) -> int:
        """An entry that is just this term; nothing else is known by the same number."""
        return self._made([name], [0], 1)

    def _chunk(self, chunk: str) -> int:
        word = chunk.strip(_AROUND)
        if word.isascii():  # then folding is no more than lower case
            word = word.lower()
        if not word.isalpha() or len(word) > LONGEST_WORD:
            return self._analysed(chunk)
        if chunk != word and not ("," in chunk and _MAY_BE_FAR.search(chunk)):
            return self._chunks[word]  # the same terms; most new chunks are a word that is known, with a capital or a sign
        if chunk != word or not word.isascii():
            return self._analysed(chunk)
        # Most new words come this way, so it is done without the detours of _made.
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
        """An entry of a chunk that is no plain word."""
        number = self._new(chunk)
        if self.widths[number] != 1 or _MAY_BE_FAR.search(chunk):
            self._special.add(number)
        return number

    def _citation(self, cited: tuple[str, int]) -> int:
        name, place = cited
        return self._made((EXACT + name, STEM + name), (place, place), 0)

    def _term(self, found: tuple[str, bool]) -> int:
        term = take_apart(*found)
        return self._forms(((piece.text, piece.stem, piece.place) for piece in term.pieces), term.width)

    def _new(self, text: str) -> int:
        """An entry for all of a text."""
        tokens = tokenize(text)
        width = max((token.position + token.width for token in tokens), default=0)
        return self._forms(((token.text, token.stem, token.position) for token in tokens), width)

    def _forms(self, forms: Iterable[tuple[str, str, int]], width: int) -> int:
        """An entry of exact forms with their stems and places."""
        terms = sorted({(place, name) for text, stemmed, place in forms for name in (EXACT + text, STEM + stemmed)})
        return self._made([name for _, name in terms], [place for place, _ in terms], width)

    def _made(self, names: Sequence[str], places: Sequence[int], width: int) -> int:
        number = len(self.widths)
        self.entry.extend([number] * len(names))
        self.term.extend(map(self.terms.__getitem__, names))
        self.place.extend(places)
        self.widths.append(width)
        return number


_Found = tuple[str, bool, int]


def _start(found: _Found) -> int:
    return found[2]


def _first_word(found: list[_Found], first: int, start: int, end: int) -> tuple[int, Term, Piece | None]:
    """The first word that begins from ``start`` to ``end`` in the text, with its term and the number of that among these."""
    for i in range(first, len(found)):
        surface, amount, at = found[i]
        if at >= end:
            break
        term = take_apart(surface, amount)
        for piece in term.pieces:
            if piece.width == 1 and start <= at + piece.start < end:
                return i, term, piece
    return 0, _NOTHING, None


_Key = TypeVar("_Key", bound=Hashable)


class _Known(dict[_Key, int]):
    """Entries by what they were made of, made by a method of their lexicon when first asked for.

    They do not hold the lexicon, which is then gone, with all it takes, as soon as nothing else does.
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
    """How many places each entry takes, and the places of terms in them (see ``Lexicon``), the terms numbered in their order."""

    widths: Column
    entry: Column
    term: Column
    place: Column


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages, one after another: of each its paper, its place, where its positions begin and how many entries it has."""

    docs: Column
    places: Column
    bases: Column
    counts: Column
    entries: Column

    def positions(self, widths: Column) -> tuple[Column, Column]:
        """Of each entry the number of its passage, and its position."""
        passages = np.repeat(np.arange(len(self.counts), dtype=np.uint32), self.counts)
        positions = np.empty(len(self.entries), np.uint32)
        last, reached = -1, 0
        for at in range(0, len(self.entries), _BLOCK):
            block = slice(at, at + _BLOCK)
            taken = widths[self.entries[block]].astype(np.int64)
            before = np.cumsum(taken) - taken
            of = passages[block]
            first = np.flatnonzero(np.diff(of, prepend=np.uint32(of[0] + 1)))
            begins = self.bases[of[first]].astype(np.int64)
            if of[0] == last:  # the passage began in the block before
                begins[0] = reached
            here = before + np.repeat(begins - before[first], np.diff(first, append=len(of)))
            positions[block] = here
            last, reached = int(of[-1]), int(here[-1] + taken[-1])
        return passages, positions

    def times(self, entries: int) -> Numbers:
        """How often each of so many entries stands in the passages."""
        times: Numbers = np.zeros(entries, np.int64)
        for at in range(0, len(self.entries), _BLOCK):
            times += np.bincount(self.entries[at : at + _BLOCK], minlength=entries)
        return times

    def occurring(self, entry: Column, entries: int) -> Iterator[tuple[Numbers, Numbers]]:
        """Where some of so many ``entries`` stand in the passages, a block at a time: their places, and which of ``entry`` it is.

        An entry that is more than once in ``entry``, which is ascending, stands there as often.
        """
        each = np.bincount(entry, minlength=entries)
        begins = np.cumsum(each) - each
        each = each if each.max(initial=0) > np.iinfo(np.uint8).max else each.astype(np.uint8)
        for start in range(0, len(self.entries), _BLOCK):
            block = self.entries[start : start + _BLOCK]
            times = each[block]
            at = np.flatnonzero(times)
            times = times[at].astype(np.int64)
            yield np.repeat(at + start, times), pieces(begins[block[at]], times)


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Where small words stand in entries: of each the entry, ascending, the place in it and the code."""

    entry: Numbers
    place: Numbers
    code: Column

    @classmethod
    def of(cls, entries: EntryTerms, names: Sequence[str]) -> SmallWords:
        """Those of entries; ``names`` are their terms."""
        stems = {STEM + stem for stem in small_stems()}
        small = np.array([i for i, name in enumerate(names) if name in stems], np.int64)
        rows = np.flatnonzero(np.isin(entries.term, small)).tolist()
        found = sorted({(int(entries.entry[row]), int(entries.place[row])) for row in rows})
        codes = [code_of(*_standing(entries, names, entry, place)) for entry, place in found]
        places = np.array(found, np.int64).reshape(-1, 2)
        return cls(places[:, 0], places[:, 1], np.array(codes, np.uint8))


def _standing(entries: EntryTerms, names: Sequence[str], entry: int, place: int) -> tuple[list[str], list[str]]:
    """The exact forms and the stems at a place of an entry."""
    first, last = np.searchsorted(entries.entry, (entry, entry + 1)).tolist()
    here = [names[entries.term[row]] for row in range(first, last) if entries.place[row] == place]
    return [name[1:] for name in here if name.startswith(EXACT)], [name[1:] for name in here if name.startswith(STEM)]


@dataclass(frozen=True, slots=True)
class Leads:
    """The codes of all positions, passage after passage, with one that has none before each; of passage p position x is at
    ``moved[p] + x``."""

    codes: Column
    moved: Numbers

    @classmethod
    def of(cls, passages: Passages, entries: EntryTerms, small: SmallWords, of: Column, positions: Column) -> Leads:
        """Those of passages, of whose entries ``of`` and ``positions`` tell the passage and the position."""
        last = np.cumsum(passages.counts, dtype=np.int64) - 1
        some = passages.counts > 0
        words = np.zeros(len(some), np.int64)
        ends = positions[last[some]].astype(np.int64) + entries.widths[passages.entries[last[some]]]
        words[some] = ends - passages.bases[some]
        moved = 1 + np.cumsum(words + 1) - (words + 1) - passages.bases
        codes = np.full(int((words + 1).sum()), NONE, np.uint8)
        for at, which in passages.occurring(small.entry, len(entries.widths)):
            here = moved[of[at]] + positions[at] + small.place[which]
            code = small.code[which]
            others = (codes[here] != NONE) & (codes[here] != code)
            codes[here] = code
            codes[here[others | (codes[here] != code)]] = SEVERAL
        return cls(codes, moved)

    def before(self, of: Column, positions: Numbers) -> Column:
        """Of positions in passages the codes of what stands just before."""
        before: Column = self.codes[self.moved[of] + positions - 1]
        return before
