"""Words near each other in any order: where the words of a phrase stand within so many words, its slop.

``within`` finds that for one phrase by its keys. ``counted`` tells of many phrases at once how often each stands at each spot:
phrases of the same common words share what is read of these, and where words stand close, positions are compared as bits, 64 at a
time. Both find the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.searching.postings import POSITION_BITS, Keys, Postings, Spots, at_common_spots
from search.engines.whoosh.storage.narrow import Numbers, pieces

Bits = NDArray[np.uint64]
"""Positions, 64 in a number: the lowest bit is the first of them."""

Term = tuple[str, bool]
"""An exact form, or a stem where True."""

Counted = tuple[NDArray[np.signedinteger], NDArray[np.signedinteger]]
"""The spots at which a phrase stands, and how often it begins there."""

_READ = 1 << 18
"""Keys of the rarest term that are read at a time."""
_PART = 1 << 14
"""Keys of the rarest term that are compared at a time."""
_WIDE = 1 << 16
"""Numbers of bits that are compared at a time: with fewer the steps themselves take the time, more take only more memory."""
_WIDTH = 64
_RARER = 8
"""Of a term with this many times as many keys as the rarest one only those near keys of that are compared."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Terms, each with the number of times that it must stand within ``slop`` words, in any order."""

    times: frozenset[tuple[Term, int]]
    slop: int

    @property
    def terms(self) -> list[Term]:
        return [term for term, _ in self.times]


def within(terms: list[tuple[Postings, int]], slop: int) -> Keys:
    """The keys of occurrences such that, from there to ``slop`` words on, all terms stand at as many positions as there are
    words.

    Each term comes with the number of times that it must stand there.
    """
    times = [count for _, count in terms]
    common = at_common_spots([postings for postings, _ in terms])
    found = [_together(some, times, slop) for keys in _read(common) for some in _in_parts(keys)]
    return np.concatenate([np.empty(0, np.int64), *found])


def _read(terms: list[Postings]) -> Iterator[list[Keys]]:
    """The keys of all terms, some spots at a time: whoever counts what is read can end it between two times."""
    rarest = min(terms, key=lambda term: term.occurrences)
    ends = np.cumsum(rarest.counts)
    cuts = rarest.spots[np.searchsorted(ends, np.arange(_READ, rarest.occurrences, _READ), "right")]
    bounds = [[0, *np.searchsorted(one.spots, cuts).tolist(), len(one.spots)] for one in terms]
    for part in zip(*map(pairwise, bounds), strict=True):
        yield [one.stretch(first, last).keys() for one, (first, last) in zip(terms, part, strict=True)]


def _in_parts(keys: list[Keys]) -> Iterator[list[Keys]]:
    """The same keys, some spots at a time: what fits the memory near the processor is compared several times as fast."""
    rarest = min(keys, key=len)
    cuts = np.unique(rarest[_PART::_PART] >> POSITION_BITS) << POSITION_BITS
    bounds = [[0, *np.searchsorted(one, cuts).tolist(), len(one)] for one in keys]
    for part in zip(*map(pairwise, bounds), strict=True):
        yield [one[first:last] for one, (first, last) in zip(keys, part, strict=True)]


def _together(keys: list[Keys], times: list[int], slop: int) -> Keys:
    """Of the keys of several terms those from which, to ``slop`` words on, each term stands so many times."""
    if not all(map(len, keys)):
        return np.empty(0, np.int64)
    rarest = min(keys, key=len)
    keys = [one if len(one) < _RARER * len(rarest) else _near(one, rarest, slop) for one in keys]
    if not all(map(len, keys)):
        return np.empty(0, np.int64)
    bits = (len(keys) - 1).bit_length()
    marked = np.concatenate([(one << bits) | number for number, one in enumerate(keys)])
    marked.sort(kind="stable")  # merging sorted sequences is fast
    every, term_of = marked >> bits, marked & ((1 << bits) - 1)
    first = np.ones(len(every), np.bool_)
    np.not_equal(every[1:], every[:-1], out=first[1:])
    starts = first.copy()
    columns = [(one, term_of == number, count) for number, (one, count) in enumerate(zip(keys, times, strict=True))]
    if not first.all():  # terms that share a position stand at fewer positions than there are words
        columns.append((every[first], first, sum(times)))
    for one, mine, count in columns:
        # where, among the keys of the term, the last one needed stands
        following = np.cumsum(mine) - mine.astype(np.int64) + (count - 1)
        starts &= following < len(one)
        starts &= one[np.minimum(following, len(one) - 1)] <= every + slop
    return every[starts]


