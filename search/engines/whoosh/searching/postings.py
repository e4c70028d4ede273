"""Where words stand at their offsets, or near each other: operations on the positions of terms.

Papers that match, with what they score: few by their numbers, many as a column over all papers; and how they go together.

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
from search.engines.whoosh.storage.narrow import Mask, pieces
from search.engines.whoosh.storage.segment import SEVERAL
from search.ports import Vocabulary

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


Keys = NDArray[np.int64]
"""Spots and positions there as one number, ascending."""


_CROWDED = 16
"""Times as many keys as are looked for among them: fewer are found sooner by merging both."""
_RARER = 4
"""How many times rarer words are that are sooner looked for spot by spot than among all occurrences of another."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A small word just before a term: the codes of it (``leading``), and where it stands, which is seldom asked for."""

    codes: tuple[int, ...]
    postings: Callable[[], Postings]

    def before(self, term: Postings) -> Keys:
        """Where the term stands after it."""
        keys, doubtful = term.keys_after(self.codes)
        if not len(doubtful):
            return keys
        here = self.postings().only(each_once(doubtful >> POSITION_BITS)).keys()
        return each_once(np.concatenate((keys, doubtful[among(here, doubtful - 1)])))


def adjacent(terms: list[tuple[Postings, int, Lead | None]]) -> Keys:
    """Where the terms stand at their offsets, each after its lead."""
    offsets: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    distinct: dict[int, Postings] = {}
    leads: dict[tuple[int, tuple[int, ...]], Lead | None] = {}
    for postings, offset, lead in terms:
        key = id(postings), lead.codes if lead else ()
        offsets.setdefault(key, []).append(offset)
        distinct[key[0]], leads[key] = postings, lead
    together = dict(zip(distinct, _where_all(list(distinct.values())), strict=True))
    keys: Keys | None = None
    # What has a lead is likely to be rarer than what has none.
    for key in sorted(offsets, key=lambda key: (leads[key] is None, together[key[0]].occurrences)):
        if keys is not None and not len(keys):
            break
        lead, term = leads[key], together[key[0]]
        if lead is None and keys is not None and len(keys) * _RARER < term.occurrences:
            for offset in offsets[key]:
                keys = keys[distinct[key[0]].standing(keys + offset)]
            continue
        # One term after the other, so that a long phrase takes no more memory than its longest term.
        here = lead.before(term) if lead else term.keys()
        for offset in offsets[key]:
            keys = here - offset if keys is None else _common(keys + offset, here) - offset if len(keys) else keys
    return keys if keys is not None else np.empty(0, np.int64)


def _where_all(terms: list[Postings]) -> list[Postings]:
    """The terms at the spots that have all of them; some of them also elsewhere, where that is less work."""
    spots, *others = sorted((postings.spots for postings in terms), key=len)
    for other in others:
        spots = _common(spots, other)
    return [postings.only(spots) if 2 * len(spots) < len(postings.spots) else postings for postings in terms]


def each_once(keys: Keys) -> Keys:
    """The keys in order, each once; quick when they are sequences in order, one after another."""
    ordered = np.sort(keys, kind="stable")
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    once: Keys = ordered[first]
    return once


def _common(few: Keys, many: Keys) -> Keys:
    """What is in both; both ascending."""
    if len(few) * _CROWDED < len(many):
        return few[among(many, few)]
    both = np.concatenate((few, many))
    both.sort(kind="stable")  # two sequences in order are only merged
    common: Keys = both[1:][both[1:] == both[:-1]]
    return common


def within(terms: list[tuple[Postings, int]], slop: int) -> Keys:
    """The occurrences from which to ``slop`` words further on all terms stand, at as many positions as there are words.

    Each term comes with how many times it must stand there.
    """
    keys = [postings.keys() for postings in _where_all([postings for postings, _ in terms])]
    times = [count for _, count in terms]
    # Whatever is found lies around occurrences of the rarest term that have the others near; only those are looked at closely.
    near = min(keys, key=len)
    for term, count in zip(keys, times, strict=True):
        if term is near and count == 1:
            continue
        near = near[_count(term, near - slop, near + slop) >= count]
    keys = [term[_count(near, term - slop, term + slop) > 0] for term in keys]
    places = each_once(np.concatenate(keys))
    starts = places
    for term, count in zip(keys, times, strict=True):
        starts = starts[_count(term, starts, starts + slop) >= count]
    return starts[_count(places, starts, starts + slop) >= sum(times)]


def _count(keys: Keys, first: Keys, last: Keys) -> NDArray[np.int64]:
    """How many keys there are from each of ``first`` to the same of ``last``; all ascending."""
    return _before(keys, last + 1) - _before(keys, first)


def _before(keys: Keys, ends: Keys) -> NDArray[np.int64]:
    """How many keys are below each of ``ends``; both ascending."""
    if len(ends) * _CROWDED < len(keys) or len(keys) * _CROWDED < len(ends):
        return np.searchsorted(keys, ends)
    order = np.argsort(np.concatenate((ends, keys)), kind="stable")  # two sequences in order are only merged
    return np.flatnonzero(order < len(ends)) - np.arange(len(ends))
