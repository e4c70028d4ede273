"""The words of a collection, asked for within a budget: what is looked up is counted, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.budget import Budget, Part
from search.ports import ValueCounts, Vocabulary

_AT_ONCE = 4096
"""Words that are looked up before it is asked again whether there is time left."""


@dataclass(frozen=True, slots=True)
class MeteredWords:
    """A ``Vocabulary`` for one answer."""

    inner: Vocabulary
    budget: Budget

    def count(self, word: str) -> int:
        self.budget.spend(Part.FORMS, 1)
        return self.inner.count(word)

    def stem_count(self, stem: str) -> int:
        self.budget.spend(Part.FORMS, 1)
        return self.inner.stem_count(stem)

    def counts(self, words: Sequence[str]) -> list[int]:
        return [count for some in self._in_parts(words) for count in self.inner.counts(some)]

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        return [count for some in self._in_parts(stems) for count in self.inner.stem_counts(some)]

    def beginning(self, prefix: str) -> list[str]:
        self.budget.spend(Part.FORMS)
        return self._counted(self.inner.beginning(prefix))

    def ending(self, suffix: str) -> list[str]:
        self.budget.spend(Part.FORMS)
        return self._counted(self.inner.ending(suffix))

    def near(self, word: str) -> list[str]:
        self.budget.spend(Part.FORMS)
        return self._counted(self.inner.near(word))

    def near_twice(self, word: str) -> list[str]:
        self.budget.spend(Part.FORMS)
        return self._counted(self.inner.near_twice(word))

    def with_stem(self, stem: str) -> list[str]:
        self.budget.spend(Part.FORMS)
        return self._counted(self.inner.with_stem(stem))

    def values(self, field: str) -> tuple[str, ...]:
        self.budget.spend(Part.FORMS)
        return self.inner.values(field)

    def value_counts(self, field: str) -> ValueCounts:
        self.budget.spend(Part.FORMS)
        return self.inner.value_counts(field)

    def _counted(self, words: list[str]) -> list[str]:
        self.budget.spend(Part.FORMS, len(words))
        return words

    def _in_parts(self, words: Sequence[str]) -> Iterator[Sequence[str]]:
        for first in range(0, len(words), _AT_ONCE):
            some = words[first : first + _AT_ONCE]
            self.budget.spend(Part.FORMS, len(some))
            yield some
