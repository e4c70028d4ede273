"""Vectors of texts and words: what means the same points the same way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row for each text. A row has length one, or is zero where nothing is known of a text."""


def unit(vectors: Vectors) -> Vectors:
    """The rows at length one; rows of zeros stay."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)
    units: Vectors = (vectors / np.repeat(lengths, vectors.shape[1]).reshape(vectors.shape)).astype(np.float32)
    return units
