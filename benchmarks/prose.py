"""Running text for generated papers: sentences of drawn words, paragraphs, lists, tables, footnotes, citations.

The text means nothing. What counts is that words, sentences and paragraphs have the lengths and frequencies they have in print.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.draws import Draws
from benchmarks.vocabulary import Words

_SENTENCE = (6, 27)
"""Words of a sentence: from, to."""
_PARAGRAPH = (2, 6)
"""Sentences of a paragraph."""
_ITEM = (5, 14)
_TOPICAL = 14
"""One word in so many is of the dossier's own."""
_COMMA = 11
"""Words from one comma to the next, on average."""


@dataclass(slots=True)
class Writer:
    """Writes the text of one paper; a stock of words is drawn at once and taken from as they are needed."""

    draws: Draws
    words: Words
    topic: tuple[str, ...]
    expected: int
    """Words that the paper will take, more or less."""
    _stock: list[str]
    _at: int = 0

    @classmethod
    def of(cls, draws: Draws, words: Words, topic: tuple[str, ...], expected: int) -> Writer:
        """A writer with words for a paper of about this length."""
        writer = cls(draws, words, topic, expected, [])
        writer._restock(expected)
        return writer

    def _restock(self, count: int) -> None:
        drawn = self.words.draw(self.draws, count)
        if self.topic:
            for at in range(self.draws.below(_TOPICAL), len(drawn), _TOPICAL):
                drawn[at] = self.draws.pick(self.topic)
        self._stock = drawn
        self._at = 0

    def take(self, count: int) -> list[str]:
        """The next words."""
        if self._at + count > len(self._stock):
            self._restock(max(count, self.expected // 4 + 50))
        self._at += count
        return self._stock[self._at - count : self._at]

    def phrase(self, first: int, last: int) -> str:
        """Some words with a capital in front and no stop: a heading, an item, a cell."""
        return _capital(" ".join(self.take(self.draws.between(first, last))))

    def sentence(self) -> str:
        """A sentence."""
        taken = self.take(self.draws.between(*_SENTENCE))
        for at in range(_COMMA - 1, len(taken) - 2, _COMMA):
            taken[at] += ","
        return _capital(" ".join(taken)) + "."

    def paragraph(self) -> str:
        """Some sentences."""
        return " ".join([self.sentence() for _ in range(self.draws.between(*_PARAGRAPH))])

    def item(self) -> str:
        """What stands in an item of a list, with a semicolon."""
        return " ".join(self.take(self.draws.between(*_ITEM))) + ";"

    def amount(self) -> str:
        """A number as tables print it."""
        kind = self.draws.below(3)
        if kind == 0:
            return f"€ {self.draws.between(1, 999)},{self.draws.below(10)} mln."
        return f"{self.draws.between(1, 99)}%" if kind == 1 else f"{self.draws.between(1, 9)}.{self.draws.below(1000):03}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
