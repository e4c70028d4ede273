"""The terms of an index: those of a paper, with where each stands, and those of a whole collection.

Terms are strings with a mark in front: ``=toeslagen`` (an exact form) and ``~toeslag`` (a stem). ``occurrences`` finds the terms
of a document, the same for every engine. A ``Vocabulary`` tells which terms a collection has, for all that a query may stand for
beyond its own words: prefixes, misspellings, compounds; what a query makes of them is decided in ``planning``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from search.analysis.chain import tokenize
from search.document import Place, SearchDocument

EXACT, STEM = "=", "~"

PASSAGE_GAP = 100
"""Positions left between passages, so that no phrase or nearness reaches from one into the next."""


TermsByPlace = dict[Place, tuple[dict[str, list[int]], int, list[int]]]
"""Per place: the positions of each index term (ascending, each once), the number of words, and where each passage begins."""


def term(text: str, *, stem: bool) -> str:
    """The index term of an exact form or a stem."""
    return (STEM if stem else EXACT) + text


def occurrences(document: SearchDocument) -> TermsByPlace:
    """The index terms of a document."""
    found: TermsByPlace = {}
    bases: dict[Place, int] = {}
    for passage in document.passages:
        terms, length, starts = found.get(passage.place, ({}, 0, []))
        base = bases.get(passage.place, 0)
        starts.append(base)
        end = 0
        for token in tokenize(passage.text):
            at = base + token.position
            end = max(end, token.position + token.width)
            for name in (EXACT + token.text, STEM + token.stem):
                positions = terms.setdefault(name, [])
                if not positions or positions[-1] < at:
                    positions.append(at)
                elif positions[-1] > at:  # a wide form (a citation) may come after the words it spans
                    terms[name] = sorted({*positions, at})
        found[passage.place] = (terms, length + end, starts)
        bases[passage.place] = base + end + PASSAGE_GAP
    return found


def terms_of(found: TermsByPlace) -> set[str]:
    """The index terms, whatever the place."""
    return set().union(*(terms for terms, *_ in found.values()))


_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LAST = chr(0x10FFFF)


class Vocabulary(Protocol):
    """The exact forms and the stems of a collection, with the number of papers each is in."""

    def count(self, word: str) -> int:
        """How many papers have this exact form; 0 when it is not in the collection."""
        ...

    def stem_count(self, stem: str) -> int:
        """How many papers have a word with this stem."""
        ...

    def counts(self, words: Sequence[str]) -> list[int]:
        """How many papers have each of these exact forms."""
        ...

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        """How many papers have a word with each of these stems."""
        ...

    def beginning(self, prefix: str) -> list[str]:
        """Every exact form that begins so."""
        ...

    def ending(self, suffix: str) -> list[str]:
        """Every exact form that ends so and is longer."""
        ...

    def near(self, word: str) -> list[str]:
        """Every exact form within one edit (a letter more, less, other, or two swapped), without the word itself."""
        ...


class WordList:
    """A vocabulary of two mappings from word to number of papers: exact forms, and stems."""

    def __init__(self, words: Mapping[str, int], stems: Mapping[str, int]) -> None:
        self.words = words
        self.stems = stems

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.words)

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(word[::-1] for word in self.words)

    def count(self, word: str) -> int:
        return self.words.get(word, 0)

    def stem_count(self, stem: str) -> int:
        return self.stems.get(stem, 0)

    def counts(self, words: Sequence[str]) -> list[int]:
        return [self.count(word) for word in words]

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        return [self.stem_count(stem) for stem in stems]

    def beginning(self, prefix: str) -> list[str]:
        return self._sorted[bisect_left(self._sorted, prefix) : bisect_left(self._sorted, prefix + _LAST)]

    def ending(self, suffix: str) -> list[str]:
        start = suffix[::-1]
        found = self._reversed[bisect_left(self._reversed, start) : bisect_left(self._reversed, start + _LAST)]
        return [word[::-1] for word in found if len(word) > len(suffix)]

    def near(self, word: str) -> list[str]:
        return sorted(candidate for candidate in set(one_edit(word)) if candidate != word and candidate in self.words)


def one_edit(word: str) -> Iterable[str]:
    """What is one edit away from a word, some of it more than once."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
