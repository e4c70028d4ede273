"""What papers have of something (``Amounts``) and what matches (``Found``), as arrays that can be combined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.searching.postings import Docs, Floats, among, places_among
from search.engines.whoosh.storage.narrow import Mask

_FEW = 16
"""The papers with something count as few when there are more than this many times as many papers in all."""


@dataclass(frozen=True, slots=True)
class Found:
    """The papers that match, each with a score, which may be 0."""

    docs: Docs
    scores: Floats


NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.float64))


@dataclass(frozen=True)
class Amounts:
    """What papers have of something (frequencies or scores).

    When ``docs`` is given, these papers have the ``values``, which are above 0. When it is None, ``values`` has an element for
    every paper, and most of them are 0.
    """

    docs: Docs | None
    values: Floats

    @cached_property
    def papers(self) -> int:
        """The number of papers that have something."""
        return int(np.count_nonzero(self.values)) if self.docs is None else len(self.docs)

    @cached_property
    def found(self) -> Found:
        """The papers that have something, with their amounts as scores."""
        if self.docs is not None:
            return Found(self.docs, self.values)
        docs = np.flatnonzero(self.values > 0)
        return Found(docs, self.values[docs])

    def having(self, docs: Docs) -> Mask:
        """A mask over a few papers: True for those that have something."""
        return self.values[docs] > 0 if self.docs is None else among(self.docs, docs)

    def of(self, docs: Docs) -> Floats:
        """What each of these papers has, 0 for those that have nothing."""
        if self.docs is None:
            return self.values[docs]
        amounts = np.zeros(len(docs))
        having = among(self.docs, docs)
        amounts[having] = self.values[np.searchsorted(self.docs, docs[having])]
        return amounts

    def times(self, factor: float) -> Amounts:
        """The amounts multiplied by ``factor``."""
        return self if factor == 1 else Amounts(self.docs, self.values * factor)

    def saturated(self, k1: float, factor: float) -> Amounts:
        """The scores of these frequencies: ``factor`` · tf / (k1 + tf), explained in ``search.plan``."""
        scores = self.values + k1
        np.divide(self.values, scores, out=scores)
        scores *= factor
        return Amounts(self.docs, scores)


_NO_AMOUNTS = Amounts(NOTHING.docs, NOTHING.scores)


def added_up(docs: NDArray[np.int64], gained: Floats, size: int) -> Amounts:
    """The sum of the gains of each paper; ``docs`` holds the paper of each gain, and ``size`` is the number of all papers."""
    if len(docs) * _FEW >= size:
        return Amounts(None, np.bincount(docs, gained, size).astype(np.float64, copy=False))
    order = np.argsort(docs, kind="stable")
    docs = docs[order]
    first = np.flatnonzero(np.diff(docs, prepend=-1))
    total = np.bincount(np.repeat(np.arange(len(first)), np.diff(first, append=len(order))), gained[order])
    gaining = np.flatnonzero(total)
    return Amounts(docs[first][gaining], total[gaining].astype(np.float64, copy=False))


def combined(added: Sequence[Amounts], best: Sequence[Amounts], size: int) -> Amounts:
    """The papers that have something in any of these: the sum over ``added``, or the highest in ``best`` where that is more."""
    every = [*added, *best]
    if len(every) < 2:
        return every[0] if every else _NO_AMOUNTS
    by_number = [one.docs for one in every if one.docs is not None]
    # Adding to a column over all papers is fastest, but with few papers among many it would consist mostly of zeros.
    if len(by_number) == len(every) and sum(map(len, by_number)) * _FEW < size:
        docs = np.unique(np.concatenate(by_number))
        total = np.zeros(len(docs))
        places: list[Docs | slice] = [np.searchsorted(docs, each) for each in by_number]
    else:
        docs, total = None, np.zeros(size)
        places = [slice(None) if one.docs is None else one.docs for one in every]
    for place, one in zip(places, added, strict=False):
        total[place] += one.values
    for place, one in zip(places[len(added) :], best, strict=True):
        total[place] = np.maximum(total[place], one.values)
    return Amounts(docs, total)


def all_of(found: Iterable[Found]) -> Found:
    """The papers that are in all of these, with their scores added up."""
    result: Found | None = None
    for one in found:
        if result is None:
            result = one
            continue
        few, many = (result, one) if len(result.docs) <= len(one.docs) else (one, result)
        at = places_among(many.docs, few.docs)
        docs = many.docs[at]
        result = Found(docs, few.scores[places_among(few.docs, docs)] + many.scores[at])
    return result if result is not None else NOTHING


def any_of(found: Sequence[Found | Amounts], size: int) -> Found:
    """The papers that are in at least one of these, with their scores added up."""
    if len(found) == 1:
        return found[0].found if isinstance(found[0], Amounts) else found[0]
    scores = np.zeros(size)
    mask = np.zeros(size, np.bool_)
    for one in found:
        if isinstance(one, Amounts) and one.docs is None:
            scores += one.values
            mask |= one.values > 0
            continue
        few = one.found if isinstance(one, Amounts) else one
        scores[few.docs] += few.scores
        mask[few.docs] = True
    docs = np.flatnonzero(mask)
    return Found(docs, scores[docs])


def flat(mask: Mask, score: float = 0.0) -> Found:
    """The papers for which the mask is True, each with the same score. Most properties score 0."""
    docs = np.flatnonzero(mask)
    return Found(docs, np.full(len(docs), score))
