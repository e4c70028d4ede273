"""Vectors of words, learnt from which words parliament uses together; a text has the mean of its words, rare ones weigh more.

The table that is shipped (``words.npz``) was learnt from the subject lines of the Tweede Kamer's public records and from motions
(``benchmarks/learning.py``): words and numbers, no texts. A word that it does not have is taken apart into two that it has. Words
are compared by their stems, which are made when the table is read, so that the table outlives a change of the stemmer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np

from search.analysis.folding import fold
from search.analysis.stemming import stem
from search.learnt.vectors import Vectors, unit

_WORD = re.compile(r"[^\W\d_]{2,}")
_COMPOUND = 7
"""Letters of a word that may be taken apart."""
_FIRST, _LAST = 3, 4
"""Letters that its first part and its last part have at least."""


def words_of(text: str) -> list[str]:
    """The words of a text, folded; numbers and single letters tell nothing of what it means."""
    return [fold(word) for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Counted:
    """Stems with the number of texts that each was seen in; tells which of them a word consists of."""

    counts: Mapping[str, int]

    def features(self, word: str) -> Iterator[str]:
        """The stem of the word, and those of the two words that it is made of, if it is."""
        whole = stem(word)
        yield whole
        yield from (part for part in self._parts(word) if part != whole)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The best way to take it apart: both parts known, frequent and long; an s between them may be dropped."""
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        if len(word) >= _COMPOUND:
            for at in range(_FIRST, len(word) - _LAST + 1):
                last = word[at:]
                for first in (word[:at], word[: at - 1] if word[at - 1] == "s" else ""):
                    if len(first) >= _FIRST:
                        stems = stem(first), stem(last)
                        if known := min(self.counts.get(one, 0) for one in stems):
                            best = max(best, (known * min(len(first), len(last)), stems))
        return best[1]


@dataclass(frozen=True)
class WordVectors:
    """An encoder of a table of words; ``texts`` is how many it was learnt from."""

    forms: tuple[str, ...]
    """Of each word the most frequent form."""
    counts: Sequence[int]
    texts: int
    vectors: Vectors
    version: str

    @classmethod
    def shipped(cls) -> WordVectors:
        """The table that comes with the program."""
        with files("search.learnt").joinpath("words.npz").open("rb") as file, np.load(file) as table:
            forms = tuple(bytes(table["forms"]).decode().split())
            vectors = unit(table["vectors"].astype(np.float32))
            return cls(forms, tuple(table["counts"].tolist()), int(table["texts"]), vectors, str(int(table["version"])))

    @property
    def name(self) -> str:
        """With the version of the table."""
        return f"words-{self.version}"

    @property
    def dimension(self) -> int:
        """That of the table."""
        return int(self.vectors.shape[1])

    @cached_property
    def _rows(self) -> dict[str, int]:
        """The row of each stem; the most frequent word where two share one."""
        rows: dict[str, int] = {}
        for row, form in enumerate(self.forms):
            key = stem(form)
            if key not in rows or self.counts[row] > self.counts[rows[key]]:
                rows[key] = row
        return rows

    @cached_property
    def _counted(self) -> Counted:
        return Counted({key: self.counts[row] for key, row in self._rows.items()})

    @cached_property
    def _rarity(self) -> Vectors:
        return np.log(self.texts / np.asarray(self.counts, dtype=np.float32))

    @cached_property
    def _known(self) -> dict[str, tuple[int, ...]]:
        """The rows of words that were looked up before."""
        return {}

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts; that of one without known words is zero."""
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for i, text in enumerate(texts):
            rows = list(self._rows_of(words_of(text)))
            if rows:
                found[i] = self._rarity[rows] @ self.vectors[rows]
        return unit(found)

    def query(self, text: str) -> Vectors:
        """As any text."""
        return self.passages([text])

    def nearest(self, texts: Sequence[str], count: int) -> list[tuple[str, float]]:
        """The words that are nearest to texts taken together, with how near each is; none where no word of them is known."""
        vector = self.query(" ".join(texts))[0]
        nearness = self.vectors @ vector
        least = np.partition(nearness, -count)[-count] if count < len(nearness) else -np.inf
        rows = np.flatnonzero(nearness >= least)  # putting all of them in order would take longer
        nearest = rows[np.argsort(-nearness[rows], kind="stable")][:count].tolist()
        return [(self.forms[row], near) for row in nearest if (near := float(nearness[row])) > 0]

    def _rows_of(self, words: Iterable[str]) -> Iterator[int]:
        for word in words:
            rows = self._known.get(word)
            if rows is None:
                features = self._counted.features(word)
                rows = self._known[word] = tuple(self._rows[one] for one in features if one in self._rows)
                if len(self._known) > _REMEMBERED:
                    self._known.clear()
            yield from rows


_REMEMBERED = 200_000
"""Words that are kept with their rows: taking words apart is what takes time."""
