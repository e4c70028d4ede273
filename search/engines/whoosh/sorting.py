"""Passages as numbers of entries → postings in the order of the terms, so many terms at a time as fit in a bound.

Each part of the terms is looked for in all passages, which costs little beside sorting what is found. ``lexicon`` tells what
stands where, ``inverting`` what is written of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from search.engines.postings import pieces
from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.narrow import Numbers

PLACE_BITS = 4
_PART = 1 << 19
"""Occurrences that are sorted together, but for a single term that has more; writing takes some 100 bytes for each."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages, one after another: of each its paper, its place, where its positions begin and how many entries it has."""

    docs: Column
    places: Column
    bases: Column
    counts: Column
    entries: Column

    def positions(self, widths: Column) -> tuple[Column, Column]:
        """Of each entry the number of its passage, and its position."""
        passages = np.repeat(np.arange(len(self.counts), dtype=np.uint32), self.counts)
        positions = np.empty(len(self.entries), np.uint32)
        last, reached = -1, 0
        for at in range(0, len(self.entries), _BLOCK):
            block = slice(at, at + _BLOCK)
            taken = widths[self.entries[block]].astype(np.int64)
            before = np.cumsum(taken) - taken
            of = passages[block]
            first = np.flatnonzero(np.diff(of, prepend=np.uint32(of[0] + 1)))
            begins = self.bases[of[first]].astype(np.int64)
            if of[0] == last:  # the passage began in the block before
                begins[0] = reached
            here = before + np.repeat(begins - before[first], np.diff(first, append=len(of)))
            positions[block] = here
            last, reached = int(of[-1]), int(here[-1] + taken[-1])
        return passages, positions


@dataclass(frozen=True, slots=True)
class Part:
    """Occurrences of the terms from ``first`` on, in the order of term, place, paper and position: of each all four."""

    first: int
    terms: Numbers
    places: Numbers
    docs: Numbers
    positions: Numbers


def parts(passages: Passages, widths: Column, entry: Column, term: Column, place: Column, terms: int) -> Iterator[Part]:
    """What occurs in passages, of ``terms`` terms from the first to the last.

    ``entry``, ``term`` and ``place`` are the places of terms in entries (see ``Lexicon``), the terms numbered in their order.
    """
    of, positions = passages.positions(widths)
    used = np.bincount(passages.entries, minlength=len(widths))
    occurrences = np.cumsum(np.bincount(term, weights=used[entry], minlength=terms).astype(np.int64))
    where = (passages.docs.astype(np.int64) << PLACE_BITS) | passages.places
    first = 0
    while first < terms:
        before = int(occurrences[first - 1]) if first else 0
        last = max(int(np.searchsorted(occurrences, before + _PART, "right")), first + 1)
        chosen = np.flatnonzero((term >= first) & (term < last))
        each = np.bincount(entry[chosen], minlength=len(widths))
        begins = np.cumsum(each) - each
        times = (
            each[passages.entries] if each.max(initial=0) > np.iinfo(np.uint8).max else each.astype(np.uint8)[passages.entries]
        )
        at = np.flatnonzero(times)
        times = times[at].astype(np.int64)
        piece = chosen[pieces(begins[passages.entries[at]], times)]
        at = np.repeat(at, times)
        yield _sorted(first, term[piece] - first, where[of[at]], positions[at].astype(np.int64) + place[piece])
        first = last


def _sorted(first: int, terms: Column, where: Numbers, positions: Numbers) -> Part:
    """Occurrences come in the order of passages and positions, so that sorting by term and place is enough."""
    places = where & ((1 << PLACE_BITS) - 1)
    # A whole number that holds where each was sorts many times faster than the places of a stable sort are found.
    keys = (((terms.astype(np.int64) << PLACE_BITS) | places) << 32) | np.arange(len(terms))
    keys.sort()
    order = keys & 0xFFFFFFFF
    keys >>= 32
    return Part(first, keys >> PLACE_BITS, keys & ((1 << PLACE_BITS) - 1), where[order] >> PLACE_BITS, positions[order])
