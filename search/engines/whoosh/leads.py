"""Which small word stands before each position of passages (``leading``): found in entries once, and noted word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.engines.leading import NONE, SEVERAL, code_of, small_stems
from search.engines.occurrences import EXACT, STEM
from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.narrow import Numbers
from search.engines.whoosh.passages import EntryTerms, Passages


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
