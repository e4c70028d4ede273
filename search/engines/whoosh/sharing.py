"""Which stems stand just where one exact form stands, so that their postings need not be written twice: most of them do.

In papers that are inverted this is told by a sum over all places of a term, of numbers of 64 bits that look random: equal sums
are equal places, but for less than a chance in a million in a segment of millions of words. The numbers are drawn anew each time,
so that nobody can write a paper for which it fails. Segments that are merged know it already, each for itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.live import LiveSegment
from search.engines.whoosh.narrow import Numbers
from search.engines.whoosh.sorting import PLACE_BITS, Part


def _scattered(numbers: Column) -> Column:
    """A number that looks random for each (the last step of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    scattered: Column = numbers ^ (numbers >> np.uint64(31))
    return scattered


class Alike:
    """The exact forms of terms that are written in their order, and which of these the stems that follow are alike.

    Terms from ``exact`` on are no exact forms, and those from ``stems`` on are stems.
    """

    def __init__(self, exact: int, stems: int) -> None:
        self._exact, self._stems = exact, stems
        self._secret = np.uint64(secrets.randbits(64))
        self._forms: list[tuple[Column, ...]] = []

    def forms(self, part: Part, terms: Numbers, papers: Numbers) -> Numbers:
        """Of each of the ``terms`` that occur in the next part the form that stands where it stands, -1 where there is none.

        ``papers`` tells how many each term is in.
        """
        begins = np.flatnonzero(np.diff(part.terms, prepend=-1))
        where = (((part.docs << PLACE_BITS) | part.places) << 28) + part.positions
        sums = np.add.reduceat(_scattered(where.astype(np.uint64) + self._secret), begins)
        columns = sums, np.diff(begins, append=len(part.terms)), papers
        exact, stems = np.searchsorted(terms, (self._exact - part.first, self._stems - part.first)).tolist()
        if exact:
            self._forms.append(tuple(column[:exact] for column in columns))
        same = np.full(len(terms), -1, np.int64)
        if stems < len(terms):
            same[stems:] = self._same([column[stems:] for column in columns])
        return same

    @cached_property
    def _every(self) -> list[Column]:
        """Of all exact forms the sum of their places, which they are in the order of, their number, and the other columns."""
        columns = [np.concatenate(column) for column in zip(*self._forms, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        return [columns[0][order], order, *(column[order] for column in columns[1:])]

    def _same(self, stems: Sequence[Column]) -> Numbers:
        if not self._forms:
            return np.full(len(stems[0]), -1, np.int64)
        sums, numbers, *others = self._every
        at = np.minimum(np.searchsorted(sums, stems[0]), len(sums) - 1)
        equal = sums[at] == stems[0]
        for column, of_stems in zip(others, stems[1:], strict=True):
            equal &= column[at] == of_stems
        return np.where(equal, numbers[at], -1)


class Forms:
    """The exact forms of segments that are merged: what number each gets, and how many of the segments have it."""

    def __init__(self, sources: Sequence[LiveSegment]) -> None:
        self._numbers = [np.full(one.segment.exact_forms, -1, np.int32) for one in sources]
        # Memory is taken only for those that are written to, which are as many as there are merged forms.
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
