"""The words of a collection as mappings, which are all in memory: what every other ``Vocabulary`` tells must be the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from search.analysis.chain import stem as stem_of
from search.letters import distance, is_word, one_edit
from search.ports import ValueCounts

_LAST = chr(0x10FFFF)


class WordList:
    """A vocabulary of two mappings from word to number of papers, exact forms and stems, and of the values of fields."""

    def __init__(
        self, words: Mapping[str, int], stems: Mapping[str, int], values: Mapping[str, Mapping[str, int]] = MappingProxyType({})
    ) -> None:
        self.words = words
        self.stems = stems
        self._values = values

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

    def near_twice(self, word: str) -> list[str]:
        plain = (one for one in self._sorted if one.isascii() and one.isalpha() and one.islower())
        return [one for one in plain if abs(len(one) - len(word)) <= 2 and distance(word, one) == 2]

    def with_stem(self, stem: str) -> list[str]:
        return [word for word in self._sorted if is_word(word) and stem_of(word) == stem]

    def values(self, field: str) -> tuple[str, ...]:
        return tuple(self._values.get(field, ()))

    def value_counts(self, field: str) -> ValueCounts:
        return ValueCounts(self._values.get(field, {}))
