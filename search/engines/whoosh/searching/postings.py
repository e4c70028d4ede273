"""What an index tells as arrays (``PaperArrays``), where terms occur (``Postings``), and which of these positions form phrases.

``PaperArrays`` and ``Occurrences`` are the port between the queries and the storage: ``arrays`` and ``runs`` implement them
over the files of an index. Papers are numbered from 0; the numbers of deleted papers stay unused.

A spot is one place of one paper, such as the title of a paper. A key is a spot and a position in it, as one number; keys sort by
spot and then by position. ``adjacent`` finds the keys at which terms stand next to each other, at their offsets; ``spread`` those
from which they stand near each other.

Nothing here scores papers; ``lookup`` does.
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
"""Numbers of spots. A spot is one place of one paper: the title of this one, the notes of that one. ``PaperArrays`` numbers them.
"""

Reading = Callable[[NDArray[np.int64] | None], NDArray[Any]]
"""A function that reads a value (position or lead) for some occurrences, or for all when it gets None.

Occurrences are given by their index among all; those of a spot follow those of the spot before.
"""

_LOOKED_THROUGH = 4
"""When a binary search has at most this many candidates left for each key, on average, all candidates are read."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where terms occur: at which spots, how often at each, at which positions, and after which small words.

    Positions and small words are read only when they are asked for. The spots of one term are ascending; those of several terms
    stand one term after another. ``leads`` reads, for each occurrence, the code of the small word before it
    (``storage.segment``).
    """

    spots: Spots
    counts: NDArray[np.int64]
    positions: Reading
    leads: Reading

    @classmethod
    def of(cls, spots: Spots, counts: NDArray[np.int64], positions: NDArray[np.int64], leads: NDArray[np.uint8]) -> Postings:
        """Make postings from arrays: the spots with their counts, the positions (ascending at each spot), and the codes."""
        return cls(spots, counts, _of(positions), _of(leads))

    @property
    def occurrences(self) -> int:
        """The number of occurrences at all spots together."""
        return int(self.counts.sum())

    def keys(self) -> NDArray[np.int64]:
        """The key of each occurrence; ascending when the postings are of one term."""
        keys: NDArray[np.int64] = np.repeat(self.spots << POSITION_BITS, self.counts)
        keys |= self.positions(None)
        return keys

    def keys_after(self, codes: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The keys of the occurrences after a small word with one of these codes, and of those after several small words."""
        leads = self.leads(None)
        after = leads == codes[0]
        for code in codes[1:]:
            after |= leads == code
        return self._keys_of(np.flatnonzero(after)), self._keys_of(np.flatnonzero(leads == SEVERAL))

    def standing(self, keys: NDArray[np.int64]) -> Mask:
        """Which of these ``keys`` (ascending) are keys of this one term.

        A binary search at the spot of each key finds them, without reading all occurrences.
        """
        at = np.minimum(np.searchsorted(self.spots, keys >> POSITION_BITS), len(self.spots) - 1)
        found: Mask = self.spots[at] == keys >> POSITION_BITS
        at, wanted = at[found], keys[found] & ((1 << POSITION_BITS) - 1)
        each = self.counts[at]
        low = np.cumsum(self.counts)[at] - each
        while int(each.sum()) > _LOOKED_THROUGH * len(each):  # all ranges are halved equally often, so middles stay in order
            half = each >> 1
            reached = self.positions(low + half) <= wanted
            low, each = np.where(reached, low + half, low), np.where(reached, each - half, half)
        equal = np.flatnonzero(self.positions(pieces(low, each)) == np.repeat(wanted, each))
        stands = np.zeros(len(at), np.bool_)
        stands[np.searchsorted(np.cumsum(each), equal, "right")] = True
        found[found] = stands
        return found

    def _keys_of(self, some: NDArray[np.int64]) -> NDArray[np.int64]:
        """The keys of some occurrences, given by their indices."""
        ends = np.cumsum(self.counts)
        if len(some) < len(ends):
            spots = self.spots[np.searchsorted(ends, some, "right")]
        else:  # the same result with fewer searches
            spots = np.repeat(self.spots, np.diff(np.searchsorted(some, ends), prepend=0))
        keys: NDArray[np.int64] = spots << POSITION_BITS
        keys |= self.positions(some)
        return keys

    def only(self, spots: Spots) -> Postings:
        """The occurrences of one term at these spots."""
        return self.some(places_among(self.spots, spots))

    def among(self, spots: Spots) -> Postings:
        """The occurrences of several terms at these spots."""
        if not len(self.spots) or not len(spots):
            return self.some(np.empty(0, np.int64))
        wanted = np.zeros(max(int(self.spots.max()), int(spots.max())) + 1, np.bool_)
        wanted[spots] = True
        return self.some(np.flatnonzero(wanted[self.spots]))

    def some(self, some: NDArray[np.int64]) -> Postings:
        """The occurrences at some of the spots, given by their indices."""
        each = self.counts[some]
        occurrences = cache(lambda: pieces((np.cumsum(self.counts) - self.counts)[some], each))

        def reading(read: Reading) -> Reading:
            return lambda fewer: read(occurrences() if fewer is None else occurrences()[fewer])

        return Postings(self.spots[some], each, reading(self.positions), reading(self.leads))

    def stretch(self, first: int, last: int) -> Postings:
        """The occurrences at the spots from one index to another."""
        each = self.counts[first:last]
        begin = int(self.counts[:first].sum())
        occurrences = np.arange(begin, begin + int(each.sum()))

        def reading(read: Reading) -> Reading:
            return lambda fewer: read(occurrences if fewer is None else occurrences[fewer])

        return Postings(self.spots[first:last], each, reading(self.positions), reading(self.leads))


