"""The port of encoders: a text becomes a vector, and texts that mean the same get vectors that point the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from search.learnt.vectors import Vectors


class Encoder(Protocol):
    """Turns texts into vectors; the nearness of two texts is the inner product of theirs."""

    @property
    def name(self) -> str:
        """Names the encoder and its version; vectors of encoders with different names cannot be compared."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts of papers."""
        ...

    def query(self, text: str) -> Vectors:
        """The vector of a query, as one row: some encoders treat questions otherwise than what is to be found."""
        ...


class PaperEncoder(Protocol):
    """Turns papers into vectors, one for each of their texts."""

    @property
    def name(self) -> str:
        """As that of an encoder."""
        ...

    def papers(self, papers: Sequence[Sequence[str]]) -> list[Vectors]:
        """The vectors of the texts of each paper, the first of which tells best what it is about."""
        ...

    def query(self, text: str) -> Vectors:
        """The vector of a query, as one row."""
        ...


@dataclass(frozen=True, slots=True)
class Joined:
    """Several encoders as one: the nearness is the mean of theirs, each with its weight.

    Each encoder has its own scale: with one all texts lie close together, with another far apart. A weight evens that out too.
    The encoder of the ``gist`` takes too long for every text; it reads the first of a paper, and what it says holds for all.
    """

    parts: tuple[tuple[Encoder, float], ...]
    gist: tuple[Encoder, float]

    @property
    def name(self) -> str:
        """The names of all, with their weights."""
        return "+".join(f"{encoder.name}*{weight:g}" for encoder, weight in (*self.parts, self.gist))

    def papers(self, papers: Sequence[Sequence[str]]) -> list[Vectors]:
        """The vectors of the texts of papers; those of the encoders stand behind one another."""
        texts = [text for paper in papers for text in paper]
        gists = self.gist[0].passages([paper[0] for paper in papers])
        counts = [len(paper) for paper in papers]
        joined = self._joined([*(encoder.passages(texts) for encoder, _ in self.parts), np.repeat(gists, counts, axis=0)])
        return np.split(joined, np.cumsum(counts)[:-1])

    def query(self, text: str) -> Vectors:
        """The vector of a query."""
        return self._joined([encoder.query(text) for encoder, _ in (*self.parts, self.gist)])

    def _joined(self, found: Sequence[Vectors]) -> Vectors:
        """The square root of the weight on both sides makes the weight in the inner product."""
        weights = [weight for _, weight in (*self.parts, self.gist)]
        scaled = [vectors * np.sqrt(weight / sum(weights)) for vectors, weight in zip(found, weights, strict=True)]
        return np.concatenate(scaled, axis=1).astype(np.float32)
