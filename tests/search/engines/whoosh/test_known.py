"""What one answer asked of a vocabulary before, it does not ask again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from search.engines.whoosh.searching.known import KnownWords
from search.engines.word_list import WordList


class Asked(WordList):
    """A list of words that counts what it is asked."""

    def __init__(self) -> None:
        super().__init__({"wet": 3, "wetten": 2, "nota": 1}, {"wet": 4, "nota": 1}, {})
        self.asked: Counter[str] = Counter()

    def count(self, word: str) -> int:
        self.asked[word] += 1
        return super().count(word)

    def counts(self, words: Sequence[str]) -> list[int]:
        self.asked.update(words)
        return [super(Asked, self).count(word) for word in words]

    def beginning(self, prefix: str) -> list[str]:
        self.asked[prefix + "*"] += 1
        return super().beginning(prefix)


def test_a_word_is_counted_once_whichever_way_it_is_asked_for() -> None:
    asked = Asked()
    words = KnownWords(asked)
    assert words.counts(["wet", "nota", "wet", "motie"]) == [3, 1, 3, 0]
    assert (words.count("wet"), words.count("motie"), words.counts(["nota", "wetten"])) == (3, 0, [1, 2])
    assert asked.asked == {"wet": 1, "nota": 1, "motie": 1, "wetten": 1}


def test_a_word_and_a_stem_are_told_apart() -> None:
    words = KnownWords(Asked())
    assert (words.count("wet"), words.stem_count("wet"), words.stem_counts(["wet", "nota"])) == (3, 4, [4, 1])


def test_words_that_begin_alike_are_listed_once() -> None:
    asked = Asked()
    words = KnownWords(asked)
    assert words.beginning("we") == words.beginning("we") == ["wet", "wetten"]
    assert asked.asked == {"we*": 1}
