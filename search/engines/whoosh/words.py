"""The words of a commit: the terms of its segments, without those of papers that are gone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.occurrences import term
from search.engines.whoosh.dictionary import term_bytes, term_text
from search.engines.whoosh.live import LiveSegment
from search.vocabulary import one_edit

_LAST = b"\xf8"
"""Above every byte of a text."""


class Words:
    """The ``Vocabulary`` of segments; nothing of it is held in memory."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        self._segments = segments

    def count(self, word: str) -> int:
        """See ``Vocabulary``."""
        return self._papers(term(word, stem=False))

    def stem_count(self, stem: str) -> int:
        """See ``Vocabulary``."""
        return self._papers(term(stem, stem=True))

    def _papers(self, name: str) -> int:
        key, papers = term_bytes(name), 0
        for one in self._segments:
            number = one.segment.find(key)
            if number >= 0:
                papers += one.papers_with(number)
        return papers

    def counts(self, words: Sequence[str]) -> list[int]:
        """See ``Vocabulary``."""
        return self._papers_of([term(word, stem=False) for word in words])

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        """See ``Vocabulary``."""
        return self._papers_of([term(stem, stem=True) for stem in stems])

    def _papers_of(self, names: Sequence[str]) -> list[int]:
        keys = [term_bytes(name) for name in names]
        papers = np.zeros(len(keys), np.int64)
        for one in self._segments:
            numbers = one.segment.dictionary.find_all(keys)
            found = np.flatnonzero(numbers >= 0)
            papers[found] += one.papers_with_each(numbers[found])
        counts: list[int] = papers.tolist()
        return counts

    def beginning(self, prefix: str) -> list[str]:
        """See ``Vocabulary``."""
        return self._beginning(term(prefix, stem=False))

    def stems_beginning(self, prefix: str) -> list[str]:
        """Every stem that begins so."""
        return self._beginning(term(prefix, stem=True))

    def _beginning(self, name: str) -> list[str]:
        found: set[bytes] = set()
        start = term_bytes(name)
        for one in self._segments:
            first = one.segment.dictionary.first(start)
            last = one.segment.dictionary.first(start + _LAST, first)
            terms = one.segment.dictionary.between(first, last)
            found.update(name for name, papers in zip(terms, one.papers_with_terms(first, last).tolist(), strict=True) if papers)
        return [term_text(name)[1:] for name in sorted(found)]

    def ending(self, suffix: str) -> list[str]:
        """See ``Vocabulary``."""
        found: set[str] = set()
        for one in self._segments:
            found.update(term_text(one.segment.term(i))[1:] for i in one.segment.dictionary.ending(suffix) if one.papers_with(i))
        return sorted((word for word in found if len(word) > len(suffix)), key=lambda word: word[::-1])

    def near(self, word: str) -> list[str]:
        """See ``Vocabulary``."""
        candidates = sorted(set(one_edit(word)) - {word})
        return [candidate for candidate, papers in zip(candidates, self.counts(candidates), strict=True) if papers]

    def stems_near(self, stem: str) -> list[str]:
        """Every stem within one edit, without the stem itself."""
        candidates = sorted(set(one_edit(stem)) - {stem})
        return [candidate for candidate, papers in zip(candidates, self.stem_counts(candidates), strict=True) if papers]
