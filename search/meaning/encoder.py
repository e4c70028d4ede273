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


@dataclass(frozen=True, slots=True)
class Reading:
    """What one encoder makes of a query, and what that weighs beside what others make of it.

    The vectors of texts hold those of all encoders behind one another, in the order of the readings.
    """

    vector: Vectors
    weight: float = 1.0


class PaperEncoder(Protocol):
    """Turns papers into vectors, one for each of their texts."""

    @property
    def name(self) -> str:
        """As that of an encoder."""
        ...

    def papers(self, papers: Sequence[Sequence[str]]) -> list[Vectors]:
        """The vectors of the texts of each paper, the first of which tells best what it is about."""
        ...

    def query(self, text: str) -> Sequence[Reading]:
        """What each encoder makes of a query."""
        ...


@dataclass(frozen=True, slots=True)
class Joined:
    """Several encoders as one, each with its weight.

    The encoder of the ``gist`` takes too long for every text; it reads the first of a paper, and what it says holds for all.
    """

    parts: tuple[tuple[Encoder, float], ...]
    gist: tuple[Encoder, float]

    @property
    def name(self) -> str:
        """The names of all; their weights are those of the query, so that other ones need no new vectors."""
        return "+".join(encoder.name for encoder, _ in (*self.parts, self.gist))

    def papers(self, papers: Sequence[Sequence[str]]) -> list[Vectors]:
        """The vectors of the texts of papers; those of the encoders stand behind one another."""
        texts = [text for paper in papers for text in paper]
        gists = self.gist[0].passages([paper[0] for paper in papers])
        counts = [len(paper) for paper in papers]
        joined = [*(encoder.passages(texts) for encoder, _ in self.parts), np.repeat(gists, counts, axis=0)]
        return np.split(np.concatenate(joined, axis=1), np.cumsum(counts)[:-1])

    def query(self, text: str) -> tuple[Reading, ...]:
        """What each makes of it."""
        return tuple(Reading(encoder.query(text)[0], weight) for encoder, weight in (*self.parts, self.gist))
