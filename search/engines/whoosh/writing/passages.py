"""Which small word stands before each position of passages (``leading``): found in entries once, and noted word by word.

Passages as numbers of entries: where each entry of them stands. What entries are ``lexicon`` tells; not those of a segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from search.engines.occurrences import EXACT, STEM
from search.engines.whoosh.storage.columnfile import Column
from search.engines.whoosh.storage.leading import NONE, SEVERAL, code_of, small_stems
from search.engines.whoosh.storage.narrow import Numbers, pieces

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


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Where small words stand in entries: of each the entry, ascending, the place in it and the code."""

    entry: Numbers
    place: Numbers
    code: Column

    @classmethod
    def of(cls, entries: EntryTerms, names: Sequence[str]) -> SmallWords:
        """Those of entries; ``names`` are their terms."""
        stems = {STEM + stem for stem in small_stems()}
        small = np.array([i for i, name in enumerate(names) if name in stems], np.int64)
        rows = np.flatnonzero(np.isin(entries.term, small)).tolist()
        found = sorted({(int(entries.entry[row]), int(entries.place[row])) for row in rows})
        codes = [code_of(*_standing(entries, names, entry, place)) for entry, place in found]
        places = np.array(found, np.int64).reshape(-1, 2)
        return cls(places[:, 0], places[:, 1], np.array(codes, np.uint8))


def _standing(entries: EntryTerms, names: Sequence[str], entry: int, place: int) -> tuple[list[str], list[str]]:
    """The exact forms and the stems at a place of an entry."""
    first, last = np.searchsorted(entries.entry, (entry, entry + 1)).tolist()
    here = [names[entries.term[row]] for row in range(first, last) if entries.place[row] == place]
    return [name[1:] for name in here if name.startswith(EXACT)], [name[1:] for name in here if name.startswith(STEM)]


@dataclass(frozen=True, slots=True)
class Leads:
    """The codes of all positions, passage after passage, with one that has none before each; of passage p position x is at
    ``moved[p] + x``."""

    codes: Column
    moved: Numbers

    @classmethod
    def of(cls, passages: Passages, entries: EntryTerms, small: SmallWords, of: Column, positions: Column) -> Leads:
        """Those of passages, of whose entries ``of`` and ``positions`` tell the passage and the position."""
        last = np.cumsum(passages.counts, dtype=np.int64) - 1
        some = passages.counts > 0
        words = np.zeros(len(some), np.int64)
        ends = positions[last[some]].astype(np.int64) + entries.widths[passages.entries[last[some]]]
        words[some] = ends - passages.bases[some]
        moved = 1 + np.cumsum(words + 1) - (words + 1) - passages.bases
        codes = np.full(int((words + 1).sum()), NONE, np.uint8)
        for at, which in passages.occurring(small.entry, len(entries.widths)):
            here = moved[of[at]] + positions[at] + small.place[which]
            code = small.code[which]
            others = (codes[here] != NONE) & (codes[here] != code)
            codes[here] = code
            codes[here[others | (codes[here] != code)]] = SEVERAL
        return cls(codes, moved)

    def before(self, of: Column, positions: Numbers) -> Column:
        """Of positions in passages the codes of what stands just before."""
        before: Column = self.codes[self.moved[of] + positions - 1]
        return before