def _near(many: Keys, few: Keys, slop: int) -> Keys:
    """Those of ``many`` keys that are at most ``slop`` words from one of the few."""
    first, last = np.searchsorted(many, few - slop), np.searchsorted(many, few + slop, "right")
    first[1:] = np.maximum(first[1:], last[:-1])
    return many[pieces(first, np.maximum(last - first, 0))]


def near(some: Keys, others: Keys, slop: int) -> bool:
    """Whether any of ``some`` is at most ``slop`` words from one of ``others``; both are ascending."""
    following = np.searchsorted(others, some - slop)
    there = following < len(others)
    return bool((others[following[there]] <= some[there] + slop).any())


def counted(terms: Mapping[Term, Postings], phrases: Sequence[Spread]) -> dict[Spread, Counted]:
    """How often each phrase begins at each spot, as often as ``within`` finds it there; ``terms`` are those of the phrases."""
    phrases = sorted(phrases, key=lambda phrase: phrase.slop)  # what is within a few words leads to what is within more
    ruler = _Ruler.of(list(terms.values()), min(len(phrase.times) for phrase in phrases), max(phrase.slop for phrase in phrases))
    starts = {term: np.cumsum(postings.counts) - postings.counts for term, postings in terms.items()}
    found: dict[Spread, list[Counted]] = {phrase: [] for phrase in phrases}
    for first, last in ruler.parts():
        numbers = {term: ruler.numbers(terms[term], starts[term], first, last) for term in terms}
        for phrase, counts in zip(phrases, _Part(ruler.begins[first : last + 1], numbers).counts(phrases), strict=True):
            at = np.flatnonzero(counts)
            found[phrase].append((ruler.spots[first + at].astype(np.int32), counts[at]))
    none = np.empty(0, np.int32)
    return {
        phrase: (np.concatenate([none, *(spots for spots, _ in parts)]), np.concatenate([none, *(each for _, each in parts)]))
        for phrase, parts in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Ruler:
    """Lays the positions of some spots one after another, so far apart that no phrase stands in two of them.

    ``begins`` is the number of the first bits of each spot, with one more at the end; ``first`` the same by spot, -1 for others.
    """

    spots: Spots
    begins: Numbers
    first: Numbers

    @classmethod
    def of(cls, terms: Sequence[Postings], least: int, slop: int) -> _Ruler:
        """A ruler for the spots at which at least so many of the terms stand."""
        size = max((int(term.spots[-1]) + 1 for term in terms if len(term.spots)), default=0)
        having, room = np.zeros(size, np.int64), np.zeros(size, np.int64)
        for term in terms:
            having[term.spots] += 1
            room[term.spots] = np.maximum(room[term.spots], term.positions(np.cumsum(term.counts) - 1) + 1)
        spots = np.flatnonzero(having >= least)
        begins = np.concatenate(([0], np.cumsum((room[spots] + slop + _WIDTH - 1) // _WIDTH)))
        first = np.full(size, -1)
        first[spots] = begins[:-1]
        return cls(spots, begins, first)

    def parts(self) -> Iterator[tuple[int, int]]:
        """The spots some at a time, by their indices."""
        cuts = np.searchsorted(self.begins, np.arange(_WIDE, int(self.begins[-1]), _WIDE), "right") - 1
        return pairwise(np.unique([0, *cuts.tolist(), len(self.spots)]).tolist())

    def numbers(self, term: Postings, starts: Numbers, first: int, last: int) -> Numbers:
        """The numbers of the bits at which a term stands in some spots, counted from the first of these."""
        low, high = np.searchsorted(term.spots, (self.spots[first], self.spots[last - 1] + 1)).tolist()
        at = low + np.flatnonzero(self.first[term.spots[low:high]] >= 0)
        each = term.counts[at]
        before = (self.first[term.spots[at]] - self.begins[first]) * _WIDTH
        numbers: Numbers = np.repeat(before, each) + term.positions(pieces(starts[at], each))
        return numbers


class _Part:
    """Some spots, whose bits begin at ``begins`` (with one more at the end), and the numbers of the bits of each term."""

    def __init__(self, begins: Numbers, numbers: Mapping[Term, Numbers]) -> None:
        self._begins, self._size = begins[:-1] - begins[0], int(begins[-1] - begins[0])
        self._numbers = numbers
        self._bits = {term: _bits(of_term, self._size) for term, of_term in numbers.items() if len(of_term)}
        union = np.bitwise_or.reduce([*self._bits.values(), np.zeros(self._size, np.uint64)])
        self._shared = int(np.bitwise_count(union).astype(np.int64).sum()) < sum(map(len, numbers.values()))
        """Whether two terms share a position, at which only one of them counts."""
        self._reached: dict[tuple[Term, int], dict[int, Bits]] = {}

    def counts(self, phrases: Sequence[Spread]) -> NDArray[np.int32]:
        """For each phrase, how often it begins in each spot."""
        counts = np.zeros((len(phrases), len(self._begins)), np.int32)
        for i, phrase in enumerate(phrases):
            if all(len(self._numbers[term]) for term in phrase.terms):
                counts[i] = self._by_keys(phrase) if self._shared or phrase.slop >= _WIDTH else self._by_bits(phrase)
        return counts

    def _by_keys(self, phrase: Spread) -> Numbers:
        keys = _together([self._numbers[term] for term in phrase.terms], [times for _, times in phrase.times], phrase.slop)
        return np.bincount(np.searchsorted(self._begins, keys // _WIDTH, "right") - 1, minlength=len(self._begins))

    def _by_bits(self, phrase: Spread) -> NDArray[np.int32]:
        begun = reduce(np.bitwise_or, (self._bits[term] for term in phrase.terms))
        for term, times in phrase.times:
            begun = begun & self._within(term, times, phrase.slop)
        counts: NDArray[np.int32] = np.add.reduceat(np.bitwise_count(begun).astype(np.int32), self._begins)
        return counts

    def _within(self, term: Term, times: int, slop: int) -> Bits:
        """From where the term stands so many times within at most so many positions on."""
        known = self._reached.setdefault((term, times), {})
        if slop not in known:
            nearer = max((one for one in known if one <= slop <= 2 * one + 1), default=None) if times == 1 else None
            known[slop] = (
                self._reaching(term, times, slop) if nearer is None else known[nearer] | _moved(known[nearer], slop - nearer)
            )
        return known[slop]

    def _reaching(self, term: Term, times: int, slop: int) -> Bits:
        numbers = self._numbers[term]
        first = numbers[: max(len(numbers) - times + 1, 0)]
        left = slop - (numbers[times - 1 :] - first)  # how much earlier than the first of them may be begun
        return _before(first[left >= 0], left[left >= 0], self._size)


_EVERY = np.uint64((1 << _WIDTH) - 1)


def _bits(numbers: Numbers, size: int) -> Bits:
    """So many numbers of bits, of which these (ascending, at least one) are set."""
    bits = np.zeros(size, np.uint64)
    at = numbers // _WIDTH
    first = np.flatnonzero(np.diff(at, prepend=-1))
    bits[at[first]] = np.bitwise_or.reduceat(np.uint64(1) << (numbers % _WIDTH).astype(np.uint64), first)
    return bits


def _before(numbers: Numbers, slops: Numbers, size: int) -> Bits:
    """The same, where the ``slops`` bits before each of them are set too; these are fewer than the bits of a number."""
    bits = np.zeros(size + 1, np.uint64)  # what would stand before all of them goes into one number more
    if len(numbers):
        here, earlier = _ending()
        at, of_bit = numbers // _WIDTH, slops * _WIDTH + numbers % _WIDTH
        first = np.flatnonzero(np.diff(at, prepend=-1))
        bits[at[first] + 1] = np.bitwise_or.reduceat(here[of_bit], first)
        bits[at[first]] |= np.bitwise_or.reduceat(earlier[of_bit], first)
    return bits[1:]


@cache
def _ending() -> tuple[Bits, Bits]:
    """For each slop and each bit of a number: the bits so far before it, of its own number and of the one before."""
    slop, bit = np.divmod(np.arange(_WIDTH * _WIDTH, dtype=np.uint64), np.uint64(_WIDTH))
    last = np.uint64(_WIDTH - 1)
    here = (_EVERY >> (last - bit)) & (_EVERY << np.where(slop < bit, bit - slop, np.uint64(0)))
    reaching = bit < slop
    earlier = np.where(reaching, _EVERY << np.where(reaching, bit + np.uint64(_WIDTH) - slop, np.uint64(0)), np.uint64(0))
    return here, earlier


def _moved(bits: Bits, by: int) -> Bits:
    """The bits so many places earlier; fewer than a number has."""
    moved: Bits = bits >> np.uint64(by)
    moved[:-1] |= bits[1:] << np.uint64(_WIDTH - by)
    return moved