def _of(values: NDArray[Any]) -> Reading:
    return lambda some: values if some is None else values[some]


def places_among(many: NDArray[np.int64], few: NDArray[np.int64]) -> NDArray[np.int64]:
    """The indices in ``many`` of the values of ``few`` that are in it; both are ascending."""
    if not len(many):
        return np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    found: NDArray[np.int64] = at[many[at] == few]
    return found


def among(many: NDArray[np.int64], few: NDArray[np.int64]) -> Mask:
    """A mask over ``few``: True for the values that are in ``many``, which is ascending."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    found: Mask = many[np.minimum(np.searchsorted(many, few), len(many) - 1)] == few
    return found


POSITION_BITS = 24
"""The number of bits of a position within a paper: room for 16 million words."""

NO_POSTINGS = Postings.of(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))


_DENSE = 4
"""If at least one in this many papers is counted, going through the values of all papers is faster."""


@dataclass(frozen=True)
class ValueColumn:
    """The values of all papers under one name.

    The values of paper d are ``codes[starts[d]:starts[d + 1]]``, which are indices in ``values``. ``labels`` holds the text that
    is shown for each value, ``order`` the rank of each value in alphabetical order, and ``totals`` the number of papers that have
    each value.
    """

    values: tuple[str, ...]
    labels: tuple[str, ...]
    order: NDArray[np.int64]
    starts: NDArray[Any]
    codes: NDArray[Any]
    totals: NDArray[np.int64]

    def of(self, docs: Docs) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """The number of values of each of these papers, and the indices of all these values."""
        starts = self.starts[docs].astype(np.int64)
        each = self.starts[docs + 1].astype(np.int64) - starts
        return each, self.codes[pieces(starts, each)]

    @cached_property
    def single(self) -> bool:
        """Whether every paper has exactly one value."""
        return len(self.codes) == len(self.starts) - 1 and bool((np.diff(self.starts) == 1).all())

    @cached_property
    def papers(self) -> NDArray[np.int32]:
        """For each of the ``codes`` the paper that has it."""
        each = np.diff(self.starts)
        return np.repeat(np.arange(len(each), dtype=np.int32), each)

    def counts(self, docs: Docs) -> NDArray[np.int64]:
        """For each value, the number of these papers that have it."""
        if self.single:
            codes = self.codes[docs]
        elif len(docs) * _DENSE < len(self.starts):
            codes = self.of(docs)[1]
        else:
            mask = np.zeros(len(self.starts) - 1, np.bool_)
            mask[docs] = True
            codes = self.codes[np.flatnonzero(mask.take(self.papers))]
        return np.bincount(codes, minlength=len(self.values)).astype(np.int64, copy=False)

    def having(self, accepted: Mask, size: int) -> Mask:
        """The papers that have one of the accepted values, as a mask over ``size`` papers."""
        mask = np.zeros(size, np.bool_)
        mask[np.searchsorted(self.starts, np.flatnonzero(accepted.take(self.codes)), "right") - 1] = True
        return mask


class Occurrences(Protocol):
    """Where some terms occur in some places. They are looked up already, and read only when they are asked for."""

    @property
    def size(self) -> int:
        """About how many spots there are. A spot counts once for each of the terms."""
        ...

    @property
    def identity(self) -> Hashable:
        """Equal for the same occurrences: those of a stem and those of the only exact form of it have equal identities."""
        ...

    def postings(self, docs: Docs | None = None) -> Postings:
        """The occurrences in all papers, or in ``docs``."""
        ...

    def frequencies(self, gains: Floats) -> Floats:
        """The sum, for every paper, of what its occurrences gain; ``gains`` holds the gain of one occurrence at each spot."""
        ...


class PaperArrays(Protocol):
    """One commit of an index, as arrays. It can be read without a lock."""

    @property
    def size(self) -> int:
        """One more than the highest number of a paper."""
        ...

    @property
    def live(self) -> Mask:
        """A mask over the numbers: True for those of papers, False for those of deleted papers."""
        ...

    @property
    def dates(self) -> NDArray[np.int64]:
        """The date of each paper as a proleptic Gregorian ordinal; 0 for a paper without a date."""
        ...

    @property
    def papers(self) -> int:
        """The number of papers."""
        ...

    @property
    def identifiers(self) -> NDArray[np.bytes_]:
        """The official identifier of each paper."""
        ...

    def named(self, *identifiers: str) -> Docs:
        """The papers with these identifiers; empty when there is none."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all papers."""
        ...

    def occurrences(self, terms: Sequence[tuple[str, bool]], places: Sequence[Place]) -> Occurrences:
        """Where terms (exact forms, or stems where True) occur in these places."""
        ...

    def spots(self, docs: Docs, places: Sequence[Place]) -> Spots:
        """The spots of these papers in these places, ascending."""
        ...

    @property
    def paper_of(self) -> NDArray[np.int64]:
        """The paper of each spot."""
        ...

    def gains(self, b: float, importance: Mapping[Place, float]) -> Floats:
        """What one occurrence at each spot counts for: w / (1 - b + b · length / mean length), explained in ``search.plan``."""
        ...

    def citing(self, identifier: str) -> Docs:
        """The papers that cite this one."""
        ...

    def lengths(self, place: Place) -> NDArray[Any]:
        """The number of words of each paper in this place."""
        ...

    def column(self, name: str) -> ValueColumn:
        """The values of a field of the table of fields (``search.fields``)."""
        ...

    @property
    def families(self) -> Mapping[int, tuple[int, ...]]:
        """For each paper that has other versions, all of its versions from the newest to the oldest."""
        ...

    def document(self, doc: int) -> SearchDocument:
        """A paper as it is stored."""
        ...


