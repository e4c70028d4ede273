"""Passages as numbers of entries: where each entry of them stands. What entries are ``lexicon`` tells; not those of a segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from search.engines.postings import pieces
from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.narrow import Numbers

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """How many places each entry takes, and the places of terms in them (see ``Lexicon``), the terms numbered in their order."""

    widths: Column
    entry: Column
    term: Column
    place: Column


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

    def times(self, entries: int) -> Numbers:
        """How often each of so many entries stands in the passages."""
        times: Numbers = np.zeros(entries, np.int64)
        for at in range(0, len(self.entries), _BLOCK):
            times += np.bincount(self.entries[at : at + _BLOCK], minlength=entries)
        return times

    def occurring(self, entry: Column, entries: int) -> Iterator[tuple[Numbers, Numbers]]:
        """Where some of so many ``entries`` stand in the passages, a block at a time: their places, and which of ``entry`` it is.

        An entry that is more than once in ``entry``, which is ascending, stands there as often.
        """
        each = np.bincount(entry, minlength=entries)
        begins = np.cumsum(each) - each
        each = each if each.max(initial=0) > np.iinfo(np.uint8).max else each.astype(np.uint8)
        for start in range(0, len(self.entries), _BLOCK):
            block = self.entries[start : start + _BLOCK]
            times = each[block]
            at = np.flatnonzero(times)
            times = times[at].astype(np.int64)
            yield np.repeat(at + start, times), pieces(begins[block[at]], times)
