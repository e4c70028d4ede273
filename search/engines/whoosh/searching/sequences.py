"""Where words stand at their offsets, or near each other: operations on the positions of terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.searching.postings import POSITION_BITS, Postings, among

Keys = NDArray[np.int64]
"""Spots and positions there as one number, ascending."""


_DENSE = 16
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
    if len(few) * _DENSE < len(many):
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
    if len(ends) * _DENSE < len(keys) or len(keys) * _DENSE < len(ends):
        return np.searchsorted(keys, ends)
    order = np.argsort(np.concatenate((ends, keys)), kind="stable")  # two sequences in order are only merged
    return np.flatnonzero(order < len(ends)) - np.arange(len(ends))
