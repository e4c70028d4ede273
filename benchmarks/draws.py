"""Random numbers that are the same everywhere: of a seed, in any process, on any machine and with any version of numpy.

Only the bits of PCG64 are used, which numpy promises to keep; what is made of them is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Chances = NDArray[np.float64]

_T = TypeVar("_T")
_BLOCK = 64
"""Single numbers are drawn so many at a time."""
_TABLE_BITS = 22
_UNIT = 2.0**-64


class Table:
    """Draws numbers 0, 1, 2, … in proportion to weights, in constant time: the weights as shares of a long table.

    What weighs less than a share of the table (a four-millionth) may never be drawn.
    """

    def __init__(self, weights: Chances) -> None:
        upto = np.cumsum(weights) / np.sum(weights)
        middles = (np.arange(1 << _TABLE_BITS) + 0.5) / (1 << _TABLE_BITS)
        self._table: NDArray[np.int32] = np.searchsorted(upto, middles).astype(np.int32)

    def draw(self, bits: Bits) -> NDArray[np.int32]:
        """A number for each of the random words."""
        drawn: NDArray[np.int32] = self._table[bits >> np.uint64(64 - _TABLE_BITS)]
        return drawn


def zipf_mandelbrot(count: int, exponent: float, shift: float) -> Chances:
    """The weights of ranks 1 to ``count``: (rank + shift) to the power -exponent."""
    return np.power(np.arange(1, count + 1, dtype=np.float64) + shift, -exponent)


class Draws:
    """The random numbers of one thing (a paper, a dossier), named by whole numbers."""

    def __init__(self, *name: int) -> None:
        self._bits = np.random.PCG64(list(name))
        self._block: list[int] = []

    def bits(self, count: int) -> Bits:
        """So many random words of 64 bits."""
        return self._bits.random_raw(count)

    def unit(self) -> float:
        """A number from 0 to 1."""
        if not self._block:
            self._block = self._bits.random_raw(_BLOCK).tolist()
        return self._block.pop() * _UNIT

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self.unit() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 up to but not ``limit``."""
        return min(int(self.unit() * limit), limit - 1)

    def between(self, first: int, last: int) -> int:
        """A whole number from ``first`` to ``last``, both included."""
        return first + self.below(last - first + 1)

    def pick(self, among: Sequence[_T]) -> _T:
        """One of these."""
        return among[self.below(len(among))]

    def normal(self) -> float:
        """A number from the bell curve, nearly: twelve uniform ones added up."""
        return sum(self.unit() for _ in range(12)) - 6.0
