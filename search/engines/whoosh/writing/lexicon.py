"""Text → numbers of entries: what stands between two spaces is analysed once, and known by its number from then on.

Most of a text is words that were met before, and what stands between spaces gives the same terms wherever it stands. Only numbers
with spaces in them and citations reach further: a passage that may hold one is an entry of its own. That all this gives the terms
that ``occurrences`` gives is tested as a property. Nothing here knows of papers.

These entries live as long as papers are gathered; what a segment calls an entry is another thing: a term in a place.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar
from weakref import WeakMethod

from indexer.paper.citations import find_citations
from search.analysis.chain import may_cite, may_reach_far, stem, terms_in, tokenize
from search.analysis.terms import LONGEST_WORD, Piece, Term, take_apart
from search.engines.occurrences import EXACT, STEM
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
