"""Where words stand at their offsets, or near each other: operations on the positions of terms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engines.postings import Mask, Postings, places_among

Keys = NDArray[np.int64]
"""Spots and positions there as one number, ascending."""


def adjacent(terms: list[tuple[Postings, int]]) -> Keys:
    """Where the terms stand at their offsets."""
    together = _where_all([postings for postings, _ in terms])
    offsets = [offset for _, offset in terms]
    (rarest, skipped), *rest = sorted(zip(together, offsets, strict=True), key=lambda term: term[0].occurrences)
    keys = rarest.keys() - skipped
    for postings, offset in rest:  # one after the other, so that a long phrase takes no more memory than its longest term
        if not len(keys):
            break
        keys = keys[_among(postings.keys(), keys + offset)]
    return keys


def _where_all(terms: list[Postings]) -> list[Postings]:
    """The terms at the spots that have all of them."""
    spots, *others = sorted((postings.spots for postings in terms), key=len)
    for other in others:
        spots = other[places_among(other, spots)]
    return [postings.only(spots) if len(spots) < len(postings.spots) else postings for postings in terms]


def _among(many: Keys, few: Keys) -> Mask:
    """Which of ``few`` are among ``many``; both ascending."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    found: Mask = many[np.minimum(np.searchsorted(many, few), len(many) - 1)] == few
    return found


def within(terms: list[tuple[Postings, int]], slop: int) -> Keys:
    """The occurrences from which to ``slop`` words further on all terms stand, at as many positions as there are words.

    Each term comes with how many times it must stand there.
    """
    keys = [postings.keys() for postings in _where_all([postings for postings, _ in terms])]
    times = [count for _, count in terms]
    # Whatever is found lies around occurrences of the rarest term that have the others near; only those are looked at closely.
    near = min(keys, key=len)
    for term, count in zip(keys, times, strict=True):
        near = near[_count(term, near - slop, near + slop) >= count]
    keys = [term[_count(near, term - slop, term + slop) > 0] for term in keys]
    places = np.unique(np.concatenate(keys))
    starts = places
    for term, count in zip(keys, times, strict=True):
        starts = starts[_count(term, starts, starts + slop) >= count]
    return starts[_count(places, starts, starts + slop) >= sum(times)]


def _count(keys: Keys, first: Keys, last: Keys) -> NDArray[np.int64]:
    """How many keys there are from each of ``first`` to the same of ``last``."""
    return np.searchsorted(keys, last, "right") - np.searchsorted(keys, first, "left")
