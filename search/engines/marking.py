"""Which passages of the papers found say what was asked for, from the positions in the index: no text is looked through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from search.document import Place, SearchDocument
from search.engines.matching import Matcher
from search.engines.postings import POSITION_BITS
from search.engines.sequences import Keys
from search.plan import Plan
from search.ports import Hit
from search.snippets import Highlighter

_POSITION = (1 << POSITION_BITS) - 1


def with_passages(matcher: Matcher, plan: Plan, hits: list[Hit], docs: list[int]) -> list[Hit]:
    """The hits, which are ``docs`` in their order, each with the passages in which something is to be marked."""
    ordered = np.sort(np.array(docs, np.int64))
    keys = [matcher.marked(concept, ordered) for concept in Highlighter(plan).telling]
    spots = {place: matcher.collection.spots(ordered, (place,)).tolist() for place in Place}
    found: dict[int, dict[Place, int]] = {
        doc: {place: of_place[i] for place, of_place in spots.items()} for i, doc in enumerate(ordered.tolist())
    }
    return [replace(hit, passages=_passages(hit.document, found[doc], keys)) for hit, doc in zip(hits, docs, strict=True)]


def _passages(document: SearchDocument, spots: Mapping[Place, int], keys: list[Keys]) -> dict[int, int]:
    """The passages with something to mark, and of how many concepts."""
    numbers: dict[Place, list[int]] = {}
    for i, passage in enumerate(document.passages):
        numbers.setdefault(passage.place, []).append(i)
    bounds = np.array([(spots[place], spots[place] + 1) for place in numbers], np.int64).reshape(-1, 2) << POSITION_BITS
    told: dict[int, int] = {}
    for concept in keys:
        for place, (first, last) in zip(numbers, np.searchsorted(concept, bounds).tolist(), strict=True):
            if first < last:
                starts = document.starts.get(place, ())
                for i in {numbers[place][bisect_right(starts, at) - 1] for at in (concept[first:last] & _POSITION).tolist()}:
                    told[i] = told.get(i, 0) + 1
    return dict(sorted(told.items()))
