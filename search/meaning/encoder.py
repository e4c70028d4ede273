"""The port of encoders: a text becomes a vector, and texts that mean the same get vectors that point the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row for each text. A row has length one, or is zero where a text says nothing to the encoder."""


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
class Joined:
    """Several encoders as one: the nearness is the mean of theirs, each with its weight.

    Each encoder has its own scale: with one all texts lie close together, with another far apart. A weight evens that out too.
    """

    parts: tuple[tuple[Encoder, float], ...]

    @property
    def name(self) -> str:
        """The names of all, with their weights."""
        return "+".join(f"{encoder.name}*{weight:g}" for encoder, weight in self.parts)

    @property
    def dimension(self) -> int:
        """The vectors stand behind one another."""
        return sum(encoder.dimension for encoder, _ in self.parts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts of papers."""
        return self._joined([encoder.passages(texts) for encoder, _ in self.parts])

    def query(self, text: str) -> Vectors:
        """The vector of a query."""
        return self._joined([encoder.query(text) for encoder, _ in self.parts])

    def _joined(self, found: Sequence[Vectors]) -> Vectors:
        """The square root of the weight on both sides makes the weight in the inner product."""
        total = sum(weight for _, weight in self.parts)
        scaled = [vectors * np.sqrt(weight / total) for vectors, (_, weight) in zip(found, self.parts, strict=True)]
        return np.concatenate(scaled, axis=1).astype(np.float32)


def unit(vectors: Vectors) -> Vectors:
    """The rows at length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return units
