"""Papers that match, with what they score: few by their numbers, many as a column over all papers; and how they go together.

What papers score and why is ``matching``'s.

What an index holds, as arrays: where a term occurs, how long papers are, and their values per facet.

The port between the array engines and their storage. Papers are numbered from 0; numbers of deleted papers stay unused.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search.document import Place, SearchDocument
from search.engines.whoosh.storage.leading import SEVERAL
from search.engines.whoosh.storage.narrow import Mask, pieces
from search.vocabulary import Vocabulary

Docs = NDArray[np.int64]
"""Numbers of papers, ascending, each once."""
Floats = NDArray[np.float64]


Spots = NDArray[np.int64]
"""A spot is a place of a paper: the title of this one, the notes of that one. Which number it has is the collection's affair."""

Reading = Callable[[NDArray[np.int64] | None], NDArray[Any]]
"""Reads something of some occurrences (their places among all, those of a spot after those of the one before), or of all."""

_LOOKED_THROUGH = 4
"""Occurrences at a spot that are looked through sooner than halved again."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where terms occur: at each spot how often, and at which positions after what, which is read only when asked for.

    The spots of one term are ascending; those of several stand one term after another. ``leads`` reads of each occurrence the
    code of the small word before it (``leading``).
    """

    spots: Spots
    counts: NDArray[np.int64]
    positions: Reading
    leads: Reading

    @classmethod
    def of(cls, spots: Spots, counts: NDArray[np.int64], positions: NDArray[np.int64], leads: NDArray[np.uint8]) -> Postings:
        """From arrays: of each spot its occurrences, and of these the positions, ascending, and the codes."""
        return cls(spots, counts, _of(positions), _of(leads))

    @property
    def occurrences(self) -> int:
        """How often everywhere together."""
        return int(self.counts.sum())

    def keys(self) -> NDArray[np.int64]:
        """Spot and position of each occurrence as one number; of one term ascending."""
        keys: NDArray[np.int64] = np.repeat(self.spots << POSITION_BITS, self.counts)
        keys |= self.positions(None)
        return keys

    def keys_after(self, codes: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The same of the occurrences after a small word with one of these codes, and of those after several small words."""
        leads = self.leads(None)
        after = leads == codes[0]
        for code in codes[1:]:
            after |= leads == code
        return self._keys_of(np.flatnonzero(after)), self._keys_of(np.flatnonzero(leads == SEVERAL))

    def standing(self, keys: NDArray[np.int64]) -> Mask:
        """Which of these ``keys``, ascending, are among those of the one term; looked for spot by spot, not laying out all."""
        at = np.minimum(np.searchsorted(self.spots, keys >> POSITION_BITS), len(self.spots) - 1)
        found: Mask = self.spots[at] == keys >> POSITION_BITS
        at, wanted = at[found], keys[found] & ((1 << POSITION_BITS) - 1)
        each = self.counts[at]
        low = np.cumsum(self.counts)[at] - each
        while int(each.sum()) > _LOOKED_THROUGH * len(each):  # all are halved as often; of keys in order the middles are in order
            half = each >> 1
            reached = self.positions(low + half) <= wanted
            low, each = np.where(reached, low + half, low), np.where(reached, each - half, half)
        equal = np.flatnonzero(self.positions(pieces(low, each)) == np.repeat(wanted, each))
        stands = np.zeros(len(at), np.bool_)
        stands[np.searchsorted(np.cumsum(each), equal, "right")] = True
        found[found] = stands
        return found

    def _keys_of(self, some: NDArray[np.int64]) -> NDArray[np.int64]:
        """The same of some occurrences."""
        ends = np.cumsum(self.counts)
        if len(some) < len(ends):
            spots = self.spots[np.searchsorted(ends, some, "right")]
        else:  # the same, with less to look for
            spots = np.repeat(self.spots, np.diff(np.searchsorted(some, ends), prepend=0))
        keys: NDArray[np.int64] = spots << POSITION_BITS
        keys |= self.positions(some)
        return keys

    def only(self, spots: Spots) -> Postings:
        """The occurrences of one term at these spots."""
        return self.some(places_among(self.spots, spots))

    def among(self, spots: Spots) -> Postings:
        """The same of several terms."""
        if not len(self.spots) or not len(spots):
            return self.some(np.empty(0, np.int64))
        wanted = np.zeros(max(int(self.spots.max()), int(spots.max())) + 1, np.bool_)
        wanted[spots] = True
        return self.some(np.flatnonzero(wanted[self.spots]))

    def some(self, some: NDArray[np.int64]) -> Postings:
        """The occurrences at some of the spots, given by their places among these."""
        each = self.counts[some]
        occurrences = cache(lambda: pieces((np.cumsum(self.counts) - self.counts)[some], each))

        def reading(read: Reading) -> Reading:
            return lambda fewer: read(occurrences() if fewer is None else occurrences()[fewer])

        return Postings(self.spots[some], each, reading(self.positions), reading(self.leads))


def _of(values: NDArray[Any]) -> Reading:
    return lambda some: values if some is None else values[some]


def places_among(many: NDArray[np.int64], few: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where in ``many`` those of ``few`` are that are in it; both ascending."""
    if not len(many):
        return np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    found: NDArray[np.int64] = at[many[at] == few]
    return found


def among(many: NDArray[np.int64], few: NDArray[np.int64]) -> Mask:
    """Which of ``few`` are among ``many``, which are ascending."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    found: Mask = many[np.minimum(np.searchsorted(many, few), len(many) - 1)] == few
    return found


POSITION_BITS = 24
"""Bits of a position within a paper: 16 million words."""

NO_POSTINGS = Postings.of(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))


_DENSE = 4
"""Of so many papers one is counted: then it is quicker to go through the values of all."""


@dataclass(frozen=True)
class ValueColumn:
    """The values of all papers under one name: those of paper d are ``codes[starts[d]:starts[d + 1]]``, numbers of ``values``.

    ``order`` is the place of each value in the order of their letters, ``totals`` the number of all papers with each.
    """

    values: tuple[str, ...]
    labels: tuple[str, ...]
    order: NDArray[np.int64]
    starts: NDArray[Any]
    codes: NDArray[Any]
    totals: NDArray[np.int64]

    def of(self, docs: Docs) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """How many values each of these papers has, and the numbers of these values."""
        starts = self.starts[docs].astype(np.int64)
        each = self.starts[docs + 1] - starts
        return each, self.codes[pieces(starts, each)]

    @cached_property
    def single(self) -> bool:
        """Whether every paper has just one value."""
        return len(self.codes) == len(self.starts) - 1 and bool((np.diff(self.starts) == 1).all())

    @cached_property
    def papers(self) -> NDArray[np.int32]:
        """Of each of the ``codes`` the paper that has it."""
        each = self.starts[1:].astype(np.int64) - self.starts[:-1]
        return np.repeat(np.arange(len(each), dtype=np.int32), each)

    def counts(self, docs: Docs) -> NDArray[np.int64]:
        """Per value the number of these papers that have it."""
        if self.single:
            codes = self.codes[docs]
        elif len(docs) * _DENSE < len(self.starts):
            codes = self.of(docs)[1]
        else:
            mask = np.zeros(len(self.starts) - 1, np.bool_)
            mask[docs] = True
            codes = self.codes[np.flatnonzero(mask[self.papers])]
        return np.bincount(codes, minlength=len(self.values)).astype(np.int64, copy=False)

    def having(self, accepted: Mask, size: int) -> Mask:
        """The papers that have one of the accepted values."""
        mask = np.zeros(size, np.bool_)
        mask[np.searchsorted(self.starts, np.flatnonzero(accepted[self.codes]), "right") - 1] = True
        return mask


class Occurrences(Protocol):
    """Where some terms occur in some places: looked up, and read when it is asked for."""

    @property
    def size(self) -> int:
        """At about how many spots; one counts for each of the terms."""
        ...

    @property
    def identity(self) -> Hashable:
        """Equal for occurrences that are the same: those of a stem and of the only form it stands for."""
        ...

    def postings(self, docs: Docs | None = None) -> Postings:
        """In all papers, or in ``docs``."""
        ...

    def frequencies(self, gains: Floats) -> Floats:
        """Of every paper what its occurrences gain together, where ``gains`` are of each spot."""
        ...


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
    def papers(self) -> int:
        """How many papers there are."""
        ...

    @property
    def identifiers(self) -> NDArray[np.bytes_]:
        """Of each paper the official identifier."""
        ...

    def named(self, identifier: str) -> Docs:
        """The paper with this identifier, when it is there."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection."""
        ...

    def occurrences(self, terms: Sequence[tuple[str, bool]], places: Sequence[Place]) -> Occurrences:
        """Where terms (exact forms, or stems where True) occur in these places."""
        ...

    def spots(self, docs: Docs, places: Sequence[Place]) -> Spots:
        """These places of these papers, ascending."""
        ...

    @property
    def paper_of(self) -> NDArray[np.int64]:
        """Of each spot the paper."""
        ...

    def gains(self, b: float, importance: Mapping[Place, float]) -> Floats:
        """Of each spot what one occurrence there counts for: w / (1 - b + b · length / mean length), see ``ranking``."""
        ...

    def citing(self, identifier: str) -> Docs:
        """The papers that cite this one."""
        ...

    def lengths(self, place: Place) -> NDArray[Any]:
        """Of each paper the number of words in this place."""
        ...

    def column(self, name: str) -> ValueColumn:
        """The values of a field of the table."""
        ...

    @property
    def families(self) -> Mapping[int, tuple[int, ...]]:
        """For each paper with other versions all of them, the newest first."""
        ...

    def document(self, doc: int) -> SearchDocument:
        """A paper as stored."""
        ...