Keys = NDArray[np.int64]
"""Spots and positions as one number each, ascending."""


_CROWDED = 16
"""When there are this many times more keys than are looked for, binary search finds them sooner than merging both."""
_RARER = 4
"""A word with more than this many times as many occurrences as there are keys so far is looked for at their spots only."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A small word just before a term: its codes (``storage.segment``), and where it stands, which is seldom needed."""

    codes: tuple[int, ...]
    postings: Callable[[], Postings]

    def before(self, term: Postings) -> Keys:
        """The keys of the term at which it stands after this small word."""
        keys, doubtful = term.keys_after(self.codes)
        if not len(doubtful):
            return keys
        here = self.postings().only(each_once(doubtful >> POSITION_BITS)).keys()
        return each_once(np.concatenate((keys, doubtful[among(here, doubtful - 1)])))


def adjacent(terms: list[tuple[Postings, int, Lead | None]]) -> Keys:
    """The keys at which a phrase begins: each term stands at its offset from there, and after its lead."""
    offsets: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    distinct: dict[int, Postings] = {}
    leads: dict[tuple[int, tuple[int, ...]], Lead | None] = {}
    for postings, offset, lead in terms:
        key = id(postings), lead.codes if lead else ()
        offsets.setdefault(key, []).append(offset)
        distinct[key[0]], leads[key] = postings, lead
    together = dict(zip(distinct, at_common_spots(list(distinct.values())), strict=True))
    keys: Keys | None = None
    # A term with a lead is likely to be rarer than a term without one.
    for key in sorted(offsets, key=lambda key: (leads[key] is None, together[key[0]].occurrences)):
        if keys is not None and not len(keys):
            break
        lead, term = leads[key], together[key[0]]
        if lead is None and keys is not None and len(keys) * _RARER < term.occurrences:
            for offset in offsets[key]:
                keys = keys[distinct[key[0]].standing(keys + offset)]
            continue
        # One term is read after the other, so that a long phrase takes no more memory than its longest term.
        here = lead.before(term) if lead else term.keys()
        for offset in offsets[key]:
            keys = here - offset if keys is None else _common(keys + offset, here) - offset if len(keys) else keys
    return keys if keys is not None else np.empty(0, np.int64)


def at_common_spots(terms: list[Postings]) -> list[Postings]:
    """The terms at the spots that have all of them. A term keeps its other spots where removing them would take more work."""
    spots, *others = sorted((postings.spots for postings in terms), key=len)
    for other in others:
        spots = _common(spots, other)
    return [postings.only(spots) if 2 * len(spots) < len(postings.spots) else postings for postings in terms]


def each_once(keys: Keys) -> Keys:
    """The keys sorted, each once. This is fast when they consist of sorted sequences."""
    ordered = np.sort(keys, kind="stable")
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    once: Keys = ordered[first]
    return once


def _common(few: Keys, many: Keys) -> Keys:
    """The keys that are in both; both are ascending."""
    if len(few) * _CROWDED < len(many):
        return few[among(many, few)]
    both = np.concatenate((few, many))
    both.sort(kind="stable")  # merging two sorted sequences is fast
    common: Keys = both[1:][both[1:] == both[:-1]]
    return common
