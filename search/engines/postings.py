"""What an index holds, as arrays: where a term occurs, how long papers are, and their values per facet.

The port between the array engines and their storage. Papers are numbered from 0; numbers of deleted papers stay unused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.document import Place, SearchDocument
from search.vocabulary import Vocabulary

Docs = NDArray[np.int64]
"""Numbers of papers, ascending, each once."""
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term occurs in one place: of each paper how often, and at which positions.

    ``positions[starts[i]:starts[i + 1]]`` are those in ``docs[i]``, ascending.
    """

    docs: Docs
    starts: NDArray[np.int64]
    positions: NDArray[np.int64]

    @property
    def frequencies(self) -> Floats:
        """Of each paper how often."""
        return np.diff(self.starts).astype(np.float64)

    def keys(self) -> NDArray[np.int64]:
        """Paper and position of each occurrence as one number, ascending."""
        return (np.repeat(self.docs, np.diff(self.starts)) << POSITION_BITS) | self.positions

    def only(self, docs: Docs) -> Postings:
        """The occurrences in these papers (ascending)."""
        at = np.searchsorted(self.docs, docs)
        inside = at < len(self.docs)
        at, docs = at[inside], docs[inside]
        at = at[self.docs[at] == docs]
        counts = self.starts[at + 1] - self.starts[at]
        starts = np.concatenate(([0], np.cumsum(counts)))
        # Only the positions that are wanted are touched: a common word has millions.
        positions = self.positions[np.arange(starts[-1]) + np.repeat(self.starts[at] - starts[:-1], counts)]
        return Postings(self.docs[at], starts, positions)


POSITION_BITS = 24
"""Bits of a position within a paper: 16 million words."""

NO_POSTINGS = Postings(np.empty(0, np.int64), np.zeros(1, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """The values of all papers under one name: ``docs[i]`` has ``values[codes[i]]``; papers may have several."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    docs: NDArray[np.int64]
    codes: NDArray[np.int64]

    def counts(self, mask: Mask) -> NDArray[np.int64]:
        """Per value the number of papers within ``mask`` that have it."""
        return np.bincount(self.codes[mask[self.docs]], minlength=len(self.values)).astype(np.int64)

    def having(self, accepted: Mask, size: int) -> Mask:
        """The papers that have one of the accepted values."""
        mask = np.zeros(size, np.bool_)
        mask[self.docs[accepted[self.codes]]] = True
        return mask


class Collection(Protocol):
    """One generation of an index, as arrays. Reading it needs no lock."""

    @property
    def size(self) -> int:
        """One more than the highest number of a paper."""
        ...

    @property
    def live(self) -> Mask:
        """Which numbers are papers."""
        ...

    @property
    def dates(self) -> NDArray[np.int64]:
        """Of each paper the date as a proleptic ordinal; 0 where there is none."""
        ...

    @property
    def identifiers(self) -> NDArray[np.str_]:
        """Of each paper the official identifier."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection."""
        ...

    def postings(self, place: Place, text: str, *, stem: bool) -> Postings:
        """Where a term occurs; ``NO_POSTINGS`` when nowhere."""
        ...

    def citing(self, identifier: str) -> Docs:
        """The papers that cite this one."""
        ...

    def lengths(self, place: Place) -> Floats:
        """Of each paper the number of words in this place."""
        ...

    def column(self, name: str) -> ValueColumn:
        """The values under a name of ``document.facets_of``."""
        ...

    @property
    def families(self) -> Mapping[int, tuple[int, ...]]:
        """For each paper with other versions all of them, the newest first."""
        ...

    def document(self, doc: int) -> SearchDocument:
        """A paper as stored."""
        ...
