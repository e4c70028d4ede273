"""The words of a commit as one answer asks for them: what it asked before, it knows.

One answer makes several plans (with the words in other spellings, with other words that mean alike), and most of their words are
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from search.ports import ValueCounts, Vocabulary

_MOST = 1 << 12
"""Longer lists of words are not kept, nor more counts at once."""

_Count = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class KnownWords:
    """A ``Vocabulary`` for one answer."""

    inner: Vocabulary
    _counts: dict[str, int] = field(default_factory=dict)
    _stem_counts: dict[str, int] = field(default_factory=dict)
    _lists: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _value_counts: dict[str, ValueCounts] = field(default_factory=dict)

    def count(self, word: str) -> int:
        known = self._counts.get(word)
        if known is None:
            known = self._counts[word] = self.inner.count(word)
        return known

    def stem_count(self, stem: str) -> int:
        known = self._stem_counts.get(stem)
        if known is None:
            known = self._stem_counts[stem] = self.inner.stem_count(stem)
        return known

    def counts(self, words: Sequence[str]) -> list[int]:
        return _counted(words, self._counts, self.inner.counts)

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        return _counted(stems, self._stem_counts, self.inner.stem_counts)

    def beginning(self, prefix: str) -> list[str]:
        return self._listed("beginning", prefix, self.inner.beginning)

    def ending(self, suffix: str) -> list[str]:
        return self._listed("ending", suffix, self.inner.ending)

    def near(self, word: str) -> list[str]:
        return self._listed("near", word, self.inner.near)

    def near_twice(self, word: str) -> list[str]:
        return self._listed("near twice", word, self.inner.near_twice)

    def with_stem(self, stem: str) -> list[str]:
        return self._listed("with stem", stem, self.inner.with_stem)

    def values(self, field: str) -> tuple[str, ...]:
        return self.inner.values(field)

    def value_counts(self, field: str) -> ValueCounts:
        known = self._value_counts.get(field)
        if known is None:
            known = self._value_counts[field] = self.inner.value_counts(field)
        return known

    def _listed(self, kind: str, text: str, look_up: Callable[[str], list[str]]) -> list[str]:
        known = self._lists.get((kind, text))
        if known is None:
            known = look_up(text)
            if len(known) <= _MOST:
                self._lists[kind, text] = known
        return known


def _counted(terms: Sequence[str], known: dict[str, int], count: _Count) -> list[int]:
    new = [one for one in dict.fromkeys(terms) if one not in known]
    if len(new) > _MOST:
        return count(terms)
    if new:
        known.update(zip(new, count(new), strict=True))
    return [known[one] for one in terms]
