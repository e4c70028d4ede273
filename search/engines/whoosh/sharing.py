"""Which stems stand just where one exact form stands, so that their postings need not be written twice: most of them do.

In papers that are inverted this is told by a sum over all places of a term, of numbers of 64 bits that look random: equal sums
are equal places, but for less than a chance in a million in a segment of millions of words. The numbers are drawn anew each time,
so that nobody can write a paper for which it fails. Segments that are merged know it already, each for itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import numpy as np

from search.engines.postings import pieces
from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.live import LiveSegment
from search.engines.whoosh.narrow import Numbers

_PIECE = 1 << 18
"""Positions that are looked at together."""


def sums_of_places(where: Numbers, positions: Column, starts: Numbers, counts: Numbers) -> Column:
    """Of each posting the sum of numbers that stand for its places: ``positions[starts:starts + counts]`` in ``where``."""
    sums = np.empty(len(where), np.uint64)
    secret = np.uint64(secrets.randbits(64))
    ends = np.cumsum(counts)
    at = 0
    while at < len(where):
        end = max(int(np.searchsorted(ends, (ends[at - 1] if at else 0) + _PIECE)), at + 1)
        piece = slice(at, end)
        places = (np.repeat(where[piece], counts[piece]) << 28) + positions[pieces(starts[piece], counts[piece])]
        sums[piece] = np.add.reduceat(_scattered(places.astype(np.uint64) + secret), np.cumsum(counts[piece]) - counts[piece])
        at = end
    return sums


def _scattered(numbers: Column) -> Column:
    """A number that looks random for each (the last step of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    scattered: Column = numbers ^ (numbers >> np.uint64(31))
    return scattered


def same_forms(exact: Sequence[Column], stems: Sequence[Column]) -> Numbers:
    """Of each stem the number of an exact form of which all columns have the same values, -1 where there is none.

    The first column is the sum of its places.
    """
    same = np.full(len(stems[0]), -1, np.int64)
    if len(exact[0]):
        order = np.argsort(exact[0], kind="stable")
        at = order[np.minimum(np.searchsorted(exact[0], stems[0], sorter=order), len(order) - 1)]
        equal = np.logical_and.reduce([form[at] == stem for form, stem in zip(exact, stems, strict=True)])
        same[equal] = at[equal]
    return same


class Forms:
    """The exact forms of segments that are merged: what number each gets, and how many of the segments have it."""

    def __init__(self, sources: Sequence[LiveSegment]) -> None:
        self._numbers = [np.full(one.segment.exact_forms, -1, np.int64) for one in sources]
        self._segments: Numbers = np.zeros(sum(map(len, self._numbers)), np.int64)

    def number(self, source: int, first: int, numbers: Numbers) -> None:
        """Terms of a segment from ``first`` on get these numbers (-1: none); stems are not remembered."""
        forms = self._numbers[source][first : first + len(numbers)]
        forms[:] = numbers[: len(forms)]
        self._segments[forms[forms >= 0]] += 1

    def same(self, stems: int, which: Sequence[Numbers], forms: Sequence[Numbers]) -> Numbers:
        """Of each merged stem the number of the form that stands where it stands in all segments, -1 where there is none.

        Of each segment ``which`` of the ``stems`` it has, and the ``forms`` that have their entries (-1: they themselves).
        """
        same, segments = np.full(stems, -1, np.int64), np.zeros(stems, np.int64)
        several = np.zeros(stems, np.bool_)
        for source, (have, form) in enumerate(zip(which, forms, strict=True)):
            number = np.full(len(form), -1, np.int64)
            number[form >= 0] = self._numbers[source][form[form >= 0]]
            several[have] |= (number < 0) | ((segments[have] > 0) & (same[have] != number))
            same[have] = number
            segments[have] += 1
        single = np.flatnonzero((same >= 0) & ~several)
        several[single] = self._segments[same[single]] != segments[single]
        return np.where(several, -1, same)
