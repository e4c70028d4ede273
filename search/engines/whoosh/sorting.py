"""Passages as numbers of entries → postings in the order of the terms, so many terms at a time as fit in a bound.

Each part of the terms is looked for in all passages, which costs little beside sorting what is found. ``lexicon`` tells what
stands where, ``inverting`` what is written of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from search.engines.whoosh.columnfile import Column
from search.engines.whoosh.leads import Leads, SmallWords
from search.engines.whoosh.narrow import Numbers
from search.engines.whoosh.passages import EntryTerms, Passages

PLACE_BITS = 4
_PART = 1 << 19
"""Occurrences that are sorted together, but for a single term that has more; writing takes some 100 bytes for each."""
_NONE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Part:
    """Occurrences of terms from ``first`` on, in the order of term, place, paper and position: of each these and the lead."""

    first: int
    terms: Numbers
    places: Numbers
    docs: Numbers
    positions: Numbers
    leads: Column


def parts(passages: Passages, entries: EntryTerms, small: SmallWords, terms: int) -> Iterator[Part]:
    """What occurs in passages, of ``terms`` terms from the first to the last."""
    of, positions = passages.positions(entries.widths)
    leads = Leads.of(passages, entries, small, of, positions)
    used = passages.times(len(entries.widths))
    occurrences = np.cumsum(np.bincount(entries.term, weights=used[entries.entry], minlength=terms).astype(np.int64))
    where = (passages.docs.astype(np.int64) << PLACE_BITS) | passages.places
    first = 0
    while first < terms:
        before = int(occurrences[first - 1]) if first else 0
        last = max(int(np.searchsorted(occurrences, before + _PART, "right")), first + 1)
        chosen = np.flatnonzero((entries.term >= first) & (entries.term < last))
        found = list(passages.occurring(entries.entry[chosen], len(entries.widths)))
        at = np.concatenate([_NONE, *(at for at, _ in found)])
        piece = chosen[np.concatenate([_NONE, *(which for _, which in found)])]
        here = positions[at].astype(np.int64) + entries.place[piece]
        yield _sorted(first, entries.term[piece] - first, where[of[at]], here, leads.before(of[at], here))
        first = last


def _sorted(first: int, terms: Column, where: Numbers, positions: Numbers, leads: Column) -> Part:
    """Occurrences come in the order of passages and positions, so that sorting by term and place is enough."""
    of_place = where & ((1 << PLACE_BITS) - 1)
    # A whole number that holds where each was sorts many times faster than the places of a stable sort are found.
    keys = (((terms.astype(np.int64) << PLACE_BITS) | of_place) << 32) | np.arange(len(terms))
    keys.sort()
    order = keys & 0xFFFFFFFF
    keys >>= 32
    places = keys & ((1 << PLACE_BITS) - 1)
    return Part(first, keys >> PLACE_BITS, places, where[order] >> PLACE_BITS, positions[order], leads[order])
